//! Summed fees: one entry a day or settlement, the single ones listed.

use ledger::assign::Assigner;
use ledger::calendar::{DateRange, Month};
use ledger::chart::Chart;
use ledger::entry::Entry;
use ledger::kind::MovementKind;
use ledger::rate::{Rate, SourcedRate};
use ledger::rules::{AccountRule, FeeSumming, Parts, Rules};
use ledger::summed_fees::SummedFees;
use ledger::template::Template;

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

/// The fee rule of a shop with an EU VAT id and an EU rate.
fn european(vat_id: &str, rate: u16) -> AccountRule {
    let mut rule = rule("fee", "4970");
    let assignment = rule.assignment.as_mut().unwrap();
    assignment.eu_vat_id = Some(vat_id.to_owned());
    assignment.eu_rate = Some(rate);
    rule
}

#[test]
fn another_vat_id_or_eu_rate_is_another_sum() {
    let mut parts = parts(Chart::Skr03);
    let from = |day_text: &str, rule| AccountRule { valid_from: Some(day(day_text)), ..rule };
    parts.accounts.extend([
        european("LU20260743", 1_900),
        from("2026-10-10", european("LU99999999", 1_900)),
        from("2026-10-20", european("LU99999999", 700)),
    ]);
    let rows: Vec<_> =
        ["2026-10-05T08:00:00Z", "2026-10-06T08:00:00Z", "2026-10-12T08:00:00Z", "2026-10-22T08:00:00Z"]
            .into_iter()
            .map(|instant| payment(instant, -10))
            .collect();
    let (entries, _) = summed(parts, FeeSumming::Settlement, &rows);
    let mut amounts: Vec<_> = fees(&entries).iter().map(|entry| entry.split(" | ").nth(4).unwrap()).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, ["0,10", "0,10", "0,20"], "{entries:?}");
}

#[test]
fn another_document_number_is_another_sum() {
    let mut parts = parts(Chart::Skr03);
    let with_document = |template: &str| {
        let mut rule = rule("fee", "70001");
        rule.assignment.as_mut().unwrap().document = Some(Template::parse(template).unwrap());
        rule
    };
    let later = AccountRule { valid_from: Some(day("2026-10-15")), ..with_document("AP2-{Jahr}-{Monat}") };
    parts.accounts.extend([with_document("AP-{Jahr}-{Monat}"), later]);
    let rows = [
        payment("2026-10-05T08:00:00Z", -10),
        payment("2026-10-06T08:00:00Z", -10),
        payment("2026-10-20T08:00:00Z", -10),
    ];
    let (entries, _) = summed(parts, FeeSumming::Settlement, &rows);
    let mut numbers: Vec<_> = fees(&entries).iter().map(|entry| entry.split(" | ").nth(6).unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, ["AP-2026-10", "AP2-2026-10"], "{entries:?}");
}

/// Fees in dollars at a rate, summed by settlement: what the books get, or why nothing.
fn summed_in_dollars(
    rates: &[(&str, &str, &str)],
    fees_of_days: &[(&str, i64)],
) -> Result<Vec<String>, String> {
    let mut parts = parts(Chart::Skr03);
    parts.client.fee_summing = FeeSumming::Settlement;
    parts.accounts.push(AccountRule { currency: Some(currency("USD")), ..rule("provider", "1211") });
    for (of_day, rate, source) in rates {
        let rate = SourcedRate { rate: Rate::parse(rate).unwrap(), source: (*source).to_owned() };
        parts.rates.set_day(currency("USD"), day(of_day), rate);
    }
    let rules = Rules::new(parts).unwrap();
    let mut found = Vec::new();
    let take = |entry: &Entry<'_>| {
        let base = entry.base().ok_or("the amount in the books is lost")?;
        found.push(format!("{} = {} ({})", entry.amount(), base.amount, base.rate.source));
        Ok(())
    };
    let mut fees = SummedFees::new(&rules, take, |_: &Entry<'_>| Ok(()));
    let mut assigner = Assigner::new(&rules, DateRange::default());
    for (of_day, variable) in fees_of_days {
        let instant = format!("{of_day}T08:00:00Z");
        let row = Row::new(1, "5", &instant, MovementKind::Payment, 0).fees(*variable, 0).currency("USD");
        assigner.assign(&row.movement(), &row.context(), &mut fees).unwrap();
    }
    fees.flush().map_err(|error| error.to_string())?;
    drop(fees);
    Ok(found)
}

#[test]
fn a_sum_whose_rate_cannot_be_expressed_is_refused_and_never_loses_its_amount() {
    // 1.490,00 at 99999 is 0,0149, a cent; the rate between 1.490,00 and 0,01 has six digits.
    let days = [("2026-10-05", "99999", "EZB")];
    let error = summed_in_dollars(&days, &[("2026-10-05", -149_000)]).unwrap_err();
    assert_eq!(
        error,
        "settlement 5: the fees of 1490,00 USD are 0,01 EUR, and no exchange rate expresses that; post the fees singly"
    );
}

#[test]
fn a_sum_names_every_source_of_its_rates_once() {
    let days = [("2026-10-05", "1.1", "EZB"), ("2026-10-06", "1.25", "BMF"), ("2026-10-07", "1.25", "EZB")];
    let fees = [("2026-10-05", -1_100), ("2026-10-06", -1_100), ("2026-10-07", -125)];
    assert_eq!(summed_in_dollars(&days, &fees).unwrap(), ["23,25 USD = 19,80 EUR (EZB, BMF)"]);
}
