//! The proof of a statement: opening balance and entries make the closing balance, all in one currency.

use crate::error::{Place, Problem, ReadError};
use crate::statement::Statement;

/// Refuses a statement that does not prove itself.
pub(crate) fn check(statement: &Statement, tags: &Tags) -> Result<(), ReadError> {
    let currency = statement.currency;
    let at = |line, tag: &str, problem| Err(ReadError::at(Place { line, column: None }, tag, problem));
    for balance in [&statement.opening, &statement.closing] {
        let found = balance.amount.currency();
        if found != currency {
            return at(balance.line, tags.balance, Problem::Currency { found, account: currency });
        }
    }
    let mut sum = statement.opening.amount;
    for entry in &statement.entries {
        let found = entry.amount.currency();
        if found != currency {
            return at(entry.line, tags.entry, Problem::Currency { found, account: currency });
        }
        match sum.checked_add(entry.amount) {
            Some(more) => sum = more,
            None => return at(entry.line, tags.entry, Problem::SumTooLarge),
        }
    }
    if sum == statement.closing.amount {
        return Ok(());
    }
    let problem = Problem::Balance {
        opening: statement.opening.amount,
        entries: statement.entries.len(),
        computed: sum,
        closing: statement.closing.amount,
    };
    at(statement.closing.line, tags.balance, problem)
}

/// How a format calls what is checked.
#[derive(Debug)]
pub(crate) struct Tags {
    pub(crate) balance: &'static str,
    pub(crate) entry: &'static str,
}
