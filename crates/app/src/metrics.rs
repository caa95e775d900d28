//! What is counted for the operator (Prometheus): requests, jobs, fetches, the queue. No label holds anything of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use store::jobs::{self, Queue};

use crate::context::App;
use crate::refusal::AppError;

/// The upper bounds of durations in seconds: pages answer within milliseconds, imports take minutes.
const BOUNDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 120.0, 600.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u32,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfRoute {
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Ended {
    kind: String,
    result: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfKind {
    kind: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfState {
    state: &'static str,
}

/// The counters of a process. Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: Family<Answered, Counter>,
    request_seconds: Family<OfRoute, Histogram>,
    jobs: Family<Ended, Counter>,
    job_seconds: Family<OfKind, Histogram>,
    last_success: Family<OfKind, Gauge>,
    reports: Family<OfState, Counter>,
    queue: Family<OfState, Gauge>,
    oldest_wait: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut inner = Inner {
            registry: Registry::with_prefix("kontor"),
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(seconds),
            jobs: Family::default(),
            job_seconds: Family::new_with_constructor(seconds),
            last_success: Family::default(),
            reports: Family::default(),
            queue: Family::default(),
            oldest_wait: Gauge::default(),
        };
        inner.register();
        Self(Arc::new(inner))
    }
}

fn seconds() -> Histogram {
    Histogram::new(BOUNDS)
}

impl Inner {
    fn register(&mut self) {
        let registry = &mut self.registry;
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "Which Kontor this is", version);
        registry.register("requests", "Requests that were answered", self.requests.clone());
        registry.register_with_unit(
            "request_duration",
            "How long requests took",
            Unit::Seconds,
            self.request_seconds.clone(),
        );
        registry.register("jobs", "Jobs that ended, or were put off to be tried again", self.jobs.clone());
        registry.register_with_unit(
            "job_duration",
            "How long jobs took",
            Unit::Seconds,
            self.job_seconds.clone(),
        );
        registry.register_with_unit(
            "job_last_success_timestamp",
            "When a job of a kind went well in this process",
            Unit::Seconds,
            self.last_success.clone(),
        );
        registry.register("reports", "Reports that were fetched", self.reports.clone());
        registry.register("queue", "Jobs whose time has come, and jobs that run", self.queue.clone());
        registry.register_with_unit(
            "queue_oldest_wait",
            "How long the oldest job whose time has come waits",
            Unit::Seconds,
            self.oldest_wait.clone(),
        );
    }
}

impl Metrics {
    /// A request was answered; `route` is its pattern, never its address.
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let label = Answered { method: method.to_owned(), route: route.to_owned(), status: status.into() };
        self.0.requests.get_or_create(&label).inc();
        let label = OfRoute { route: route.to_owned() };
        self.0.request_seconds.get_or_create(&label).observe(took.as_secs_f64());
    }

    /// A job ended: `done`, `failed`, `cancelled`, `later`, `given-back`.
    pub(crate) fn job_ended(&self, kind: &str, result: &str, took: Duration, now: Timestamp) {
        let label = Ended { kind: kind.to_owned(), result: result.to_owned() };
        self.0.jobs.get_or_create(&label).inc();
        let label = OfKind { kind: kind.to_owned() };
        self.0.job_seconds.get_or_create(&label).observe(took.as_secs_f64());
        if result == "done" {
            self.0.last_success.get_or_create(&label).set(now.as_second());
        }
    }

    /// A fetch took so many reports, and refused so many.
    pub(crate) fn fetched(&self, imported: u64, refused: u64) {
        self.0.reports.get_or_create(&OfState { state: "imported" }).inc_by(imported);
        self.0.reports.get_or_create(&OfState { state: "refused" }).inc_by(refused);
    }

    fn queued(&self, queue: Queue, now: Timestamp) {
        let set = |state, number: u64| {
            self.0.queue.get_or_create(&OfState { state }).set(i64::try_from(number).unwrap_or(i64::MAX));
        };
        set("waiting", queue.waiting);
        set("running", queue.running);
        let wait = queue.oldest_due_at.map_or(0, |due| now.duration_since(due).as_secs().max(0));
        self.0.oldest_wait.set(wait);
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// Everything that was counted, as Prometheus reads it (OpenMetrics text), with the queue as it is now.
pub async fn text(app: &App) -> Result<String, AppError> {
    let now = app.now();
    let queue = jobs::queue(&mut app.database.read().await?, now).await?;
    app.metrics.queued(queue, now);
    let mut text = String::new();
    encode(&mut text, &app.metrics.0.registry).map_err(AppError::failed("write the metrics"))?;
    Ok(text)
}

/// Does the database answer?
pub async fn ready(app: &App) -> Result<(), AppError> {
    store::inspect::answers(&app.database).await?;
    Ok(())
}
