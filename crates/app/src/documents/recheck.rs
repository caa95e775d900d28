//! A kept document held against what was made of it: its bytes, its rows, its sums.

use std::sync::Arc;
use std::sync::mpsc::{Receiver as Rows, SyncSender, sync_channel};

use jiff::tz::TimeZone;
use ledger::calendar::BookingZone;
use ledger::sums::DaySums;
use providers::amazon_pay::{Parts, Period, SettlementSums};
use store::documents::{Document, Source};
use store::settlements::Settlement;
use store::{Database, StoreError, movements};

use super::read;
use super::receive::{Received, Receiver};
use super::stored_bytes::StoredBytes;
use super::stored_source::parts;
use crate::convert::digest::Hashing;
use crate::progress::{Counted, Progress, Silent};
use crate::refusal::AppError;

/// Rows that travel together, and how many such parts wait.
const ROWS: usize = 512;
const PARTS: usize = 4;

/// What does not fit, without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// The bytes are others: the stored hash and that of the bytes.
    Bytes { expected: String, found: String },
    /// A piece of the bytes cannot be unpacked.
    Damaged(String),
    /// The report does not read any more as it did: why.
    Unreadable(String),
    /// A figure of the document is another one: which, as stored and as read.
    Figure { name: &'static str, stored: String, read: String },
    /// The settlement of the report is not there.
    NoSettlement { identifier: String },
    /// A row: its line, as the report says it and as it is stored.
    Row { line: u64, report: String, stored: String },
    /// The sums of a day and kind: as the rows make them and as they are stored.
    Sum { rows: String, stored: String },
    /// What the settlement does in the chain.
    Chain { rows: String, stored: String },
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looked {
    pub(crate) rows: u64,
    pub(crate) sums: u64,
}

/// Holds a document against its rows and sums; the first thing that does not fit, or how much was looked at. It blocks, so
/// it runs on a thread that may, within the runtime.
pub(crate) fn recheck(
    database: &Database,
    document: &Document,
    settlement: Option<(&Settlement, &[ledger::sums::DaySum])>,
    progress: &Arc<dyn Progress + Send + Sync>,
) -> Result<Result<Looked, Misfit>, AppError> {
    let received = match bytes(database, document, &**progress)? {
        Ok(received) => received,
        Err(misfit) => return Ok(Err(misfit)),
    };
    let (sender, rows) = sync_channel(PARTS);
    std::thread::scope(|scope| {
        let received = &received;
        let reading = scope.spawn(move || {
            let read = send_rows(received, &sender);
            // Who compares learns by it that this was all.
            drop(sender);
            read
        });
        let compared = if let Some((settlement, sums)) = settlement {
            compare(database, settlement, sums, rows)
        } else {
            // Nothing may stand in it then.
            Ok(rows.into_iter().flatten().next().map_or(Ok(Looked::default()), |row| {
                Err(Misfit::Row { line: row.line, report: row.text, stored: String::new() })
            }))
        };
        let read =
            reading.join().unwrap_or_else(|_| Err(AppError::failed("reading a report")("it ended early")));
        let read = match read {
            Ok(read) => read,
            // Who compares has gone before the end, and says why.
            Err(AppError::Failed { .. }) if matches!(compared, Ok(Err(_))) => return compared,
            Err(AppError::Refused(refusal)) => return Ok(Err(Misfit::Unreadable(refusal.to_string()))),
            Err(error) => return Err(error),
        };
        Ok(compared?.and_then(|looked| figures(document, settlement, &read).map(|()| looked)))
    })
}

/// The bytes out of their pieces into a file of no name, with their hash proved.
fn bytes(
    database: &Database,
    document: &Document,
    progress: &dyn Progress,
) -> Result<Result<Received, Misfit>, AppError> {
    let stored = StoredBytes::new(database.clone(), document.received.id.clone());
    let mut stored = Hashing::new(Counted::new(stored, progress));
    let mut tray = Receiver::with_limit(u64::MAX)?;
    if let Err(error) = tray.take_all(&mut stored) {
        return match damage(&error) {
            Some(damage) => Ok(Err(Misfit::Damaged(damage))),
            None => Err(error),
        };
    }
    let (sha256, count) = stored.digest();
    let own = &document.received;
    if (&sha256, count) != (&own.sha256, own.bytes) {
        let (expected, found) = (format!("{} ({})", own.sha256, own.bytes), format!("{sha256} ({count})"));
        return Ok(Err(Misfit::Bytes { expected, found }));
    }
    let mut received = tray.finish(&own.file_name, Source::Upload)?;
    received.accept_because.clone_from(&own.accepted_because);
    Ok(Ok(received))
}

/// The words of the store where content is damaged; none where the machine failed.
fn damage(error: &AppError) -> Option<String> {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if let Some(StoreError::Content { .. }) = cause.downcast_ref::<StoreError>() {
            return Some(cause.to_string());
        }
        let inner = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(StoreError::Content { .. }) = inner.and_then(|inner| inner.downcast_ref::<StoreError>()) {
            return inner.map(ToString::to_string);
        }
        source = cause.source();
    }
    None
}

