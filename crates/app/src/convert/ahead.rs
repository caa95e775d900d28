//! Rows read ahead by a thread of their own, so that reading and booking share the work of two cores.

use std::io::BufReader;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use ::amazon_pay::report::{SettlementReport, SettlementRow};

use super::digest::Hashing;
use super::error::ConvertError;
use super::source::Report;
use crate::progress::{Counted, Progress};

/// Rows that travel together.
const BLOCK_ROWS: usize = 256;
/// Blocks on their way at most.
const BLOCKS: usize = 4;

/// What is known of a report when its last row is read.
#[derive(Debug)]
pub(super) struct Reading {
    /// SHA-256 of the bytes as received.
    pub(super) sha256: String,
    /// How many bytes.
    pub(super) bytes: u64,
    /// How many rows.
    pub(super) rows: u64,
}

#[derive(Default)]
struct Block {
    rows: Vec<SettlementRow>,
    filled: usize,
}

/// Reads a report and hands each row to `take`, in order, while the next ones are being read.
pub(super) fn read_ahead(
    report: &Report,
    progress: &dyn Progress,
    mut take: impl FnMut(&SettlementRow) -> Result<(), ConvertError>,
) -> Result<Reading, ConvertError> {
    thread::scope(|scope| {
        let (full, filled_blocks) = sync_channel::<Block>(BLOCKS);
        let (empty, empty_blocks) = sync_channel::<Block>(BLOCKS + 1);
        let reader = scope.spawn(move || read(report, progress, &full, &empty_blocks));
        let mut taken = Ok(());
        for block in &filled_blocks {
            taken = block.rows[..block.filled].iter().try_for_each(&mut take);
            if taken.is_err() {
                break;
            }
            // Used again if the reader still wants it.
            drop(empty.try_send(block));
        }
        drop(filled_blocks);
        let reading = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        taken.and(reading)
    })
}

fn read(
    report: &Report,
    progress: &dyn Progress,
    full: &SyncSender<Block>,
    empty: &Receiver<Block>,
) -> Result<Reading, ConvertError> {
    let name = &report.source.name;
    let refused = |source| ConvertError::Report { name: name.clone(), source: Box::new(source) };
    let mut bytes = Hashing::new(Counted::new(report.source.open()?, progress));
    let mut reader =
        SettlementReport::open(BufReader::with_capacity(1 << 17, &mut bytes)).map_err(refused)?;
    let mut rows = 0;
    loop {
        let mut block = empty.try_recv().unwrap_or_default();
        block.rows.resize_with(BLOCK_ROWS, SettlementRow::default);
        block.filled = 0;
        while block.filled < BLOCK_ROWS && reader.read(&mut block.rows[block.filled]).map_err(refused)? {
            block.filled += 1;
            rows += 1;
        }
        // Nobody takes the rows any more: the other side has found an error, which is the one to tell.
        if block.filled == 0 || full.send(block).is_err() {
            break;
        }
    }
    drop(reader);
    // What follows the last row (nothing, in a whole report) belongs to the document's hash as well.
    let (sha256, bytes) =
        bytes.finish().map_err(|source| ConvertError::Open { name: name.clone(), source })?;
    Ok(Reading { sha256, bytes, rows })
}
