//! Settlements: what a document says, with its sums.

use jiff::Timestamp;

use crate::id::{BatchId, ConnectionId, DocumentId};
use crate::{Row, StoreError, Transaction, arguments};

mod sums;

pub use sums::{
    ConnectionSum, MonthSum, add_sums, last_day, month_sums, months, replace_sums, sums, sums_between,
    sums_by_connection,
};

/// A settlement while it is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSettlement {
    /// The number of the client.
    pub client: i64,
    /// The connection to which it belongs.
    pub connection: Option<ConnectionId>,
    /// The provider: `amazon-pay`.
    pub provider: String,
    /// The merchant at the provider.
    pub seller: String,
    /// The provider's number of it.
    pub identifier: String,
    /// The first instant of its period.
    pub start: Timestamp,
    /// The last instant of its period.
    pub end: Timestamp,
    /// How many rows it has.
    pub rows: u64,
    /// The document in which it stands.
    pub document: DocumentId,
    /// The zone in which the days of its sums lie.
    pub zone: String,
    /// What it does in the chain of settlements (JSON of the provider's room).
    pub chain: String,
}

/// A settlement that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// Its number in tables of rows.
    pub number: i64,
    /// What was imported.
    pub imported: NewSettlement,
    /// The name of its document.
    pub document_name: String,
    /// SHA-256 of its document.
    pub sha256: String,
    /// How many bytes its document has.
    pub bytes: u64,
}

impl Settlement {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let imported = NewSettlement {
            client: row.get(1)?,
            connection: row.get(2)?,
            provider: row.get(3)?,
            seller: row.get(4)?,
            identifier: row.get(5)?,
            start: row.get(6)?,
            end: row.get(7)?,
            rows: row.get(8)?,
            document: row.get(9)?,
            zone: row.get(10)?,
            chain: row.get(11)?,
        };
        let (document_name, sha256, bytes) = (row.get(12)?, row.get(13)?, row.get(14)?);
        Ok(Self { number: row.get(0)?, imported, document_name, sha256, bytes })
    }
}

/// Begins a settlement that nobody sees yet, and gives its number.
pub async fn begin(transaction: &mut Transaction, settlement: &NewSettlement) -> Result<i64, StoreError> {
    let row =
        transaction.fetch_one("SELECT COALESCE(MAX(number), 0) + 1 FROM settlement", arguments![]).await?;
    let number: i64 = row.get(0)?;
    transaction
        .execute(
            "INSERT INTO settlement (number, client, connection, provider, seller, identifier, period_start, period_end,
                 row_count, document, kept, zone, chain)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            arguments![
                number,
                settlement.client,
                settlement.connection.as_ref(),
                &settlement.provider,
                &settlement.seller,
                &settlement.identifier,
                settlement.start,
                settlement.end,
                i64::try_from(settlement.rows).unwrap_or(i64::MAX),
                &settlement.document,
                false,
                &settlement.zone,
                &settlement.chain
            ],
        )
        .await?;
    Ok(number)
}

/// The settlement of a merchant with the provider's number.
pub async fn find(
    transaction: &mut Transaction,
    client: i64,
    seller: &str,
    identifier: &str,
) -> Result<Option<Settlement>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT s.number, s.client, s.connection, s.provider, s.seller, s.identifier, s.period_start, s.period_end,
                 s.row_count, s.document, s.zone, s.chain, d.file_name, d.sha256, d.byte_count
             FROM settlement s JOIN document d ON d.id = s.document
             WHERE s.client = $1 AND s.seller = $2 AND s.identifier = $3 AND s.kept",
            arguments![client, seller, identifier],
        )
        .await?;
    row.as_ref().map(Settlement::read).transpose()
}

