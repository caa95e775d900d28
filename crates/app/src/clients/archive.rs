//! What left of a month, of all clients of an adviser.

use ledger::calendar::Month;
use store::batches::{self, BatchState};

use super::list::list;
use crate::access::{Actor, Permission};
use crate::books::batch::Found;
use crate::context::App;
use crate::refusal::AppError;

/// No month has more batches than this.
const BATCHES: u32 = 1_000;

/// The batches of a month that stand, of every client that the actor sees, each with the name of its folder in an archive:
/// the client's name, and the correction's number where it is one.
pub async fn of_month(
    app: &App,
    actor: &Actor,
    month: Month,
) -> Result<Vec<(Option<String>, Found)>, AppError> {
    let mut all = Vec::new();
    for (number, (client, _)) in list(app, actor).await?.into_iter().enumerate() {
        actor.may(Permission::See, &client.id)?;
        let mut transaction = app.database.read().await?;
        let found = batches::of_months(&mut transaction, &client.id, (month, month), BATCHES).await?;
        for batch in found.into_iter().filter(|batch| batch.state != BatchState::Withdrawn) {
            let files = batches::files(&mut transaction, &batch.begun.id).await?;
            let folder = folder(number + 1, &client.name, &batch.begun);
            all.push((Some(folder), Found { batch, files }));
        }
    }
    Ok(all)
}

/// `007 Teehaus Demo GmbH`, `007 Teehaus Demo GmbH/Korrektur 1`: the number keeps two of one name apart.
fn folder(number: usize, name: &str, begun: &batches::NewBatch) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || " -_.&".contains(letter) { letter } else { '-' })
        .take(60)
        .collect();
    let connection = begun.connection.as_ref().map(|id| format!("/{id}")).unwrap_or_default();
    match begun.correction {
        0 => format!("{number:03} {}{connection}", plain.trim_matches(['.', ' '])),
        correction => {
            format!("{number:03} {}{connection}/Korrektur {correction}", plain.trim_matches(['.', ' ']))
        }
    }
}
