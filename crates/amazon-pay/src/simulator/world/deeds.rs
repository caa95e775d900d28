//! What a person does in the world by hand: a sale, a refund, a chargeback, the end of a settlement.

use jiff::{SignedDuration, Timestamp};

use super::World;
use super::payments::ChargeRecord;
use crate::generate::FeeReturn;
use crate::key::Environment;

/// Money and orders beyond this are mistakes.
const MOST: i64 = 100_000_000;
const LONGEST_TEXT: usize = 100;
/// The first rows of a settlement are posted twenty minutes after the one before has ended; none is shorter than that.
const SHORTEST_SETTLEMENT: SignedDuration = SignedDuration::from_mins(21);
/// The clock is moved by at most a year at once.
const LONGEST_LEAP: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeedError {
    /// The amount is not between one minor unit and a million major ones.
    #[error("an amount lies between 0.01 and 1,000,000.00")]
    Amount,
    /// A text is too long or has control characters.
    #[error("a text has at most {LONGEST_TEXT} characters and no control characters")]
    Text,
    /// There is no such charge, or it was never captured.
    #[error("there is no captured charge «{charge_id}»")]
    UnknownCharge {
        /// The id.
        charge_id: String,
    },
    /// The time would go back, or leap too far.
    #[error("the clock moves forward only, and by at most 366 days at once")]
    Leap,
}

/// A sale that was made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// The charge.
    pub charge_id: String,
    /// The charge permission.
    pub charge_permission_id: String,
    /// The merchant's order number.
    pub order_number: String,
}

impl World {
    /// Sells something for an amount in minor units. Without an order number the order gets the next of its own.
    pub(in crate::simulator) fn sell(
        &mut self,
        environment: Environment,
        amount: i64,
        order_number: &str,
        store: &str,
        now: Timestamp,
    ) -> Result<Sale, DeedError> {
        check_amount(amount)?;
        check_text(order_number)?;
        check_text(store)?;
        let number = if order_number.trim().is_empty() {
            self.sales += 1;
            format!("SIM-{}", 1_000 + self.sales)
        } else {
            order_number.trim().to_owned()
        };
        let now = self.catch_up(now);
        let books = self.books_mut(environment);
        let order = books.account.new_order(&number, store.trim(), false);
        let payment = books.account.capture(now, order, format!("{number}-0"), amount);
        if let Some(row) = books.account.transactions().last() {
            books.payments.learn(row);
        }
        Ok(Sale {
            charge_id: payment.charge_id,
            charge_permission_id: payment.order.order_reference_id,
            order_number: number,
        })
    }

    /// Refunds an amount of a charge, or all that is left of it; gives the id of the refund.
    pub(in crate::simulator) fn refund(
        &mut self,
        charge_id: &str,
        amount: Option<i64>,
        now: Timestamp,
    ) -> Result<String, DeedError> {
        let (environment, charge) = self.captured(charge_id)?;
        let amount = amount.unwrap_or(charge.payment.amount - charge.refunded);
        check_amount(amount)?;
        let now = self.catch_up(now);
        let books = self.books_mut(environment);
        let refund_id = books.account.refund(now, &charge.payment, amount, FeeReturn::Kept);
        if let Some(row) = books.account.transactions().last() {
            books.payments.learn_refund(row, charge.payment.charge_id);
        }
        Ok(refund_id)
    }

    /// The buyer's bank takes the charge back.
    pub(in crate::simulator) fn charge_back(
        &mut self,
        charge_id: &str,
        now: Timestamp,
    ) -> Result<(), DeedError> {
        let (environment, charge) = self.captured(charge_id)?;
        let now = self.catch_up(now);
        self.books_mut(environment).account.chargeback(now, &charge.payment);
        Ok(())
    }

    /// Closes the open settlement of the live environment and gives its id. A settlement lasts some twenty minutes at
    /// least; where it is younger, the clock moves on.
    pub(in crate::simulator) fn close_settlement(&mut self, now: Timestamp) -> String {
        let at = self.catch_up(now);
        let earliest = self.live.account.start().saturating_add(SHORTEST_SETTLEMENT).unwrap_or(at);
        if earliest > at {
            self.shift = self.shift.saturating_add(earliest.duration_since(at));
        }
        let at = self.catch_up(now);
        self.live.close_settlement(at.max(earliest))
    }

    /// Moves the clock of the world forward.
    pub(in crate::simulator) fn move_clock(
        &mut self,
        by: SignedDuration,
        now: Timestamp,
    ) -> Result<Timestamp, DeedError> {
        if by.is_negative() || by > LONGEST_LEAP {
            return Err(DeedError::Leap);
        }
        let shift = self.shift.checked_add(by).ok_or(DeedError::Leap)?;
        now.checked_add(shift).map_err(|_error| DeedError::Leap)?;
        self.shift = shift;
        Ok(self.catch_up(now))
    }

    fn captured(&self, charge_id: &str) -> Result<(Environment, ChargeRecord), DeedError> {
        let charge_id = charge_id.trim();
        let found = [&self.live, &self.sandbox].into_iter().find_map(|books| {
            let charge = books.payments.charge(charge_id).filter(|charge| charge.captured)?;
            Some((books.environment, charge.clone()))
        });
        found.ok_or_else(|| DeedError::UnknownCharge { charge_id: charge_id.chars().take(80).collect() })
    }
}

fn check_amount(amount: i64) -> Result<(), DeedError> {
    if (1..=MOST).contains(&amount) { Ok(()) } else { Err(DeedError::Amount) }
}

fn check_text(text: &str) -> Result<(), DeedError> {
    let fits = text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(DeedError::Text) }
}
