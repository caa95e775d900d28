//! Jobs: work that is done by whichever process has time. A job is held by a lease; whoever holds it says again and again
//! that he is alive, and where he falls silent another takes it up.
//!
//! Claiming is a conditional update, and a unique key allows one running job of a subject, so that no two processes ever
//! work on one connection, whatever they believe.

use jiff::Timestamp;

use crate::connections::Trouble;
use crate::id::{ClientId, JobId};
use crate::{Row, StoreError, Transaction, arguments};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// For its time, or for somebody who does it.
    Waiting,
    /// Somebody holds it.
    Running,
    /// It ended well.
    Done,
    /// It was given up.
    Failed,
    /// A person ended it.
    Cancelled,
}

impl JobState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Is nothing more done about it?
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        let found: String = row.get(index)?;
        let state = Self::ALL.into_iter().find(|state| state.name() == found);
        state.ok_or(StoreError::Content { expected: "the state of a job", found })
    }
}

/// A job as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its address.
    pub id: JobId,
    /// What is to be done: `fetch` …
    pub kind: String,
    /// For whom.
    pub client: Option<ClientId>,
    /// What it works on, the id of a connection for instance.
    pub subject: String,
    /// How far it is.
    pub state: JobState,
    /// Not before then.
    pub due_at: Timestamp,
    /// How often it was begun.
    pub attempts: u32,
    /// How often it is begun at most.
    pub attempts_most: u32,
    /// Until when somebody holds it.
    pub lease_until: Option<Timestamp>,
    /// A person wants it to end.
    pub cancel_asked: bool,
    /// What is being done, as a word for programs.
    pub step: String,
    /// So much of it is done.
    pub done: u64,
    /// So much there is to do; 0 while nobody knows.
    pub total: u64,
    /// How it ended, or why it is tried again.
    pub outcome: Option<Trouble>,
    /// Who wanted it.
    pub asked_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When it was first begun.
    pub started_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

impl Job {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            client: row.get(2)?,
            subject: row.get(3)?,
            state: JobState::read(row, 4)?,
            due_at: row.get(5)?,
            attempts: row.get(6)?,
            attempts_most: row.get(7)?,
            lease_until: row.get(8)?,
            cancel_asked: row.get(9)?,
            step: row.get(10)?,
            done: row.get(11)?,
            total: row.get(12)?,
            outcome: Trouble::read(row, 13)?,
            asked_by: row.get(16)?,
            created_at: row.get(17)?,
            started_at: row.get(18)?,
            ended_at: row.get(19)?,
        })
    }
}

/// A job to be done.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// Its address, where it is a new one.
    pub id: &'a JobId,
    /// What is to be done.
    pub kind: &'a str,
    /// For whom.
    pub client: Option<&'a ClientId>,
    /// What it works on.
    pub subject: &'a str,
    /// Greater goes first.
    pub urgency: u32,
    /// Not before then.
    pub due_at: Timestamp,
    /// How often it is begun at most.
    pub attempts_most: u32,
    /// Who wants it.
    pub asked_by: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// Puts a job into the queue. Where one of the same kind and subject waits already, or runs, that one is given instead;
/// a waiting one is moved forward where this one is more urgent.
pub async fn enqueue(transaction: &mut Transaction, job: &NewJob<'_>) -> Result<JobId, StoreError> {
    if let Some(there) = open_of(transaction, job.kind, job.subject).await? {
        transaction
            .execute(
                "UPDATE job SET urgency = $2, due_at = $3
                 WHERE id = $1 AND state = 'waiting' AND (urgency < $2 OR due_at > $3)",
                arguments![&there.id, job.urgency, job.due_at],
            )
            .await?;
        return Ok(there.id);
    }
    transaction
        .execute(
            "INSERT INTO job (id, kind, client, subject, state, urgency, due_at, attempts, attempts_most, cancel_asked,
                progress_step, progress_done, progress_total, asked_by, created_at)
             VALUES ($1, $2, $3, $4, 'waiting', $5, $6, 0, $7, $8, '', 0, 0, $9, $10)",
            arguments![
                job.id,
                job.kind,
                job.client,
                job.subject,
                job.urgency,
                job.due_at,
                job.attempts_most,
                false,
                job.asked_by,
                job.at
            ],
        )
        .await?;
    Ok(job.id.clone())
}

/// The job of a kind and subject that waits or runs.
pub async fn open_of(
    transaction: &mut Transaction,
    kind: &str,
    subject: &str,
) -> Result<Option<Job>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, kind, client, subject, state, due_at, attempts, attempts_most, lease_until, cancel_asked,
                progress_step, progress_done, progress_total, code, german, english, asked_by, created_at, started_at,
                ended_at
             FROM job WHERE subject = $2 AND kind = $1 AND state IN ('running', 'waiting')
             ORDER BY state, id LIMIT 1",
            arguments![kind, subject],
        )
        .await?;
    row.as_ref().map(Job::read).transpose()
}

