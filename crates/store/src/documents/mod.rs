//! Documents as they were received.
//!
//! An import writes its rows and pieces in slices under a document that nobody sees yet, so that no lock is held for
//! seconds. The lease says that somebody is still at it; what is left behind is found by a lease that has run out.

mod leftovers;
mod pieces;

use jiff::Timestamp;

use crate::id::{ClientId, ConnectionId, DocumentId};
use crate::{Row, StoreError, Transaction, arguments};

pub use leftovers::{discard, remove_leftovers};
pub use pieces::{PIECE_BYTES, add_piece, piece};

/// How a document came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// Fetched from the provider.
    Api,
    /// Given by a person or program.
    Upload,
}

impl Source {
    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Upload => "upload",
        }
    }

    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        let found: String = row.get(index)?;
        let source = [Self::Api, Self::Upload].into_iter().find(|source| source.name() == found);
        source.ok_or(StoreError::Content { expected: "the source of a document", found })
    }
}

/// What is known of a document before it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    /// Its address.
    pub id: DocumentId,
    /// Whose it is.
    pub client: ClientId,
    /// The connection to which it belongs; none before there is one.
    pub connection: Option<ConnectionId>,
    /// The provider: `amazon-pay`.
    pub provider: String,
    /// The merchant at the provider.
    pub seller: String,
    /// What it is: `settlement`.
    pub kind: String,
    /// How it came.
    pub source: Source,
    /// The provider's number of the report.
    pub provider_report: Option<String>,
    /// The name of the file.
    pub file_name: String,
    /// SHA-256 of the bytes as received, in hexadecimal.
    pub sha256: String,
    /// How many bytes were received.
    pub bytes: u64,
    /// How many rows it has.
    pub rows: u64,
    /// The first instant of its period.
    pub period_start: Timestamp,
    /// The last instant of its period.
    pub period_end: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
    /// Who brought it, as the journal names him.
    pub received_by: String,
    /// Why a person took it although some of its rows contradict themselves; none for a document that is proved.
    pub accepted_because: Option<String>,
}

/// A document that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it was when it came.
    pub received: NewDocument,
    /// The settlement in it; none where it has no rows.
    pub settlement: Option<SettlementOf>,
}

/// The settlement of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementOf {
    /// Its number here.
    pub number: i64,
    /// The provider's number of it.
    pub identifier: String,
}

impl Document {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let number: Option<i64> = row.get(17)?;
        let identifier: Option<String> = row.get(18)?;
        let received = NewDocument {
            id: row.get(0)?,
            client: row.get(1)?,
            connection: row.get(2)?,
            provider: row.get(3)?,
            seller: row.get(4)?,
            kind: row.get(5)?,
            source: Source::read(row, 6)?,
            provider_report: row.get(7)?,
            file_name: row.get(8)?,
            sha256: row.get(9)?,
            bytes: row.get(10)?,
            rows: row.get(11)?,
            period_start: row.get(12)?,
            period_end: row.get(13)?,
            received_at: row.get(14)?,
            received_by: row.get(15)?,
            accepted_because: row.get(16)?,
        };
        let settlement =
            number.zip(identifier).map(|(number, identifier)| SettlementOf { number, identifier });
        Ok(Self { received, settlement })
    }
}

/// Begins an import: the document is there for nobody but it, until the lease runs out.
pub async fn begin(
    transaction: &mut Transaction,
    document: &NewDocument,
    lease_until: Timestamp,
) -> Result<(), StoreError> {
    let verdict = if document.accepted_because.is_some() { "accepted" } else { "proved" };
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    transaction
        .execute(
            "INSERT INTO document (id, client, connection, provider, seller, kind, source, provider_report, file_name,
                 sha256, byte_count, row_count, period_start, period_end, received_at, received_by, verdict, reason,
                 state, lease_until)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'loading', $19)",
            arguments![
                &document.id,
                &document.client,
                document.connection.as_ref(),
                &document.provider,
                &document.seller,
                &document.kind,
                document.source.name(),
                document.provider_report.as_deref(),
                &document.file_name,
                &document.sha256,
                count(document.bytes),
                count(document.rows),
                document.period_start,
                document.period_end,
                document.received_at,
                &document.received_by,
                verdict,
                document.accepted_because.as_deref(),
                lease_until
            ],
        )
        .await
        .map(drop)
}

/// Says that the import is still at it.
pub async fn renew(
    transaction: &mut Transaction,
    document: &DocumentId,
    lease_until: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE document SET lease_until = $2 WHERE id = $1 AND state = 'loading'";
    let touched = transaction.execute(sql, arguments![document, lease_until]).await?;
    if touched == 1 { Ok(()) } else { Err(StoreError::GivenUp) }
}

/// Ends an import: from now on the document and its settlement are there for everybody. The unique keys refuse what is
/// there already ([`StoreError::is_taken`]).
pub async fn keep(transaction: &mut Transaction, document: &DocumentId) -> Result<(), StoreError> {
    let sql = "UPDATE document SET state = 'kept' WHERE id = $1 AND state = 'loading'";
    if transaction.execute(sql, arguments![document]).await? != 1 {
        return Err(StoreError::GivenUp);
    }
    let sql = "UPDATE settlement SET kept = $2 WHERE document = $1";
    transaction.execute(sql, arguments![document, true]).await.map(drop)
}

