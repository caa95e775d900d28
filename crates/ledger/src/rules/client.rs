//! Mandantendaten, as far as the entries depend on them.

use jiff::civil::Date;

use crate::account::AccountLength;
use crate::calendar::BookingZone;
use crate::chart::Chart;
use crate::money::Currency;

/// Buchungsweise: what stands against a customer's payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BookingMode {
    /// Debitor: sales are invoiced elsewhere, payments clear open items.
    #[default]
    Debtor,
    /// Erlöse direkt: payments are revenue, gross.
    Revenue,
    /// Forderungen ohne Kontokorrent: receivables without a sub-ledger.
    Receivables,
}

/// Versteuerungsart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taxation {
    /// Soll: the invoice makes the VAT due.
    #[default]
    Accrual,
    /// Ist (§ 20 UStG): the payment makes the VAT due, so debtor rows carry the key of the sale.
    Cash,
    /// Kleinunternehmer (§ 19 UStG): no VAT on sales.
    SmallBusiness,
}

/// Are fees posted one by one or as sums?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeeSumming {
    /// One entry for the fee of each row.
    #[default]
    Single,
    /// One sum a day.
    Day,
    /// One sum a settlement and month.
    Settlement,
}

/// The client whose books these are.
#[derive(Clone, Debug)]
pub struct Client {
    /// Kontenrahmen.
    pub chart: Chart,
    /// Sachkontenlänge.
    pub account_length: AccountLength,
    /// The zone that turns instants into booking dates.
    pub zone: BookingZone,
    /// The currency of the books.
    pub base_currency: Currency,
    /// Buchungsweise.
    pub booking_mode: BookingMode,
    /// Versteuerungsart.
    pub taxation: Taxation,
    /// Fees one by one or summed.
    pub fee_summing: FeeSumming,
    /// Rows before this day are shown and not booked.
    pub start: Option<Date>,
    /// Abgeschlossen bis: the books of this day and all before are closed. What comes late is booked on the next.
    pub closed_until: Option<Date>,
}

impl Client {
    /// The first open day, where the books of `day` are closed.
    pub fn carried_to(&self, day: Date) -> Option<Date> {
        let closed = self.closed_until.filter(|closed| day <= *closed)?;
        closed.tomorrow().ok()
    }
}
