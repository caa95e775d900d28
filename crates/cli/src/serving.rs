//! Serving a house: its pages and API, and the work that goes on by itself, until the machine asks to end.

use std::io::{self, IsTerminal as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use app::account::session;
use app::documents::Intake;
use app::jobs::Worker;
use app::{App, Language, say};
use clap::ValueEnum;
use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;
use web::server::WebState;

use crate::edge;

/// How long what has begun may take when the server stops.
pub(crate) const GRACE: Duration = Duration::from_secs(10);
/// Jobs that are not finished after this are given back, within the grace.
const PATIENCE: Duration = Duration::from_secs(7);
/// How often ended sessions are removed.
const SWEEP: Duration = Duration::from_hours(1);

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// A line that people read.
    Text,
    /// A line of JSON, for programs that collect logs.
    Json,
}

/// The log goes to standard error; `KONTOR_LOG` chooses what, and `usual` where it says nothing.
pub(crate) fn log(format: LogFormat, usual: &str) {
    let filter = EnvFilter::try_from_env("KONTOR_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match format {
        LogFormat::Json => subscriber.json().init(),
        LogFormat::Text => subscriber.with_ansi(io::stderr().is_terminal()).init(),
    }
}

/// Becomes true when Ctrl+C or the signal by which services are stopped comes. Must be called inside a runtime.
pub(crate) fn told_to_stop() -> anyhow::Result<watch::Receiver<bool>> {
    let wanted = edge::end_wanted()?;
    let (stopping, stopped) = watch::channel(false);
    tokio::spawn(async move {
        wanted.await;
        stopping.send_replace(true);
    });
    Ok(stopped)
}

/// How a process works.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hands {
    /// So many jobs at once.
    pub(crate) at_once: u8,
    /// So long a job is held without a sign of life.
    pub(crate) lease: SignedDuration,
}

/// Does jobs until told to stop. What takes longer is given back, and taken up by another process or by the next start.
pub(crate) async fn work(app: &App, hands: Hands, stopped: watch::Receiver<bool>) {
    let worker = Worker::new(app.clone(), Arc::new(Intake)).with_lease(hands.lease);
    let ending = stopped.clone();
    tokio::select! {
        () = worker.run(usize::from(hands.at_once), stopped, PATIENCE) => {}
        () = after_grace(ending) => {}
    }
}

/// Tells an operator's machines what they ask, on a listener of its own, as long as this process runs.
pub(crate) async fn monitor(place: SocketAddr, state: &WebState, language: Language) -> anyhow::Result<()> {
    let listener = listen(place, language).await?;
    let service = web::server::monitoring(state);
    tracing::info!(address = %listener.local_addr()?, "metrics");
    tokio::spawn(async move {
        if let Err(error) = web::server::serve(listener, service, std::future::pending()).await {
            tracing::error!(%error, "the listener for metrics ended");
        }
    });
    Ok(())
}

/// Listens, or says why not.
pub(crate) async fn listen(place: SocketAddr, language: Language) -> anyhow::Result<TcpListener> {
    TcpListener::bind(place)
        .await
        .with_context(|| say!(language, "An {} lässt sich nicht lauschen", "cannot listen at {}", place))
}

/// Serves the pages and the API until told to stop, and does so many jobs at once beside it, if any.
pub(crate) async fn pages(
    listener: TcpListener,
    state: &WebState,
    jobs: Option<Hands>,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let service = web::server::service(state, web::routes());
    let sweeper = tokio::spawn(sweep(state.app.clone()));
    let working = jobs.map(|jobs| {
        let (app, stopped) = (state.app.clone(), stopped.clone());
        tokio::spawn(async move { work(&app, jobs, stopped).await })
    });
    let mut ending = stopped.clone();
    let serving = web::server::serve(listener, service, async move {
        let _ = ending.wait_for(|stop| *stop).await;
    });
    tokio::select! {
        outcome = serving => outcome?,
        () = after_grace(stopped) => {}
    }
    sweeper.abort();
    if let Some(working) = working {
        working.await?;
    }
    Ok(())
}

/// Some time after it was told to stop.
async fn after_grace(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
    tokio::time::sleep(GRACE).await;
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
