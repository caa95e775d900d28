//! The columns of a line: what they are called, how wide they are, what an entry puts into them.

use std::borrow::Cow;

use ledger::entry::{BaseAmount, Entry};
use ledger::kind::Purpose;
use ledger::rules::{Assignment, Rules};
use ledger::tax_key::FactCode;

use super::{Language, figure};
use crate::visible::visible;

/// A column, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Date,
    Account,
    Side,
    ContraAccount,
    Amount,
    Currency,
    Rate,
    BaseAmount,
    TaxKey,
    FactCode,
    CostCentre,
    EuVatId,
    EuRate,
    DocumentNumber,
    OrderReference,
    Settlement,
    Line,
    Store,
    Kind,
    Text,
}

/// To which side of its column a cell stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Align {
    Left,
    Right,
}

const ALL: [Column; 20] = [
    Column::Date,
    Column::Account,
    Column::Side,
    Column::ContraAccount,
    Column::Amount,
    Column::Currency,
    Column::Rate,
    Column::BaseAmount,
    Column::TaxKey,
    Column::FactCode,
    Column::CostCentre,
    Column::EuVatId,
    Column::EuRate,
    Column::DocumentNumber,
    Column::OrderReference,
    Column::Settlement,
    Column::Line,
    Column::Store,
    Column::Kind,
    Column::Text,
];

/// The columns that entries made by these rules can fill.
pub(super) fn columns(rules: &Rules) -> impl Iterator<Item = Column> {
    ALL.into_iter().filter(|column| column.is_used(rules))
}

impl Column {
    fn is_used(self, rules: &Rules) -> bool {
        let any = |used: fn(&Assignment) -> bool| {
            rules.own_accounts().iter().filter_map(|rule| rule.assignment.as_ref()).any(used)
        };
        match self {
            Self::Rate | Self::BaseAmount => has_foreign_currency(rules),
            Self::FactCode => any(|assignment| assignment.fact_code.is_some()),
            Self::CostCentre => any(|assignment| assignment.cost_centre.is_some()),
            Self::EuVatId => any(|assignment| assignment.eu_vat_id.is_some()),
            Self::EuRate => any(|assignment| assignment.eu_rate.is_some()),
            Self::Store => {
                rules.stores().next().is_some()
                    || rules.own_accounts().iter().any(|rule| rule.store.is_some())
            }
            _ => true,
        }
    }

    /// The heading: DATEV's name of the field, with its number where the name alone says too little.
    pub(super) fn heading(self, language: Language) -> &'static str {
        let (german, english) = match self {
            Self::Date => ("Datum", "Date"),
            Self::Account => ("Konto", "Account"),
            Self::Side => ("S/H", "S/H"),
            Self::ContraAccount => ("Gegenkonto", "Contra"),
            Self::Amount => ("Umsatz", "Amount"),
            Self::Currency => ("WKZ", "Cur"),
            Self::Rate => ("Kurs", "Rate"),
            Self::BaseAmount => ("Basisumsatz", "Base amount"),
            Self::TaxKey => ("BU", "Key"),
            Self::FactCode => ("L+L", "L+L"),
            Self::CostCentre => ("KOST1", "Cost centre"),
            Self::EuVatId => ("EU-Land u. USt-IdNr.", "EU VAT id"),
            Self::EuRate => ("EU-Satz", "EU rate"),
            Self::DocumentNumber => ("Belegfeld 1", "Document"),
            Self::OrderReference => ("Auftragsnummer (95)", "Order (95)"),
            Self::Settlement => ("Abrechnung (121)", "Settlement (121)"),
            Self::Line => ("Zeile", "Line"),
            Self::Store => ("Shop", "Store"),
            Self::Kind => ("Vorgang", "Kind"),
            Self::Text => ("Buchungstext", "Text"),
        };
        language.pick(german, english)
    }

    /// The width in characters: that of the longest ordinary value, or of the heading.
    pub(super) fn width(self, rules: &Rules, language: Language) -> usize {
        let ordinary = match self {
            Self::Date => "30.09.2026".len(),
            // A personal account has one digit more than the Sachkontenlänge.
            Self::Account | Self::ContraAccount => {
                usize::try_from(rules.client().account_length.digits() + 1).unwrap_or_default()
            }
            Self::Amount => "1.234.567,89".len(),
            Self::BaseAmount => "1.234.567,89 EUR".len(),
            Self::Rate => "1,085000".len(),
            Self::TaxKey => "9999".len(),
            Self::DocumentNumber | Self::OrderReference => "S02-1234567-1234567".len(),
            Self::Line => "1000000".len(),
            Self::Store => 16,
            Self::Kind => "A-bis-z-Garantieantrag".len(),
            _ => 0,
        };
        ordinary.max(self.heading(language).chars().count())
    }

    pub(super) fn align(self) -> Align {
        match self {
            Self::Amount | Self::Rate | Self::BaseAmount | Self::EuRate | Self::Line => Align::Right,
            _ => Align::Left,
        }
    }

    /// What the entry puts into the column; empty where it has nothing to say.
    pub(super) fn text<'e>(self, entry: &'e Entry<'_>, language: Language) -> Cow<'e, str> {
        let (details, assignment) = (entry.details(), entry.assignment());
        match self {
            Self::Date => figure::date(entry.date()).into(),
            Self::Account => entry.account().to_string().into(),
            Self::Side => entry.side().letter().to_string().into(),
            Self::ContraAccount => entry.contra_account().to_string().into(),
            Self::Amount => figure::amount(entry.amount()).into(),
            Self::Currency => entry.amount().currency().to_string().into(),
            Self::Rate => of_base(entry, |base| figure::rate(base.rate.rate)),
            Self::BaseAmount => {
                of_base(entry, |base| format!("{} {}", figure::amount(base.amount), base.amount.currency()))
            }
            Self::TaxKey => display(assignment.tax_key),
            Self::FactCode => display(assignment.fact_code.map(FactCode::value)),
            Self::CostCentre => one_line(assignment.cost_centre.as_deref().unwrap_or_default()),
            Self::EuVatId => one_line(assignment.eu_vat_id.as_deref().unwrap_or_default()),
            Self::EuRate => {
                display(assignment.eu_rate.map(|rate| format!("{},{:02}", rate / 100, rate % 100)))
            }
            Self::DocumentNumber => details.document_number.to_string().into(),
            Self::OrderReference => one_line(details.order_reference),
            Self::Settlement => one_line(details.settlement),
            Self::Line => details.line.to_string().into(),
            Self::Store => one_line(details.store),
            Self::Kind => language.pick(entry.kind().german(), entry.kind().name()).into(),
            Self::Text => one_line(details.text),
        }
    }
}

/// Each foreign currency has a provider account of its own, so the rules say whether there is one.
fn has_foreign_currency(rules: &Rules) -> bool {
    let mut providers = rules.own_accounts().iter().filter(|rule| rule.scope.covers(Purpose::Provider));
    providers.any(|rule| rule.currency.is_some_and(|currency| currency != rules.client().base_currency))
}

fn of_base<'e>(entry: &Entry<'_>, text: impl Fn(&BaseAmount) -> String) -> Cow<'e, str> {
    entry.base().map(text).unwrap_or_default().into()
}

fn display<'e>(value: Option<impl ToString>) -> Cow<'e, str> {
    value.map(|value| value.to_string()).unwrap_or_default().into()
}

fn one_line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| visible(character) == character) {
        text.into()
    } else {
        text.chars().map(visible).collect::<String>().into()
    }
}
