//! What later rows of an order must know of its payment: its key, and the day on which its fee was charged.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use ledger::kind::MovementKind;
use ledger::movement::Movement;

use super::movement::is_recurring;

/// What has to be remembered of payments. Remembering costs memory for each order, so only what the rules ask for is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The rules of fees change on some day, so a returned fee must know the day of its charge.
    pub fee_days: bool,
}

/// Payments in settlements before those that are walked through, looked up where a row asks for its order.
pub trait EarlierPayments {
    /// Hands every payment of the order reference to `take`, with the day on which it was booked.
    fn of_order(
        &mut self,
        order_reference: &str,
        take: &mut dyn FnMut(&Movement<'_>, Date),
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// Nothing lies before: the walk begins with the first settlement there is.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEarlierPayments;

impl EarlierPayments for NoEarlierPayments {
    fn of_order(
        &mut self,
        _order_reference: &str,
        _take: &mut dyn FnMut(&Movement<'_>, Date),
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(())
    }
}

/// The payments seen so far, by the order reference.
#[derive(Debug, Default)]
pub struct Payments {
    needs: Needs,
    /// Order references that were looked up in what lies before.
    asked: HashSet<Box<str>>,
    keys: HashMap<Box<str>, Vec<Payment>>,
    fee_days: HashMap<Box<str>, Option<Date>>,
}

#[derive(Debug)]
struct Payment {
    /// The digits of the charge id, which its authorisation and chargeback share.
    number: Box<str>,
    key: Box<str>,
}

/// What the payments say of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// The order's key, where the row alone cannot tell it.
    pub order: Option<&'a str>,
    /// The day on which the fee of the payment was charged.
    pub fee_charged_on: Option<Date>,
    /// The row belongs to one of several orders under one agreement, and nothing says to which.
    pub ambiguous: bool,
}

impl Payments {
    /// Remembers what is needed.
    pub fn new(needs: Needs) -> Self {
        Self { needs, ..Self::default() }
    }

    /// Takes note of a payment. `key_is_reference`: the shop's key is the payment's own reference.
    pub fn note(&mut self, movement: &Movement<'_>, date: Date, key_is_reference: bool) {
        if movement.kind != MovementKind::Payment {
            return;
        }
        let reference = movement.identifiers.order_reference;
        if self.needs.fee_days {
            let day = self.fee_days.entry(reference.into()).or_insert(Some(date));
            if *day != Some(date) {
                *day = None;
            }
        }
        if key_is_reference || is_recurring(reference) {
            let number = number(movement.identifiers.transaction).into();
            let key = own_key(movement, key_is_reference).into();
            self.keys.entry(reference.into()).or_default().push(Payment { number, key });
        }
    }

    /// Looks up what lies before the walk, if the row needs it and it was not yet looked up.
    pub fn look_up(
        &mut self,
        movement: &Movement<'_>,
        key_is_reference: bool,
        earlier: &mut dyn EarlierPayments,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let reference = movement.identifiers.order_reference;
        if !self.asks(movement, key_is_reference) || self.asked.contains(reference) {
            return Ok(());
        }
        self.asked.insert(reference.into());
        earlier.of_order(reference, &mut |payment, date| self.note(payment, date, key_is_reference))
    }

    /// Can the row alone not tell its order's key, or the day on which its fee was charged?
    fn asks(&self, movement: &Movement<'_>, key_is_reference: bool) -> bool {
        let reference = movement.identifiers.order_reference;
        if reference.is_empty() || movement.kind == MovementKind::Payment {
            return false;
        }
        let returned = [movement.fees.variable.1, movement.fees.fixed.1, movement.gross];
        let fee_day = self.needs.fee_days && returned.iter().any(|part| part.minor() > 0);
        fee_day || key_is_reference || is_recurring(reference)
    }

    /// What is known for a row. A payment is its own key; any other row takes the key of the payment with its number,
    /// or of the only payment of its order. Between several nothing is guessed.
    pub fn resolve<'a>(&'a self, movement: &Movement<'a>, key_is_reference: bool) -> Resolved<'a> {
        let reference = movement.identifiers.order_reference;
        let fee_charged_on = self.fee_days.get(reference).copied().flatten();
        let mut resolved = Resolved { fee_charged_on, ..Resolved::default() };
        if reference.is_empty() || !(key_is_reference || is_recurring(reference)) {
            return resolved;
        }
        if movement.kind == MovementKind::Payment {
            resolved.order = Some(own_key(movement, key_is_reference));
            return resolved;
        }
        let payments = self.keys.get(reference).map_or(&[][..], Vec::as_slice);
        let number = number(movement.identifiers.transaction);
        let same = payments.iter().find(|payment| !number.is_empty() && *payment.number == *number);
        resolved.order = match (same, payments) {
            (Some(payment), _) | (None, [payment]) => Some(&payment.key),
            _ => None,
        };
        resolved.ambiguous = resolved.order.is_none() && payments.len() > 1;
        resolved
    }
}

/// The key of a payment in a shop whose key is the payment's reference, or under an agreement.
fn own_key<'a>(movement: &Movement<'a>, key_is_reference: bool) -> &'a str {
    let reference = movement.identifiers.seller_reference;
    if key_is_reference && !reference.is_empty() { reference } else { movement.identifiers.order }
}

/// The digits at the end of a charge, authorisation or chargeback id: `…-C056351` and `…-A056351` belong together.
/// A refund has a number of its own.
fn number(transaction: &str) -> &str {
    match transaction.rsplit_once('-') {
        Some((_, last)) if last.starts_with(['C', 'A']) => &last[1..],
        _ => "",
    }
}
