//! The worker: takes jobs, does them, and says again and again that it is alive.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::SignedDuration;
use store::connections::Trouble;
use store::id::JobId;
use store::jobs::{self, Job, JobState};
use store::transact;
use tokio::sync::watch;
use tracing::Instrument as _;

use super::held::heard;
use super::{DELIVER, EXPORT, Ending, FETCH, Held, POST, Stopped, schedule};
use crate::App;
use crate::automation;
use crate::fetch::{self, Receive};
use crate::language::Language;
use crate::notices;
use crate::refusal::{AppError, Refusal};

/// So long a job is held without a sign of life.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// So many signs of life are given within a lease.
const SIGNS: u32 = 6;

/// Who finds nothing to do looks again after this.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What is due is put into the queue so often.
const SCHEDULE_EVERY: Duration = Duration::from_secs(10);

/// Of so many jobs one is taken, so that several workers do not all grasp for the first.
const LOOKED_AT: u32 = 16;

/// A job that failed in an unforeseen way is tried again after this, and then after twice as long each time.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// Does jobs. Cheap to clone; clones do them at once.
#[derive(Clone, Debug)]
pub struct Worker {
    app: App,
    receive: Arc<dyn Receive>,
    lease: SignedDuration,
    /// Becomes true when this process must go and jobs under way are given back.
    leaving: watch::Receiver<bool>,
}

impl Worker {
    /// A worker that hands fetched reports to whoever receives them.
    pub fn new(app: App, receive: Arc<dyn Receive>) -> Self {
        Self { app, receive, lease: LEASE, leaving: watch::channel(false).1 }
    }

    /// Holds jobs for so long without a sign of life. Shorter, and what a dead worker held is taken up sooner; longer, and a
    /// database that is away for a while costs nothing.
    #[must_use]
    pub fn with_lease(self, lease: SignedDuration) -> Self {
        Self { lease, ..self }
    }

    /// Schedules and works with so many jobs at once until told to stop; what is under way is finished first, and what is
    /// not finished after `patience` is given back, so that another takes it up at once. A fetch mostly waits for the
    /// network, so there may be more at once than processors.
    pub async fn run(mut self, at_once: usize, stop: watch::Receiver<bool>, patience: Duration) {
        let (leave, leaving) = watch::channel(false);
        self.leaving = leaving;
        let mut told = stop.clone();
        let waiting = tokio::spawn(async move {
            let _ = told.wait_for(|stop| *stop).await;
            tokio::time::sleep(patience).await;
            leave.send_replace(true);
        });
        let scheduler = tokio::spawn(self.clone().keep_scheduling(stop.clone()));
        let hands: Vec<_> =
            (0..at_once.max(1)).map(|_| tokio::spawn(self.clone().keep_working(stop.clone()))).collect();
        for task in hands.into_iter().chain([scheduler]) {
            if let Err(error) = task.await {
                tracing::error!(%error, "a worker ended by itself");
            }
        }
        waiting.abort();
    }