/// Settlements of a client in the order of their periods, after one of them (none: from the first), at most `most`; of
/// one connection or merchant only where one is named.
pub async fn of_client(
    transaction: &mut Transaction,
    client: i64,
    connection: Option<&ConnectionId>,
    seller: Option<&str>,
    after: Option<(Timestamp, i64)>,
    most: u32,
) -> Result<Vec<Settlement>, StoreError> {
    let (start, number) =
        after.map_or((i64::MIN, i64::MIN), |(start, number)| (start.as_microsecond(), number));
    let rows = transaction
        .fetch_all(
            "SELECT s.number, s.client, s.connection, s.provider, s.seller, s.identifier, s.period_start, s.period_end,
                 s.row_count, s.document, s.zone, s.chain, d.file_name, d.sha256, d.byte_count
             FROM settlement s JOIN document d ON d.id = s.document
             WHERE s.client = $1 AND (s.period_start, s.number) > ($2, $3) AND s.kept
                 AND ($4 IS NULL OR s.connection = $4) AND ($5 IS NULL OR s.seller = $5)
             ORDER BY s.period_start, s.number LIMIT $6",
            arguments![client, start, number, connection, seller, most],
        )
        .await?;
    rows.iter().map(Settlement::read).collect()
}

/// A settlement beside another one in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The provider's number of it.
    pub identifier: String,
    /// The document in which it stands.
    pub document: DocumentId,
}

/// A settlement with those before and after it in the chain of its merchant.
pub async fn neighbours(
    transaction: &mut Transaction,
    client: i64,
    seller: &str,
    number: i64,
) -> Result<(Option<Neighbour>, Settlement, Option<Neighbour>), StoreError> {
    let row = transaction
        .fetch_one(
            "SELECT s.number, s.client, s.connection, s.provider, s.seller, s.identifier, s.period_start, s.period_end,
                 s.row_count, s.document, s.zone, s.chain, d.file_name, d.sha256, d.byte_count
             FROM settlement s JOIN document d ON d.id = s.document
             WHERE s.client = $1 AND s.number = $2 AND s.kept",
            arguments![client, number],
        )
        .await?;
    let own = Settlement::read(&row)?;
    let place = || arguments![client, seller, own.imported.start, number];
    let before = transaction
        .fetch_optional(
            "SELECT identifier, document FROM settlement WHERE client = $1 AND seller = $2 AND kept
                 AND (period_start, number) < ($3, $4) ORDER BY period_start DESC, number DESC LIMIT 1",
            place(),
        )
        .await?;
    let after = transaction
        .fetch_optional(
            "SELECT identifier, document FROM settlement WHERE client = $1 AND seller = $2 AND kept
                 AND (period_start, number) > ($3, $4) ORDER BY period_start, number LIMIT 1",
            place(),
        )
        .await?;
    let neighbour = |row: Option<Row>| {
        row.map(|row| Ok::<_, StoreError>(Neighbour { identifier: row.get(0)?, document: row.get(1)? }))
            .transpose()
    };
    Ok((neighbour(before)?, own, neighbour(after)?))
}

/// A settlement by its number here.
pub async fn by_number(transaction: &mut Transaction, number: i64) -> Result<Option<Settlement>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT s.number, s.client, s.connection, s.provider, s.seller, s.identifier, s.period_start, s.period_end,
                 s.row_count, s.document, s.zone, s.chain, d.file_name, d.sha256, d.byte_count
             FROM settlement s JOIN document d ON d.id = s.document
             WHERE s.number = $1 AND s.kept",
            arguments![number],
        )
        .await?;
    row.as_ref().map(Settlement::read).transpose()
}

/// The settlements of which rows stand in a batch, in the order of their periods.
pub async fn of_batch(transaction: &mut Transaction, batch: &BatchId) -> Result<Vec<Settlement>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT s.number, s.client, s.connection, s.provider, s.seller, s.identifier, s.period_start, s.period_end,
                 s.row_count, s.document, s.zone, s.chain, d.file_name, d.sha256, d.byte_count
             FROM batch_settlement b JOIN settlement s ON s.number = b.settlement JOIN document d ON d.id = s.document
             WHERE b.batch = $1 AND s.kept ORDER BY s.period_start, s.number",
            arguments![batch],
        )
        .await?;
    rows.iter().map(Settlement::read).collect()
}
