use jiff::civil::{Date, date};

use super::Fees;
use crate::report::Currency;

/// What a [`World`](super::World) is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The same seed gives the same reports.
    pub seed: u64,
    /// The day of the first transaction (UTC).
    pub first_day: Date,
    /// For how many months people buy; 1 to 600.
    pub months: u32,
    /// How many rows all reports have together; at most a billion.
    pub rows: u64,
    /// How many settlements there are. `None`: as many as there would be, the first after a fortnight and then
    /// one a day, or fewer where there are not enough rows.
    pub settlements: Option<u64>,
    /// The merchant.
    pub seller_id: String,
    /// The currency of the merchant's balance.
    pub currency: Currency,
    /// What Amazon Pay charges.
    pub fees: Fees,
    /// Whether identifiers are those of the live environment or of the sandbox.
    pub live: bool,
}

impl Default for Settings {
    /// Three months from 1 September 2026, 3,000 rows, a live European merchant.
    fn default() -> Self {
        Self {
            seed: 1,
            first_day: date(2026, 9, 1),
            months: 3,
            rows: 3_000,
            settlements: None,
            seller_id: "A2KONTOREXAMPLE".to_owned(),
            currency: Currency::EUR,
            fees: Fees::EUROPE,
            live: true,
        }
    }
}

impl Settings {
    /// Refuses what is out of bounds whatever the calendar says.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        if !(1..=MONTHS_MAX).contains(&self.months) {
            Err(SettingsError::Months { max: MONTHS_MAX })
        } else if self.rows > ROWS_MAX {
            Err(SettingsError::Rows { max: ROWS_MAX })
        } else {
            Ok(())
        }
    }
}

/// Why there can be no such world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Fewer than one month or more than 600.
    #[error("the number of months lies between 1 and {max}")]
    Months {
        /// The greatest number.
        max: u32,
    },
    /// More than a billion rows.
    #[error("there are at most {max} rows")]
    Rows {
        /// The greatest number.
        max: u64,
    },
    /// More settlements than days allow, or none.
    #[error("between 1 and {max} settlements fit into these months: the first after 14 days, then one a day")]
    Settlements {
        /// The greatest number.
        max: u64,
    },
    /// The months reach beyond the calendar.
    #[error("these months reach beyond the calendar; choose an earlier first day")]
    Calendar,
}

const MONTHS_MAX: u32 = 600;
const ROWS_MAX: u64 = 1_000_000_000;
