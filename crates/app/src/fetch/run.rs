//! The job that fetches a connection.

use store::connections::{self, ConnectionState, Trouble};
use store::id::ConnectionId;
use store::transact;

use super::close::{Outcome, close};
use super::gather::gather;
use super::{Counts, Receive};
use crate::jobs::{Ending, Held, Stopped};
use crate::refusal::AppError;

/// Fetches the connection that is the job's subject.
pub(crate) async fn run(held: &Held<'_>, receive: &dyn Receive) -> Result<Ending, Stopped> {
    let app = held.app;
    let started = app.now();
    let Some(id) = ConnectionId::parse(&held.job.subject) else { return Ok(Ending::Failed(gone())) };
    let found: Result<_, AppError> = transact!(app.database, transaction => {
        let found = connections::by_id(transaction, &id).await?;
        connections::begin_fetch(transaction, &id, started).await?;
        Ok(found)
    });
    let Some(connection) = found?.filter(|connection| connection.state == ConnectionState::Active) else {
        return Ok(Ending::Failed(gone()));
    };
    let mut counts = Counts::default();
    let outcome = if held.job.attempts > held.job.attempts_most {
        Outcome::GivenUp
    } else {
        match gather(held, receive, &connection, &mut counts).await {
            Ok(gathered) => Outcome::Gathered(gathered),
            Err(Stopped::Lost) => return Err(Stopped::Lost),
            Err(Stopped::Cancelled) => Outcome::Cancelled,
            Err(Stopped::Failed(error)) => Outcome::Failed(error),
        }
    };
    close(held, &connection, started, counts, outcome).await
}

fn gone() -> Trouble {
    Trouble {
        code: "connection-gone".to_owned(),
        german: "Die Schnittstelle ist angehalten oder entfernt.".to_owned(),
        english: "The connection is paused or was removed.".to_owned(),
    }
}
