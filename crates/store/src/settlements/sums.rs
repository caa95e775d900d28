//! The sums of settlements by day, kind, currency, shop and signs.

use jiff::civil::Date;
use ledger::calendar::Month;
use ledger::kind::{FeeKind, MovementKind};
use ledger::money::Currency;
use ledger::sums::{DaySum, Signs};

use crate::id::ConnectionId;
use crate::{Row, StoreError, Transaction, arguments};

/// Adds the sums of a settlement.
pub async fn add_sums(
    transaction: &mut Transaction,
    client: i64,
    settlement: i64,
    sums: &[DaySum],
) -> Result<(), StoreError> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    for (place, sum) in (0_i64..).zip(sums) {
        transaction
            .execute(
                "INSERT INTO settlement_sum (settlement, place, client, day, kind, kind_text, currency, store, signs,
                     variable_kind, fixed_kind, row_count, first_line, gross, fee_variable, fee_fixed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                arguments![
                    settlement,
                    place,
                    client,
                    sum.day,
                    sum.kind.name(),
                    &sum.kind_text,
                    sum.currency.code(),
                    &sum.store,
                    sum.signs.to_string(),
                    sum.variable_kind.name(),
                    sum.fixed_kind.name(),
                    count(sum.rows),
                    count(sum.first_line),
                    sum.gross,
                    sum.variable,
                    sum.fixed
                ],
            )
            .await?;
    }
    Ok(())
}

/// Puts other sums in the place of those of a settlement: the client's zone has changed.
pub async fn replace_sums(
    transaction: &mut Transaction,
    client: i64,
    settlement: i64,
    (zone, chain): (&str, &str),
    sums: &[DaySum],
) -> Result<(), StoreError> {
    let sql = "DELETE FROM settlement_sum WHERE settlement = $1";
    transaction.execute(sql, arguments![settlement]).await?;
    let sql = "UPDATE settlement SET zone = $2, chain = $3 WHERE number = $1";
    transaction.execute(sql, arguments![settlement, zone, chain]).await?;
    add_sums(transaction, client, settlement, sums).await
}

/// The sums of a settlement.
pub async fn sums(transaction: &mut Transaction, settlement: i64) -> Result<Vec<DaySum>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT day, kind, kind_text, currency, store, signs, variable_kind, fixed_kind, row_count, first_line, gross,
                 fee_variable, fee_fixed
             FROM settlement_sum WHERE settlement = $1 ORDER BY place",
            arguments![settlement],
        )
        .await?;
    rows.iter().map(|row| read(row, 0)).collect()
}

/// The sums of all kept settlements of a client on the days from one to another, both included, each with the number of
/// its settlement.
pub async fn sums_between(
    transaction: &mut Transaction,
    client: i64,
    first: Date,
    last: Date,
) -> Result<Vec<(i64, DaySum)>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT settlement, day, kind, kind_text, currency, store, signs, variable_kind, fixed_kind, row_count,
                 first_line, gross, fee_variable, fee_fixed
             FROM settlement_sum WHERE client = $1 AND day >= $2 AND day <= $3
                 AND settlement IN (SELECT number FROM settlement WHERE client = $1 AND kept)
             ORDER BY settlement, place",
            arguments![client, first, last],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, read(row, 1)?))).collect()
}

fn read(row: &Row, from: usize) -> Result<DaySum, StoreError> {
    Ok(DaySum {
        day: row.get(from)?,
        kind: named(row, from + 1, "a kind of movement", MovementKind::parse)?,
        kind_text: row.get(from + 2)?,
        currency: named(row, from + 3, "a currency", Currency::parse)?,
        store: row.get(from + 4)?,
        signs: named(row, from + 5, "signs", Signs::parse)?,
        variable_kind: named(row, from + 6, "a kind of fee", FeeKind::parse)?,
        fixed_kind: named(row, from + 7, "a kind of fee", FeeKind::parse)?,
        rows: row.get(from + 8)?,
        first_line: row.get(from + 9)?,
        gross: row.get(from + 10)?,
        variable: row.get(from + 11)?,
        fixed: row.get(from + 12)?,
    })
}

fn named<T>(
    row: &Row,
    index: usize,
    expected: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let found: String = row.get(index)?;
    parse(&found).ok_or(StoreError::Content { expected, found })
}

