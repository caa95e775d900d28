//! What became of a batch: its bytes, its history, and the steps a person takes with it.

use std::io::{self, Read, Seek as _, SeekFrom, Write as _};

use ledger::calendar::Month;
use store::batches::{self, Batch, BatchFile, BatchState};
use store::id::{BatchId, ClientId};
use store::{Database, StoreError, transact};
use tokio::runtime::Handle;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::export::export;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::convert::digest::Hashing;
use crate::notices;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// A batch with its files.
#[derive(Clone, Debug)]
pub struct Found {
    /// The batch.
    pub batch: Batch,
    /// Its files in their order.
    pub files: Vec<BatchFile>,
}

/// A batch of a client.
pub async fn find(app: &App, actor: &Actor, client: &ClientId, id: &BatchId) -> Result<Found, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let batch = batches::find(&mut transaction, client, id).await?.ok_or_else(Refusal::not_found)?;
    let files = batches::files(&mut transaction, id).await?;
    Ok(Found { batch, files })
}

/// Every batch that ever left in the months from one to another, oldest first.
pub async fn history(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    months: (Month, Month),
) -> Result<Vec<Batch>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    Ok(batches::of_months(&mut transaction, client, months, super::months::BATCHES_MAX).await?)
}

/// A batch that is being made.
#[derive(Clone, Debug)]
pub struct Making {
    /// What was begun.
    pub batch: Batch,
    /// How many bytes are written so far, to the mebibyte.
    pub written: u64,
}

/// The batches of a month that are being made at this moment.
pub async fn being_made(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    month: Month,
) -> Result<Vec<Making>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let found = batches::writing(&mut transaction, client, month, app.now()).await?;
    let piece = u64::try_from(batches::PIECE_BYTES).unwrap_or(u64::MAX);
    let making = |(batch, pieces): (Batch, u64)| Making { batch, written: pieces.saturating_mul(piece) };
    Ok(found.into_iter().map(making).collect())
}

/// A piece of a file as it was handed out, counted from 0; none after the last. For sending a file while it is read; the
/// batch must have been [`find`]-ed first.
pub async fn piece(app: &App, found: &Found, file: i64, number: i64) -> Result<Option<Vec<u8>>, AppError> {
    let mut transaction = app.database.read().await?;
    Ok(batches::piece(&mut transaction, &found.batch.begun.id, (file, number)).await?)
}

/// Writes the exact bytes of a file that was handed out, and proves at the end that their hash is the file's.
pub async fn copy_file(
    app: &App,
    found: &Found,
    file: &BatchFile,
    out: impl io::Write,
) -> Result<(), AppError> {
    const HANDING_OUT: &str = "handing out a file of a batch";
    let mut out = Hashing::new(out);
    let mut number = 0;
    while let Some(piece) = piece(app, found, file.number, number).await? {
        out.write_all(&piece).map_err(AppError::failed(HANDING_OUT))?;
        number += 1;
    }
    out.flush().map_err(AppError::failed(HANDING_OUT))?;
    let (sha256, bytes) = out.digest();
    if (sha256.as_str(), bytes) != (file.sha256.as_str(), file.bytes) {
        return Err(StoreError::Content { expected: "the bytes of a file of a batch", found: sha256 }.into());
    }
    Ok(())
}

/// All files in one archive, for a download of the whole batch. It is made in a file without a name, which is gone when
/// it is let go.
pub async fn archive(app: &App, found: &Found) -> Result<std::fs::File, AppError> {
    let (database, found) = (app.database.clone(), found.clone());
    let zipped = tokio::task::spawn_blocking(move || zipped(&database, &found)).await;
    zipped.map_err(AppError::failed("packing a batch"))?.map_err(AppError::failed("packing a batch"))
}

