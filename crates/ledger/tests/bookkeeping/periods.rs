//! Booking dates: the client's zone, first day and the period that was asked for.

use ledger::assign::NotBooked;
use ledger::calendar::DateRange;
use ledger::chart::Chart;
use ledger::kind::MovementKind;
use ledger::rules::Rules;

use crate::books::{Row, book, day, euro, parts, try_book};

fn payment(instant: &str) -> Row {
    Row::new(1, "5", instant, MovementKind::Payment, 1_000).fees(-35, 0)
}

#[test]
fn an_evening_in_utc_is_booked_on_the_next_day_in_berlin() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let booked = book(&rules, &[payment("2026-10-31T23:30:00Z"), payment("2026-10-31T22:59:59Z")]);
    assert_eq!(booked.outcomes[0].date, day("2026-11-01"));
    assert_eq!(booked.outcomes[1].date, day("2026-10-31"));
}

#[test]
fn rows_outside_the_period_are_counted_and_not_booked() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let october = DateRange { from: Some(day("2026-10-01")), until: Some(day("2026-10-31")) };
    let rows = [
        payment("2026-09-30T21:59:59Z"),
        payment("2026-09-30T22:00:00Z"),
        payment("2026-10-31T22:59:59Z"),
        payment("2026-10-31T23:00:00Z"),
    ];
    let outcomes = try_book(&rules, october, &rows).unwrap().outcomes;
    let reasons: Vec<_> = outcomes.iter().map(|outcome| outcome.not_booked).collect();
    let outside = Some((NotBooked::OutsidePeriod, euro(965)));
    assert_eq!(reasons, [outside, None, None, outside]);
    assert!(outcomes.iter().all(|outcome| outcome.effect == euro(965)), "booked here or elsewhere");
}

#[test]
fn rows_before_the_clients_first_day_are_shown_and_not_booked() {
    let mut parts = parts(Chart::Skr03);
    parts.client.start = Some(day("2026-10-01"));
    let rules = Rules::new(parts).unwrap();
    let booked = book(&rules, &[payment("2026-09-30T12:00:00Z"), payment("2026-09-30T22:00:00Z")]);
    assert_eq!(booked.outcomes[0].not_booked, Some((NotBooked::BeforeStart, euro(965))));
    assert_eq!(booked.lines.len(), 2);
    assert!(booked.lines[0].starts_with("01.10.2026"));
}

#[test]
fn a_row_that_is_left_out_needs_no_account_and_no_rate() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let later = DateRange { from: Some(day("2027-01-01")), until: None };
    let foreign = payment("2026-10-05T08:00:00Z").currency("USD");
    assert_eq!(try_book(&rules, later, &[foreign]).unwrap().outcomes.len(), 1);
}
