//! Batches that were handed out: their bytes are the record, and stay.
//!
//! A batch is written in slices under a state that nobody sees, so that no lock is held for seconds; the last statement
//! makes it `exported`. What is left behind is found by a lease that has run out.

mod files;
mod whole;

use jiff::Timestamp;
use ledger::calendar::Month;

use crate::id::{BatchId, ClientId, ConnectionId};
use crate::{Row, StoreError, Transaction, arguments};

pub use files::{BatchFile, PIECE_BYTES, add_piece, compress, files, piece};
pub use whole::{after, handed_out_before, total_bytes, untold};

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BatchState {
    /// It is being made.
    Writing,
    /// Handed out.
    Exported,
    /// The adviser has processed it: from now on there are only corrections.
    Processed,
    /// Taken back before it was processed.
    Withdrawn,
    /// Given up while it was being made.
    Failed,
}

impl BatchState {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Writing, Self::Exported, Self::Processed, Self::Withdrawn, Self::Failed];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Exported => "exported",
            Self::Processed => "processed",
            Self::Withdrawn => "withdrawn",
            Self::Failed => "failed",
        }
    }

    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        let found: String = row.get(index)?;
        let state = Self::ALL.into_iter().find(|state| state.name() == found);
        state.ok_or(StoreError::Content { expected: "the state of a batch", found })
    }
}

/// A batch while it is begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBatch {
    /// Its address.
    pub id: BatchId,
    /// Whose it is.
    pub client: ClientId,
    /// Of one connection; none is all of them.
    pub connection: Option<ConnectionId>,
    /// The month that it holds or corrects.
    pub month: Month,
    /// The format: `datev`.
    pub format: String,
    /// 0 for the month itself, from 1 on its corrections.
    pub correction: u32,
    /// The version of the settings by which it is made.
    pub settings: i64,
    /// Who asked for it, as the journal names him.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
}

/// What a batch turned out to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// How many postings.
    pub postings: u64,
    /// Of what its entries rest on.
    pub fingerprint: String,
    /// The hand-over sheet (JSON).
    pub sheet: String,
    /// SHA-256 of the hashes of its files, each followed by a line feed.
    pub sha256: String,
}

/// A batch as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// What was begun.
    pub begun: NewBatch,
    /// What became of it.
    pub state: BatchState,
    /// What it holds.
    pub content: Content,
    /// Who marked it as processed or withdrew it.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<Timestamp>,
}

impl Batch {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let (connection, month): (String, String) = (row.get(2)?, row.get(3)?);
        let unreadable = |expected, found: &str| StoreError::Content { expected, found: found.to_owned() };
        let connection = match connection.as_str() {
            "" => None,
            id => Some(ConnectionId::parse(id).ok_or_else(|| unreadable("a connection", id))?),
        };
        let begun = NewBatch {
            id: row.get(0)?,
            client: row.get(1)?,
            connection,
            month: Month::parse(&month).ok_or_else(|| unreadable("a month", &month))?,
            format: row.get(4)?,
            correction: row.get(5)?,
            settings: row.get(7)?,
            author: row.get(8)?,
            created_at: row.get(9)?,
        };
        let content = Content {
            postings: row.get(10)?,
            fingerprint: row.get(11)?,
            sheet: row.get(12)?,
            sha256: row.get(13)?,
        };
        let (state, changed_by, changed_at) = (BatchState::read(row, 6)?, row.get(14)?, row.get(15)?);
        Ok(Self { begun, state, content, changed_by, changed_at })
    }
}

fn scope(connection: Option<&ConnectionId>) -> &str {
    connection.map_or("", ConnectionId::as_str)
}

/// Begins a batch, seen by nobody until [`finish`]. The unique key refuses a second one of the same month and number
/// ([`StoreError::is_taken`]).
pub async fn begin(
    transaction: &mut Transaction,
    batch: &NewBatch,
    lease_until: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO batch (id, client, connection, month, format, correction, state, settings, author, created_at,
                 lease_until, posting_count, fingerprint, sheet, sha256)
             VALUES ($1, $2, $3, $4, $5, $6, 'writing', $7, $8, $9, $10, 0, '', '', '')",
            arguments![
                &batch.id,
                &batch.client,
                scope(batch.connection.as_ref()),
                batch.month.to_string(),
                &batch.format,
                batch.correction,
                batch.settings,
                &batch.author,
                batch.created_at,
                lease_until
            ],
        )
        .await
        .map(drop)
}

/// Says that it is still being made.
pub async fn renew(
    transaction: &mut Transaction,
    batch: &BatchId,
    lease_until: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE batch SET lease_until = $2 WHERE id = $1 AND state = 'writing'";
    let touched = transaction.execute(sql, arguments![batch, lease_until]).await?;
    if touched == 1 { Ok(()) } else { Err(StoreError::GivenUp) }
}

/// Hands it out: from now on it is there for everybody, and nothing of it changes any more.
pub async fn finish(
    transaction: &mut Transaction,
    batch: &BatchId,
    content: &Content,
    files: &[BatchFile],
    settlements: &[(i64, String)],
) -> Result<(), StoreError> {
    for file in files {
        files::add(transaction, batch, file).await?;
    }
    for (number, identifier) in settlements {
        let sql = "INSERT INTO batch_settlement (batch, settlement, identifier) VALUES ($1, $2, $3)";
        transaction.execute(sql, arguments![batch, *number, identifier]).await?;
    }
    let Content { postings, fingerprint, sheet, sha256 } = content;
    let postings = i64::try_from(*postings).unwrap_or(i64::MAX);
    let sql =
        "UPDATE batch SET state = 'exported', posting_count = $2, fingerprint = $3, sheet = $4, sha256 = $5
               WHERE id = $1 AND state = 'writing'";
    let touched = transaction.execute(sql, arguments![batch, postings, fingerprint, sheet, sha256]).await?;
    if touched == 1 { Ok(()) } else { Err(StoreError::GivenUp) }
}