/// A row as a line of text, in which two can be compared and shown.
#[derive(Debug)]
struct Row {
    line: u64,
    text: String,
}

impl Row {
    fn of(parts: &Parts<'_>) -> Self {
        let Parts { line, settlement, kind, kind_text, instant, currency, .. } = *parts;
        let Parts { gross, percentage_fee, fixed_fee, seller_order, order_reference, .. } = *parts;
        let Parts { transaction, seller_reference, store, .. } = *parts;
        // What nobody but the report needs is not stored: the word of a kind that is known.
        let kind_text = if kind == ledger::kind::MovementKind::Unknown { kind_text } else { "" };
        let (at, kind) = (instant.as_microsecond(), kind.name());
        let text = format!(
            "{settlement}\t{at}\t{kind}\t{kind_text}\t{currency}\t{gross}\t{percentage_fee}\t{fixed_fee}\t{seller_order}\t{order_reference}\t{transaction}\t{seller_reference}\t{store}"
        );
        Self { line, text }
    }
}

fn send_rows(received: &Received, sender: &SyncSender<Vec<Row>>) -> Result<read::ReadThrough, AppError> {
    let gone = |_| AppError::failed("comparing a report with its rows")("the other side ended");
    let mut waiting = Vec::with_capacity(ROWS);
    let read = read::rows(received, &Silent, |parts, _| {
        waiting.push(Row::of(parts));
        if waiting.len() == ROWS {
            let full = std::mem::replace(&mut waiting, Vec::with_capacity(ROWS));
            sender.send(full).map_err(gone)?;
        }
        Ok(())
    })?;
    sender.send(waiting).map_err(gone)?;
    Ok(read)
}

