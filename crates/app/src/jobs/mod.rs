//! Work that is done by itself: put into a queue inside the transaction that wants it, done by whichever process has time.

mod held;
mod list;
mod schedule;
mod worker;

use jiff::Timestamp;
use store::Transaction;
use store::automation::Delivery;
use store::connections::Connection;
use store::id::{ClientId, JobId, UserId};
use store::jobs::NewJob;

pub(crate) use held::{Ending, Held, Stopped};
pub use list::{by_id, cancel, find, newest, of_client};
pub use schedule::schedule;
pub use worker::{LEASE, Worker};
pub(crate) use worker::{cancelled, chain, failed, trouble_of};

pub use store::jobs::{Job, JobState};

use crate::App;
use crate::access::Actor;
use crate::refusal::AppError;

/// Fetches a connection; the subject is its id.
pub const FETCH: &str = "fetch";

/// Sends a user the notices that wait for him; the subject is his id.
pub const POST: &str = "post";

/// Exports the finished months of a client; the subject is its id.
pub const EXPORT: &str = "export";

/// Carries a batch to one place; the subject is the delivery's id.
pub const DELIVER: &str = "deliver";

/// What a person waits for goes before what the schedule wants.
const OF_PERSON: u32 = 9;
const OF_SCHEDULE: u32 = 1;

/// A fetch that died with its process is taken up so often.
const FETCH_ATTEMPTS: u32 = 6;

/// A mail is tried so often, over some hours.
const POST_ATTEMPTS: u32 = 8;

/// An export that died with its process is taken up so often; the next day it is begun anew.
const EXPORT_ATTEMPTS: u32 = 6;

/// A batch is carried so often, over two days.
const DELIVER_ATTEMPTS: u32 = 12;

/// Puts the export of a client's finished months into the queue.
pub(crate) async fn enqueue_export(
    app: &App,
    transaction: &mut Transaction,
    client: &ClientId,
) -> Result<JobId, AppError> {
    let (id, at) = (JobId::new(app.machine.as_ref()), app.now());
    let job = NewJob {
        id: &id,
        kind: EXPORT,
        client: Some(client),
        subject: client.as_str(),
        urgency: OF_SCHEDULE,
        due_at: at,
        attempts_most: EXPORT_ATTEMPTS,
        asked_by: Actor::System.name(),
        at,
    };
    Ok(store::jobs::enqueue(transaction, &job).await?)
}

/// Puts the way of a batch to one place into the queue.
pub(crate) async fn enqueue_delivery(
    app: &App,
    transaction: &mut Transaction,
    delivery: &Delivery,
) -> Result<JobId, AppError> {
    let (id, at) = (JobId::new(app.machine.as_ref()), app.now());
    let job = NewJob {
        id: &id,
        kind: DELIVER,
        client: Some(&delivery.client),
        subject: &delivery.id,
        urgency: OF_SCHEDULE,
        due_at: at,
        attempts_most: DELIVER_ATTEMPTS,
        asked_by: Actor::System.name(),
        at,
    };
    Ok(store::jobs::enqueue(transaction, &job).await?)
}

/// Puts the mail to a user into the queue.
pub(crate) async fn enqueue_post(
    app: &App,
    transaction: &mut Transaction,
    user: &UserId,
) -> Result<JobId, AppError> {
    let (id, at) = (JobId::new(app.machine.as_ref()), app.now());
    let job = NewJob {
        id: &id,
        kind: POST,
        client: None,
        subject: user.as_str(),
        urgency: OF_SCHEDULE,
        due_at: at,
        attempts_most: POST_ATTEMPTS,
        asked_by: Actor::System.name(),
        at,
    };
    // One that waits for its next try is not moved forward.
    if let Some(there) = store::jobs::open_of(transaction, POST, user.as_str()).await? {
        return Ok(there.id);
    }
    Ok(store::jobs::enqueue(transaction, &job).await?)
}

/// Puts a fetch into the queue, or gives the one that waits or runs already.
pub(crate) async fn enqueue_fetch(
    app: &App,
    transaction: &mut Transaction,
    actor: &Actor,
    connection: &Connection,
    due_at: Timestamp,
) -> Result<JobId, AppError> {
    let id = JobId::new(app.machine.as_ref());
    let job = NewJob {
        id: &id,
        kind: FETCH,
        client: Some(&connection.client),
        subject: connection.id.as_str(),
        urgency: if matches!(actor, Actor::System) { OF_SCHEDULE } else { OF_PERSON },
        due_at,
        attempts_most: FETCH_ATTEMPTS,
        asked_by: actor.name(),
        at: app.now(),
    };
    Ok(store::jobs::enqueue(transaction, &job).await?)
}