/// A job.
pub async fn by_id(transaction: &mut Transaction, id: &JobId) -> Result<Option<Job>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, kind, client, subject, state, due_at, attempts, attempts_most, lease_until, cancel_asked,
                progress_step, progress_done, progress_total, code, german, english, asked_by, created_at, started_at,
                ended_at
             FROM job WHERE id = $1",
            arguments![id],
        )
        .await?;
    row.as_ref().map(Job::read).transpose()
}

/// The jobs of a client, the newest first, before an id, at most so many.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
    before: Option<&JobId>,
    most: u32,
) -> Result<Vec<Job>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, kind, client, subject, state, due_at, attempts, attempts_most, lease_until, cancel_asked,
                progress_step, progress_done, progress_total, code, german, english, asked_by, created_at, started_at,
                ended_at
             FROM job WHERE client = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            arguments![client, before.map_or("~", JobId::as_str), most],
        )
        .await?;
    rows.iter().map(Job::read).collect()
}

/// The jobs of everybody, the newest first, for the operator; at most so many.
pub async fn newest(transaction: &mut Transaction, most: u32) -> Result<Vec<Job>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, kind, client, subject, state, due_at, attempts, attempts_most, lease_until, cancel_asked,
                progress_step, progress_done, progress_total, code, german, english, asked_by, created_at, started_at,
                ended_at
             FROM job ORDER BY id DESC LIMIT $1",
            arguments![most],
        )
        .await?;
    rows.iter().map(Job::read).collect()
}

/// Jobs that could be begun now: their time has come and nobody works on their subject, or whoever held them fell silent.
/// The most urgent first; at most so many.
pub async fn claimable(
    transaction: &mut Transaction,
    now: Timestamp,
    most: u32,
) -> Result<Vec<JobId>, StoreError> {
    let mut ids = Vec::new();
    let abandoned = transaction
        .fetch_all(
            "SELECT id FROM job WHERE state = 'running' AND lease_until < $1 ORDER BY lease_until LIMIT $2",
            arguments![now, most],
        )
        .await?;
    let waiting = transaction
        .fetch_all(
            "SELECT id FROM job WHERE state = 'waiting' AND due_at <= $1 AND NOT EXISTS
                (SELECT 1 FROM job held WHERE held.subject = job.subject AND held.state = 'running')
             ORDER BY urgency DESC, due_at LIMIT $2",
            arguments![now, most],
        )
        .await?;
    for row in abandoned.iter().chain(&waiting) {
        ids.push(row.get(0)?);
    }
    Ok(ids)
}

/// Takes a job, if it can still be had. `holder` is a word that nobody else has.
pub async fn claim(
    transaction: &mut Transaction,
    id: &JobId,
    holder: &str,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<Option<Job>, StoreError> {
    let touched = transaction
        .execute(
            "UPDATE job SET state = 'running', holder = $2, lease_until = $4, attempts = attempts + 1,
                started_at = COALESCE(started_at, $3), progress_step = '', progress_done = 0, progress_total = 0
             WHERE id = $1 AND ((state = 'running' AND lease_until < $3)
                OR (state = 'waiting' AND due_at <= $3 AND NOT EXISTS
                    (SELECT 1 FROM job held WHERE held.subject = job.subject AND held.state = 'running')))",
            arguments![id, holder, now, lease_until],
        )
        .await?;
    if touched == 0 { Ok(None) } else { by_id(transaction, id).await }
}

/// What a holder says of its job while it works.
#[derive(Clone, Debug)]
pub struct Sign<'a> {
    /// What is being done.
    pub step: &'a str,
    /// So much of it is done.
    pub done: u64,
    /// So much there is to do.
    pub total: u64,
    /// Until when it is his.
    pub lease_until: Timestamp,
}

/// What a holder is told when he gives a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Go on.
    Yours,
    /// A person wants it to end.
    Cancel,
    /// It is somebody else's by now.
    Lost,
}

/// Says that the holder is alive and how far he is.
pub async fn sign(
    transaction: &mut Transaction,
    id: &JobId,
    holder: &str,
    sign: &Sign<'_>,
) -> Result<Answer, StoreError> {
    let row = transaction
        .fetch_optional(
            "UPDATE job SET lease_until = $3, progress_step = $4, progress_done = $5, progress_total = $6
             WHERE id = $1 AND holder = $2 AND state = 'running' RETURNING cancel_asked",
            arguments![
                id,
                holder,
                sign.lease_until,
                sign.step,
                i64::try_from(sign.done).unwrap_or(i64::MAX),
                i64::try_from(sign.total).unwrap_or(i64::MAX)
            ],
        )
        .await?;
    Ok(match row {
        Some(row) if row.get(0)? => Answer::Cancel,
        Some(_) => Answer::Yours,
        None => Answer::Lost,
    })
}

