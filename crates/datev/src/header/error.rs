//! What is wrong with a header.

use jiff::civil::Date;
use thiserror::Error;

use crate::{Column, Rule};

/// Why a header is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HeaderError {
    /// A field does not hold what it must.
    #[error("header field {position} ({name}) is {found:?}: expected {expected}")]
    Field {
        /// The field, 1 to 31.
        position: u16,
        /// Its name.
        name: &'static str,
        /// What it holds.
        found: String,
        /// What it should hold.
        expected: String,
    },
    /// The period ends before it begins.
    #[error("the period {from} to {to} (header fields 15 and 16) ends before it begins")]
    Order {
        /// Field 15.
        from: Date,
        /// Field 16.
        to: Date,
    },
    /// The period lies in two calendar years (#REW04404).
    #[error(
        "the period {from} to {to} (header fields 15 and 16) lies in two calendar years; write one file for each"
    )]
    TwoCalendarYears {
        /// Field 15.
        from: Date,
        /// Field 16.
        to: Date,
    },
    /// The period leaves the fiscal year.
    #[error(
        "the period {from} to {to} (header fields 15 and 16) is not inside the fiscal year {begin} to {end}"
    )]
    OutsideFiscalYear {
        /// Field 15.
        from: Date,
        /// Field 16.
        to: Date,
        /// Field 13.
        begin: Date,
        /// The last day of the fiscal year.
        end: Date,
    },
    /// The header is of another category than the writer.
    #[error("this is a header of category {found}, the writer writes category {expected}")]
    Category {
        /// Field 3.
        found: u8,
        /// The category of the writer.
        expected: u8,
    },
    /// The format version cannot be written.
    #[error("a booking batch of format version {found} cannot be written; choose 13, 12 or 9")]
    Version {
        /// Field 5.
        found: u8,
    },
}

impl HeaderError {
    pub(crate) fn field(column: &Column, found: &str) -> Self {
        Self::Field {
            position: column.position,
            name: column.name,
            found: found.to_owned(),
            expected: expected(column),
        }
    }
}

/// What a field of the header should hold, in words.
fn expected(column: &Column) -> String {
    let max = column.max_length;
    match column.rule {
        Rule::Nothing => "nothing".to_owned(),
        Rule::Word => format!("at most {max} letters, digits or _"),
        Rule::Label => format!("at most {max} letters, digits, blanks and _ . - /"),
        Rule::Capitals(count) => format!("{count} capital letters"),
        Rule::OneOf(values) => format!("one of {}", values.join(", ")),
        Rule::Digits { least, most } if least == most => format!("{least} digits"),
        Rule::Digits { least, most } => format!("{least} to {most} digits"),
        Rule::YearMonthDay => "a date YYYYMMDD of the years 2000 to 2099".to_owned(),
        Rule::Instant => "an instant YYYYMMDDHHMMSSFFF of the years 2000 to 2099".to_owned(),
        _ => format!("a text of at most {max} characters without control characters"),
    }
}