/// A document of a client.
pub async fn find(
    transaction: &mut Transaction,
    client: &ClientId,
    id: &DocumentId,
) -> Result<Option<Document>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT d.id, d.client, d.connection, d.provider, d.seller, d.kind, d.source, d.provider_report, d.file_name,
                 d.sha256, d.byte_count, d.row_count, d.period_start, d.period_end, d.received_at, d.received_by, d.reason,
                 s.number, s.identifier
             FROM document d LEFT JOIN settlement s ON s.document = d.id
             WHERE d.client = $1 AND d.id = $2 AND d.state = 'kept'",
            arguments![client, id],
        )
        .await?;
    row.as_ref().map(Document::read).transpose()
}

/// The document of a client with these bytes.
pub async fn with_bytes(
    transaction: &mut Transaction,
    client: &ClientId,
    sha256: &str,
) -> Result<Option<Document>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT d.id, d.client, d.connection, d.provider, d.seller, d.kind, d.source, d.provider_report, d.file_name,
                 d.sha256, d.byte_count, d.row_count, d.period_start, d.period_end, d.received_at, d.received_by, d.reason,
                 s.number, s.identifier
             FROM document d LEFT JOIN settlement s ON s.document = d.id
             WHERE d.client = $1 AND d.sha256 = $2 AND d.state = 'kept'",
            arguments![client, sha256],
        )
        .await?;
    row.as_ref().map(Document::read).transpose()
}

/// Documents of a client, the newest first, before an identifier (none: from the newest), at most `most`; of one
/// connection only where one is named, and only those that reach into a period where one is given (its end is not in it).
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
    connection: Option<&ConnectionId>,
    period: Option<(Timestamp, Timestamp)>,
    before: Option<&DocumentId>,
    most: u32,
) -> Result<Vec<Document>, StoreError> {
    // Greater than every UUID.
    let before = before.map_or("g", DocumentId::as_str);
    let rows = transaction
        .fetch_all(
            "SELECT d.id, d.client, d.connection, d.provider, d.seller, d.kind, d.source, d.provider_report, d.file_name,
                 d.sha256, d.byte_count, d.row_count, d.period_start, d.period_end, d.received_at, d.received_by, d.reason,
                 s.number, s.identifier
             FROM document d LEFT JOIN settlement s ON s.document = d.id
             WHERE d.client = $1 AND d.id < $2 AND d.state = 'kept' AND ($3 IS NULL OR d.connection = $3)
                 AND ($4 IS NULL OR d.period_end >= $4) AND ($5 IS NULL OR d.period_start < $5)
             ORDER BY d.id DESC LIMIT $6",
            arguments![
                client,
                before,
                connection,
                period.map(|(from, _)| from),
                period.map(|(_, until)| until),
                most
            ],
        )
        .await?;
    rows.iter().map(Document::read).collect()
}

/// Gives the documents and settlements of a merchant that came without a connection to one. Says how many documents.
pub async fn give_to(
    transaction: &mut Transaction,
    (client, number): (&ClientId, i64),
    (provider, seller): (&str, &str),
    connection: &ConnectionId,
) -> Result<u64, StoreError> {
    let given = transaction
        .execute(
            "UPDATE document SET connection = $4
             WHERE client = $1 AND provider = $2 AND seller = $3 AND connection IS NULL",
            arguments![client, provider, seller, connection],
        )
        .await?;
    transaction
        .execute(
            "UPDATE settlement SET connection = $4
             WHERE client = $1 AND provider = $2 AND seller = $3 AND connection IS NULL",
            arguments![number, provider, seller, connection],
        )
        .await?;
    Ok(given)
}

/// Documents of all clients after an identifier (none: from the first), at most `most`: for verifying one after the other.
pub async fn after(
    transaction: &mut Transaction,
    after: Option<&DocumentId>,
    most: u32,
) -> Result<Vec<Document>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT d.id, d.client, d.connection, d.provider, d.seller, d.kind, d.source, d.provider_report, d.file_name,
                 d.sha256, d.byte_count, d.row_count, d.period_start, d.period_end, d.received_at, d.received_by, d.reason,
                 s.number, s.identifier
             FROM document d LEFT JOIN settlement s ON s.document = d.id
             WHERE d.id > $1 AND d.state = 'kept' ORDER BY d.id LIMIT $2",
            arguments![after.map_or("", DocumentId::as_str), most],
        )
        .await?;
    rows.iter().map(Document::read).collect()
}

/// A document of which the journal tells nothing.
pub async fn untold(transaction: &mut Transaction) -> Result<Option<(DocumentId, String)>, StoreError> {
    let sql = "SELECT id, sha256 FROM document WHERE state = 'kept' AND client || ' ' || sha256 NOT IN (
                   SELECT client || ' ' || content FROM journal
                   WHERE client IS NOT NULL AND action IN ('document.received', 'document.accepted'))
               ORDER BY id LIMIT 1";
    let row = transaction.fetch_optional(sql, arguments![]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// How many bytes all documents have together.
pub async fn total_bytes(transaction: &mut Transaction) -> Result<u64, StoreError> {
    let sql = "SELECT CAST(COALESCE(SUM(byte_count), 0) AS BIGINT) FROM document WHERE state = 'kept'";
    transaction.fetch_one(sql, arguments![]).await?.get(0)
}
