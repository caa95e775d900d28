//! What the entries of a month are, from the sums alone: accounts, sides, keys and amounts of each group of rows.

use std::fmt::Write as _;

use jiff::civil::Date;
use ledger::account::AccountNumber;
use ledger::assign::Assigner;
use ledger::calendar::Month;
use ledger::entry::{Entry, EntryKind, Side};
use ledger::kind::MovementKind;
use ledger::money::Money;
use ledger::movement::Context;
use ledger::rules::Rules;

use super::load::{Books, MerchantChain};
use crate::convert::digest::sha256;
use crate::convert::{ConvertError, HandedOut};

/// The entries that the rows of one group make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) settlement: String,
    pub(super) day: Date,
    pub(super) kind: EntryKind,
    /// What the rows are.
    pub(super) movement: MovementKind,
    pub(super) store: String,
    pub(super) account: AccountNumber,
    pub(super) contra_account: AccountNumber,
    pub(super) side: Side,
    pub(super) amount: Money,
    pub(super) key: Option<u16>,
    /// How many entries.
    pub(super) entries: u64,
    /// What else a posting carries and a rule decides.
    carries: String,
}

/// All groups of a month in the order of settlements and days. `rules` are the books' own, or others to compare with.
pub(super) fn lines(books: &Books, rules: &Rules, month: Month) -> Result<Vec<Line>, ConvertError> {
    let mut lines = Vec::new();
    for chain in &books.chains {
        of_chain(chain, rules, &books.handed_out, month, &mut lines)?;
    }
    Ok(lines)
}

fn of_chain(
    chain: &MerchantChain,
    rules: &Rules,
    handed_out: &HandedOut,
    month: Month,
    lines: &mut Vec<Line>,
) -> Result<(), ConvertError> {
    let mut assigner = Assigner::of_sums(rules, month.days());
    for settlement in &chain.settlements {
        let identifier = &settlement.period().settlement;
        for sum in &settlement.sums.days {
            let carried_to = handed_out.carried_to(rules, identifier, sum.day);
            if Month::of(carried_to.unwrap_or(sum.day)) != month {
                continue;
            }
            let context = Context { carried_to, ..Context::default() };
            let mut take = |entry: &Entry<'_>| {
                lines.push(Line::of(entry, (sum.kind, sum.rows), identifier));
                Ok(())
            };
            assigner.assign_sum(sum, identifier, &context, &mut take).map_err(|source| {
                ConvertError::Assign { name: settlement.name.clone(), source: Box::new(source) }
            })?;
        }
    }
    Ok(())
}

impl Line {
    fn of(entry: &Entry<'_>, (movement, entries): (MovementKind, u64), settlement: &str) -> Self {
        let assignment = entry.assignment();
        let carries = format!(
            "{:?} {:?} {:?} {:?}",
            assignment.fact_code, assignment.cost_centre, assignment.eu_vat_id, assignment.eu_rate
        );
        Self {
            settlement: settlement.to_owned(),
            day: entry.date(),
            kind: entry.kind(),
            movement,
            store: entry.details().store.to_owned(),
            account: entry.account(),
            contra_account: entry.contra_account(),
            side: entry.side(),
            amount: entry.amount(),
            key: assignment.tax_key.map(ledger::tax_key::TaxKey::value),
            entries,
            carries,
        }
    }

    fn write(&self, text: &mut String) {
        let Self {
            settlement,
            day,
            kind,
            movement: _,
            store,
            account,
            contra_account,
            side,
            amount,
            key,
            entries,
            carries,
        } = self;
        let (kind, side, key) = (kind.name(), side.letter(), key.unwrap_or_default());
        // Writing into a String cannot fail.
        writeln!(
            text,
            "{settlement}\t{day}\t{kind}\t{store}\t{account}\t{contra_account}\t{side}\t{amount}\t{key}\t{entries}\t{carries}"
        )
        .unwrap_or(());
    }
}

/// A hash of all groups: another one means that the entries of the month are others.
pub(super) fn fingerprint(lines: &[Line]) -> String {
    sha256(text(lines).as_bytes())
}

/// The text of which a fingerprint is the hash.
pub(super) fn text(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        line.write(&mut text);
    }
    text
}

/// How many entries of the first list are not the same in the second, or are only in one of them.
pub(super) fn changed(before: &[Line], after: &[Line]) -> u64 {
    let text = |line: &Line| {
        let mut text = String::new();
        line.write(&mut text);
        text
    };
    let stays: std::collections::HashSet<String> = after.iter().map(text).collect();
    before.iter().filter(|line| !stays.contains(&text(line))).map(|line| line.entries).sum()
}
