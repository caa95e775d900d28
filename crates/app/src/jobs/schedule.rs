//! The scheduler: puts into the queue whatever's time has come. Any number of processes may do it at once.

use jiff::SignedDuration;
use store::{automation, connections, jobs, transact};

use super::{enqueue_export, enqueue_fetch, enqueue_post};
use crate::access::Actor;
use crate::automation::tomorrow;
use crate::connections::next_run;
use crate::notices::{self, Notice, NoticeKind};
use crate::refusal::AppError;
use crate::{App, zone};

/// So many in one transaction, so that nobody waits long for it.
const AT_ONCE: u32 = 200;

/// Amazon keeps reports for 90 days; a person has thirty of them to do something.
const TOLD_AFTER: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Jobs that are over are listed so long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Puts everything that is due into the queue, and forgets what was over long ago. How many fetches it were.
pub async fn schedule(app: &App) -> Result<u64, AppError> {
    let mut number = 0;
    loop {
        let added = fetches(app).await?;
        number += added;
        if added < u64::from(AT_ONCE) {
            break;
        }
    }
    exports(app).await?;
    near_the_limit(app).await?;
    posts(app).await?;
    forget(app).await?;
    Ok(number)
}

async fn fetches(app: &App) -> Result<u64, AppError> {
    let now = app.now();
    // Most of the time nothing is due, and looking must not take the only pen.
    if connections::due(&mut app.database.read().await?, now, 1).await?.is_empty() {
        return Ok(0);
    }
    transact!(app.database, transaction => {
        let due = connections::due(transaction, now, AT_ONCE).await?;
        for connection in &due {
            let zone = zone::of_client(app, &connection.client).await?;
            enqueue_fetch(app, transaction, &Actor::System, connection, now).await?;
            connections::set_next_run(transaction, &connection.id, next_run(&connection.id, &zone, now)).await?;
        }
        Ok(u64::try_from(due.len()).unwrap_or(u64::MAX))
    })
}

/// Clients whose day has come. The next time is set to tomorrow; the export itself sets it to next month when all is well.
async fn exports(app: &App) -> Result<(), AppError> {
    let now = app.now();
    if automation::due(&mut app.database.read().await?, now, 1).await?.is_empty() {
        return Ok(());
    }
    transact!(app.database, transaction => {
        for due in automation::due(transaction, now, AT_ONCE).await? {
            let zone = zone::of_client(app, &due.client).await?;
            enqueue_export(app, transaction, &due.client).await?;
            automation::set_next_run(transaction, &due.client, tomorrow(&due.client, &zone, now)).await?;
        }
        Ok(())
    })
}

/// Connections without a success for long, active or not: soon Amazon forgets what was not fetched.
async fn near_the_limit(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let before = now - TOLD_AFTER;
    let kind = NoticeKind::NinetyDays.name();
    let mut transaction = app.database.read().await?;
    let silent = connections::without_success(&mut transaction, before, kind, AT_ONCE).await?;
    drop(transaction);
    if silent.is_empty() {
        return Ok(());
    }
    transact!(app.database, transaction => {
        for connection in &silent {
            let since = connection.last_success_at.unwrap_or(connection.created_at);
            let days = now.duration_since(since).as_hours() / 24;
            notices::raise(app, transaction, Notice::ninety_days(connection, days)).await?;
        }
        Ok(())
    })
}

async fn posts(app: &App) -> Result<(), AppError> {
    let users = notices::users_due(app, AT_ONCE).await?;
    if users.is_empty() {
        return Ok(());
    }
    transact!(app.database, transaction => {
        for user in &users {
            enqueue_post(app, transaction, user).await?;
        }
        Ok(())
    })
}

async fn forget(app: &App) -> Result<(), AppError> {
    let before = app.now() - REMEMBERED;
    if !jobs::any_over_before(&mut app.database.read().await?, before).await? {
        return Ok(());
    }
    transact!(app.database, transaction => {
        jobs::forget(transaction, before, AT_ONCE).await?;
        Ok(())
    })
}
