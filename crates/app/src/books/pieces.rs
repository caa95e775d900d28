//! The bytes of a batch on their way into the database: hashed and compressed by a thread of their own, in pieces.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use store::StoreError;
use store::batches::{PIECE_BYTES, compress};
use tokio::sync::mpsc::Sender;

use crate::convert::digest::Hashing;

/// Blocks on their way at most.
const BLOCKS: usize = 4;

/// A compressed piece of a file.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) file: i64,
    pub(super) number: i64,
    pub(super) content: Vec<u8>,
}

/// Hash and size of each file, by its number.
pub(super) type Digests = BTreeMap<i64, (String, u64)>;

/// Makes files whose pieces go to a receiver.
pub(super) struct PieceOutput {
    work: SyncSender<(i64, Vec<u8>)>,
    thread: JoinHandle<Result<Digests, StoreError>>,
    files: i64,
}

impl PieceOutput {
    pub(super) fn new(out: Sender<Piece>) -> Self {
        let (work, blocks) = sync_channel(BLOCKS);
        let thread = std::thread::spawn(move || send_all(&blocks, &out));
        Self { work, thread, files: 0 }
    }

    /// Makes the next file.
    pub(super) fn create(&mut self) -> PieceFile {
        let file = self.files;
        self.files += 1;
        PieceFile { file, work: self.work.clone(), block: Vec::with_capacity(PIECE_BYTES) }
    }

    /// Waits until everything is sent. All files must have been let go before.
    pub(super) fn finish(self) -> Result<Digests, StoreError> {
        let Self { work, thread, .. } = self;
        drop(work);
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn send_all(blocks: &Receiver<(i64, Vec<u8>)>, out: &Sender<Piece>) -> Result<Digests, StoreError> {
    let mut files: BTreeMap<i64, (i64, Hashing<io::Sink>)> = BTreeMap::new();
    for (file, block) in blocks {
        let (number, hashing) = files.entry(file).or_insert_with(|| (0, Hashing::new(io::sink())));
        // A sink takes everything.
        hashing.write_all(&block).map_err(|_| StoreError::GivenUp)?;
        let piece = Piece { file, number: *number, content: compress(&block)? };
        *number += 1;
        out.blocking_send(piece).map_err(|_| StoreError::GivenUp)?;
    }
    Ok(files.into_iter().map(|(file, (_, hashing))| (file, hashing.digest())).collect())
}

/// A file in the making. What it holds is on its way when it is let go.
pub(super) struct PieceFile {
    file: i64,
    work: SyncSender<(i64, Vec<u8>)>,
    block: Vec<u8>,
}

impl PieceFile {
    fn send(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let block = std::mem::replace(&mut self.block, Vec::with_capacity(PIECE_BYTES));
        self.work.send((self.file, block)).map_err(|_| io::Error::other("the batch was given up"))
    }
}

impl Write for PieceFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PIECE_BYTES.saturating_sub(self.block.len()).min(bytes.len());
        self.block.extend_from_slice(&bytes[..room]);
        if self.block.len() >= PIECE_BYTES {
            self.send()?;
        }
        Ok(room)
    }

    /// A piece is sent when it is full, so that each but the last has the same size.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for PieceFile {
    fn drop(&mut self) {
        // Where nobody takes it any more, `PieceOutput::finish` says why.
        drop(self.send());
    }
}
