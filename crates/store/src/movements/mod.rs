//! The rows of settlements: written in bulk, read as a stream, listed and looked up.

mod list;
mod load;
mod one;
mod position;
mod stream;

use jiff::Timestamp;

use crate::id::{ConnectionId, DocumentId};
use crate::{Row, StoreError};

pub use list::{Filter, Page, Walk, page};
pub use load::{Loader, Rows};
pub use one::{of_settlement, one, payments_before, same_order};
pub use position::Position;
pub use stream::for_each;

/// One row, as it is written and read in bulk. Texts are borrowed, so that a million rows copy none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MovementRow<'a> {
    /// The line of the document, counted from 1.
    pub line: i64,
    /// When it was posted, in microseconds UTC.
    pub posted_at: i64,
    /// What it is, by its name in the ledger.
    pub kind: &'a str,
    /// The document's word, where nobody knows the kind; empty elsewhere.
    pub kind_text: &'a str,
    /// The currency of all amounts.
    pub currency: &'a str,
    /// The gross amount in minor units.
    pub gross: i64,
    /// The part of the fee that grows with the amount.
    pub fee_variable: i64,
    /// The part that does not.
    pub fee_fixed: i64,
    /// The merchant's number of the order.
    pub seller_order: &'a str,
    /// The provider's number of the order.
    pub order_reference: &'a str,
    /// The provider's number of the transaction.
    pub provider_transaction: &'a str,
    /// The merchant's number of the transaction.
    pub seller_reference: &'a str,
    /// The shop.
    pub store: &'a str,
}

/// The four numbers by which a row can be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identifier {
    /// The merchant's number of the order (SellerOrderId).
    SellerOrder,
    /// The provider's number of the order (AmazonOrderReferenceId).
    OrderReference,
    /// The provider's number of the transaction (AmazonTransactionId).
    Transaction,
    /// The merchant's number of the transaction (SellerReferenceId).
    SellerReference,
}

impl Identifier {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::SellerOrder, Self::OrderReference, Self::Transaction, Self::SellerReference];

    /// The number in the database.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::SellerOrder => 1,
            Self::OrderReference => 2,
            Self::Transaction => 3,
            Self::SellerReference => 4,
        }
    }

    /// The word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::SellerOrder => "seller-order",
            Self::OrderReference => "order-reference",
            Self::Transaction => "transaction",
            Self::SellerReference => "seller-reference",
        }
    }

    /// The identifier of a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|identifier| identifier.name() == name)
    }

    /// Its text in a row; empty where the row has none.
    pub(crate) fn of<'a>(self, row: &MovementRow<'a>) -> &'a str {
        match self {
            Self::SellerOrder => row.seller_order,
            Self::OrderReference => row.order_reference,
            Self::Transaction => row.provider_transaction,
            Self::SellerReference => row.seller_reference,
        }
    }
}

/// A row as lists and pages show it, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The number of its settlement here.
    pub settlement: i64,
    /// The line of its document, counted from 1.
    pub line: u64,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// What it is, by its name in the ledger.
    pub kind: String,
    /// The document's word, where nobody knows the kind; empty elsewhere.
    pub kind_text: String,
    /// The currency of all amounts.
    pub currency: String,
    /// The gross amount in minor units.
    pub gross: i64,
    /// The part of the fee that grows with the amount.
    pub fee_variable: i64,
    /// The part that does not.
    pub fee_fixed: i64,
    /// The merchant's number of the order.
    pub seller_order: String,
    /// The provider's number of the order.
    pub order_reference: String,
    /// The provider's number of the transaction.
    pub provider_transaction: String,
    /// The merchant's number of the transaction.
    pub seller_reference: String,
    /// The shop.
    pub store: String,
    /// The provider.
    pub provider: String,
    /// The provider's number of the settlement.
    pub settlement_identifier: String,
    /// The connection, where there is one.
    pub connection: Option<ConnectionId>,
    /// The document in which it stands.
    pub document: DocumentId,
}

impl Movement {
    pub(crate) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            settlement: row.get(0)?,
            line: row.get(1)?,
            posted_at: row.get(2)?,
            kind: row.get(3)?,
            kind_text: row.get(4)?,
            currency: row.get(5)?,
            gross: row.get(6)?,
            fee_variable: row.get(7)?,
            fee_fixed: row.get(8)?,
            seller_order: row.get(9)?,
            order_reference: row.get(10)?,
            provider_transaction: row.get(11)?,
            seller_reference: row.get(12)?,
            store: row.get(13)?,
            provider: row.get(14)?,
            settlement_identifier: row.get(15)?,
            connection: row.get(16)?,
            document: row.get(17)?,
        })
    }

    /// The same row as it is read in bulk.
    pub fn row(&self) -> MovementRow<'_> {
        MovementRow {
            line: i64::try_from(self.line).unwrap_or(i64::MAX),
            posted_at: self.posted_at.as_microsecond(),
            kind: &self.kind,
            kind_text: &self.kind_text,
            currency: &self.currency,
            gross: self.gross,
            fee_variable: self.fee_variable,
            fee_fixed: self.fee_fixed,
            seller_order: &self.seller_order,
            order_reference: &self.order_reference,
            provider_transaction: &self.provider_transaction,
            seller_reference: &self.seller_reference,
            store: &self.store,
        }
    }
}

/// The columns of a movement, in the order in which [`Movement::read`] takes them.
macro_rules! movement_columns {
    () => {
        "m.settlement, m.line, m.posted_at, m.kind, m.kind_text, m.currency, m.gross, m.fee_variable, m.fee_fixed, \
         m.seller_order, m.order_reference, m.provider_transaction, m.seller_reference, m.store, s.provider, s.identifier, \
         s.connection, s.document"
    };
}
pub(crate) use movement_columns;
