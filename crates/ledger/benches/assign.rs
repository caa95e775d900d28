//! From movements to entries and tallies, per movement. Each has an amount and a fee, so it makes two entries.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at what it did not expect")]

use std::collections::BTreeMap;
use std::hint::black_box;

use divan::{Bencher, counter::ItemsCount};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, civil};
use ledger::account::{AccountLength, AccountNumber};
use ledger::assign::Assigner;
use ledger::calendar::{BookingZone, DateRange, Month};
use ledger::chart::Chart;
use ledger::document_number::NumberRule;
use ledger::entry::Entry;
use ledger::kind::{FeeKind, MovementKind, Purpose};
use ledger::money::{Currency, Money};
use ledger::movement::{Context, Fees, Identifiers, Movement};
use ledger::proof::SettlementTally;
use ledger::rate::{Rate, Rates, SourcedRate};
use ledger::rules::{
    AccountRule, Assignment, BookingMode, Client, FeeSumming, Parts, RuleScope, Rules, StoreRule, Taxation,
    Texts,
};

const MOVEMENTS: usize = 100_000;
/// So few rows at a time stay close to the processor, as they do behind a reader.
const AT_ONCE: usize = 1_000;
const STORES: usize = 200;

fn main() {
    divan::main();
}

/// The texts of a movement, as a report would lend them.
struct Row {
    instant: Timestamp,
    order: String,
    reference: String,
    store: String,
    gross: i64,
}

fn rows(stores: usize) -> Vec<Row> {
    let start: Timestamp = "2026-10-01T00:00:00Z".parse().unwrap();
    let row = |number: usize| Row {
        instant: start + (i64::try_from(number).unwrap() * 2_000).seconds(),
        order: format!("302-{number:07}-1234567"),
        reference: format!("S02-{number:07}-7654321"),
        // Neighbouring rows belong to different shops, as when several sell at once.
        store: if stores == 0 { String::new() } else { format!("Laden {}", number * 7 % stores) },
        gross: i64::try_from(number % 50_000).unwrap() + 1_000,
    };
    (0..AT_ONCE).map(row).collect()
}

fn movement(line: u64, row: &Row, currency: Currency) -> Movement<'_> {
    let money = |minor| Money::new(minor, currency);
    Movement {
        line,
        settlement: "24570012345",
        kind: MovementKind::Payment,
        kind_text: "Capture",
        instant: row.instant,
        gross: money(row.gross),
        fees: Fees {
            variable: (FeeKind::Processing, money(-row.gross / 50)),
            fixed: (FeeKind::Fixed, money(-35)),
        },
        identifiers: Identifiers {
            order: &row.order,
            order_reference: &row.reference,
            ..Identifiers::default()
        },
        store: &row.store,
    }
}

fn parts() -> Parts {
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

fn rule(scope: RuleScope, number: u32) -> AccountRule {
    let account = AccountNumber::parse(&number.to_string(), AccountLength::FOUR).unwrap();
    AccountRule {
        scope,
        store: None,
        currency: None,
        valid_from: None,
        assignment: Some(Assignment::plain(account)),
    }
}

/// Books all rows and counts them; the entries go nowhere.
fn run(bencher: Bencher<'_, '_>, rules: &Rules, rows: &[Row], currency: Currency) {
    bencher.counter(ItemsCount::new(MOVEMENTS)).bench_local(|| {
        let mut assigner = Assigner::new(rules, DateRange::default());
        let mut tally = SettlementTally::new("24570012345".into(), Timestamp::MIN, Timestamp::MAX);
        let mut sink = |entry: &Entry<'_>| {
            black_box(entry.details());
            Ok(())
        };
        for (line, row) in (1..).zip(rows.iter().cycle().take(MOVEMENTS)) {
            let movement = movement(line, row, currency);
            let outcome = assigner.assign(&movement, &Context::default(), &mut sink).unwrap();
            tally.count(&movement, &outcome).unwrap();
        }
        tally
    });
}

#[divan::bench]
fn proposals_of_the_chart(bencher: Bencher<'_, '_>) {
    run(bencher, &Rules::new(parts()).unwrap(), &rows(0), Currency::EUR);
}

#[divan::bench]
fn two_hundred_shops_with_debtors_and_prefixes(bencher: Bencher<'_, '_>) {
    let mut parts = parts();
    for (store, debtor) in (0..STORES).zip(10_000..) {
        let name = format!("Laden {store}");
        parts.accounts.push(AccountRule { store: Some(name.clone()), ..rule(RuleScope::Customers, debtor) });
        let numbers = NumberRule { prefix: format!("{store}/"), ..NumberRule::default() };
        parts.stores.insert(name, StoreRule { numbers, ..StoreRule::default() });
    }
    run(bencher, &Rules::new(parts).unwrap(), &rows(STORES), Currency::EUR);
}

#[divan::bench]
fn foreign_currency_and_fees_that_change(bencher: Bencher<'_, '_>) {
    let mut parts = parts();
    let dollar = Currency::parse("USD").unwrap();
    let provider = rule(RuleScope::One(Purpose::Provider), 1211);
    parts.accounts.push(AccountRule { currency: Some(dollar), ..provider });
    for month in 1..=12 {
        let from = Some(civil::date(2026, month, 1));
        parts.accounts.push(AccountRule {
            valid_from: from,
            ..rule(RuleScope::Fees, 4900 + u32::from(month.unsigned_abs()))
        });
    }
    let rate = SourcedRate { rate: Rate::parse("1.085").unwrap(), source: "EZB".into() };
    parts.rates.set_month(dollar, Month::of(civil::date(2026, 10, 1)), rate);
    run(bencher, &Rules::new(parts).unwrap(), &rows(0), dollar);
}
