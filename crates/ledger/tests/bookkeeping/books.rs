//! Books to try the ledger on: the parts of a client, rows, and entries as lines that an accountant reads.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::account::{AccountLength, AccountNumber};
use ledger::assign::{AssignError, Assigner, Outcome};
use ledger::calendar::{BookingZone, DateRange};
use ledger::chart::Chart;
use ledger::document_number::NumberRule;
use ledger::entry::Entry;
use ledger::kind::{FeeKind, MovementKind};
use ledger::money::{Currency, Money};
use ledger::movement::{Context, Fees, Identifiers, Movement};
use ledger::rate::Rates;
use ledger::rules::{
    AccountRule, Assignment, BookingMode, Client, FeeSumming, Parts, RuleScope, Rules, Taxation, Texts,
};
use ledger::tax_key::TaxKey;

/// A client with euro, debtors, accrual taxation and no rule of its own.
pub(crate) fn parts(chart: Chart) -> Parts {
    Parts {
        client: Client {
            chart,
            account_length: AccountLength::FOUR,
            zone: BookingZone::new(TimeZone::get("Europe/Berlin").unwrap()),
            base_currency: Currency::EUR,
            booking_mode: BookingMode::Debtor,
            taxation: Taxation::Accrual,
            fee_summing: FeeSumming::Single,
            start: None,
            closed_until: None,
        },
        accounts: Vec::new(),
        stores: BTreeMap::new(),
        numbers: NumberRule::default(),
        texts: Texts::of_provider("Amazon Pay").unwrap(),
        rates: Rates::default(),
    }
}

/// A rule for every shop, currency and day: its scope by the name in the configuration, its account at length 4.
pub(crate) fn rule(scope: &str, account: &str) -> AccountRule {
    AccountRule {
        scope: RuleScope::parse(scope).unwrap(),
        store: None,
        currency: None,
        valid_from: None,
        assignment: Some(Assignment::plain(AccountNumber::parse(account, AccountLength::FOUR).unwrap())),
    }
}

/// The rule with a tax key.
pub(crate) fn with_key(rule: AccountRule, key: u16) -> AccountRule {
    let assignment = rule.assignment.map(|assignment| Assignment { tax_key: TaxKey::new(key), ..assignment });
    AccountRule { assignment, ..rule }
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

pub(crate) fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// One row of a report and what the caller knows about it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) settlement: String,
    pub(crate) kind: MovementKind,
    pub(crate) instant: String,
    /// Amount, percentage and fixed fee in minor units.
    pub(crate) amounts: (i64, i64, i64),
    pub(crate) fee_kinds: (FeeKind, FeeKind),
    pub(crate) currency: Currency,
    pub(crate) order: String,
    pub(crate) reference: String,
    pub(crate) store: String,
    pub(crate) paid_settlement: Option<String>,
    pub(crate) fee_charged_on: Option<Date>,
}

impl Row {
    /// A row in euro of a settlement, without fee, order and shop.
    pub(crate) fn new(line: u64, settlement: &str, instant: &str, kind: MovementKind, gross: i64) -> Self {
        let fee_kinds = match kind {
            MovementKind::Payment | MovementKind::Refund => (FeeKind::Processing, FeeKind::Fixed),
            MovementKind::Fee => (FeeKind::Authorisation, FeeKind::Authorisation),
            MovementKind::Chargeback => (FeeKind::Chargeback, FeeKind::Chargeback),
            _ => (FeeKind::Other, FeeKind::Other),
        };
        Self {
            line,
            settlement: settlement.to_owned(),
            kind,
            instant: instant.to_owned(),
            amounts: (gross, 0, 0),
            fee_kinds,
            currency: Currency::EUR,
            order: String::new(),
            reference: String::new(),
            store: String::new(),
            paid_settlement: None,
            fee_charged_on: None,
        }
    }

    pub(crate) fn fees(mut self, variable: i64, fixed: i64) -> Self {
        (self.amounts.1, self.amounts.2) = (variable, fixed);
        self
    }

