//! A piece of work in one transaction, done again where the database undid it only because others came in between.

use std::time::Duration;

use crate::{StoreError, Transaction};

/// How often a piece of work is done at most.
const TRIES_MAX: u32 = 20;

/// Does work in one transaction: `transact!(database, transaction => save(transaction, &thing).await)`.
///
/// The work is an expression that awaits and gives a `Result`; `?` inside it ends the work, not the function around it.
/// Where it gives `Ok` the transaction is committed, else nothing of it happened. Where the database undid it because
/// others came in between, it is done again from the beginning, so it must have no effect outside the transaction.
#[macro_export]
macro_rules! transact {
    ($database:expr, $transaction:ident => $work:expr) => {{
        let mut tries = $crate::Tries::default();
        loop {
            let outcome = match $database.begin().await {
                Ok(mut transaction) => {
                    let outcome = {
                        let $transaction = &mut transaction;
                        async { $work }.await
                    };
                    $crate::settle(transaction, outcome).await
                }
                Err(error) => Err(::std::convert::From::from(error)),
            };
            if !tries.again(&outcome).await {
                break outcome;
            }
        }
    }};
}

/// An error in which the database's own can be found, so that [`transact!`] knows what may be done again.
pub trait FromStore: From<StoreError> {
    /// The database's error, where it is one.
    fn store_error(&self) -> Option<&StoreError>;
}

impl FromStore for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}

/// Commits a transaction whose work went well.
#[doc(hidden)]
pub async fn settle<T, E: FromStore>(transaction: Transaction, outcome: Result<T, E>) -> Result<T, E> {
    let value = outcome?;
    transaction.commit().await?;
    Ok(value)
}

/// How often a piece of work was done.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Tries {
    number: u32,
}

impl Tries {
    /// Is the work to be done again? Waits a little longer each time.
    pub async fn again<T, E: FromStore>(&mut self, outcome: &Result<T, E>) -> bool {
        let passes = outcome.as_ref().err().and_then(FromStore::store_error).is_some_and(StoreError::passes);
        self.number += 1;
        if !passes || self.number >= TRIES_MAX {
            return false;
        }
        // The first pause is short, because most meetings are over at once.
        tokio::time::sleep(Duration::from_millis(2).saturating_mul(1 << self.number.min(7))).await;
        true
    }
}
