//! A job in the hands of whoever does it.

use jiff::{SignedDuration, Timestamp};
use store::connections::Trouble;
use store::jobs::{self, Answer, Job, Sign};
use store::transact;

use crate::App;
use crate::refusal::AppError;

/// A job that is being done here.
#[derive(Debug)]
pub(crate) struct Held<'a> {
    pub(crate) app: &'a App,
    pub(crate) job: Job,
    /// The word by which the database knows that it is ours.
    pub(crate) holder: String,
    /// So long it is ours after a sign of life.
    pub(crate) lease: SignedDuration,
}

/// Why a job is not gone on with.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// A person wants it to end.
    Cancelled,
    /// It is somebody else's by now.
    Lost,
    /// Something failed.
    Failed(AppError),
}

impl From<AppError> for Stopped {
    fn from(error: AppError) -> Self {
        Self::Failed(error)
    }
}

impl From<store::StoreError> for Stopped {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// How a job ends.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It wrote its own end in the transaction of its result.
    Written,
    /// Well.
    Done(Trouble),
    /// Not now: again then.
    Later(Timestamp, Trouble),
    /// For good.
    Failed(Trouble),
}

impl Held<'_> {
    /// Says how far it is, and that whoever does it is alive.
    pub(crate) async fn sign(&self, step: &str, done: u64, total: u64) -> Result<(), Stopped> {
        let lease_until = self.app.now() + self.lease;
        let sign = Sign { step, done, total, lease_until };
        let answer: Result<Answer, AppError> = transact!(self.app.database, transaction =>
            Ok(jobs::sign(transaction, &self.job.id, &self.holder, &sign).await?));
        heard(answer?)
    }
}

pub(super) fn heard(answer: Answer) -> Result<(), Stopped> {
    match answer {
        Answer::Yours => Ok(()),
        Answer::Cancel => Err(Stopped::Cancelled),
        Answer::Lost => Err(Stopped::Lost),
    }
}
