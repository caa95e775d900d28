//! Readers: any file of the DATEV-Format row by row, and our own booking batches back into postings.

mod details;
mod encoding;
mod parse;
mod posting;
mod records;
mod row;
mod source;

pub use encoding::Encoding;
pub(crate) use parse::{day_month, day_month_year, units};
pub use posting::{PostingReader, ReadError};
pub use records::Reader;
pub(crate) use row::Flaw;
pub use row::{Field, LineEnd, Row};
