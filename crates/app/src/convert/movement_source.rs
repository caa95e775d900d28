//! Where settlements come from: report files, or what was stored of them. The walk does not ask.

use ledger::movement::Movement;
use ledger::sums::DaySum;
use providers::amazon_pay::{Period, SettlementSums};

use super::error::ConvertError;

/// Settlements in the order of their periods, each with its rows.
pub trait MovementSource {
    /// Goes on to the next settlement; none after the last.
    fn advance(&mut self) -> Result<Option<Head>, ConvertError>;

    /// Hands the rows of the settlement to `take`, in their order. The walk leaves this out where the sums of the
    /// settlement are enough.
    fn rows(
        &mut self,
        take: impl FnMut(&Movement<'_>) -> Result<(), ConvertError>,
    ) -> Result<Document, ConvertError>;
}

/// A settlement before its rows.
#[derive(Clone, Debug)]
pub struct Head {
    /// The name of its document.
    pub name: String,
    /// Which settlement, and from when until when; none for a document without rows.
    pub period: Option<Period>,
    /// What is stored of it; none where only its rows can tell.
    pub stored: Option<StoredSums>,
}

/// What is known of a settlement without reading its rows.
#[derive(Clone, Debug)]
pub struct StoredSums {
    /// Its document.
    pub document: Document,
    /// What it does in the chain.
    pub chain: SettlementSums,
    /// Its rows by day, kind, currency, shop and sign.
    pub days: Vec<DaySum>,
}

/// A document as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes as received, in hexadecimal.
    pub sha256: String,
    /// Its settlement; none where it has no rows.
    pub settlement: Option<String>,
    /// How many rows it has.
    pub rows: u64,
    /// How many bytes it has, as received.
    pub bytes: u64,
}
