//! A transaction on either database. Dropped without a commit, nothing of it happened.

use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::sqlite::SqliteArguments;
use sqlx::{Postgres, Sqlite};

use crate::{Argument, Row, StoreError};

/// A transaction: statements with their arguments, in the order in which they are awaited.
#[derive(Debug)]
pub struct Transaction {
    inner: Inner,
}

#[derive(Debug)]
enum Inner {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

type Query<'q, D, A> = sqlx::query::Query<'q, D, A>;

fn sqlite(sql: &'static str, arguments: Vec<Argument>) -> Query<'static, Sqlite, SqliteArguments> {
    arguments.into_iter().fold(sqlx::query(sql), |query, argument| match argument {
        Argument::Text(value) => query.bind(value),
        Argument::Integer(value) => query.bind(value),
        Argument::Boolean(value) => query.bind(value),
        Argument::Bytes(value) => query.bind(value),
    })
}

fn postgres(sql: &'static str, arguments: Vec<Argument>) -> Query<'static, Postgres, PgArguments> {
    arguments.into_iter().fold(sqlx::query(sql), |query, argument| match argument {
        Argument::Text(value) => query.bind(value),
        Argument::Integer(value) => query.bind(value),
        Argument::Boolean(value) => query.bind(value),
        Argument::Bytes(value) => query.bind(value),
    })
}

impl Transaction {
    pub(crate) fn of_sqlite(inner: sqlx::Transaction<'static, Sqlite>) -> Self {
        Self { inner: Inner::Sqlite(inner) }
    }

    pub(crate) fn of_postgres(inner: sqlx::Transaction<'static, Postgres>) -> Self {
        Self { inner: Inner::Postgres(inner) }
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn execute(&mut self, sql: &'static str, arguments: Vec<Argument>) -> Result<u64, StoreError> {
        Ok(match &mut self.inner {
            Inner::Sqlite(inner) => sqlite(sql, arguments).execute(&mut **inner).await?.rows_affected(),
            Inner::Postgres(inner) => postgres(sql, arguments).execute(&mut **inner).await?.rows_affected(),
        })
    }

    /// All rows of a statement; for lists that are bounded by their LIMIT.
    pub async fn fetch_all(
        &mut self,
        sql: &'static str,
        arguments: Vec<Argument>,
    ) -> Result<Vec<Row>, StoreError> {
        Ok(match &mut self.inner {
            Inner::Sqlite(inner) => {
                let rows = sqlite(sql, arguments).fetch_all(&mut **inner).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Inner::Postgres(inner) => {
                let rows = postgres(sql, arguments).fetch_all(&mut **inner).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The only row of a statement, or none.
    pub async fn fetch_optional(
        &mut self,
        sql: &'static str,
        arguments: Vec<Argument>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(match &mut self.inner {
            Inner::Sqlite(inner) => {
                sqlite(sql, arguments).fetch_optional(&mut **inner).await?.map(Row::Sqlite)
            }
            Inner::Postgres(inner) => {
                postgres(sql, arguments).fetch_optional(&mut **inner).await?.map(Row::Postgres)
            }
        })
    }

    /// The row that a statement always gives, a count or a sum.
    pub async fn fetch_one(
        &mut self,
        sql: &'static str,
        arguments: Vec<Argument>,
    ) -> Result<Row, StoreError> {
        self.fetch_optional(sql, arguments).await?.ok_or(StoreError::Statement(sqlx::Error::RowNotFound))
    }

    /// The connection to PostgreSQL, for its bulk paths.
    pub(crate) fn postgres(&mut self) -> Option<&mut PgConnection> {
        match &mut self.inner {
            Inner::Sqlite(_) => None,
            Inner::Postgres(inner) => Some(inner),
        }
    }

    /// Keeps what was done.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.inner {
            Inner::Sqlite(inner) => inner.commit().await?,
            Inner::Postgres(inner) => inner.commit().await?,
        }
        Ok(())
    }
}
