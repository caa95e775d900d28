//! A report read from its first byte to its last: proved and summed, or its rows handed on.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read as _};

use ::amazon_pay::report::{
    self, Identities, Options, Preamble, ReportError, ReportKind, SettlementReport, SettlementRow,
};
use jiff::tz::TimeZone;
use ledger::calendar::BookingZone;
use ledger::kind::MovementKind;
use ledger::money::MoneyError;
use ledger::sums::{DaySum, DaySums};
use providers::amazon_pay::{self, Parts, Period, SettlementSums};

use super::limits::{PAYOUTS_MAX, REPORT_LIMITS, SUMS_MAX, TEXTS_MAX};
use super::receive::Received;
use super::refusals;
use super::unpack::Unpacked;
use crate::convert::digest::Hashing;
use crate::progress::{Counted, Progress};
use crate::refusal::AppError;

/// What a report says of itself, and that it holds.
#[derive(Debug)]
pub(super) struct Proved {
    pub(super) read: ReadThrough,
    /// Its rows by day, kind, currency, shop and sign.
    pub(super) sums: Vec<DaySum>,
    /// What it does in the chain; none where it has no rows.
    pub(super) chain: Option<SettlementSums>,
}

/// A report when its last byte was read.
#[derive(Debug)]
pub(super) struct ReadThrough {
    pub(super) sha256: String,
    pub(super) bytes: u64,
    /// How many rows the report has.
    pub(super) rows: u64,
    pub(super) preamble: Preamble,
    pub(super) settlement: Option<String>,
}

/// Recognises and proves what was received. Nothing is written.
pub(super) fn prove(
    received: &Received,
    zone: TimeZone,
    progress: &dyn Progress,
) -> Result<Proved, AppError> {
    recognise(received)?;
    let mut zone = BookingZone::new(zone);
    let mut sums = DaySums::new();
    let mut chain: Option<SettlementSums> = None;
    let mut payouts = 0;
    let read = rows(received, progress, |parts, preamble| {
        let movement = parts.movement();
        let day = zone.date(movement.instant);
        let settled = chain.get_or_insert_with(|| {
            let (start, end) = (preamble.start, preamble.end);
            SettlementSums::new(Period { settlement: movement.settlement.to_owned(), start, end })
        });
        payouts += u64::from(matches!(movement.kind, MovementKind::Payout | MovementKind::CarryOver));
        let large = |error: MoneyError| refusals::sum_too_large(&received.name, parts.line, error);
        sums.count(&movement, day).map_err(large)?;
        settled.count(&movement, day).map_err(large)?;
        let (groups, texts) = sums.size();
        if groups > SUMS_MAX || texts > TEXTS_MAX || payouts > PAYOUTS_MAX {
            return Err(refusals::no_ordinary_report(&received.name, parts.line).into());
        }
        Ok(())
    })?;
    Ok(Proved { read, sums: sums.into_list(), chain })
}

fn open(received: &Received) -> Result<File, AppError> {
    File::open(received.path()).map_err(AppError::failed("opening what was received"))
}

/// The header row of any report lies within this many bytes.
const HEAD_BYTES: u64 = 64 << 10;

/// Only settlement reports are taken.
fn recognise(received: &Received) -> Result<(), AppError> {
    let name = &received.name;
    let mut head = Vec::new();
    let text = Unpacked::new(open(received)?);
    text.and_then(|text| text.take(HEAD_BYTES).read_to_end(&mut head))
        .map_err(|source| refusals::broken(name, &ReportError::Read { line: 1, source }))?;
    match report::sniff(&head) {
        ReportKind::Settlement => Ok(()),
        ReportKind::Refund => Err(refusals::refund_report(name).into()),
        ReportKind::Unknown => Err(refusals::no_report(name).into()),
    }
}

/// Hands each row to `take`, in the order of the report. Where a person takes a report whose rows contradict themselves,
/// what a row says it moved and what its parts say differ: the difference follows the last row as a row of its own, which
/// nobody knows, so that it lands on the clarification account.
pub(super) fn rows(
    received: &Received,
    progress: &dyn Progress,
    mut take: impl FnMut(&Parts<'_>, &Preamble) -> Result<(), AppError>,
) -> Result<ReadThrough, AppError> {
    let name = &received.name;
    let refused = |error: ReportError| AppError::from(refusals::broken(name, &error));
    let mut bytes = Hashing::new(Counted::new(open(received)?, progress));
    let buffered = BufReader::with_capacity(1 << 17, &mut bytes);
    let text = Unpacked::new(buffered).map_err(AppError::failed("reading what was received"))?;
    let identities = if received.accept_because.is_some() { Identities::Declare } else { Identities::Prove };
    let options = Options { limits: REPORT_LIMITS, identities };
    let mut report = SettlementReport::open_with(text, options).map_err(refused)?;
    let preamble = report.preamble().clone();
    let mut row = SettlementRow::default();
    let mut differences = Differences::default();
    let mut rows = 0;
    while report.read(&mut row).map_err(refused)? {
        rows += 1;
        take(&amazon_pay::parts(&row), &preamble)?;
        differences.note(&row);
        if differences.rows.len() > TEXTS_MAX {
            return Err(refusals::no_ordinary_report(name, row.line()).into());
        }
    }
    if rows > 0 {
        differences.hand_on(&row, |parts| take(parts, &preamble))?;
    }
    let settlement = report.settlement_id().map(str::to_owned);
    drop(report);
    let (sha256, bytes) = bytes.finish().map_err(AppError::failed("reading what was received"))?;
    Ok(ReadThrough { sha256, bytes, rows, preamble, settlement })
}

/// What rows say they moved beyond what their parts say, by line.
#[derive(Debug, Default)]
struct Differences {
    rows: BTreeMap<u64, SettlementRow>,
}

impl Differences {
    fn note(&mut self, row: &SettlementRow) {
        if difference(row) != 0 {
            self.rows.insert(row.line(), row.clone());
        }
    }

    fn hand_on(
        &self,
        last: &SettlementRow,
        mut take: impl FnMut(&Parts<'_>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        for (line, (contradictory, row)) in (last.line() + 1..).zip(&self.rows) {
            let kind_text = format!("Differenz Zeile {contradictory}");
            take(&Parts {
                line,
                kind: MovementKind::Unknown,
                kind_text: &kind_text,
                gross: difference(row),
                percentage_fee: 0,
                fixed_fee: 0,
                ..amazon_pay::parts(row)
            })?;
        }
        Ok(())
    }
}

/// Amounts lie below 10^17 of the smallest unit, so that four of them fit.
fn difference(row: &SettlementRow) -> i64 {
    row.net() - row.amount() - row.percentage_fee() - row.fixed_fee()
}
