//! A change of the settings, with the question that it raises where months have left already.

use ledger::calendar::Month;
use store::batches::{self, BatchState};
use store::id::ClientId;

use super::{Document, stored};
use crate::access::{Actor, Permission};
use crate::books::months;
use crate::books::totals::{MonthChange, would_change};
use crate::context::App;
use crate::refusal::AppError;

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds, as this version.
    Saved(i64),
    /// Nothing is saved yet: these months have left, and their entries would be others.
    Asks(Vec<MonthChange>),
}

/// Saves the fields as a new version. Unless somebody is `sure`, it asks first where months that have left would change.
pub async fn change(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    document: &Document,
    (based_on, note): (i64, &str),
    sure: bool,
) -> Result<Outcome, AppError> {
    actor.may(Permission::Assign, client)?;
    if !sure {
        let months = would_change(app, actor, client, document).await?;
        if !months.is_empty() {
            return Ok(Outcome::Asks(months));
        }
    }
    stored::save(app, actor, client, document, based_on, note).await.map(Outcome::Saved)
}

/// The first month after all that have left; a rule that holds from then on changes none of them. None where nothing
/// has left.
pub async fn first_open_month(
    app: &App,
    actor: &Actor,
    client: &ClientId,
) -> Result<Option<Month>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let all = (months::FIRST, months::LAST);
    let left = batches::of_months(&mut transaction, client, all, months::BATCHES_MAX).await?;
    let standing = left.iter().filter(|batch| batch.state != BatchState::Withdrawn);
    Ok(standing.map(|batch| batch.begun.month).max().map(Month::next))
}
