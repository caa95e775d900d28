//! Values out of a row.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, ValueRef};

use crate::StoreError;

/// A row of either database.
#[derive(Debug)]
pub enum Row {
    /// Of SQLite.
    Sqlite(SqliteRow),
    /// Of PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The column at a place, counted from 0.
    pub fn get<T: Column>(&self, index: usize) -> Result<T, StoreError> {
        T::read(self, index)
    }

    fn is_null(&self, index: usize) -> Result<bool, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get_raw(index)?.is_null(),
            Self::Postgres(row) => row.try_get_raw(index)?.is_null(),
        })
    }
}

/// What can be read from a column.
pub trait Column: Sized {
    /// Reads it from the column at a place.
    fn read(row: &Row, index: usize) -> Result<Self, StoreError>;
}

macro_rules! plain_columns {
    ($($type:ty),*) => {$(
        impl Column for $type {
            fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
                Ok(match row {
                    Row::Sqlite(row) => row.try_get(index)?,
                    Row::Postgres(row) => row.try_get(index)?,
                })
            }
        }
    )*};
}

plain_columns!(String, i64, bool, Vec<u8>);

impl<T: Column> Column for Option<T> {
    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        if row.is_null(index)? { Ok(None) } else { T::read(row, index).map(Some) }
    }
}

impl Column for u64 {
    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        narrow(row, index, "a number that is not negative")
    }
}

impl Column for u32 {
    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        narrow(row, index, "a number of 32 bits")
    }
}

fn narrow<T: TryFrom<i64>>(row: &Row, index: usize, expected: &'static str) -> Result<T, StoreError> {
    let number = i64::read(row, index)?;
    T::try_from(number).map_err(|_| StoreError::Content { expected, found: number.to_string() })
}

impl Column for Timestamp {
    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        let microseconds = i64::read(row, index)?;
        Self::from_microsecond(microseconds).map_err(|_| StoreError::Content {
            expected: "microseconds since 1970",
            found: microseconds.to_string(),
        })
    }
}

impl Column for Date {
    fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        let text = String::read(row, index)?;
        text.parse().map_err(|_| StoreError::Content { expected: "a date", found: text })
    }
}
