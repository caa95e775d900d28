//! Whose books a file is for, and what all its files have in common.

use jiff::civil::DateTime;
use thiserror::Error;

use crate::{AccountLength, Chart, Currency, FormatVersion};

/// The client of an adviser with the settings that every file of an export repeats. Texts are checked when a header is
/// made of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Beraternummer, header field 11.
    pub adviser: AdviserNumber,
    /// Mandantennummer, header field 12.
    pub client: ClientNumber,
    /// Sachkontenlänge, header field 14; must equal the setting of the client at DATEV.
    pub account_length: AccountLength,
    /// The chart of accounts, header field 27. Without one no rule of the charts is asked.
    pub chart: Option<Chart>,
    /// Festschreibung, header field 21 and column 114: a locked batch can only be corrected by general reversals.
    pub locked: bool,
    /// The currency of the batch, header field 22.
    pub currency: Currency,
    /// When the export was made, in local time, header field 6. Milliseconds are written, finer parts are not.
    pub created: DateTime,
    /// Herkunft, header field 8: at most two letters or digits.
    pub origin: String,
    /// Exportiert von, header field 9: at most 25 letters, digits or `_`.
    pub exported_by: String,
    /// Bezeichnung of a booking batch, header field 17: at most 30 letters, digits, blanks and `_ . - /` once
    /// `{month}` (two digits) and `{year}` are filled in.
    pub label: String,
    /// Anwendungsinformation, header field 31: at most 16 characters of one's own; the same two places are filled in.
    pub application: String,
    /// The version in which booking batches are written.
    pub format_version: FormatVersion,
}

impl Client {
    /// A client with calm defaults: no chart, not locked, euro, newest version, no texts.
    pub fn new(
        adviser: AdviserNumber,
        client: ClientNumber,
        account_length: AccountLength,
        created: DateTime,
    ) -> Self {
        Self {
            adviser,
            client,
            account_length,
            chart: None,
            locked: false,
            currency: Currency::EUR,
            created,
            origin: String::new(),
            exported_by: String::new(),
            label: String::new(),
            application: String::new(),
            format_version: FormatVersion::default(),
        }
    }
}

/// Beraternummer, 1001 to 9,999,999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdviserNumber(u32);

/// Mandantennummer, 1 to 99,999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientNumber(u32);

impl AdviserNumber {
    /// Takes a number.
    ///
    /// # Errors
    /// Refuses all but 1001 to 9,999,999.
    pub const fn new(number: u32) -> Result<Self, ClientError> {
        if number >= 1001 && number <= 9_999_999 {
            Ok(Self(number))
        } else {
            Err(ClientError::Adviser { number })
        }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl ClientNumber {
    /// Takes a number.
    ///
    /// # Errors
    /// Refuses all but 1 to 99,999.
    pub const fn new(number: u32) -> Result<Self, ClientError> {
        if number >= 1 && number <= 99_999 { Ok(Self(number)) } else { Err(ClientError::Client { number }) }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A number outside its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ClientError {
    /// The Beraternummer.
    #[error("adviser number {number}: expected 1001 to 9999999")]
    Adviser {
        /// The number found.
        number: u32,
    },
    /// The Mandantennummer.
    #[error("client number {number}: expected 1 to 99999")]
    Client {
        /// The number found.
        number: u32,
    },
}