/// The rows of one month, kind and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSum {
    /// The month in the client's zone.
    pub month: Month,
    /// What they are.
    pub kind: MovementKind,
    /// The currency of the sums.
    pub currency: Currency,
    /// How many rows.
    pub rows: u64,
    /// Sum of the gross amounts, in minor units.
    pub gross: i64,
    /// Sum of both parts of the fees, in minor units.
    pub fees: i64,
}

/// The sums of a client by month, kind and currency, of the days from one to another, both included; of one connection
/// or shop only where one is named.
pub async fn month_sums(
    transaction: &mut Transaction,
    client: i64,
    (first, last): (Date, Date),
    connection: Option<&ConnectionId>,
    store: Option<&str>,
) -> Result<Vec<MonthSum>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT SUBSTR(day, 1, 7), kind, currency, CAST(SUM(row_count) AS BIGINT), CAST(SUM(gross) AS BIGINT),
                 CAST(SUM(fee_variable + fee_fixed) AS BIGINT)
             FROM settlement_sum
             WHERE client = $1 AND day >= $2 AND day <= $3 AND ($5 IS NULL OR store = $5)
                 AND ($4 IS NULL OR settlement IN (SELECT number FROM settlement WHERE client = $1 AND connection = $4))
             GROUP BY SUBSTR(day, 1, 7), kind, currency ORDER BY 1, 2, 3",
            arguments![client, first, last, connection, store],
        )
        .await?;
    let sum = |row: &Row| {
        Ok(MonthSum {
            month: named(row, 0, "a month", Month::parse)?,
            kind: named(row, 1, "a kind of movement", MovementKind::parse)?,
            currency: named(row, 2, "a currency", Currency::parse)?,
            rows: row.get(3)?,
            gross: row.get(4)?,
            fees: row.get(5)?,
        })
    };
    rows.iter().map(sum).collect()
}

/// The months of a client on whose days anything lies, the oldest first: the index is asked once for each of them.
pub async fn months(transaction: &mut Transaction, client: i64) -> Result<Vec<Month>, StoreError> {
    let rows = transaction
        .fetch_all(
            "WITH RECURSIVE held (day) AS (
                 SELECT MIN(day) FROM settlement_sum WHERE client = $1
                 UNION ALL
                 SELECT (SELECT MIN(later.day) FROM settlement_sum later
                         WHERE later.client = $1 AND later.day > SUBSTR(held.day, 1, 7) || '-31')
                 FROM held WHERE held.day IS NOT NULL
             )
             SELECT SUBSTR(day, 1, 7) FROM held WHERE day IS NOT NULL ORDER BY day",
            arguments![client],
        )
        .await?;
    rows.iter().map(|row| named(row, 0, "a month", Month::parse)).collect()
}

/// The last day on which anything of a client lies.
pub async fn last_day(transaction: &mut Transaction, client: i64) -> Result<Option<Date>, StoreError> {
    let sql = "SELECT MAX(day) FROM settlement_sum WHERE client = $1";
    transaction.fetch_one(sql, arguments![client]).await?.get(0)
}

/// What the rows of a kind come to in a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionSum {
    /// The connection; none where the reports came without one.
    pub connection: Option<ConnectionId>,
    /// The currency of the sum.
    pub currency: Currency,
    /// Sum of the gross amounts, in minor units.
    pub gross: i64,
}

/// The sums of a kind by connection and currency, of the days from one to another, both included.
pub async fn sums_by_connection(
    transaction: &mut Transaction,
    client: i64,
    (first, last): (Date, Date),
    kind: MovementKind,
) -> Result<Vec<ConnectionSum>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT s.connection, d.currency, CAST(SUM(d.gross) AS BIGINT)
             FROM settlement_sum d JOIN settlement s ON s.number = d.settlement
             WHERE d.client = $1 AND d.day >= $2 AND d.day <= $3 AND d.kind = $4
             GROUP BY s.connection, d.currency ORDER BY 1, 2",
            arguments![client, first, last, kind.name()],
        )
        .await?;
    let sum = |row: &Row| {
        Ok(ConnectionSum {
            connection: row.get(0)?,
            currency: named(row, 1, "a currency", Currency::parse)?,
            gross: row.get(2)?,
        })
    };
    rows.iter().map(sum).collect()
}
