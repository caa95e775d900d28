//! The second proof: of the rows of a settlement, what is booked and what is not, each with its reason.

use std::collections::BTreeMap;

use ledger::assign::Assigner;
use ledger::calendar::DateRange;
use ledger::entry::Entry;
use ledger::money::{Currency, Money};
use ledger::movement::Context;
use store::id::{ClientId, DocumentId};
use store::settlements;

use super::refused;
use crate::access::Actor;
use crate::context::App;
use crate::convert::ConvertError;
use crate::documents::library;
use crate::refusal::AppError;
use crate::settings::stored;

/// What became of the rows of a settlement in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// All rows.
    pub rows: u64,
    /// Those of which everything is booked.
    pub booked_rows: u64,
    /// Their net amount.
    pub net: Money,
    /// What is booked on the provider account, with its sign.
    pub booked: Money,
    /// What is not booked: the reason by its name (`reserve`, `carry-over`, `zero`, `before-start`), how many rows, and
    /// their sum.
    pub not_booked: Vec<(&'static str, u64, Money)>,
}

impl Settled {
    /// Does net = booked + not booked hold?
    pub fn holds(&self) -> bool {
        let not_booked = self.not_booked.iter().try_fold(self.booked, |sum, (_, _, of)| sum.checked_add(*of));
        not_booked.is_ok_and(|sum| sum == self.net)
    }
}

/// What becomes of the rows of a document by the settings that hold now, in each currency.
///
/// # Errors
/// Refused in words where the client has no settings yet, or a row cannot be booked by them.
pub async fn settled(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    document: &DocumentId,
) -> Result<Vec<Settled>, AppError> {
    let document = library::find(app, actor, client, document).await?;
    let Some(settlement) = &document.settlement else { return Ok(Vec::new()) };
    let mut transaction = app.database.read().await?;
    let (_, configuration) = stored::engine(&mut transaction, client).await?;
    let sums = settlements::sums(&mut transaction, settlement.number).await?;
    drop(transaction);
    let mut assigner = Assigner::of_sums(&configuration.rules, DateRange::default());
    let mut all: BTreeMap<Currency, Settled> = BTreeMap::new();
    for sum in &sums {
        let mut nobody = |_: &Entry<'_>| Ok(());
        let outcome = assigner.assign_sum(sum, &settlement.identifier, &Context::default(), &mut nobody);
        let outcome = outcome.map_err(|source| {
            let name = document.received.file_name.clone();
            refused(ConvertError::Assign { name, source: Box::new(source) })
        })?;
        let zero = Money::zero(sum.currency);
        let own = all.entry(sum.currency).or_insert_with(|| Settled {
            rows: 0,
            booked_rows: 0,
            net: zero,
            booked: zero,
            not_booked: Vec::new(),
        });
        let add = |to: Money, more: Money| to.checked_add(more).map_err(AppError::failed("adding sums"));
        own.rows += sum.rows;
        for part in [sum.gross, sum.variable, sum.fixed] {
            own.net = add(own.net, Money::new(part, sum.currency))?;
        }
        own.booked = add(own.booked, outcome.on_provider)?;
        match outcome.not_booked {
            None => own.booked_rows += sum.rows,
            Some((reason, money)) => {
                match own.not_booked.iter_mut().find(|(name, _, _)| *name == reason.name()) {
                    Some((_, rows, of)) => (*rows, *of) = (*rows + sum.rows, add(*of, money)?),
                    None => own.not_booked.push((reason.name(), sum.rows, money)),
                }
            }
        }
    }
    Ok(all.into_values().collect())
}
