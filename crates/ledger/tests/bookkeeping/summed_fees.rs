//! Summed fees: one entry a day or settlement, the single ones listed.

use ledger::assign::Assigner;
use ledger::calendar::{DateRange, Month};
use ledger::chart::Chart;
use ledger::entry::Entry;
use ledger::kind::MovementKind;
use ledger::rate::{Rate, SourcedRate};
use ledger::rules::{AccountRule, FeeSumming, Parts, Rules};
use ledger::summed_fees::SummedFees;

use crate::accountant::a01;
use crate::books::{Row, currency, day, euro, line, parts, rule};

/// The entries and the single fees behind them, as lines; sums are handed on after each settlement.
fn summed(parts: Parts, summing: FeeSumming, rows: &[Row]) -> (Vec<String>, Vec<String>) {
    let mut parts = parts;
    parts.client.fee_summing = summing;
    let rules = Rules::new(parts).unwrap();
    let (mut entries, mut singles) = (Vec::new(), Vec::new());
    let mut take = |entry: &Entry<'_>| {
        entries.push(format!("{} | {}", line(entry), entry.details().text));
        Ok(())
    };
    let mut list = |entry: &Entry<'_>| {
        singles.push(line(entry));
        Ok(())
    };
    let mut assigner = Assigner::new(&rules, DateRange::default());
    let mut fees = SummedFees::new(&rules, &mut take, &mut list);
    for settlement in rows.chunk_by(|one, next| one.settlement == next.settlement) {
        for row in settlement {
            assigner.assign(&row.movement(), &row.context(), &mut fees).unwrap();
        }
        fees.flush().unwrap();
    }
    (entries, singles)
}

fn fees(entries: &[String]) -> Vec<&str> {
    entries.iter().map(String::as_str).filter(|entry| entry.contains("Gebühr")).collect()
}

#[test]
fn single_fees_pass_through() {
    let (entries, singles) = summed(parts(Chart::Skr03), FeeSumming::Single, &a01());
    assert_eq!(fees(&entries).len(), 3);
    assert!(singles.is_empty());
}

#[test]
fn the_fees_of_a_settlement_are_one_entry_a_month_on_the_last_day() {
    let (entries, singles) = summed(parts(Chart::Skr03), FeeSumming::Settlement, &a01());
    let expected = [
        "30.09.2026 | H | 1210 | 4970 | 4,09 | – | 11111111111 | – | 11111111111 | Amazon Pay Gebühren 11111111111",
        "01.10.2026 | H | 1210 | 4970 | 4,87 | – | 11111111112 | – | 11111111112 | Amazon Pay Gebühren 11111111112",
    ];
    assert_eq!(fees(&entries), expected);
    assert_eq!(singles.len(), 3);
    assert_eq!(entries.len(), 7, "three payments, a refund, a payout and two sums");
}

fn payment(instant: &str, variable: i64) -> Row {
    Row::new(1, "5", instant, MovementKind::Payment, 1_000).fees(variable, 0).order("A-1", "")
}

#[test]
fn days_and_sides_and_months_stay_apart() {
    let rows = [
        payment("2026-10-30T08:00:00Z", -10),
        payment("2026-10-31T08:00:00Z", -20),
        payment("2026-10-31T09:00:00Z", -30),
        payment("2026-10-31T10:00:00Z", 5),
        payment("2026-11-01T08:00:00Z", -40),
    ];
    let amounts = |summing| {
        let entries = summed(parts(Chart::Skr03), summing, &rows).0;
        let cells = |entry: &str| {
            let cells: Vec<_> = entry.split(" | ").collect();
            [cells[0], cells[1], cells[4]].join(" ")
        };
        let mut found: Vec<_> = fees(&entries).into_iter().map(cells).collect();
        found.sort();
        found
    };
    assert_eq!(
        amounts(FeeSumming::Day),
        ["01.11.2026 H 0,40", "30.10.2026 H 0,10", "31.10.2026 H 0,50", "31.10.2026 S 0,05"]
    );
    assert_eq!(
        amounts(FeeSumming::Settlement),
        ["01.11.2026 H 0,40", "31.10.2026 H 0,60", "31.10.2026 S 0,05"]
    );
}

#[test]
fn accounts_and_shops_stay_apart() {
    let mut parts = parts(Chart::Skr03);
    parts.accounts.push(AccountRule { store: Some("Laden".into()), ..rule("fee", "4971") });
    let rows = [
        payment("2026-10-30T08:00:00Z", -10),
        payment("2026-10-30T08:00:00Z", -20).store("Laden"),
        payment("2026-10-30T08:00:00Z", -30).store("anderer"),
    ];
    let (entries, _) = summed(parts, FeeSumming::Settlement, &rows);
    assert_eq!(fees(&entries).len(), 3, "{entries:?}");
}

#[test]
fn a_sum_in_a_foreign_currency_is_the_sum_in_the_books() {
    let mut parts = parts(Chart::Skr03);
    parts.client.fee_summing = FeeSumming::Settlement;
    parts.accounts.push(AccountRule { currency: Some(currency("USD")), ..rule("provider", "1211") });
    let rate = |text| SourcedRate { rate: Rate::parse(text).unwrap(), source: "EZB".into() };
    parts.rates.set_month(currency("USD"), Month::of(day("2026-10-01")), rate("1.1"));
    parts.rates.set_day(currency("USD"), day("2026-10-06"), rate("1.25"));
    let rules = Rules::new(parts).unwrap();
    let mut bases = Vec::new();
    let take = |entry: &Entry<'_>| {
        let base = entry.base().unwrap();
        bases.push((entry.amount().minor(), base.amount, base.rate.clone()));
        Ok(())
    };
    let mut fees = SummedFees::new(&rules, take, |_: &Entry<'_>| Ok(()));
    let mut assigner = Assigner::new(&rules, DateRange::default());
    for instant in ["2026-10-05T08:00:00Z", "2026-10-06T08:00:00Z"] {
        let row = Row::new(1, "5", instant, MovementKind::Payment, 0).fees(-1_100, 0).currency("USD");
        assigner.assign(&row.movement(), &row.context(), &mut fees).unwrap();
    }
    fees.flush().unwrap();
    drop(fees);
    // 11,00 at 1,1 is 10,00 and at 1,25 it is 8,80; the rate of the sum is 22,00 / 18,80.
    assert_eq!(bases, [(2_200, euro(1_880), rate("1.170213"))]);
}
