//! Payments in settlements before those that are walked through.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::calendar::BookingZone;
use ledger::movement::Movement;
use providers::amazon_pay::EarlierPayments;
use store::{Database, movements};
use tokio::runtime::Handle;

use super::stored_source::parts;

/// How many payments of one agreement are looked at.
const PAYMENTS_MAX: u32 = 1_000;

/// Looks payments up in the store. It blocks, so it lives on a thread that may, within the runtime
/// (`tokio::task::spawn_blocking`). Who may see them must have been asked before.
#[derive(Debug)]
pub struct StoredPayments {
    database: Database,
    client: i64,
    zone: BookingZone,
    before: Timestamp,
}

impl StoredPayments {
    /// The payments of a client by its number, in settlements that ended before an instant: the first of the period that
    /// is walked through, whose own settlements the walk reads itself.
    pub fn new(database: Database, client: i64, zone: TimeZone, before: Timestamp) -> Self {
        Self { database, client, zone: BookingZone::new(zone), before }
    }
}

impl EarlierPayments for StoredPayments {
    fn of_order(
        &mut self,
        order_reference: &str,
        take: &mut dyn FnMut(&Movement<'_>, Date),
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let (database, client, before) = (&self.database, self.client, self.before);
        let payments = Handle::current().block_on(async {
            let mut transaction = database.read().await?;
            movements::payments_before(&mut transaction, client, order_reference, before, PAYMENTS_MAX).await
        })?;
        for payment in &payments {
            let row = payment.row();
            let movement = parts(&row, &payment.settlement_identifier)?.movement();
            take(&movement, self.zone.date(movement.instant));
        }
        Ok(())
    }
}