fn zipped(database: &Database, found: &Found) -> io::Result<std::fs::File> {
    let mut archive = ZipWriter::new(tempfile::tempfile()?);
    // A million rows are larger than the plain format allows.
    let options = SimpleFileOptions::default().large_file(true);
    for file in &found.files {
        archive.start_file(&file.name, options).map_err(io::Error::other)?;
        let mut bytes = StoredFile::new(database.clone(), &found.batch.begun.id, file.number);
        io::copy(&mut bytes, &mut archive)?;
    }
    let mut file = archive.finish().map_err(io::Error::other)?;
    file.flush()?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

/// The bytes of a file as they were handed out. It blocks, so it is read on a thread that may, within the runtime.
pub(crate) struct StoredFile {
    database: Database,
    batch: BatchId,
    file: i64,
    next: i64,
    piece: io::Cursor<Vec<u8>>,
}

impl StoredFile {
    pub(crate) fn new(database: Database, batch: &BatchId, file: i64) -> Self {
        Self { database, batch: batch.clone(), file, next: 0, piece: io::Cursor::default() }
    }
}

impl Read for StoredFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.piece.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        let place = (self.file, self.next);
        let piece = Handle::current().block_on(async {
            let mut transaction = self.database.read().await?;
            batches::piece(&mut transaction, &self.batch, place).await
        });
        let Some(piece) = piece.map_err(|error: StoreError| io::Error::other(error))? else { return Ok(0) };
        self.next += 1;
        self.piece = io::Cursor::new(piece);
        self.piece.read(buffer)
    }
}

/// The adviser has processed the batch: from now on what changes comes as a correction.
pub async fn mark_processed(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &BatchId,
) -> Result<(), AppError> {
    step(app, actor, client, id, BatchState::Processed, "batch.processed").await
}

/// Takes a batch back before it is processed. Its bytes stay.
pub async fn withdraw(app: &App, actor: &Actor, client: &ClientId, id: &BatchId) -> Result<(), AppError> {
    step(app, actor, client, id, BatchState::Withdrawn, "batch.withdrawn").await
}

/// Takes a batch back and hands out what its month is today.
pub async fn replace(app: &App, actor: &Actor, client: &ClientId, id: &BatchId) -> Result<Batch, AppError> {
    let found = find(app, actor, client, id).await?.batch.begun;
    if found.correction > 0 {
        return Err(Refusal::new(
            RefusalKind::Conflict,
            "correction-not-replaced",
            "Eine Korrektur wird zurückgezogen und neu erstellt, nicht ersetzt.",
            "A correction is withdrawn and made again, not replaced.",
        )
        .into());
    }
    withdraw(app, actor, client, id).await?;
    export(app, actor, client, found.month, found.connection.as_ref()).await
}

async fn step(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &BatchId,
    to: BatchState,
    action: &str,
) -> Result<(), AppError> {
    actor.may(Permission::Export, client)?;
    transact!(app.database, transaction => {
        let batch = batches::find(transaction, client, id).await?.ok_or_else(Refusal::not_found)?;
        let months = (batch.begun.month, batch.begun.month);
        let all = batches::of_months(transaction, client, months, super::months::BATCHES_MAX).await?;
        let corrected = |other: &Batch| {
            other.begun.connection == batch.begun.connection
                && other.begun.correction > batch.begun.correction
                && other.state != BatchState::Withdrawn
        };
        if to == BatchState::Withdrawn && all.iter().any(corrected) {
            return Err(corrected_already().into());
        }
        let from = (BatchState::Exported, to);
        if !batches::mark(transaction, id, from, actor.name(), app.now()).await? {
            return Err(not_exported(batch.state).into());
        }
        // Who acts on a batch knows of it.
        notices::settle_all_of(transaction, client, id.as_str(), app.now()).await?;
        let subject = format!("{} {id}", batch.begun.month);
        app.journal(transaction, actor, Some(client), action, &subject, &batch.content.sha256).await
    })
}

fn corrected_already() -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "corrected-already",
        "Auf diesen Stapel folgt schon eine Korrektur; zurückziehen lässt sich nur die letzte.",
        "A correction follows this batch already; only the last one can be withdrawn.",
    )
}

fn not_exported(state: BatchState) -> Refusal {
    let (german, english) = match state {
        BatchState::Processed => (
            "Der Stapel ist schon verarbeitet; was sich ändert, kommt als Korrektur.",
            "The batch is processed already; what changes comes as a correction.",
        ),
        _ => ("Der Stapel ist schon zurückgezogen.", "The batch is withdrawn already."),
    };
    Refusal::new(RefusalKind::Conflict, "batch-state", german, english)
}
