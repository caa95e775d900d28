//! Payouts as a provider lists them, with the words of the bank statement; the proofs hold them against the settlements.

use jiff::Timestamp;

use crate::id::{ClientId, ConnectionId};
use crate::{Row, StoreError, Transaction, arguments};

/// A payout of a settlement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// The merchant, as the list names him, else as the connection does.
    pub seller_id: String,
    /// The settlement that it pays.
    pub settlement: String,
    /// The currency, in three letters (ISO 4217).
    pub currency: String,
    /// When it was paid; none where the provider names no time.
    pub paid_at: Option<Timestamp>,
    /// How much, in minor units.
    pub amount: i64,
    /// What the line on the bank statement says.
    pub reference: Option<String>,
}

impl Payout {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let paid_at: Timestamp = row.get(3)?;
        Ok(Self {
            seller_id: row.get(0)?,
            settlement: row.get(1)?,
            currency: row.get(2)?,
            paid_at: (paid_at != Timestamp::UNIX_EPOCH).then_some(paid_at),
            amount: row.get(4)?,
            reference: row.get(5)?,
        })
    }
}

/// Keeps a payout; true where it is new. One that is here already gets what the list says now.
pub async fn keep(
    transaction: &mut Transaction,
    client: &ClientId,
    connection: &ConnectionId,
    payout: &Payout,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let paid_at = payout.paid_at.unwrap_or(Timestamp::UNIX_EPOCH);
    let new = transaction
        .execute(
            "INSERT INTO payout (connection, client, seller_id, settlement, currency, paid_at, amount, reference, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (connection, settlement, currency, paid_at) DO NOTHING",
            arguments![
                connection,
                client,
                &payout.seller_id,
                &payout.settlement,
                &payout.currency,
                paid_at,
                payout.amount,
                payout.reference.clone(),
                at
            ],
        )
        .await?;
    if new == 0 {
        transaction
            .execute(
                "UPDATE payout SET amount = $5, reference = $6, seen_at = $7
                 WHERE connection = $1 AND settlement = $2 AND currency = $3 AND paid_at = $4
                    AND (amount <> $5 OR COALESCE(reference, '') <> COALESCE($6, ''))",
                arguments![
                    connection,
                    &payout.settlement,
                    &payout.currency,
                    paid_at,
                    payout.amount,
                    payout.reference.clone(),
                    at
                ],
            )
            .await?;
    }
    Ok(new > 0)
}

/// The payouts of a client from an instant on until before another, in the order of their time; at most 10,000.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
    since: Timestamp,
    until: Timestamp,
) -> Result<Vec<Payout>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT seller_id, settlement, currency, paid_at, amount, reference FROM payout
             WHERE client = $1 AND paid_at >= $2 AND paid_at < $3 ORDER BY paid_at, settlement, currency LIMIT 10000",
            arguments![client, since, until],
        )
        .await?;
    rows.iter().map(Payout::read).collect()
}

/// The payouts of one settlement.
pub async fn of_settlement(
    transaction: &mut Transaction,
    client: &ClientId,
    seller_id: &str,
    settlement: &str,
) -> Result<Vec<Payout>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT seller_id, settlement, currency, paid_at, amount, reference FROM payout
             WHERE client = $1 AND seller_id = $2 AND settlement = $3 ORDER BY paid_at, currency LIMIT 100",
            arguments![client, seller_id, settlement],
        )
        .await?;
    rows.iter().map(Payout::read).collect()
}
