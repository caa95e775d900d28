//! Totals per account of a month, and what a change of the settings would do to months that have left.

use std::collections::BTreeMap;

use ledger::calendar::Month;
use ledger::entry::Side;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money};
use serde::Serialize;
use store::batches::BatchState;
use store::id::{ClientId, ConnectionId};

use super::lines::{changed, lines};
use super::load::{Books, Days};
use super::refused;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::{AppError, Refusal};
use crate::settings::Document;

/// What a month posts to an account, in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountTotal {
    /// The account.
    pub account: String,
    /// Is it the provider account?
    pub provider: bool,
    /// The currency.
    pub currency: Currency,
    /// Sum in Soll, in minor units.
    pub debit: i64,
    /// Sum in Haben, in minor units.
    pub credit: i64,
    /// How many entries.
    pub entries: u64,
    /// What the rows are that post to it.
    pub kinds: Vec<MovementKind>,
}

/// The totals per account of a month, of one connection or all. Where the rules of fees change, a returned fee is
/// counted by the rule of its own day; the batch itself asks for the day on which it was charged.
pub async fn totals(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    month: Month,
    connection: Option<&ConnectionId>,
) -> Result<Vec<AccountTotal>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let books = Books::load(&mut transaction, client, connection, Days::Of(month, month)).await?;
    drop(transaction);
    let mut totals: BTreeMap<(u32, bool, Currency), AccountTotal> = BTreeMap::new();
    for line in lines(&books, &books.configuration.rules, month).map_err(refused)? {
        let sides = [(line.account, true, line.side), (line.contra_account, false, other(line.side))];
        for (account, provider, side) in sides {
            let currency = line.amount.currency();
            let total = totals.entry((account.value(), provider, currency)).or_insert_with(|| AccountTotal {
                account: account.to_string(),
                provider,
                currency,
                debit: 0,
                credit: 0,
                entries: 0,
                kinds: Vec::new(),
            });
            let sum = if side == Side::Debit { &mut total.debit } else { &mut total.credit };
            *sum = Money::new(*sum, currency)
                .checked_add(line.amount)
                .map_err(AppError::failed("summing accounts"))?
                .minor();
            total.entries += line.entries;
            if !total.kinds.contains(&line.movement) {
                total.kinds.push(line.movement);
            }
        }
    }
    Ok(totals.into_values().collect())
}

fn other(side: Side) -> Side {
    match side {
        Side::Debit => Side::Credit,
        Side::Credit => Side::Debit,
    }
}

/// A month that has left and would be another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthChange {
    /// The month.
    pub month: Month,
    /// How many of its entries would be others.
    pub entries: u64,
}

/// «N Buchungen exportierter Monate wären zu ändern»: what other settings would do to the months that have left. A
/// rule that holds from the first month not exported on changes none of them.
pub async fn would_change(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    document: &Document,
) -> Result<Vec<MonthChange>, AppError> {
    actor.may(Permission::Assign, client)?;
    let Some(other) = document.review().configuration else {
        return Err(Refusal::invalid(
            "settings",
            "settings-refused",
            "So können die Einstellungen nicht gelten; was nicht stimmt, steht bei den Feldern.",
            "The settings cannot hold like this; what is wrong stands beside the fields.",
        )
        .into());
    };
    let mut transaction = app.database.read().await?;
    let all = (super::months::FIRST, super::months::LAST);
    let batches =
        store::batches::of_months(&mut transaction, client, all, super::months::BATCHES_MAX).await?;
    let standing = |state| matches!(state, BatchState::Exported | BatchState::Processed);
    let mut months: Vec<Month> =
        batches.iter().filter(|batch| standing(batch.state)).map(|batch| batch.begun.month).collect();
    months.sort_unstable();
    months.dedup();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(Vec::new()) };
    let books = Books::load(&mut transaction, client, None, Days::Of(*first, *last)).await?;
    drop(transaction);
    let mut changes = Vec::new();
    for month in months {
        let before = lines(&books, &books.configuration.rules, month).map_err(refused)?;
        let after = lines(&books, &other.rules, month).map_err(refused)?;
        let entries = changed(&before, &after).max(changed(&after, &before));
        if entries > 0 {
            changes.push(MonthChange { month, entries });
        }
    }
    Ok(changes)
}
