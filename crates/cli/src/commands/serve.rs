//! `kontor serve`: the pages and the REST API.

use std::io::{self, IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use app::account::{session, setup};
use app::{App, say};
use clap::Args;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use web::server::{Site, WebState};

use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};

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
    /// Write the log as lines of JSON
    #[arg(long)]
    log_json: bool,
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
    let app = arguments.house.open(language).await?;
    let listener = TcpListener::bind(arguments.listen).await.with_context(|| {
        let place = arguments.listen;
        say!(language, "An {} lässt sich nicht lauschen", "cannot listen at {}", place)
    })?;
    let here = format!("http://{}", listener.local_addr()?);
    let site = Site::new(arguments.public_url.as_deref().unwrap_or(&here), arguments.behind_proxy)?;
    tell(&app, &site, edge).await?;
    let state = WebState::new(app.clone(), site);
    let service = web::server::service(&state, web::routes());
    let sweeper = tokio::spawn(sweep(app.clone()));
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let serving = web::server::serve(listener, service, async move {
        stop().await;
        let _ = stopping.send(());
    });
    tokio::select! {
        outcome = serving => outcome?,
        () = async { drop(stopped.await); tokio::time::sleep(GRACE).await } => {}
    }
    sweeper.abort();
    app.database.close().await;
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
