//! Moving to another place or to the other engine.

use std::path::Path;

use store::transfer::{Copied, snapshot, transfer};
use store::{Database, Engine};

use super::restore::new_or_empty;
use super::told;
use crate::access::Actor;
use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// Copies everything into a new data folder or an empty PostgreSQL. The database here stays as it is. Whoever moves stops
/// the processes first: what is written here afterwards does not arrive there.
pub async fn migrate_to(
    app: &App,
    actor: &Actor,
    address: &str,
    progress: impl FnMut(&str, u64) + Send,
) -> Result<Vec<Copied>, AppError> {
    actor.may_operate()?;
    let server = address.contains("://");
    match (app.database.engine(), server) {
        (Engine::Sqlite, true) | (Engine::Postgres, false) => {
            if !server {
                new_or_empty(Path::new(address))?;
            }
            let to = Database::open(address).await?;
            let copied = transfer(&app.database, &to, progress).await;
            to.close().await;
            copied.map_err(told)
        }
        (Engine::Sqlite, false) => {
            new_or_empty(Path::new(address))?;
            snapshot(&app.database, Path::new(address), progress).await.map_err(told)?;
            Ok(Vec::new())
        }
        (Engine::Postgres, true) => Err(Refusal::new(
            RefusalKind::Invalid,
            "server-to-server",
            "Von einem PostgreSQL auf ein anderes kopieren dessen eigene Werkzeuge (pg_dump, pg_restore) am besten.",
            "From one PostgreSQL to another its own tools (pg_dump, pg_restore) copy best.",
        )
        .into()),
    }
}
