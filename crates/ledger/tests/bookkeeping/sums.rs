//! What the sums of days say is what their rows say.

use ledger::assign::Assigner;
use ledger::calendar::DateRange;
use ledger::chart::Chart;
use ledger::entry::Entry;
use ledger::kind::MovementKind;
use ledger::movement::Context;
use ledger::proof::SettlementTally;
use ledger::rules::Rules;
use ledger::sums::{DaySum, DaySums};
use proptest::prelude::*;

use crate::books::{Row, day, parts, rule};

const INSTANTS: [&str; 3] = ["2026-10-31T22:30:00Z", "2026-10-31T23:30:00Z", "2026-11-02T08:00:00Z"];
const STORES: [&str; 3] = ["", "Mode", "Garten"];

fn tally() -> SettlementTally {
    SettlementTally::new("1".to_owned(), INSTANTS[0].parse().unwrap(), INSTANTS[2].parse().unwrap())
}

/// Soll and Haben of each account on the other side of P, by rows and by sums.
fn turnover(lines: &mut std::collections::BTreeMap<String, i64>, entry: &Entry<'_>) {
    let key = format!("{} {} {}", entry.account(), entry.contra_account(), entry.side().letter());
    *lines.entry(key).or_default() += entry.amount().minor();
}

fn sums(rows: &[Row], assigner: &mut Assigner<'_>) -> Vec<DaySum> {
    let mut sums = DaySums::new();
    for row in rows {
        let movement = row.movement();
        sums.count(&movement, assigner.date(movement.instant)).unwrap();
    }
    sums.into_list()
}

fn any_row() -> impl Strategy<Value = (usize, usize, usize, i64, i64, i64)> {
    (0_usize..12, 0_usize..3, 0_usize..3, -3_i64..3, -2_i64..2, -2_i64..2)
}

proptest! {
    #[test]
    fn sums_give_the_tallies_and_turnovers_of_their_rows(
        rows in proptest::collection::vec(any_row(), 1..60),
        fixed_apart: bool,
        start: bool,
    ) {
        let mut parts = parts(Chart::Skr03);
        parts.accounts.push(rule("reserve", "1501"));
        if fixed_apart {
            parts.accounts.push(rule("fee-fixed", "4980"));
        }
        parts.client.start = start.then(|| day("2026-11-01"));
        let rules = Rules::new(parts).unwrap();
        let made: Vec<Row> = (1..)
            .zip(&rows)
            .map(|(line, (kind, instant, store, gross, variable, fixed))| {
                Row::new(line, "1", INSTANTS[*instant], MovementKind::ALL[*kind], *gross)
                    .fees(*variable, *fixed)
                    .store(STORES[*store])
            })
            .collect();
        let period = DateRange { from: None, until: Some(day("2026-11-01")) };

        let (mut by_row, mut lines) = (tally(), std::collections::BTreeMap::new());
        let mut assigner = Assigner::new(&rules, period);
        for row in &made {
            let mut sink = |entry: &Entry<'_>| { turnover(&mut lines, entry); Ok(()) };
            let outcome = assigner.assign(&row.movement(), &Context::default(), &mut sink).unwrap();
            by_row.count(&row.movement(), &outcome).unwrap();
        }
        let (mut by_sum, mut summed_lines) = (tally(), std::collections::BTreeMap::new());
        let mut summing = Assigner::of_sums(&rules, period);
        for sum in sums(&made, &mut assigner) {
            let mut sink = |entry: &Entry<'_>| { turnover(&mut summed_lines, entry); Ok(()) };
            let outcome = summing.assign_sum(&sum, "1", &Context::default(), &mut sink).unwrap();
            by_sum.count_rows(&sum.movement("1"), &outcome, sum.rows).unwrap();
        }
        prop_assert_eq!(by_sum, by_row);
        prop_assert_eq!(summed_lines, lines);
    }
}

#[test]
fn sums_are_stored_as_text_and_read_back() {
    let rows = [
        Row::new(7, "1", INSTANTS[0], MovementKind::Payment, 11_900).fees(-226, -35).store("Mode"),
        Row::new(9, "1", INSTANTS[0], MovementKind::Payment, 1_000).fees(-20, -35).store("Mode"),
        Row::new(8, "1", INSTANTS[1], MovementKind::Unknown, -5),
    ];
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let list = sums(&rows, &mut Assigner::new(&rules, DateRange::default()));
    let text = serde_json::to_string(&list[0]).unwrap();
    assert_eq!(
        text,
        "{\"day\":\"2026-10-31\",\"kind\":\"payment\",\"kind_text\":\"\",\"currency\":\"EUR\",\"store\":\"Mode\",\"signs\":\"+---\",\
         \"variable_kind\":\"processing\",\"fixed_kind\":\"fixed\",\"rows\":2,\"first_line\":7,\"gross\":12900,\"variable\":-246,\"fixed\":-70}"
    );
    assert_eq!(serde_json::from_str::<DaySum>(&text).unwrap(), list[0]);
    assert_eq!((list[1].kind_text.as_str(), list[1].day), ("Whatever", day("2026-11-01")));
}

#[test]
fn a_row_of_closed_books_is_booked_on_the_day_it_is_carried_to_and_says_so() {
    let mut parts = parts(Chart::Skr03);
    parts.client.closed_until = Some(day("2026-10-31"));
    let rules = Rules::new(parts).unwrap();
    let row = Row::new(7, "1", INSTANTS[0], MovementKind::Payment, 11_900).order("R-7", "S02-7");
    let own_day = day("2026-10-31");
    let context = Context { carried_to: rules.client().carried_to(own_day), ..Context::default() };
    let mut texts = Vec::new();
    let mut sink = |entry: &Entry<'_>| {
        texts.push(format!("{} {}", entry.date(), entry.details().text));
        Ok(())
    };
    let outcome =
        Assigner::new(&rules, DateRange::default()).assign(&row.movement(), &context, &mut sink).unwrap();
    assert_eq!(texts, ["2026-11-01 Nachtrag 31.10. Amazon Pay Zahlung R-7"]);
    assert_eq!((outcome.date, outcome.carried_from), (day("2026-11-01"), Some(own_day)));
    assert_eq!(rules.client().carried_to(day("2026-11-01")), None);
}