    async fn keep_scheduling(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = schedule(&self.app).await {
                tracing::error!(error = %chain(&error), "the scheduler could not do its work");
            }
            pause(SCHEDULE_EVERY, &mut stop).await;
        }
    }

    async fn keep_working(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.work_once().await {
                Ok(Some(_)) => {}
                Ok(None) => pause(LOOK_EVERY, &mut stop).await,
                Err(error) => {
                    tracing::error!(error = %chain(&error), "a worker could not take a job");
                    pause(SCHEDULE_EVERY, &mut stop).await;
                }
            }
        }
    }

    /// Takes one job whose time has come and does it. None where there is none.
    pub async fn work_once(&self) -> Result<Option<JobId>, AppError> {
        let now = self.app.now();
        let ids = jobs::claimable(&mut self.app.database.read().await?, now, LOOKED_AT).await?;
        let mut random = [0_u8; 9];
        self.app.machine.fill(&mut random);
        let [first, rest @ ..] = random;
        let holder = store::journal::hex(&rest);
        // The most urgent stays first unless somebody else had the same idea.
        let mut ids = ids.into_iter().peekable();
        let mut passed = Vec::new();
        while let Some(id) = ids.next() {
            if let Some(job) = self.claim(&id, &holder).await? {
                self.work(job, holder).await?;
                return Ok(Some(id));
            }
            passed.push(id);
            for _ in 0..(first % 4) {
                passed.extend(ids.next());
            }
        }
        for id in passed {
            if let Some(job) = self.claim(&id, &holder).await? {
                self.work(job, holder).await?;
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Does one certain job now, where nobody else does. False where somebody else does or it is over.
    pub async fn work_on(&self, id: &JobId) -> Result<bool, AppError> {
        let mut random = [0_u8; 8];
        self.app.machine.fill(&mut random);
        let holder = store::journal::hex(&random);
        match self.claim(id, &holder).await? {
            Some(job) => self.work(job, holder).await.map(|()| true),
            None => Ok(false),
        }
    }

    /// Does everything whose time has come, one after the other.
    pub async fn work_all(&self) -> Result<u64, AppError> {
        let mut number = 0;
        while self.work_once().await?.is_some() {
            number += 1;
        }
        Ok(number)
    }

    async fn claim(&self, id: &JobId, holder: &str) -> Result<Option<Job>, AppError> {
        let now = self.app.now();
        transact!(self.app.database, transaction =>
            Ok(jobs::claim(transaction, id, holder, now, now + self.lease).await?))
    }

    async fn work(&self, job: Job, holder: String) -> Result<(), AppError> {
        let (kind, begun) = (job.kind.clone(), self.app.now());
        let span = tracing::info_span!("job", id = %job.id, kind);
        let result =
            self.work_held(Held { app: &self.app, job, holder, lease: self.lease }).instrument(span).await?;
        let now = self.app.now();
        let took = Duration::try_from(now.duration_since(begun)).unwrap_or_default();
        self.app.metrics.job_ended(&kind, result, took, now);
        Ok(())
    }

    /// Does a job and says how it went, in a word for the operator.
    async fn work_held(&self, held: Held<'_>) -> Result<&'static str, AppError> {
        let work = AssertUnwindSafe(Box::pin(self.perform(&held))).catch_unwind();
        let ending = tokio::select! {
            ending = work => ending.unwrap_or_else(|_| Err(Stopped::Failed(AppError::Failed {
                tried: "the job ended in the middle; this is an error of Kontor",
                source: "panic".into(),
            }))),
            stopped = self.give_signs(&held) => Err(stopped),
            () = self.told_to_leave() => return self.give_back(&held).await,
        };
        self.close(&held, ending).await
    }

    async fn told_to_leave(&self) {
        let mut leaving = self.leaving.clone();
        if leaving.wait_for(|leave| *leave).await.is_err() {
            // Nobody will ever say so.
            std::future::pending::<()>().await;
        }
    }

    /// Lays a job down that was begun and is not finished; it counts as not begun.
    async fn give_back(&self, held: &Held<'_>) -> Result<&'static str, AppError> {
        let now = self.app.now();
        transact!(self.app.database, transaction => {
            jobs::give_back(transaction, &held.job.id, &held.holder, now).await?;
            Ok("given-back")
        })
    }

    async fn perform(&self, held: &Held<'_>) -> Result<Ending, Stopped> {
        match held.job.kind.as_str() {
            FETCH => fetch::run(held, self.receive.as_ref()).await,
            POST => notices::post(held).await,
            EXPORT => automation::export_month(held).await,
            DELIVER => automation::deliver(held).await,
            unknown => Ok(Ending::Failed(unknown_kind(unknown))),
        }
    }

    /// Says that it is alive, until it hears that the job is not to be gone on with.
    async fn give_signs(&self, held: &Held<'_>) -> Stopped {
        let pause = self.lease.unsigned_abs() / SIGNS;
        loop {
            tokio::time::sleep(pause).await;
            let lease_until = self.app.now() + self.lease;
            let answer: Result<_, AppError> = transact!(self.app.database, transaction =>
                Ok(jobs::renew(transaction, &held.job.id, &held.holder, lease_until).await?));
            match answer.map(heard) {
                Ok(Ok(())) => {}
                Ok(Err(stopped)) => return stopped,
                // The database may be back before the lease is over.
                Err(error) => tracing::warn!(error = %chain(&error), "a sign of life could not be given"),
            }
        }
    }

    async fn close(
        &self,
        held: &Held<'_>,
        ending: Result<Ending, Stopped>,
    ) -> Result<&'static str, AppError> {
        let Held { job, holder, .. } = held;
        let now = self.app.now();
        let (state, outcome) = match ending {
            Ok(Ending::Written) => {
                let written = jobs::by_id(&mut self.app.database.read().await?, &job.id).await?;
                return Ok(written.map_or("done", |job| job.state.name()));
            }
            Err(Stopped::Lost) => return Ok("lost"),
            Ok(Ending::Done(outcome)) => (JobState::Done, outcome),
            Ok(Ending::Failed(outcome)) => (JobState::Failed, outcome),
            Ok(Ending::Later(at, outcome)) => return self.postpone(held, at, &outcome).await,
            Err(Stopped::Cancelled) => (JobState::Cancelled, cancelled()),
            Err(Stopped::Failed(error)) => {
                tracing::error!(job = %job.id, kind = job.kind, error = %chain(&error), "a job failed");
                let outcome = failed(&error);
                if job.attempts < job.attempts_most && error.refusal().is_none() {
                    let pause = FIRST_PAUSE * (1 << job.attempts.min(8));
                    return self.postpone(held, now + pause, &outcome).await;
                }
                (JobState::Failed, outcome)
            }
        };
        transact!(self.app.database, transaction => {
            jobs::end(transaction, &job.id, holder, state, &outcome, now).await?;
            Ok(state.name())
        })
    }

    async fn postpone(
        &self,
        held: &Held<'_>,
        at: jiff::Timestamp,
        outcome: &Trouble,
    ) -> Result<&'static str, AppError> {
        transact!(self.app.database, transaction => {
            jobs::postpone(transaction, &held.job.id, &held.holder, at, outcome).await?;
            Ok("later")
        })
    }
}

async fn pause(duration: Duration, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(duration) => {}
        _ = stop.changed() => {}
    }
}

pub(crate) fn cancelled() -> Trouble {
    Trouble {
        code: "cancelled".to_owned(),
        german: "Abgebrochen.".to_owned(),
        english: "Cancelled.".to_owned(),
    }
}

/// An error of ours, as it is kept: a refusal in its own words, anything else without details, which stand in the log.
pub(crate) fn failed(error: &AppError) -> Trouble {
    match error.refusal() {
        Some(refusal) => trouble_of(refusal),
        None => Trouble {
            code: "internal".to_owned(),
            german: format!(
                "Hier ist etwas schiefgegangen ({error}). Kontor versucht es wieder; Näheres steht im Protokoll."
            ),
            english: format!("Something went wrong here ({error}). Kontor tries again; the log says more."),
        },
    }
}

/// A refusal as it is kept.
pub(crate) fn trouble_of(refusal: &Refusal) -> Trouble {
    Trouble {
        code: refusal.code.to_owned(),
        german: refusal.text(Language::De).to_owned(),
        english: refusal.text(Language::En).to_owned(),
    }
}

fn unknown_kind(kind: &str) -> Trouble {
    Trouble {
        code: "unknown-kind".to_owned(),
        german: format!("Diese Version von Kontor kennt keine Aufträge der Art «{kind}»."),
        english: format!("This version of Kontor knows no jobs of the kind «{kind}»."),
    }
}

/// An error with everything that led to it, for the log.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
