//! Jobs as people see them: listed, looked at, cancelled.

use store::id::{ClientId, JobId};
use store::jobs::{self, Job};
use store::transact;

use crate::App;
use crate::access::{Actor, Permission};
use crate::refusal::{AppError, Refusal, RefusalKind};

/// The newest jobs of everybody, for the operator; they carry no data of clients.
pub async fn newest(app: &App, actor: &Actor, most: u32) -> Result<Vec<Job>, AppError> {
    actor.may_operate()?;
    Ok(jobs::newest(&mut app.database.read().await?, most).await?)
}

/// The newest jobs of a client, before one of them.
pub async fn of_client(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    before: Option<&JobId>,
    most: u32,
) -> Result<Vec<Job>, AppError> {
    actor.may(Permission::See, client)?;
    Ok(jobs::of_client(&mut app.database.read().await?, client, before, most).await?)
}

/// A job of a client.
pub async fn find(app: &App, actor: &Actor, client: &ClientId, id: &JobId) -> Result<Job, AppError> {
    actor.may(Permission::See, client)?;
    let job = jobs::by_id(&mut app.database.read().await?, id).await?;
    let job = job.filter(|job| job.client.as_ref() == Some(client));
    job.ok_or_else(|| Refusal::not_found().into())
}

/// A job whosever it is, for the operator.
pub async fn by_id(app: &App, actor: &Actor, id: &JobId) -> Result<Job, AppError> {
    actor.may_operate()?;
    let job = jobs::by_id(&mut app.database.read().await?, id).await?;
    job.ok_or_else(|| Refusal::not_found().into())
}

/// Ends a job that waits or runs.
pub async fn cancel(app: &App, actor: &Actor, client: &ClientId, id: &JobId) -> Result<(), AppError> {
    actor.may(Permission::Work, client)?;
    find(app, actor, client, id).await?;
    let now = app.now();
    let cancelled: Result<bool, AppError> = transact!(app.database, transaction => {
        let cancelled = jobs::cancel(transaction, id, now).await?;
        app.journal(transaction, actor, Some(client), "job.cancelled", id.as_str(), "").await?;
        Ok(cancelled)
    });
    if cancelled? {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalKind::Conflict,
        "job-over",
        "Der Auftrag ist schon zu Ende.",
        "The job is over already.",
    )
    .into())
}
