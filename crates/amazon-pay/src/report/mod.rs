//! Streaming readers for the report files of Amazon Pay.
//!
//! A report is comma-separated UTF-8 text, with or without a byte order mark, with LF or CR LF, plain or
//! gzip (recognised by its bytes, never by a name). It is read row by row into one row that is used again and
//! again, so a report of a million rows needs no more memory than one of ten.
//!
//! ```
//! use amazon_pay::report::{SettlementReport, SettlementRow, TransactionType};
//!
//! let file: &[u8] = include_bytes!("../../data/settlement-us-2015.csv");
//! let mut report = SettlementReport::open(file)?;
//! assert_eq!(report.preamble().seller_id, "ABCDEFGHIJKLM");
//!
//! let mut row = SettlementRow::default();
//! while report.read(&mut row)? {
//!     if row.transaction_type() == TransactionType::Capture {
//!         assert_eq!((row.line(), row.amount(), row.total_fee(), row.net()), (8, 1000, -59, 941));
//!     }
//! }
//! # Ok::<(), amazon_pay::report::ReportError>(())
//! ```
//!
//! The shape of the settlement report: Amazon Pay developer documentation, "Settlement reports"; what the
//! documentation leaves open was taken from real files (`data/README.md`). A report that breaks the shape is
//! refused with a [`ReportError`] that names the line, the column, the text found and what to do; nothing is
//! guessed and nothing is left out.

mod amount;
mod currency;
mod error;
mod identity;
mod kind;
mod limits;
mod peek;
mod plain;
mod preamble;
mod record;
mod records;
mod refund;
mod refund_row;
mod settlement;
mod settlement_row;
mod table;
mod timestamp;
mod transaction_type;

pub use amount::AmountText;
#[cfg(feature = "client")]
pub(crate) use amount::parse as parse_amount;
pub use currency::{Currency, NotACurrency};
pub use error::{FieldProblem, ReportError};
pub use identity::{Identity, IdentityName};
pub use kind::{ReportKind, sniff};
pub use limits::Limits;
pub use peek::{Peek, peek};
pub use preamble::Preamble;
pub use refund::{RefundReport, newest_states};
pub use refund_row::{RefundRow, RefundStatus, RefundType};
pub use settlement::{Identities, Options, SettlementReport};
pub use settlement_row::{SETTLEMENT_COLUMNS, SettlementRow};
pub use transaction_type::TransactionType;