/// Why the rows ended early.
enum Stopped {
    Misfit(Misfit),
    Failed(AppError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

fn compare(
    database: &Database,
    settlement: &Settlement,
    stored_sums: &[ledger::sums::DaySum],
    rows: Rows<Vec<Row>>,
) -> Result<Result<Looked, Misfit>, AppError> {
    let imported = &settlement.imported;
    let identifier = &imported.identifier;
    let zone =
        TimeZone::get(&imported.zone).map_err(AppError::failed("the zone of a settlement is not known"))?;
    let mut zone = BookingZone::new(zone);
    let period = Period { settlement: identifier.clone(), start: imported.start, end: imported.end };
    let (mut sums, mut chain) = (DaySums::new(), SettlementSums::new(period));
    let mut looked = Looked::default();
    let mut of_report = rows.into_iter().flatten();
    let read = movements::for_each(database, settlement.number, |stored| {
        let large = || AppError::failed("counting the rows of a settlement");
        let parts = match parts(stored, identifier) {
            Ok(parts) => parts,
            Err(error) => {
                let (report, line) = of_report.next().map_or((String::new(), 0), |row| (row.text, row.line));
                return Err(Stopped::Misfit(Misfit::Row { line, report, stored: error.to_string() }));
            }
        };
        let row = Row::of(&parts);
        let (report, line) = of_report.next().map_or((String::new(), row.line), |row| (row.text, row.line));
        if report != row.text || line != row.line {
            let stored = if line == row.line { row.text } else { String::new() };
            return Err(Stopped::Misfit(Misfit::Row { line, report, stored }));
        }
        let movement = parts.movement();
        let day = zone.date(movement.instant);
        let counted = sums.count(&movement, day).map_err(large());
        counted.and_then(|()| chain.count(&movement, day).map_err(large())).map_err(Stopped::Failed)?;
        looked.rows += 1;
        Ok(())
    });
    match read {
        Ok(()) => {}
        Err(Stopped::Misfit(misfit)) => return Ok(Err(misfit)),
        Err(Stopped::Failed(AppError::Store(error @ StoreError::Content { .. }))) => {
            return Ok(Err(Misfit::Damaged(error.to_string())));
        }
        Err(Stopped::Failed(error)) => return Err(error),
    }
    if let Some(row) = of_report.next() {
        return Ok(Err(Misfit::Row { line: row.line, report: row.text, stored: String::new() }));
    }
    drop(of_report);
    let counted = sums.into_list();
    for place in 0..counted.len().max(stored_sums.len()) {
        let (rows, stored) = (counted.get(place), stored_sums.get(place));
        if rows != stored {
            let (rows, stored) = (in_words(rows), in_words(stored));
            return Ok(Err(Misfit::Sum { rows, stored }));
        }
        looked.sums += 1;
    }
    let text =
        |value| serde_json::to_string(value).map_err(AppError::failed("writing the sums of a settlement"));
    let stored = serde_json::from_str::<SettlementSums>(&imported.chain);
    if stored.as_ref().ok() != Some(&chain) {
        return Ok(Err(Misfit::Chain { rows: text(&chain)?, stored: imported.chain.clone() }));
    }
    Ok(Ok(looked))
}

fn in_words(sum: Option<&ledger::sums::DaySum>) -> String {
    sum.map_or_else(
        || "–".to_owned(),
        |sum| {
            let (day, kind, currency, store, rows) =
                (sum.day, sum.kind.name(), sum.currency, &sum.store, sum.rows);
            let (gross, variable, fixed) = (sum.gross, sum.variable, sum.fixed);
            format!("{day} {kind} {currency} «{store}»: {rows} × {gross} {variable} {fixed}")
        },
    )
}

/// What stands beside document and settlement, against what the report says of itself.
fn figures(
    document: &Document,
    settlement: Option<(&Settlement, &[ledger::sums::DaySum])>,
    read: &read::ReadThrough,
) -> Result<(), Misfit> {
    let own = &document.received;
    if let (None, Some(identifier)) = (settlement, &read.settlement) {
        return Err(Misfit::NoSettlement { identifier: identifier.clone() });
    }
    let figure = |name, stored: String, read: String| {
        if stored == read { Ok(()) } else { Err(Misfit::Figure { name, stored, read }) }
    };
    figure("rows", own.rows.to_string(), read.rows.to_string())?;
    figure("seller", own.seller.clone(), read.preamble.seller_id.clone())?;
    figure("period start", own.period_start.to_string(), read.preamble.start.to_string())?;
    figure("period end", own.period_end.to_string(), read.preamble.end.to_string())?;
    if let Some((settlement, _)) = settlement {
        let imported = &settlement.imported;
        figure("settlement", imported.identifier.clone(), read.settlement.clone().unwrap_or_default())?;
        figure("seller of the settlement", imported.seller.clone(), read.preamble.seller_id.clone())?;
        figure("start of the settlement", imported.start.to_string(), read.preamble.start.to_string())?;
        figure("end of the settlement", imported.end.to_string(), read.preamble.end.to_string())?;
    }
    Ok(())
}
