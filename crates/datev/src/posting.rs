//! A posting: one row of a booking batch.

mod details;

use std::borrow::Cow;

pub use details::{AdvanceKind, Details, DunningCase, Info, ServiceDate, Taxation};
use jiff::civil::Date;

use crate::{
    AccountNumber, Amount, Country, Currency, DocumentNumber, EuVatId, ExchangeRate, Percent, Side, TaxKey,
};

/// One row of a booking batch, in DATEV's own terms. All 125 columns can be reached: the common ones here, the others
/// in [`Details`]. Field 114 (Festschreibung) comes from the header, field 6 (base currency) as well.
///
/// ```
/// use datev::{AccountNumber, Amount, DocumentNumber, Posting, Side};
/// use jiff::civil::date;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bank = AccountNumber::new(1210)?;
/// let customer = AccountNumber::new(10000)?;
/// let posting = Posting {
///     document_number: DocumentNumber::new("S02-7654321-1234567")?,
///     text: "Zahlung Müller".into(),
///     ..Posting::new(Amount::from_minor(11_900)?, Side::Debit, bank, customer, date(2025, 10, 1))
/// };
/// assert_eq!(posting.amount.to_string(), "119,00");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting<'a> {
    /// Field 1, gross where the key or an automatic account carries tax.
    pub amount: Amount,
    /// Field 2, the side of `account`.
    pub side: Side,
    /// Fields 3 to 6, where the amount is in another currency than the header's.
    pub foreign: Option<Foreign>,
    /// Field 7, Konto.
    pub account: AccountNumber,
    /// Field 8, Gegenkonto: the key acts on it.
    pub contra_account: AccountNumber,
    /// Field 9, BU-Schlüssel.
    pub key: Option<TaxKey>,
    /// Field 10, Belegdatum. Day and month are written; the year follows from the fiscal year.
    pub date: Date,
    /// Field 11, Belegfeld 1: the key of the open item.
    pub document_number: DocumentNumber<'a>,
    /// Field 14, Buchungstext, cut at 60 characters.
    pub text: Cow<'a, str>,
    /// Field 37, KOST1: at most 36 letters, digits, `_` and blanks.
    pub cost_centre_1: Cow<'a, str>,
    /// Field 38, KOST2, like the first.
    pub cost_centre_2: Cow<'a, str>,
    /// Fields 40 and 41, EU country with VAT id and tax rate of the destination.
    pub eu_destination: Option<EuTax<'a>>,
    /// Field 43, Sachverhalt L+L, 1 to 999: which case of § 13b UStG.
    pub reverse_charge_case: Option<u16>,
    /// Field 95, Auftragsnummer, cut at 30 characters.
    pub order_number: Cow<'a, str>,
    /// Field 118, Generalumkehr: the row takes a former one back.
    pub general_reversal: bool,
    /// Fields 119 and 120, where the key takes its rate from the row.
    pub tax_rate: Option<TaxRate>,
    /// Field 121, Abrechnungsreferenz: brackets the rows of one payout. Cut at 50 characters.
    pub settlement_reference: Cow<'a, str>,
    /// The other columns.
    pub details: Option<Box<Details<'a>>>,
}

impl Posting<'_> {
    /// A posting of the mandatory fields; the others are empty.
    pub const fn new(
        amount: Amount,
        side: Side,
        account: AccountNumber,
        contra_account: AccountNumber,
        date: Date,
    ) -> Self {
        Self {
            amount,
            side,
            foreign: None,
            account,
            contra_account,
            key: None,
            date,
            document_number: DocumentNumber::EMPTY,
            text: Cow::Borrowed(""),
            cost_centre_1: Cow::Borrowed(""),
            cost_centre_2: Cow::Borrowed(""),
            eu_destination: None,
            reverse_charge_case: None,
            order_number: Cow::Borrowed(""),
            general_reversal: false,
            tax_rate: None,
            settlement_reference: Cow::Borrowed(""),
            details: None,
        }
    }
}

/// An amount in a foreign currency: the posting's amount is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// Field 3, the currency of the posting's amount; another than the header's.
    pub currency: Currency,
    /// Field 4, foreign units for one unit of the header's currency, above zero.
    pub rate: ExchangeRate,
    /// Field 5, the amount in the header's currency, as it was settled; it need not be the rounded quotient.
    pub base_amount: Amount,
}

/// Country, VAT id and rate of a tax in another EU state (fields 40 and 41, 123 and 124).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EuTax<'a> {
    /// The country with the VAT id.
    pub vat_id: EuVatId<'a>,
    /// The tax rate there.
    pub rate: Option<Percent>,
}

/// A tax rate that stands in the row (fields 119 and 120).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxRate {
    /// Field 119.
    pub rate: Percent,
    /// Field 120, the country of the rate.
    pub country: Option<Country>,
}
