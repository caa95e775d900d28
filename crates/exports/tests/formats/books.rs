//! Books to try the formats on: rules, movements and the entries that follow.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::account::{AccountLength, AccountNumber};
use ledger::assign::{Assigner, EntrySink};
use ledger::calendar::{BookingZone, DateRange};
use ledger::chart::Chart;
use ledger::document_number::NumberRule;
use ledger::kind::{FeeKind, MovementKind, Purpose};
use ledger::money::{Currency, Money};
use ledger::movement::{Context, Fees, Identifiers, Movement};
use ledger::rate::{Rate, Rates, SourcedRate};
use ledger::rules::{
    AccountRule, Assignment, BookingMode, Client, FeeSumming, Parts, RuleScope, Rules, Taxation, Texts,
};

/// The parts of a client with SKR03, euro and debtors, and no rule of its own.
pub(crate) fn parts() -> Parts {
    Parts {
        client: Client {
            chart: Chart::Skr03,
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

/// A rule for a purpose in every shop and currency, from the first day on.
pub(crate) fn rule(scope: RuleScope, assignment: Assignment) -> AccountRule {
    AccountRule { scope, store: None, currency: None, valid_from: None, assignment: Some(assignment) }
}

/// An account of Sachkontenlänge 4 with nothing else.
pub(crate) fn account(number: &str) -> Assignment {
    Assignment::plain(AccountNumber::parse(number, AccountLength::FOUR).unwrap())
}

/// Opens a provider account in a foreign currency and sets its rate for the months of the tests.
pub(crate) fn with_currency(parts: &mut Parts, code: &str, number: &str, rate: &str) {
    let currency = currency(code);
    let provider = rule(RuleScope::One(Purpose::Provider), account(number));
    parts.accounts.push(AccountRule { currency: Some(currency), ..provider });
    let sourced = SourcedRate { rate: Rate::parse(rate).unwrap(), source: "EZB".into() };
    for month in 9..=12 {
        let month = ledger::calendar::Month::of(Date::new(2026, month, 1).unwrap());
        parts.rates.set_month(currency, month, sourced.clone());
    }
}

pub(crate) fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

/// A movement of an order: gross amount and the two parts of the fee in minor units.
pub(crate) fn movement<'a>(
    line: u64,
    instant: &str,
    kind: MovementKind,
    currency: Currency,
    (gross, variable, fixed): (i64, i64, i64),
    order: &'a str,
) -> Movement<'a> {
    let money = |minor| Money::new(minor, currency);
    Movement {
        line,
        settlement: "11111111111",
        kind,
        kind_text: "",
        instant: instant.parse().unwrap(),
        gross: money(gross),
        fees: Fees {
            variable: (FeeKind::Processing, money(variable)),
            fixed: (FeeKind::Fixed, money(fixed)),
        },
        identifiers: Identifiers { order, ..Identifiers::default() },
        store: "",
    }
}

/// The rows of an accountant's first case: a whole cycle over a month end, 182,59 in September and 456,78 in October.
pub(crate) fn whole_cycle() -> Vec<(Movement<'static>, Context<'static>)> {
    use MovementKind::{Payment, Payout, Refund, Reserve};
    let euro = Currency::EUR;
    let of_order = |movement: Movement<'static>, reference| Movement {
        identifiers: Identifiers { order_reference: reference, ..movement.identifiers },
        ..movement
    };
    let next = |movement: Movement<'static>| Movement { settlement: "11111111112", ..movement };
    let first = movement(1, "2026-09-30T08:15:00Z", Payment, euro, (11_900, -226, -35), "A-1001");
    let second = movement(2, "2026-09-30T19:40:00Z", Payment, euro, (5_950, -113, -35), "A-1002");
    let held = movement(3, "2026-09-30T21:50:00Z", Reserve, euro, (-2_000, 0, 0), "");
    let payout = movement(4, "2026-10-01T00:20:00Z", Payout, euro, (-15_441, 0, 0), "");
    let released = movement(5, "2026-10-01T00:20:00Z", Reserve, euro, (2_000, 0, 0), "");
    let refund = movement(6, "2026-10-01T09:00:00Z", Refund, euro, (-5_950, 0, 0), "A-1002");
    let third = movement(7, "2026-10-01T10:30:00Z", Payment, euro, (23_800, -452, -35), "A-1003");
    let pays_first = Context { paid_settlement: Some("11111111111"), ..Context::default() };
    vec![
        (of_order(first, "S02-0000001-0000001"), Context::default()),
        (of_order(second, "S02-0000001-0000002"), Context::default()),
        (held, Context::default()),
        (next(payout), pays_first),
        (next(released), Context::default()),
        (next(of_order(refund, "S02-0000001-0000002")), Context::default()),
        (next(of_order(third, "S02-0000001-0000003")), Context::default()),
    ]
}

/// Hands the entries of the movements to a format.
pub(crate) fn book(rules: &Rules, movements: &[(Movement<'_>, Context<'_>)], sink: &mut impl EntrySink) {
    let mut assigner = Assigner::new(rules, DateRange::default());
    for (movement, context) in movements {
        assigner.assign(movement, context, sink).unwrap();
    }
}
