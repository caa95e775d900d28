//! Rows and bytes of a report, written in slices under a document that nobody sees yet.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use ledger::kind::MovementKind;
use store::documents::{self, NewDocument, PIECE_BYTES};
use store::movements::{Loader, MovementRow, Rows};
use store::{StoreError, transact};
use tokio::sync::mpsc;

use super::import::lease;
use super::read::{ReadThrough, rows};
use super::receive::Received;
use crate::context::App;
use crate::progress::Progress;
use crate::refusal::AppError;

/// How many pieces are written in one transaction.
const PIECES: usize = 8;

/// Writes everything but the last step.
pub(super) async fn write(
    app: &App,
    client: i64,
    settlement: Option<i64>,
    document: &NewDocument,
    received: Arc<Received>,
    progress: &Arc<dyn Progress + Send>,
) -> Result<(), AppError> {
    write_pieces(app, document, &received, progress).await?;
    let Some(settlement) = settlement else { return Ok(()) };
    let mut loader = Loader::new(&app.database, client, settlement, &document.id)?;
    let (full, mut filled) = mpsc::channel(1);
    let (empty, emptied) = std::sync::mpsc::channel();
    let reading = {
        let progress = Arc::clone(progress);
        tokio::task::spawn_blocking(move || hand_on(&received, &*progress, &full, &emptied))
    };
    let mut written = Ok(());
    while let Some(slice) = filled.recv().await {
        progress.step("rows");
        match loader.write(slice, lease(app)).await {
            // The reader may have ended already.
            Ok(slice) => drop(empty.send(slice)),
            Err(error) => {
                written = Err(error);
                break;
            }
        }
    }
    drop(filled);
    let read = reading.await.map_err(AppError::failed("reading a report"))?;
    written?;
    let read = read?;
    if (read.rows, &read.sha256) != (document.rows, &document.sha256) {
        return Err(AppError::failed("reading a report twice")("it was changed in between"));
    }
    progress.step("rows written");
    loader.finish(lease(app)).await?;
    progress.step("lookup written");
    Ok(())
}

/// Reads the rows and hands them on in slices, in buffers that are used again.
fn hand_on(
    received: &Received,
    progress: &dyn Progress,
    full: &mpsc::Sender<Rows>,
    emptied: &std::sync::mpsc::Receiver<Rows>,
) -> Result<ReadThrough, AppError> {
    let mut slice = Rows::default();
    // Where nobody takes them any more, the other side has found an error, which is the one to tell.
    let gone = |_| AppError::Store(StoreError::GivenUp);
    let read = rows(received, progress, |parts, _| {
        slice.push(&MovementRow {
            line: i64::try_from(parts.line).unwrap_or(i64::MAX),
            posted_at: parts.instant.as_microsecond(),
            kind: parts.kind.name(),
            kind_text: if parts.kind == MovementKind::Unknown { parts.kind_text } else { "" },
            currency: parts.currency.code(),
            gross: parts.gross,
            fee_variable: parts.percentage_fee,
            fee_fixed: parts.fixed_fee,
            seller_order: parts.seller_order,
            order_reference: parts.order_reference,
            provider_transaction: parts.transaction,
            seller_reference: parts.seller_reference,
            store: parts.store,
        });
        if slice.is_full() {
            let next = emptied.try_recv().unwrap_or_default();
            full.blocking_send(std::mem::replace(&mut slice, next)).map_err(gone)?;
        }
        Ok(())
    })?;
    if !slice.is_empty() {
        full.blocking_send(slice).map_err(gone)?;
    }
    Ok(read)
}

async fn write_pieces(
    app: &App,
    document: &NewDocument,
    received: &Arc<Received>,
    progress: &Arc<dyn Progress + Send>,
) -> Result<(), AppError> {
    let mut file = File::open(received.path()).map_err(AppError::failed("opening what was received"))?;
    let mut first = 0;
    loop {
        let reading = move || {
            let pieces = some_pieces(&mut file)?;
            Ok::<_, std::io::Error>((file, pieces))
        };
        let read =
            tokio::task::spawn_blocking(reading).await.map_err(AppError::failed("reading a report"))?;
        let (back, pieces) = read.map_err(AppError::failed("reading a report"))?;
        file = back;
        if pieces.is_empty() {
            return Ok(());
        }
        let lease = lease(app);
        let id = &document.id;
        let written: Result<(), StoreError> = transact!(app.database, transaction => {
            documents::renew(transaction, id, lease).await?;
            for (number, piece) in (first..).zip(&pieces) {
                documents::add_piece(transaction, id, number, piece).await?;
            }
            Ok(())
        });
        written?;
        first += i64::try_from(pieces.len()).unwrap_or(0);
        progress.step("bytes");
    }
}

/// The next pieces of the file; empty at its end.
fn some_pieces(file: &mut File) -> std::io::Result<Vec<Vec<u8>>> {
    let mut pieces = Vec::new();
    while pieces.len() < PIECES {
        let mut piece = Vec::new();
        file.take(u64::try_from(PIECE_BYTES).unwrap_or(u64::MAX)).read_to_end(&mut piece)?;
        if piece.is_empty() {
            break;
        }
        pieces.push(piece);
    }
    Ok(pieces)
}
