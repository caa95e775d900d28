//! `kontor serve`: the pages and the REST API.

use std::io::{self, IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use app::account::{session, setup};
use app::documents::Intake;
use app::jobs::Worker;
use app::{App, say};
use clap::{Args, ValueEnum};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use web::server::{Site, WebState};

use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};
use crate::mail::MailArguments;

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
    #[command(flatten)]
    mail: MailArguments,
    /// Let connections name another host than Amazon's, for a simulator on this machine
    #[arg(long)]
    allow_simulator: bool,
    /// Write the log as lines of JSON
    #[arg(long)]
    log_json: bool,
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

/// How long what has begun may take when the server stops.
const GRACE: Duration = Duration::from_secs(10);
/// How often ended sessions are removed.
const SWEEP: Duration = Duration::from_hours(1);

/// Runs the command.
pub(super) fn run(arguments: &ServeArguments, edge: Edge) -> anyhow::Result<Ending> {
    log(arguments.log_json);
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(serve(arguments, edge))?;
    runtime.shutdown_timeout(GRACE);
    Ok(Ending::Done)
}

/// The log goes to standard error; `KONTOR_LOG` chooses what (`info` by default).
fn log(json: bool) {
    let filter = EnvFilter::try_from_env("KONTOR_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    if json {
        subscriber.json().init();
    } else {
        subscriber.with_ansi(io::stderr().is_terminal()).init();
    }
}

async fn serve(arguments: &ServeArguments, edge: Edge) -> anyhow::Result<()> {
    let language = edge.language;
    let mut app = arguments.house.open(language).await?;
    app.outside.other_endpoints = arguments.allow_simulator;
    let (stopping, stopped) = watch::channel(false);
    let signal = tokio::spawn(async move {
        stop().await;
        stopping.send_replace(true);
    });
    if arguments.role == ServedRole::Worker {
        app.outside.mail =
            arguments.mail.mailer(arguments.public_url.as_deref().unwrap_or_default(), language)?;
        work(&app, arguments.jobs, stopped).await;
    } else {
        serve_pages(arguments, app.clone(), edge, stopped).await?;
    }
    signal.abort();
    app.database.close().await;
    Ok(())
}

/// Does jobs until told to stop. What takes longer than the grace is taken up by another process, or by the next start.
async fn work(app: &App, at_once: u8, stopped: watch::Receiver<bool>) {
    let worker = Worker::new(app.clone(), Arc::new(Intake));
    let mut ending = stopped.clone();
    tokio::select! {
        () = worker.run(usize::from(at_once), stopped) => {}
        () = async { let _ = ending.wait_for(|stop| *stop).await; tokio::time::sleep(GRACE).await } => {}
    }
}

async fn serve_pages(
    arguments: &ServeArguments,
    mut app: App,
    edge: Edge,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let language = edge.language;
    let listener = TcpListener::bind(arguments.listen).await.with_context(|| {
        let place = arguments.listen;
        say!(language, "An {} lässt sich nicht lauschen", "cannot listen at {}", place)
    })?;
    let here = format!("http://{}", listener.local_addr()?);
    let site = Site::new(arguments.public_url.as_deref().unwrap_or(&here), arguments.behind_proxy)?;
    app.outside.mail = arguments.mail.mailer(site.origin(), language)?;
    tell(&app, &site, edge).await?;
    let state = WebState::new(app.clone(), site);
    let service = web::server::service(&state, web::routes());
    let sweeper = tokio::spawn(sweep(app.clone()));
    let working = (arguments.role == ServedRole::All).then(|| {
        let (app, jobs, stopped) = (app.clone(), arguments.jobs, stopped.clone());
        tokio::spawn(async move { work(&app, jobs, stopped).await })
    });
    let (mut ending, mut late) = (stopped.clone(), stopped);
    let serving = web::server::serve(listener, service, async move {
        let _ = ending.wait_for(|stop| *stop).await;
    });
    tokio::select! {
        outcome = serving => outcome?,
        () = async { let _ = late.wait_for(|stop| *stop).await; tokio::time::sleep(GRACE).await } => {}
    }
    sweeper.abort();
    if let Some(working) = working {
        working.await?;
    }
    Ok(())
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

async fn sweep(app: App) {
    let mut clock = tokio::time::interval(SWEEP);
    loop {
        clock.tick().await;
        if let Err(error) = session::sweep(&app).await {
            tracing::error!("ended sessions were not removed: {error}");
        }
    }
}

/// Ctrl-C, or the signal by which services are stopped.
async fn stop() {
    let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! { () = interrupted => {}, () = terminated => {} }
}
