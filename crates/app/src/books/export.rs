//! Freezing a month: its files are made, their bytes kept, and from then on handed out as they are.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ledger::calendar::Month;
use store::batches::{self, Batch, BatchState, NewBatch};
use store::id::{BatchId, ClientId, ConnectionId};
use store::{Database, Transaction, transact};
use tokio::sync::mpsc::{Receiver, channel};

use super::load::{Books, Days};
use super::make::{Made, make};
use super::pieces::Piece;
use super::refused;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// The format there is.
pub const DATEV: &str = "datev";

/// Pieces on their way at most; so many are written in one transaction.
const PIECES: usize = 16;

/// Who falls silent for so long has left his batch behind.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// Exports a month of one connection, or of all, as a new batch.
pub async fn export(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    month: Month,
    connection: Option<&ConnectionId>,
) -> Result<Batch, AppError> {
    actor.may(Permission::Export, client)?;
    let books = {
        let mut transaction = app.database.read().await?;
        Books::load(&mut transaction, client, connection, Days::All).await?
    };
    confirmed(&books)?;
    let batch = begin(app, actor, client, month, connection, 0, books.version).await?;
    let created = batch.created_at;
    write(app, actor, batch, move |database, out| {
        let scratch = tempfile::tempdir().map_err(AppError::failed("making a folder for notes"))?;
        let made = make(&books, database, month, created, scratch.path(), out).map_err(refused)?;
        if made.content.postings == 0 {
            return Err(nothing(month).into());
        }
        Ok(made)
    })
    .await
}

/// Chart, provider account and debtor are confirmed once, and how the fees are taxed.
fn confirmed(books: &Books) -> Result<(), AppError> {
    let handling = books.configuration.handling;
    if !handling.accounts_confirmed {
        return Err(Refusal::new(
            RefusalKind::Conflict,
            "accounts-not-confirmed",
            "Vor dem ersten Export bitte unter «Buchhaltung» Kontenrahmen, Providerkonto und Debitor bestätigen: \
             dieselbe Nummer ist in jedem Kontenrahmen ein anderes Konto.",
            "Before the first export, please confirm chart, provider account and debtor under «Bookkeeping»: the same \
             number is another account in every chart.",
        )
        .into());
    }
    Ok(())
}

fn nothing(month: Month) -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "nothing-to-export",
        format!("Im Monat {month} gibt es nichts zu buchen; DATEV nimmt keine leere Datei."),
        format!("There is nothing to post in {month}; DATEV takes no empty file."),
    )
}

/// Begins a batch where the month has none that stands in its way.
pub(super) async fn begin(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    month: Month,
    connection: Option<&ConnectionId>,
    correction: u32,
    settings: i64,
) -> Result<NewBatch, AppError> {
    let batch = NewBatch {
        id: BatchId::new(&*app.machine),
        client: client.clone(),
        connection: connection.cloned(),
        month,
        format: DATEV.to_owned(),
        correction,
        settings,
        author: actor.name().to_owned(),
        created_at: app.now(),
    };
    let begun: Result<(), AppError> = transact!(app.database, transaction => {
        give_up_left_behind(transaction, batch.created_at).await?;
        if correction == 0 {
            in_the_way(transaction, client, month, connection).await?;
        }
        Ok(batches::begin(transaction, &batch, batch.created_at + LEASE).await?)
    });
    match begun {
        Err(AppError::Store(error)) if error.is_taken() => Err(Refusal::new(
            RefusalKind::Conflict,
            "export-running",
            "Dieser Monat wird gerade exportiert.",
            "This month is being exported at the moment.",
        )
        .into()),
        begun => begun.map(|()| batch),
    }
}

async fn give_up_left_behind(transaction: &mut Transaction, now: Timestamp) -> Result<(), AppError> {
    for batch in batches::left_behind(transaction, now, 10).await? {
        batches::give_up(transaction, &batch).await?;
    }
    Ok(())
}

/// A month leaves once: for a connection, or for all of them together.
async fn in_the_way(
    transaction: &mut Transaction,
    client: &ClientId,
    month: Month,
    connection: Option<&ConnectionId>,
) -> Result<(), AppError> {
    let there = batches::of_months(transaction, client, (month, month), super::months::BATCHES_MAX).await?;
    let overlaps = |batch: &Batch| {
        let other = batch.begun.connection.as_ref();
        other.is_none() || connection.is_none() || other == connection
    };
    let standing = |batch: &&Batch| batch.state != BatchState::Withdrawn && overlaps(batch);
    match there.iter().find(standing) {
        None => Ok(()),
        Some(_) => Err(Refusal::new(
            RefusalKind::Conflict,
            "already-exported",
            format!("Der Monat {month} ist schon exportiert. Was sich seither geändert hat, kommt als Korrektur; solange der Stapel nicht verarbeitet ist, kann er auch zurückgezogen und ersetzt werden."),
            format!("{month} is exported already. What has changed since comes as a correction; until the batch is processed it can also be withdrawn and replaced."),
        )
        .into()),
    }
}

/// Makes the files on a thread that may block, keeps their pieces as they come, and hands the batch out at the end.
pub(super) async fn write(
    app: &App,
    actor: &Actor,
    batch: NewBatch,
    work: impl FnOnce(&Database, tokio::sync::mpsc::Sender<Piece>) -> Result<Made, AppError> + Send + 'static,
) -> Result<Batch, AppError> {
    let (out, pieces) = channel(PIECES);
    let database = app.database.clone();
    let making = tokio::task::spawn_blocking(move || work(&database, out));
    let kept = keep(app, &batch.id, pieces).await;
    let made = making.await.map_err(AppError::failed("making a batch"))?;
    // What went wrong while it was made is the reason, where both ended.
    let ended = match (made, kept) {
        (Err(error), _) | (Ok(_), Err(error)) => Err(error),
        (Ok(made), Ok(())) => finish(app, actor, &batch, &made).await,
    };
    if let Err(error) = ended {
        let given_up: Result<(), AppError> =
            transact!(app.database, transaction => Ok(batches::give_up(transaction, &batch.id).await?));
        given_up?;
        return Err(error);
    }
    let found = batches::find(&mut app.database.read().await?, &batch.client, &batch.id).await?;
    found.ok_or_else(|| Refusal::not_found().into())
}

async fn keep(app: &App, batch: &BatchId, mut pieces: Receiver<Piece>) -> Result<(), AppError> {
    let mut slice = Vec::with_capacity(PIECES);
    while pieces.recv_many(&mut slice, PIECES).await > 0 {
        let some: Arc<Vec<Piece>> = Arc::new(std::mem::take(&mut slice));
        let lease_until = app.now() + LEASE;
        let written: Result<(), AppError> = transact!(app.database, transaction => {
            batches::renew(transaction, batch, lease_until).await?;
            for piece in some.iter() {
                let place = (piece.file, piece.number);
                batches::add_piece(transaction, batch, place, piece.content.clone()).await?;
            }
            Ok(())
        });
        written?;
    }
    Ok(())
}

async fn finish(app: &App, actor: &Actor, batch: &NewBatch, made: &Made) -> Result<(), AppError> {
    transact!(app.database, transaction => {
        batches::finish(transaction, &batch.id, &made.content, &made.files, &made.settlements).await?;
        let action = if batch.correction == 0 { "batch.exported" } else { "batch.corrected" };
        let subject = format!("{} {}", batch.month, batch.id);
        app.journal(transaction, actor, Some(&batch.client), action, &subject, &made.content.sha256).await
    })
}
