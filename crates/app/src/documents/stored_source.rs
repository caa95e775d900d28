//! Settlements that were stored, for the walk that makes entries.

use jiff::Timestamp;
use ledger::kind::MovementKind;
use ledger::money::Currency;
use ledger::movement::Movement;
use providers::amazon_pay::{Parts, Period, SettlementSums};
use store::id::ConnectionId;
use store::movements::{self, MovementRow};
use store::settlements::{self, Settlement};
use store::{Database, StoreError};
use tokio::runtime::Handle;

use crate::convert::ConvertError;
use crate::convert::movement_source::{Document, Head, MovementSource, StoredSums};

/// How many settlements are asked for at once.
const PAGE: u32 = 100;

/// The settlements of a client, or of one connection of it, in the order of their periods, with their sums; rows are read
/// only where they are asked for. It blocks, so it lives on a thread that may, within the runtime
/// (`tokio::task::spawn_blocking`). Who may see them must have been asked before.
#[derive(Debug)]
pub struct StoredSource {
    database: Database,
    client: i64,
    connection: Option<ConnectionId>,
    seller: Option<String>,
    page: std::vec::IntoIter<Settlement>,
    after: Option<(Timestamp, i64)>,
    current: Option<Settlement>,
    ended: bool,
}

impl StoredSource {
    /// All settlements of a client by its number; of one connection or merchant only where one is named.
    pub fn new(
        database: Database,
        client: i64,
        connection: Option<ConnectionId>,
        seller: Option<String>,
    ) -> Self {
        let page = Vec::new().into_iter();
        Self { database, client, connection, seller, page, after: None, current: None, ended: false }
    }

    fn next_settlement(&mut self) -> Result<Option<Settlement>, StoreError> {
        if let Some(settlement) = self.page.next() {
            return Ok(Some(settlement));
        }
        if self.ended {
            return Ok(None);
        }
        let Self { database, client, connection, seller, after, .. } = &*self;
        let page = Handle::current().block_on(async {
            let mut transaction = database.read().await?;
            let (connection, seller) = (connection.as_ref(), seller.as_deref());
            settlements::of_client(&mut transaction, *client, connection, seller, *after, PAGE).await
        })?;
        self.after = page.last().map(|last| (last.imported.start, last.number));
        self.ended = self.after.is_none();
        self.page = page.into_iter();
        Ok(self.page.next())
    }

    fn head(&self, settlement: &Settlement) -> Result<Head, ConvertError> {
        let name = settlement.document_name.clone();
        let chain: SettlementSums =
            serde_json::from_str(&settlement.imported.chain).map_err(|error| stored(&name, error))?;
        let database = &self.database;
        let days = Handle::current()
            .block_on(async {
                let mut transaction = database.read().await?;
                settlements::sums(&mut transaction, settlement.number).await
            })
            .map_err(|error: StoreError| stored(&name, error))?;
        let imported = &settlement.imported;
        let (start, end) = (imported.start, imported.end);
        let period = Period { settlement: imported.identifier.clone(), start, end };
        let document = document(settlement);
        Ok(Head { name, period: Some(period), stored: Some(StoredSums { document, chain, days }) })
    }
}

impl MovementSource for StoredSource {
    fn advance(&mut self) -> Result<Option<Head>, ConvertError> {
        self.current = self.next_settlement().map_err(|error| stored("", error))?;
        self.current.as_ref().map(|settlement| self.head(settlement)).transpose()
    }

    fn rows(
        &mut self,
        mut take: impl FnMut(&Movement<'_>) -> Result<(), ConvertError>,
    ) -> Result<Document, ConvertError> {
        let Some(settlement) = &self.current else { return Err(ConvertError::NoSettlement) };
        let name = &settlement.document_name;
        let failed = |error| Failed::Stored(stored(name, error));
        let read = movements::for_each(&self.database, settlement.number, |row| {
            let parts = parts(row, &settlement.imported.identifier).map_err(failed)?;
            take(&parts.movement()).map_err(Failed::Taken)
        });
        match read {
            Ok(()) => Ok(document(settlement)),
            Err(Failed::Taken(error) | Failed::Stored(error)) => Err(error),
        }
    }
}

/// Why the rows ended early.
enum Failed {
    /// Who takes them said no.
    Taken(ConvertError),
    /// They cannot be read.
    Stored(ConvertError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Stored(stored("", error))
    }
}

fn stored(name: &str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ConvertError {
    ConvertError::Stored { name: name.to_owned(), source: source.into() }
}

fn document(settlement: &Settlement) -> Document {
    Document {
        name: settlement.document_name.clone(),
        sha256: settlement.sha256.clone(),
        settlement: Some(settlement.imported.identifier.clone()),
        rows: settlement.imported.rows,
        bytes: settlement.bytes,
    }
}

/// A stored row in the words of the provider's room.
pub(crate) fn parts<'a>(row: &MovementRow<'a>, settlement: &'a str) -> Result<Parts<'a>, StoreError> {
    let unreadable = |expected, found: String| StoreError::Content { expected, found };
    Ok(Parts {
        line: u64::try_from(row.line).map_err(|_| unreadable("a line", row.line.to_string()))?,
        settlement,
        kind: MovementKind::parse(row.kind)
            .ok_or_else(|| unreadable("a kind of movement", row.kind.to_owned()))?,
        kind_text: row.kind_text,
        instant: Timestamp::from_microsecond(row.posted_at)
            .map_err(|_| unreadable("an instant", row.posted_at.to_string()))?,
        currency: Currency::parse(row.currency)
            .ok_or_else(|| unreadable("a currency", row.currency.to_owned()))?,
        gross: row.gross,
        percentage_fee: row.fee_variable,
        fixed_fee: row.fee_fixed,
        seller_order: row.seller_order,
        order_reference: row.order_reference,
        transaction: row.provider_transaction,
        seller_reference: row.seller_reference,
        store: row.store,
    })
}
