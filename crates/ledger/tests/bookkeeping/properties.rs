//! Whatever rows come, money is neither made nor lost.

use ledger::chart::Chart;
use ledger::kind::MovementKind;
use ledger::money::Money;
use ledger::rules::Rules;
use proptest::prelude::*;

use crate::books::{Row, book, euro, parts};

proptest! {
    #[test]
    fn each_row_is_what_it_moved_and_what_was_not_booked(
        rows in proptest::collection::vec((0_usize..12, -100_000_i64..100_000, -500_i64..500, -100_i64..100), 1..40),
    ) {
        let rules = Rules::new(parts(Chart::Skr04)).unwrap();
        let made: Vec<Row> = (1..)
            .zip(&rows)
            .map(|(line, (kind, gross, variable, fixed))| {
                Row::new(line, "1", "2026-10-05T08:00:00Z", MovementKind::ALL[*kind], *gross).fees(*variable, *fixed)
            })
            .collect();
        let outcomes = book(&rules, &made).outcomes;
        prop_assert_eq!(outcomes.len(), rows.len(), "no row is dropped");
        for (outcome, (_, gross, variable, fixed)) in outcomes.iter().zip(&rows) {
            let left = outcome.not_booked.map_or(euro(0), |(_, amount)| amount);
            let net: Money = outcome.on_provider.checked_add(left).unwrap();
            prop_assert_eq!(net, euro(gross + variable + fixed));
        }
    }
}
