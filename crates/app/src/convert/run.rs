//! The walk: document → settlement → entries. One row at a time, nothing held but sums.

use std::path::Path;

use ledger::assign::{AssignError, Assigner, EntrySink};
use ledger::calendar::{DateRange, Month};
use ledger::movement::{Context, Movement};
use ledger::proof::SettlementTally;
use ledger::rules::Rules;
use ledger::summed_fees::SummedFees;
use providers::amazon_pay::{self, Chain, ChainProof, Needs, Payments, Period};

use super::ahead::{Reading, read_ahead};
use super::error::ConvertError;
use super::findings::{Findings, NAMED_MAX, Named};
use super::open_items::OpenItems;
use super::source::{Report, Reports};
use crate::progress::Progress;

/// What a run found besides the entries.
#[derive(Debug)]
pub struct Run {
    /// The reports, with hash and number of rows, in the order of the run.
    pub documents: Vec<Document>,
    /// The settlements, counted.
    pub settlements: Vec<SettlementTally>,
    /// What the chain shows.
    pub chain: ChainProof,
    /// What a person should look at.
    pub findings: Findings,
}

/// A report as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes as received, in hexadecimal.
    pub sha256: String,
    /// Its settlement; none where it has no rows.
    pub settlement: Option<String>,
    /// How many rows it has.
    pub rows: u64,
    /// How many bytes it has, as received.
    pub bytes: u64,
}

/// Walks through all reports and hands each entry to `entries`, and each fee that is summed to `single_fees`.
///
/// `scratch` takes notes that grow with the rows; `progress` advances with the bytes that were read.
pub fn run<S: EntrySink, L: EntrySink>(
    reports: &Reports,
    rules: &Rules,
    period: DateRange,
    scratch: &Path,
    entries: S,
    single_fees: L,
    progress: &dyn Progress,
) -> Result<(Run, S, L), ConvertError> {
    let notes = OpenItems::new(scratch).map_err(|source| scratch_error(scratch, source))?;
    let mut walk = Walk {
        rules,
        assigner: Assigner::new(rules, period),
        entries: SummedFees::new(rules, entries, single_fees),
        chain: Chain::new(),
        payments: Payments::new(Needs { fee_days: rules.fees_change() }),
        findings: Findings::default(),
        open_items: notes,
        scratch,
        progress,
    };
    let mut documents = Vec::with_capacity(reports.reports.len());
    let mut settlements = Vec::with_capacity(reports.reports.len());
    for (number, report) in reports.reports.iter().enumerate() {
        let (document, settlement) = walk.read(number, report)?;
        documents.push(document);
        settlements.extend(settlement);
    }
    walk.finish(documents, settlements)
}

struct Walk<'r, S, L> {
    rules: &'r Rules,
    assigner: Assigner<'r>,
    entries: SummedFees<'r, S, L>,
    chain: Chain,
    payments: Payments,
    findings: Findings,
    open_items: OpenItems,
    scratch: &'r Path,
    progress: &'r dyn Progress,
}

impl<S: EntrySink, L: EntrySink> Walk<'_, S, L> {
    fn read(
        &mut self,
        number: usize,
        report: &Report,
    ) -> Result<(Document, Option<SettlementTally>), ConvertError> {
        let name = &report.source.name;
        let mut tally = self.begin(report)?;
        let reading = read_ahead(report, self.progress, |row| match &mut tally {
            Some(tally) => self.book(number, name, &amazon_pay::movement(row), tally),
            None => Ok(()),
        })?;
        self.entries.flush().map_err(ConvertError::Export)?;
        let Reading { sha256, bytes, rows } = reading;
        let settlement = report.settlement.clone();
        Ok((Document { name: name.clone(), sha256, settlement, rows, bytes }, tally))
    }

    fn begin(&mut self, report: &Report) -> Result<Option<SettlementTally>, ConvertError> {
        let Some(settlement) = report.settlement.clone() else { return Ok(None) };
        let (start, end) = (report.preamble.start, report.preamble.end);
        self.chain.begin(Period { settlement: settlement.clone(), start, end })?;
        Ok(Some(SettlementTally::new(settlement, start, end)))
    }

    fn book(
        &mut self,
        number: usize,
        name: &str,
        movement: &Movement<'_>,
        tally: &mut SettlementTally,
    ) -> Result<(), ConvertError> {
        let key_is_reference =
            self.rules.store(movement.store).is_some_and(|store| store.key_is_seller_reference);
        let resolved = self.payments.resolve(movement, key_is_reference);
        let context = Context {
            paid_settlement: self.chain.paid_settlement(movement),
            fee_charged_on: resolved.fee_charged_on,
            order: resolved.order,
        };
        let outcome = self
            .assigner
            .assign(movement, &context, &mut self.entries)
            .map_err(|source| assign_error(name, source))?;
        tally.count(movement, &outcome)?;
        self.findings.note(movement, &outcome, number)?;
        let place = (number, movement.line);
        if resolved.ambiguous {
            self.findings.note_several_orders(movement.identifiers.order_reference, place);
        }
        if let (true, Some((document, _)), Some(account)) =
            (movement.kind.concerns_customer(), outcome.document, outcome.contra_account)
        {
            let order = context.order.unwrap_or(movement.identifiers.order);
            self.open_items
                .note(movement, order, document, account, place)
                .map_err(|source| scratch_error(self.scratch, source))?;
        }
        self.chain.count(movement, Month::of(outcome.date))?;
        self.payments.note(movement, outcome.date, key_is_reference);
        Ok(())
    }

    fn finish(
        self,
        documents: Vec<Document>,
        settlements: Vec<SettlementTally>,
    ) -> Result<(Run, S, L), ConvertError> {
        let mut chain = self.chain.finish()?;
        let mut findings = self.findings;
        findings.chain = std::mem::take(&mut chain.warnings);
        let open_items = self.open_items.findings(NAMED_MAX);
        let (first, count) = open_items.map_err(|source| scratch_error(self.scratch, source))?;
        findings.open_items = Named { first, count };
        let (entries, single_fees) = self.entries.into_parts();
        Ok((Run { documents, settlements, chain, findings }, entries, single_fees))
    }
}

fn assign_error(name: &str, source: AssignError) -> ConvertError {
    match source {
        AssignError::Sink(source) => ConvertError::Export(source),
        source => ConvertError::Assign { name: name.to_owned(), source: Box::new(source) },
    }
}

fn scratch_error(scratch: &Path, source: std::io::Error) -> ConvertError {
    ConvertError::Write { path: scratch.to_owned(), source }
}