    /// The order's number and the provider's own.
    pub(crate) fn order(mut self, order: &str, reference: &str) -> Self {
        (self.order, self.reference) = (order.to_owned(), reference.to_owned());
        self
    }

    pub(crate) fn store(mut self, store: &str) -> Self {
        store.clone_into(&mut self.store);
        self
    }

    pub(crate) fn currency(mut self, code: &str) -> Self {
        self.currency = currency(code);
        self
    }

    pub(crate) fn pays(mut self, settlement: &str) -> Self {
        self.paid_settlement = Some(settlement.to_owned());
        self
    }

    pub(crate) fn charged_on(mut self, text: &str) -> Self {
        self.fee_charged_on = Some(day(text));
        self
    }

    pub(crate) fn movement(&self) -> Movement<'_> {
        let money = |minor| Money::new(minor, self.currency);
        let (gross, variable, fixed) = self.amounts;
        Movement {
            line: self.line,
            settlement: &self.settlement,
            kind: self.kind,
            kind_text: "Whatever",
            instant: self.instant.parse().unwrap(),
            gross: money(gross),
            fees: Fees {
                variable: (self.fee_kinds.0, money(variable)),
                fixed: (self.fee_kinds.1, money(fixed)),
            },
            identifiers: Identifiers {
                order: &self.order,
                order_reference: &self.reference,
                ..Identifiers::default()
            },
            store: &self.store,
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            paid_settlement: self.paid_settlement.as_deref(),
            fee_charged_on: self.fee_charged_on,
            ..Context::default()
        }
    }
}

/// What came of the rows: the entries as lines, and what became of each row.
#[derive(Debug)]
pub(crate) struct Booked {
    pub(crate) lines: Vec<String>,
    pub(crate) outcomes: Vec<Outcome>,
}

/// Books all rows; one that cannot be booked ends the run.
pub(crate) fn try_book(rules: &Rules, period: DateRange, rows: &[Row]) -> Result<Booked, AssignError> {
    let mut assigner = Assigner::new(rules, period);
    let mut lines = Vec::new();
    let mut sink = |entry: &Entry<'_>| {
        lines.push(line(entry));
        Ok(())
    };
    let outcomes = rows.iter().map(|row| assigner.assign(&row.movement(), &row.context(), &mut sink));
    let outcomes = outcomes.collect::<Result<_, _>>()?;
    Ok(Booked { lines, outcomes })
}

/// Books rows that can be booked, on every day.
pub(crate) fn book(rules: &Rules, rows: &[Row]) -> Booked {
    try_book(rules, DateRange::default(), rows).unwrap()
}

/// Date, side, account, contra account, amount, key, Belegfeld 1, Auftragsnummer, Abrechnungsreferenz; `–` is empty.
pub(crate) fn line(entry: &Entry<'_>) -> String {
    let (details, assignment) = (entry.details(), entry.assignment());
    let key = assignment.tax_key.map(|key| key.to_string()).unwrap_or_default();
    let cells = [
        entry.date().strftime("%d.%m.%Y").to_string(),
        entry.side().letter().to_string(),
        entry.account().to_string(),
        entry.contra_account().to_string(),
        entry.amount().figure(','),
        key,
        details.document_number.to_string(),
        details.order_reference.to_owned(),
        details.settlement.to_owned(),
    ];
    cells.map(|cell| if cell.is_empty() { "–".to_owned() } else { cell }).join(" | ")
}

/// Lines as an accountant wrote them down, with the accounts of both charts: `1210 / 1810` is the first in SKR03.
pub(crate) fn written(chart: Chart, table: &str) -> Vec<String> {
    let cell = |cell: &str| match cell.split_once(" / ") {
        Some((skr03, _)) if chart == Chart::Skr03 => skr03.trim().to_owned(),
        Some((_, skr04)) => skr04.trim().to_owned(),
        None => cell.trim().to_owned(),
    };
    let line = |line: &str| line.split('|').map(cell).collect::<Vec<_>>().join(" | ");
    table.lines().map(str::trim).filter(|line| !line.is_empty()).map(line).collect()
}
