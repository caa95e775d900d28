//! The walk: document → settlement → entries. One row at a time, nothing held but sums.

use std::path::Path;

use jiff::civil::Date;
use ledger::assign::{Assigner, EntrySink};
use ledger::calendar::DateRange;
use ledger::entry::Entry;
use ledger::movement::{Context, Movement};
use ledger::proof::SettlementTally;
use ledger::rules::Rules;
use ledger::summed_fees::SummedFees;
use providers::amazon_pay::{Chain, ChainProof, EarlierPayments, Period};

use super::booker::{Booked, Booker, HandedOut, assign_error};
use super::error::ConvertError;
use super::findings::{Findings, NAMED_MAX, Named};
use super::movement_source::{Document, Head, MovementSource, StoredSums};
use super::open_items::OpenItems;

/// What a run found besides the entries.
#[derive(Debug)]
pub struct Run {
    /// The documents whose rows were read, with hash and number of rows, in the order of the run.
    pub documents: Vec<Document>,
    /// All settlements, counted by their rows or by their sums.
    pub settlements: Vec<SettlementTally>,
    /// What the chain shows.
    pub chain: ChainProof,
    /// What a person should look at.
    pub findings: Findings,
}

/// By what the walk goes.
#[derive(Clone, Copy, Debug)]
pub struct Way<'r> {
    /// The rules by which rows become entries.
    pub rules: &'r Rules,
    /// The booking dates that are asked for; all other rows are counted and not booked.
    pub period: DateRange,
    /// What left in batches of closed months.
    pub handed_out: &'r HandedOut,
    /// A folder for notes that grow with the rows.
    pub scratch: &'r Path,
}

/// Walks through all settlements and hands each entry to `entries`, and each fee that is summed to `single_fees`.
///
/// A settlement of which the sums are stored and nothing falls into the period is counted by its sums; its rows are not
/// read. `earlier` knows the payments in such settlements.
pub fn run<'r, M: MovementSource, S: EntrySink, L: EntrySink>(
    mut source: M,
    way: Way<'r>,
    earlier: &'r mut dyn EarlierPayments,
    entries: S,
    single_fees: L,
) -> Result<(Run, S, L), ConvertError> {
    let Way { rules, period, handed_out, scratch } = way;
    let mut walk = Walk {
        way,
        booker: Booker::new(rules, period, handed_out, earlier),
        sums: Assigner::of_sums(rules, period),
        entries: SummedFees::new(rules, entries, single_fees),
        chain: Chain::new(),
        findings: Findings::default(),
        open_items: OpenItems::new(scratch).map_err(|source| scratch_error(scratch, source))?,
        documents: Vec::new(),
        settlements: Vec::new(),
    };
    while let Some(head) = source.advance()? {
        match &head.stored {
            Some(stored) if !walk.concerns(stored) => walk.pass(&head.name, stored)?,
            _ => walk.read(&mut source, &head)?,
        }
    }
    walk.finish()
}

struct Walk<'r, S, L> {
    way: Way<'r>,
    booker: Booker<'r>,
    sums: Assigner<'r>,
    entries: SummedFees<'r, S, L>,
    chain: Chain,
    findings: Findings,
    open_items: OpenItems,
    documents: Vec<Document>,
    settlements: Vec<SettlementTally>,
}

impl<S: EntrySink, L: EntrySink> Walk<'_, S, L> {
    /// Does any row of the settlement fall into the period?
    fn concerns(&self, stored: &StoredSums) -> bool {
        let settlement = &stored.chain.period.settlement;
        let Way { rules, handed_out, period, .. } = self.way;
        stored
            .days
            .iter()
            .any(|sum| period.contains(handed_out.carried_to(rules, settlement, sum.day).unwrap_or(sum.day)))
    }

    /// Counts a settlement by its sums.
    fn pass(&mut self, name: &str, stored: &StoredSums) -> Result<(), ConvertError> {
        let Period { settlement, start, end } = &stored.chain.period;
        let Way { rules, handed_out, .. } = self.way;
        let booked = |day: Date| handed_out.carried_to(rules, settlement, day).unwrap_or(day);
        self.chain.pass(&stored.chain, booked)?;
        let mut tally = SettlementTally::new(settlement.clone(), *start, *end);
        for sum in &stored.days {
            let carried_to = handed_out.carried_to(rules, settlement, sum.day);
            let context = Context { carried_to, ..Context::default() };
            let mut nowhere = |_: &Entry<'_>| Ok(());
            let outcome = self
                .sums
                .assign_sum(sum, settlement, &context, &mut nowhere)
                .map_err(|source| assign_error(name, source))?;
            tally.count_rows(&sum.movement(settlement), &outcome, sum.rows)?;
        }
        self.settlements.push(tally);
        Ok(())
    }

    /// Reads the rows of a settlement and books them.
    fn read(&mut self, source: &mut impl MovementSource, head: &Head) -> Result<(), ConvertError> {
        let number = self.documents.len();
        let mut tally = match &head.period {
            Some(period) => {
                self.chain.begin(period.clone())?;
                Some(SettlementTally::new(period.settlement.clone(), period.start, period.end))
            }
            None => None,
        };
        let document = source.rows(|movement| match &mut tally {
            Some(tally) => self.book(number, &head.name, movement, tally),
            None => Ok(()),
        })?;
        self.entries.flush().map_err(ConvertError::Export)?;
        self.documents.push(document);
        self.settlements.extend(tally);
        Ok(())
    }

    fn book(
        &mut self,
        number: usize,
        name: &str,
        movement: &Movement<'_>,
        tally: &mut SettlementTally,
    ) -> Result<(), ConvertError> {
        let paid = self.chain.paid_settlement(movement);
        let Booked { outcome, order, ambiguous } =
            self.booker.book(name, movement, paid, &mut self.entries)?;
        tally.count(movement, &outcome)?;
        self.findings.note(movement, &outcome, number)?;
        let place = (number, movement.line);
        if ambiguous {
            self.findings.note_several_orders(movement.identifiers.order_reference, place);
        }
        if let (true, Some((document, _)), Some(account)) =
            (movement.kind.concerns_customer(), outcome.document, outcome.contra_account)
        {
            let order = order.as_deref().unwrap_or(movement.identifiers.order);
            self.open_items
                .note(movement, order, document, account, place)
                .map_err(|source| scratch_error(self.way.scratch, source))?;
        }
        self.chain.count(movement, outcome.date)?;
        Ok(())
    }

    fn finish(self) -> Result<(Run, S, L), ConvertError> {
        let Self { way, chain, mut findings, open_items, documents, settlements, entries, .. } = self;
        let mut chain = chain.finish()?;
        findings.chain = std::mem::take(&mut chain.warnings);
        let open_items = open_items.findings(NAMED_MAX);
        let (first, count) = open_items.map_err(|source| scratch_error(way.scratch, source))?;
        findings.open_items = Named { first, count };
        let (entries, single_fees) = entries.into_parts();
        Ok((Run { documents, settlements, chain, findings }, entries, single_fees))
    }
}

fn scratch_error(scratch: &Path, source: std::io::Error) -> ConvertError {
    ConvertError::Write { path: scratch.to_owned(), source }
}
