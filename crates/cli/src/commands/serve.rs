//! `kontor serve`: the pages and the REST API.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::bail;
use app::account::setup;
use app::{App, Language, say};
use clap::{Args, ValueEnum};
use jiff::SignedDuration;
use tokio::sync::watch;
use web::server::{Site, WebState};

use super::{Edge, Ending};
use crate::edge::runtime;
use crate::house::{HouseArguments, spoken};
use crate::mail::MailArguments;
use crate::serving::{self, Hands, LogFormat};

/// Machines of one house may differ by so much.
const CLOCK_BEHIND: SignedDuration = SignedDuration::from_mins(5);

/// Serves the pages and the REST API
#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Where to listen
    #[arg(long, value_name = "ADDR", env = "KONTOR_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address under which browsers reach Kontor [default: http:// and where it listens]
    #[arg(long, value_name = "URL", env = "KONTOR_PUBLIC_URL")]
    public_url: Option<String>,
    /// A proxy of ours stands before it: believe the last entry of X-Forwarded-For
    #[arg(long, env = "KONTOR_BEHIND_PROXY")]
    behind_proxy: bool,
    /// What this process does: the pages and the API, the work that happens by itself, or all
    #[arg(long, value_enum, env = "KONTOR_ROLE", default_value_t = ServedRole::All)]
    role: ServedRole,
    /// So many jobs at once
    #[arg(long, value_name = "N", env = "KONTOR_JOBS", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,
    /// How long a job is held without a sign of life, in seconds; after that another process takes it up
    #[arg(long, value_name = "SECONDS", env = "KONTOR_LEASE", default_value_t = 120, value_parser = clap::value_parser!(u16).range(5..=3600))]
    lease: u16,
    #[command(flatten)]
    mail: MailArguments,
    /// A folder in which clients may have folders for their batches
    #[arg(long, value_name = "DIR", env = "KONTOR_DELIVERIES")]
    deliveries: Option<PathBuf>,
    /// Let connections name another host than Amazon's, for a simulator on this machine
    #[arg(long)]
    allow_simulator: bool,
    /// Where Prometheus finds metrics, and others the state (/metrics, /healthz, /readyz); nobody else should reach it
    #[arg(long, value_name = "ADDR", env = "KONTOR_METRICS")]
    metrics: Option<SocketAddr>,
    /// How the log is written
    #[arg(long, value_enum, value_name = "FORMAT", env = "KONTOR_LOG_FORMAT", default_value_t = LogFormat::Text)]
    log: LogFormat,
}

impl ServeArguments {
    fn hands(&self) -> Hands {
        Hands { at_once: self.jobs, lease: SignedDuration::from_secs(i64::from(self.lease)) }
    }
}

/// What a process of a house does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ServedRole {
    /// Everything.
    All,
    /// Pages and API.
    Web,
    /// Fetching, exporting, sending; by any number of processes on one PostgreSQL.
    Worker,
}

/// Runs the command.
pub(super) fn run(arguments: &ServeArguments, edge: Edge) -> anyhow::Result<Ending> {
    serving::log(arguments.log, "info,sqlx=warn");
    let runtime = runtime()?;
    runtime.block_on(serve(arguments, edge))?;
    runtime.shutdown_timeout(serving::GRACE);
    Ok(Ending::Done)
}

async fn serve(arguments: &ServeArguments, edge: Edge) -> anyhow::Result<()> {
    let language = edge.language;
    let stopped = serving::told_to_stop()?;
    let mut app = arguments.house.open(language).await?;
    app.outside.other_endpoints = arguments.allow_simulator;
    app.outside.deliveries.clone_from(&arguments.deliveries);
    warn_of_clock(&app, language).await;
    if arguments.role == ServedRole::Worker {
        work(arguments, app.clone(), language, stopped).await?;
    } else {
        serve_pages(arguments, app.clone(), edge, stopped).await?;
    }
    app.database.close().await;
    Ok(())
}

/// A worker has no pages, so it must be told under which address people reach those of the others.
async fn work(
    arguments: &ServeArguments,
    mut app: App,
    language: Language,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let url = arguments.public_url.as_deref();
    if url.is_none() && arguments.mail.smtp.is_some() {
        bail!(language.pick(
            "Für die Links in Mails braucht ein Arbeiter die öffentliche Adresse: --public-url https://kontor.example.com",
            "A worker needs the public address for the links in mails: --public-url https://kontor.example.com",
        ));
    }
    let site = Site::new(url.unwrap_or("http://localhost"), false)?;
    app.outside.mail = arguments.mail.mailer(site.origin(), language)?;
    if let Some(place) = arguments.metrics {
        serving::monitor(place, &WebState::new(app.clone(), site), language).await?;
    }
    serving::work(&app, arguments.hands(), stopped).await;
    Ok(())
}

/// Amazon refuses what is signed at the wrong time, and the journal goes only forward: a clock that was put back is said.
async fn warn_of_clock(app: &App, language: Language) {
    let newest = store::inspect::newest_event(&app.database).await.ok().flatten();
    if newest.is_some_and(|newest| newest.duration_since(app.now()) > CLOCK_BEHIND) {
        let text = language.pick(
            "Die Uhr steht vor der letzten Zeile des Protokolls: Sie ging vor oder wurde zurückgestellt. Näheres: kontor doctor",
            "The clock is before the last line of the journal: it was fast, or was put back. More: kontor doctor",
        );
        tracing::warn!("{text}");
    }
}

async fn serve_pages(
    arguments: &ServeArguments,
    mut app: App,
    edge: Edge,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let listener = serving::listen(arguments.listen, edge.language).await?;
    let here = format!("http://{}", listener.local_addr()?);
    let site = Site::new(arguments.public_url.as_deref().unwrap_or(&here), arguments.behind_proxy)?;
    app.outside.mail = arguments.mail.mailer(site.origin(), edge.language)?;
    tell(&app, &site, edge).await?;
    let jobs = (arguments.role == ServedRole::All).then(|| arguments.hands());
    let state = WebState::new(app, site);
    if let Some(place) = arguments.metrics {
        serving::monitor(place, &state, edge.language).await?;
    }
    serving::pages(listener, &state, jobs, stopped).await
}

/// Says where Kontor is, and at the first start how the owner enters.
async fn tell(app: &App, site: &Site, edge: Edge) -> anyhow::Result<()> {
    let code = setup::link(app).await.map_err(|error| spoken(error, edge.language))?;
    let origin = site.origin();
    let mut out = io::stdout().lock();
    writeln!(out, "{}", say!(edge.language, "Kontor: {}", "Kontor: {}", origin))?;
    if let Some(code) = code {
        let link = site.link(&format!("{}?code={}", web::address::SETUP, code.reveal()));
        writeln!(
            out,
            "{}",
            say!(
                edge.language,
                "Zur Einrichtung (einmal, 24 Stunden gültig): {}",
                "To set it up (once, within 24 hours): {}",
                link
            )
        )?;
    }
    out.flush()?;
    Ok(())
}
