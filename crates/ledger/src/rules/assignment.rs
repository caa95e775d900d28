//! One rule: an account with what belongs to it, and when, where and for what it holds.

use jiff::civil::Date;

use super::client::Client;
use crate::account::AccountNumber;
use crate::kind::{FeeKind, MovementKind, Purpose};
use crate::money::Currency;
use crate::tax_key::{FactCode, TaxKey};
use crate::template::Template;

/// Kontierung: a contra account and what a posting against it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The account.
    pub account: AccountNumber,
    /// BU-Schlüssel; it acts on this account.
    pub tax_key: Option<TaxKey>,
    /// Sachverhalt L+L, which some keys of § 13b UStG need.
    pub fact_code: Option<FactCode>,
    /// KOST1.
    pub cost_centre: Option<String>,
    /// EU country and VAT id of the other side (field 40), which some keys need.
    pub eu_vat_id: Option<String>,
    /// The EU rate in hundredths of a percent (field 41), which some keys need.
    pub eu_rate: Option<u16>,
    /// Belegfeld 1 by a template instead of the order's key: `AP-{Jahr}-{Monat}` on a creditor.
    pub document: Option<Template>,
}

impl Assignment {
    /// An account with nothing else.
    pub fn plain(account: AccountNumber) -> Self {
        Self {
            account,
            tax_key: None,
            fact_code: None,
            cost_centre: None,
            eu_vat_id: None,
            eu_rate: None,
            document: None,
        }
    }
}

/// For what a rule holds: one purpose, or a family of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleScope {
    /// One purpose.
    One(Purpose),
    /// Payments, refunds, chargebacks, guarantee claims, disputes: the debtor (or revenue).
    Customers,
    /// Every kind of fee.
    Fees,
    /// Payouts and debts: money on its way to or from the bank.
    Transit,
    /// Adjustments and unknown kinds.
    Clarification,
}

impl RuleScope {
    /// The names of the families in the configuration.
    const FAMILIES: [(&'static str, Self); 4] = [
        ("debtor", Self::Customers),
        ("fee", Self::Fees),
        ("transit", Self::Transit),
        ("clarification", Self::Clarification),
    ];

    /// Reads the name of a family (`debtor`, `fee`, `transit`, `clarification`) or of a purpose (`payment`, `fee-fixed` …).
    pub fn parse(name: &str) -> Option<Self> {
        let family = Self::FAMILIES.iter().find(|(family, _)| *family == name).map(|(_, scope)| *scope);
        family.or_else(|| Purpose::ALL.into_iter().find(|purpose| purpose.name() == name).map(Self::One))
    }

    /// Every name that [`Self::parse`] takes, families first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::FAMILIES.into_iter().map(|(name, _)| name).chain(Purpose::ALL.into_iter().map(Purpose::name))
    }

    /// Does the rule hold for a purpose?
    pub fn covers(self, purpose: Purpose) -> bool {
        match self {
            Self::One(one) => one == purpose,
            Self::Customers => purpose.concerns_customer(),
            Self::Fees => matches!(purpose, Purpose::Fee(_)),
            Self::Transit => {
                matches!(purpose, Purpose::Contra(MovementKind::Payout | MovementKind::Debt))
            }
            Self::Clarification => {
                matches!(purpose, Purpose::Contra(MovementKind::Adjustment | MovementKind::Unknown))
            }
        }
    }

    /// Does it hold for anything a customer stands behind?
    pub fn concerns_customers(self) -> bool {
        Purpose::ALL.into_iter().any(|purpose| purpose.concerns_customer() && self.covers(purpose))
    }

    /// Does it hold for any fee?
    pub fn concerns_fees(self) -> bool {
        FeeKind::ALL.into_iter().any(|kind| self.covers(Purpose::Fee(kind)))
    }
}

/// A rule of the client, or a proposal of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRule {
    /// For what.
    pub scope: RuleScope,
    /// Only for this shop.
    pub store: Option<String>,
    /// Only for rows in this currency.
    pub currency: Option<Currency>,
    /// Only from this day on.
    pub valid_from: Option<Date>,
    /// The account; none means that nothing is booked, which only the reserve may say.
    pub assignment: Option<Assignment>,
}

impl AccountRule {
    /// What the chart proposes for a purpose. The provider account is proposed for the currency of the books alone:
    /// each other currency needs one of its own.
    pub(super) fn proposed(purpose: Purpose, client: &Client) -> Option<Self> {
        let account =
            client.chart.proposal(purpose, client.booking_mode, client.taxation, client.account_length)?;
        Some(Self {
            scope: RuleScope::One(purpose),
            store: None,
            currency: (purpose == Purpose::Provider).then_some(client.base_currency),
            valid_from: None,
            assignment: Some(Assignment::plain(account)),
        })
    }

    /// Does the rule hold for a row, whatever its day?
    pub(super) fn matches(&self, purpose: Purpose, store: Option<&str>, currency: Currency) -> bool {
        self.scope.covers(purpose)
            && self.store.as_deref().is_none_or(|own| store == Some(own))
            && self.currency.is_none_or(|own| own == currency)
    }

    /// The more particular rule wins: shop before currency before single purpose.
    pub(super) fn rank(&self) -> (bool, bool, bool) {
        (self.store.is_some(), self.currency.is_some(), matches!(self.scope, RuleScope::One(_)))
    }
}