/// Gives up a batch that was being made; its pieces go.
pub async fn give_up(transaction: &mut Transaction, batch: &BatchId) -> Result<(), StoreError> {
    let sql = "UPDATE batch SET state = 'failed' WHERE id = $1 AND state = 'writing'";
    transaction.execute(sql, arguments![batch]).await?;
    let sql =
        "DELETE FROM batch_piece WHERE batch IN (SELECT id FROM batch WHERE id = $1 AND state = 'failed')";
    transaction.execute(sql, arguments![batch]).await.map(drop)
}

/// Batches that were left behind while they were made, at most `most`.
pub async fn left_behind(
    transaction: &mut Transaction,
    now: Timestamp,
    most: u32,
) -> Result<Vec<BatchId>, StoreError> {
    let sql = "SELECT id FROM batch WHERE state = 'writing' AND lease_until < $1 ORDER BY id LIMIT $2";
    transaction.fetch_all(sql, arguments![now, most]).await?.iter().map(|row| row.get(0)).collect()
}

/// Marks a batch that is `from` one state as `to` another; false where it is in none of them.
pub async fn mark(
    transaction: &mut Transaction,
    batch: &BatchId,
    (from, to): (BatchState, BatchState),
    by: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE batch SET state = $3, changed_by = $4, changed_at = $5 WHERE id = $1 AND state = $2";
    Ok(transaction.execute(sql, arguments![batch, from.name(), to.name(), by, at]).await? == 1)
}

/// A batch of a client.
pub async fn find(
    transaction: &mut Transaction,
    client: &ClientId,
    id: &BatchId,
) -> Result<Option<Batch>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, client, connection, month, format, correction, state, settings, author, created_at, posting_count,
                 fingerprint, sheet, sha256, changed_by, changed_at
             FROM batch WHERE client = $1 AND id = $2 AND state IN ('exported', 'processed', 'withdrawn')",
            arguments![client, id],
        )
        .await?;
    row.as_ref().map(Batch::read).transpose()
}

/// Every batch that ever left in the months from one to another, oldest first, at most `most`.
pub async fn of_months(
    transaction: &mut Transaction,
    client: &ClientId,
    (first, last): (Month, Month),
    most: u32,
) -> Result<Vec<Batch>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, connection, month, format, correction, state, settings, author, created_at, posting_count,
                 fingerprint, sheet, sha256, changed_by, changed_at
             FROM batch WHERE client = $1 AND month >= $2 AND month <= $3
                 AND state IN ('exported', 'processed', 'withdrawn')
             ORDER BY month, id LIMIT $4",
            arguments![client, first.to_string(), last.to_string(), most],
        )
        .await?;
    rows.iter().map(Batch::read).collect()
}

/// The batches of a client that an author handed out since an instant and that still stand, oldest first.
pub async fn of_author(
    transaction: &mut Transaction,
    client: &ClientId,
    author: &str,
    since: Timestamp,
) -> Result<Vec<Batch>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, connection, month, format, correction, state, settings, author, created_at, posting_count,
                 fingerprint, sheet, sha256, changed_by, changed_at
             FROM batch WHERE client = $1 AND author = $2 AND created_at >= $3 AND state IN ('exported', 'processed')
             ORDER BY id",
            arguments![client, author, since],
        )
        .await?;
    rows.iter().map(Batch::read).collect()
}

/// The batches of a client's month that are being made, each with how many pieces of it are written.
pub async fn writing(
    transaction: &mut Transaction,
    client: &ClientId,
    month: Month,
    now: Timestamp,
) -> Result<Vec<(Batch, u64)>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, connection, month, format, correction, state, settings, author, created_at, posting_count,
                 fingerprint, sheet, sha256, changed_by, changed_at,
                 (SELECT COUNT(*) FROM batch_piece WHERE batch_piece.batch = batch.id)
             FROM batch WHERE client = $1 AND month = $2 AND state = 'writing' AND lease_until > $3 ORDER BY id",
            arguments![client, month.to_string(), now],
        )
        .await?;
    rows.iter().map(|row| Ok((Batch::read(row)?, row.get(16)?))).collect()
}

/// Which months of which settlements of a client left in batches that stand.
pub async fn handed_out(
    transaction: &mut Transaction,
    client: &ClientId,
) -> Result<Vec<(String, Month)>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT DISTINCT s.identifier, b.month FROM batch b JOIN batch_settlement s ON s.batch = b.id
             WHERE b.client = $1 AND b.state IN ('exported', 'processed') ORDER BY 1, 2",
            arguments![client],
        )
        .await?;
    let read = |row: &Row| {
        let month: String = row.get(1)?;
        let month = Month::parse(&month).ok_or(StoreError::Content { expected: "a month", found: month })?;
        Ok((row.get(0)?, month))
    };
    rows.iter().map(read).collect()
}

/// The months of which a batch of a client stands, for one connection or all.
pub async fn months_out(transaction: &mut Transaction, client: &ClientId) -> Result<Vec<Month>, StoreError> {
    let sql = "SELECT DISTINCT month FROM batch WHERE client = $1 AND state IN ('exported', 'processed') ORDER BY month";
    let rows = transaction.fetch_all(sql, arguments![client]).await?;
    let read = |row: &Row| {
        let month: String = row.get(0)?;
        Month::parse(&month).ok_or(StoreError::Content { expected: "a month", found: month })
    };
    rows.iter().map(read).collect()
}
