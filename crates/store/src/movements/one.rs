//! One movement, the rows of its document, and its neighbours of the same order.

use jiff::Timestamp;

use super::{Movement, movement_columns};
use crate::{StoreError, Transaction, arguments};

/// A movement of a client.
pub async fn one(
    transaction: &mut Transaction,
    client: i64,
    settlement: i64,
    line: u64,
) -> Result<Option<Movement>, StoreError> {
    let Ok(line) = i64::try_from(line) else { return Ok(None) };
    let sql = concat!(
        "SELECT ",
        movement_columns!(),
        " FROM movement m CROSS JOIN settlement s
          WHERE m.client = $1 AND m.settlement = $2 AND m.line = $3 AND s.number = m.settlement AND s.kept"
    );
    let row = transaction.fetch_optional(sql, arguments![client, settlement, line]).await?;
    row.as_ref().map(Movement::read).transpose()
}

/// The rows of a settlement in the order of its document, after a line (0: from the first), at most `most`.
pub async fn of_settlement(
    transaction: &mut Transaction,
    client: i64,
    settlement: i64,
    after: u64,
    most: u32,
) -> Result<Vec<Movement>, StoreError> {
    let Ok(after) = i64::try_from(after) else { return Ok(Vec::new()) };
    let sql = concat!(
        "SELECT ",
        movement_columns!(),
        " FROM movement m CROSS JOIN settlement s
          WHERE m.client = $1 AND m.settlement = $2 AND m.line > $3 AND s.number = m.settlement AND s.kept
          ORDER BY m.line LIMIT $4"
    );
    let rows = transaction.fetch_all(sql, arguments![client, settlement, after, most]).await?;
    rows.iter().map(Movement::read).collect()
}

/// The movements of the same order, by the provider's number of it, in the order of their settlements; at most `most`.
pub async fn same_order(
    transaction: &mut Transaction,
    client: i64,
    order_reference: &str,
    most: u32,
) -> Result<Vec<Movement>, StoreError> {
    if order_reference.is_empty() {
        return Ok(Vec::new());
    }
    let sql = concat!(
        "SELECT ",
        movement_columns!(),
        " FROM movement_identifier i CROSS JOIN movement m CROSS JOIN settlement s
          WHERE i.client = $1 AND i.name = 2 AND i.text = $2 AND m.settlement = i.settlement AND m.line = i.line
          AND s.number = m.settlement AND s.kept
          ORDER BY i.settlement, i.line LIMIT $3"
    );
    let rows = transaction.fetch_all(sql, arguments![client, order_reference, most]).await?;
    rows.iter().map(Movement::read).collect()
}

/// The payments of an order, by the provider's number of it, in settlements that ended before an instant; at most `most`.
pub async fn payments_before(
    transaction: &mut Transaction,
    client: i64,
    order_reference: &str,
    before: Timestamp,
    most: u32,
) -> Result<Vec<Movement>, StoreError> {
    let sql = concat!(
        "SELECT ",
        movement_columns!(),
        " FROM movement_identifier i CROSS JOIN movement m CROSS JOIN settlement s
          WHERE i.client = $1 AND i.name = 2 AND i.text = $2 AND m.settlement = i.settlement AND m.line = i.line
          AND m.kind = 'payment' AND s.number = m.settlement AND s.kept AND s.period_end < $3
          ORDER BY i.settlement, i.line LIMIT $4"
    );
    let rows = transaction.fetch_all(sql, arguments![client, order_reference, before, most]).await?;
    rows.iter().map(Movement::read).collect()
}
