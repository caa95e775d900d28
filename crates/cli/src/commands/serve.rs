//! `kontor serve`: the pages and the REST API.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;

use app::account::setup;
use app::{App, say};
use clap::{Args, ValueEnum};
use jiff::SignedDuration;
use tokio::sync::watch;
use web::server::{Site, WebState};

use super::{Edge, Ending};
use crate::edge::runtime;
use crate::house::{HouseArguments, spoken};
use crate::mail::MailArguments;
use crate::serving::{self, Hands};

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
    #[arg(long)]
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
    /// Write the log as lines of JSON
    #[arg(long)]
    log_json: bool,
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
    serving::log(arguments.log_json, "info,sqlx=warn");
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
    if arguments.role == ServedRole::Worker {
        app.outside.mail =
            arguments.mail.mailer(arguments.public_url.as_deref().unwrap_or_default(), language)?;
        serving::work(&app, arguments.hands(), stopped).await;
    } else {
        serve_pages(arguments, app.clone(), edge, stopped).await?;
    }
    app.database.close().await;
    Ok(())
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
    serving::pages(listener, &WebState::new(app, site), jobs, stopped).await
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