/// Says that the holder is alive, whatever he is doing.
pub async fn renew(
    transaction: &mut Transaction,
    id: &JobId,
    holder: &str,
    lease_until: Timestamp,
) -> Result<Answer, StoreError> {
    let row = transaction
        .fetch_optional(
            "UPDATE job SET lease_until = $3
             WHERE id = $1 AND holder = $2 AND state = 'running' RETURNING cancel_asked",
            arguments![id, holder, lease_until],
        )
        .await?;
    Ok(match row {
        Some(row) if row.get(0)? => Answer::Cancel,
        Some(_) => Answer::Yours,
        None => Answer::Lost,
    })
}

/// Ends a job. False where it is somebody else's by now.
pub async fn end(
    transaction: &mut Transaction,
    id: &JobId,
    holder: &str,
    state: JobState,
    outcome: &Trouble,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = transaction
        .execute(
            "UPDATE job SET state = $3, holder = NULL, lease_until = NULL, ended_at = $4, code = $5, german = $6,
                english = $7
             WHERE id = $1 AND holder = $2 AND state = 'running'",
            arguments![id, holder, state.name(), now, &outcome.code, &outcome.german, &outcome.english],
        )
        .await?;
    Ok(touched > 0)
}

/// Lays a job down for later. False where it is somebody else's by now.
pub async fn postpone(
    transaction: &mut Transaction,
    id: &JobId,
    holder: &str,
    due_at: Timestamp,
    outcome: &Trouble,
) -> Result<bool, StoreError> {
    let touched = transaction
        .execute(
            "UPDATE job SET state = 'waiting', holder = NULL, lease_until = NULL, due_at = $3, code = $4, german = $5,
                english = $6
             WHERE id = $1 AND holder = $2 AND state = 'running'",
            arguments![id, holder, due_at, &outcome.code, &outcome.german, &outcome.english],
        )
        .await?;
    Ok(touched > 0)
}

/// Gives a job back that was begun and not finished, as if it had not been begun: whoever has time takes it up at once.
/// False where it is somebody else's by now.
pub async fn give_back(
    transaction: &mut Transaction,
    id: &JobId,
    holder: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = transaction
        .execute(
            "UPDATE job SET state = 'waiting', holder = NULL, lease_until = NULL, due_at = $3, attempts = attempts - 1
             WHERE id = $1 AND holder = $2 AND state = 'running'",
            arguments![id, holder, now],
        )
        .await?;
    Ok(touched > 0)
}

/// Asks for a job to end: a waiting one is over at once, a running one when its holder hears of it. False where it is over.
pub async fn cancel(transaction: &mut Transaction, id: &JobId, now: Timestamp) -> Result<bool, StoreError> {
    let waiting = transaction
        .execute(
            "UPDATE job SET state = 'cancelled', ended_at = $2 WHERE id = $1 AND state = 'waiting'",
            arguments![id, now],
        )
        .await?;
    let running = transaction
        .execute("UPDATE job SET cancel_asked = $2 WHERE id = $1 AND state = 'running'", arguments![id, true])
        .await?;
    Ok(waiting + running > 0)
}

/// Is there a job that was over before an instant?
pub async fn any_over_before(transaction: &mut Transaction, before: Timestamp) -> Result<bool, StoreError> {
    let row = transaction
        .fetch_optional("SELECT 1 FROM job WHERE ended_at < $1 LIMIT 1", arguments![before])
        .await?;
    Ok(row.is_some())
}

/// Forgets jobs that were over before an instant, at most so many. How many it were.
pub async fn forget(transaction: &mut Transaction, before: Timestamp, most: u32) -> Result<u64, StoreError> {
    transaction
        .execute(
            "DELETE FROM job WHERE id IN (SELECT id FROM job WHERE ended_at < $1 ORDER BY ended_at LIMIT $2)",
            arguments![before, most],
        )
        .await
}

/// How many jobs wait whose time has come, how many run, and since when the oldest waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Waiting, due.
    pub waiting: u64,
    /// Running.
    pub running: u64,
    /// When the longest overdue of them was due.
    pub oldest_due_at: Option<Timestamp>,
}

/// The length of the queue, for metrics and for the operator.
pub async fn queue(transaction: &mut Transaction, now: Timestamp) -> Result<Queue, StoreError> {
    let waiting = transaction
        .fetch_one(
            "SELECT COUNT(*), MIN(due_at) FROM job WHERE state = 'waiting' AND due_at <= $1",
            arguments![now],
        )
        .await?;
    let running =
        transaction.fetch_one("SELECT COUNT(*) FROM job WHERE state = 'running'", arguments![]).await?;
    Ok(Queue { waiting: waiting.get(0)?, running: running.get(0)?, oldest_due_at: waiting.get(1)? })
}
