//! One entry becomes one posting.

use std::borrow::Cow;

use datev::{
    AccountError, AccountNumber, Amount, AmountError, CodeError, Currency, DecimalError, DocumentNumber,
    DocumentNumberError, EuTax, EuVatId, ExchangeRate, Foreign, Percent, Posting, TaxKey, TaxKeyError,
};
use ledger::entry::{BaseAmount, Details, Entry, Side};
use ledger::money::Money;
use ledger::rules::Assignment;

/// Why an entry cannot be written as a posting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostingError {
    /// The amount has more than two decimal places, or too many digits.
    #[error("{0} cannot be written with two decimal places and ten digits")]
    Figure(Money),
    /// The amount is refused.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// An account is refused.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The key is refused.
    #[error(transparent)]
    TaxKey(#[from] TaxKeyError),
    /// The document number is refused.
    #[error(transparent)]
    DocumentNumber(#[from] DocumentNumberError),
    /// The currency or VAT id is refused.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The exchange or tax rate is refused.
    #[error(transparent)]
    Decimal(#[from] DecimalError),
}

/// Says an entry in DATEV's terms; the provider account is Konto, the key acts on Gegenkonto.
pub fn posting<'a>(entry: &Entry<'a>) -> Result<Posting<'a>, PostingError> {
    let amount = amount(entry.amount())?;
    let side = match entry.side() {
        Side::Debit => datev::Side::Debit,
        Side::Credit => datev::Side::Credit,
    };
    let account = AccountNumber::new(entry.account().value())?;
    let contra_account = AccountNumber::new(entry.contra_account().value())?;
    let (assignment, details): (&'a Assignment, Details<'a>) = (entry.assignment(), *entry.details());
    Ok(Posting {
        foreign: entry.base().map(|base| foreign(entry.amount(), base)).transpose()?,
        key: assignment.tax_key.map(|key| TaxKey::new(key.value())).transpose()?,
        document_number: DocumentNumber::new(details.document_number.as_str().to_owned())?,
        text: details.text.into(),
        cost_centre_1: assignment.cost_centre.as_deref().unwrap_or_default().into(),
        eu_destination: eu_tax(assignment)?,
        reverse_charge_case: assignment.fact_code.map(ledger::tax_key::FactCode::value),
        order_number: details.order_reference.into(),
        settlement_reference: details.settlement.into(),
        ..Posting::new(amount, side, account, contra_account, entry.date())
    })
}

/// DATEV writes two decimal places, whatever the currency has.
fn amount(money: Money) -> Result<Amount, PostingError> {
    let minor = match money.currency().decimals() {
        2 => Some(money.minor()),
        0 => money.minor().checked_mul(100),
        _ if money.minor() % 10 == 0 => Some(money.minor() / 10),
        _ => None,
    };
    Ok(Amount::from_minor(minor.ok_or(PostingError::Figure(money))?)?)
}

fn foreign(amount_of_entry: Money, base: &BaseAmount) -> Result<Foreign, PostingError> {
    Ok(Foreign {
        currency: Currency::try_from(amount_of_entry.currency().code())?,
        rate: ExchangeRate::from_units(base.rate.rate.millionths())?,
        base_amount: amount(base.amount)?,
    })
}

fn eu_tax(assignment: &Assignment) -> Result<Option<EuTax<'_>>, PostingError> {
    let Some(vat_id) = assignment.eu_vat_id.as_deref() else { return Ok(None) };
    let rate = assignment.eu_rate.map(|rate| Percent::from_units(rate.into())).transpose()?;
    Ok(Some(EuTax { vat_id: EuVatId::new(Cow::Borrowed(vat_id))?, rate }))
}
