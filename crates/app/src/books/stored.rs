//! Stored settlements for the walk, and the payments that lie before what it reads.

use std::cell::RefCell;
use std::collections::HashSet;
use std::error::Error;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::calendar::BookingZone;
use ledger::movement::Movement;
use providers::amazon_pay::EarlierPayments;
use store::movements;
use store::{Database, StoreError};
use tokio::runtime::Handle;

use super::load::MerchantChain;
use crate::convert::ConvertError;
use crate::convert::movement_source::{Document, Head, MovementSource};
use crate::documents::parts;

/// More payments than this no order has, nor an agreement.
const PAYMENTS_MAX: u32 = 10_000;

/// How far the walk is.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The settlements that were begun.
    begun: HashSet<i64>,
    /// Those whose rows were read: their payments are known.
    read: HashSet<i64>,
}

/// The settlements of a merchant. It blocks, so it lives on a thread that may, within the runtime.
pub(super) struct StoredSource<'b> {
    database: &'b Database,
    chain: &'b MerchantChain,
    next: usize,
    walked: &'b RefCell<Walked>,
}

impl<'b> StoredSource<'b> {
    pub(super) fn new(database: &'b Database, chain: &'b MerchantChain, walked: &'b RefCell<Walked>) -> Self {
        Self { database, chain, next: 0, walked }
    }
}

impl MovementSource for StoredSource<'_> {
    fn advance(&mut self) -> Result<Option<Head>, ConvertError> {
        let Some(settlement) = self.chain.settlements.get(self.next) else { return Ok(None) };
        self.next += 1;
        self.walked.borrow_mut().begun.insert(settlement.number);
        Ok(Some(settlement.head()))
    }

    fn rows(
        &mut self,
        mut take: impl FnMut(&Movement<'_>) -> Result<(), ConvertError>,
    ) -> Result<Document, ConvertError> {
        let current = self.next.checked_sub(1).and_then(|place| self.chain.settlements.get(place));
        let settlement = current.ok_or(ConvertError::NoSettlement)?;
        self.walked.borrow_mut().read.insert(settlement.number);
        let identifier = &settlement.period().settlement;
        let mut failed = None;
        let read = movements::for_each(self.database, settlement.number, |row| {
            take(&parts(row, identifier)?.movement()).map_err(|error| {
                failed = Some(error);
                StoreError::GivenUp
            })
        });
        match (failed, read) {
            (Some(error), _) => Err(error),
            (None, Ok(())) => Ok(settlement.sums.document.clone()),
            (None, Err(error)) => {
                Err(ConvertError::Stored { name: settlement.name.clone(), source: error.into() })
            }
        }
    }
}

/// All rows of an order of a client. It blocks on the runtime whose thread this is.
fn of_order(
    database: &Database,
    client: i64,
    order_reference: &str,
) -> Result<Vec<movements::Movement>, StoreError> {
    Handle::current().block_on(async {
        let mut transaction = database.read().await?;
        movements::same_order(&mut transaction, client, order_reference, PAYMENTS_MAX).await
    })
}

/// Looks payments up in settlements that were begun and not read.
pub(super) struct Earlier<'b> {
    pub(super) database: &'b Database,
    pub(super) client: i64,
    pub(super) zone: BookingZone,
    pub(super) walked: &'b RefCell<Walked>,
}

impl EarlierPayments for Earlier<'_> {
    fn of_order(
        &mut self,
        order_reference: &str,
        take: &mut dyn FnMut(&Movement<'_>, Date),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let found = of_order(self.database, self.client, order_reference)?;
        let walked = self.walked.borrow();
        let earlier =
            |settlement: i64| walked.begun.contains(&settlement) && !walked.read.contains(&settlement);
        for row in found.iter().filter(|row| earlier(row.settlement)) {
            let movement = parts(&row.row(), &row.settlement_identifier)?.movement();
            take(&movement, self.zone.date(movement.instant));
        }
        Ok(())
    }
}

/// Looks payments up that stand before one row, for a list that shows single entries.
pub(super) struct Before<'b> {
    pub(super) database: &'b Database,
    pub(super) client: i64,
    pub(super) zone: BookingZone,
    /// When the row was posted, its settlement and its line.
    pub(super) place: (Timestamp, i64, u64),
}

impl EarlierPayments for Before<'_> {
    fn of_order(
        &mut self,
        order_reference: &str,
        take: &mut dyn FnMut(&Movement<'_>, Date),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let found = of_order(self.database, self.client, order_reference)?;
        let (posted_at, settlement, line) = self.place;
        let before = |row: &&movements::Movement| {
            if row.settlement == settlement { row.line < line } else { row.posted_at <= posted_at }
        };
        for row in found.iter().filter(before) {
            let movement = parts(&row.row(), &row.settlement_identifier)?.movement();
            take(&movement, self.zone.date(movement.instant));
        }
        Ok(())
    }
}
