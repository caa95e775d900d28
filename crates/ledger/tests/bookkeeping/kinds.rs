//! Every kind of row with either sign: the side follows the sign, the account the kind.

use ledger::assign::{NotBooked, Remark};
use ledger::chart::Chart;
use ledger::kind::{MovementKind, UsualSign};
use ledger::rules::Rules;

use crate::books::{Row, book, euro, parts};

/// The contra account of each kind in SKR03, as the product's table of kinds says; none where nothing is booked.
fn contra(kind: MovementKind) -> Option<&'static str> {
    match kind {
        MovementKind::Payment
        | MovementKind::Refund
        | MovementKind::Chargeback
        | MovementKind::GuaranteeClaim
        | MovementKind::Dispute => Some("10000"),
        MovementKind::Adjustment | MovementKind::Unknown => Some("1792"),
        MovementKind::Payout | MovementKind::Debt => Some("1361"),
        MovementKind::Fee => Some("4970"),
        MovementKind::Reserve | MovementKind::CarryOver => None,
    }
}

#[test]
fn the_side_follows_the_sign_and_the_account_the_kind() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    for kind in MovementKind::ALL {
        for (gross, side) in [(1_234, 'S'), (-1_234, 'H')] {
            let row = Row::new(1, "77", "2026-10-05T08:00:00Z", kind, gross);
            let booked = book(&rules, &[row]);
            let expected =
                contra(kind).map(|contra| format!("05.10.2026 | {side} | 1210 | {contra} | 12,34 | –"));
            let found = booked.lines.iter().map(|line| line.rsplitn(4, " | ").nth(3).unwrap().to_owned());
            assert_eq!(found.collect::<Vec<_>>(), Vec::from_iter(expected), "{kind:?} {gross}");
        }
    }
}

#[test]
fn an_unusual_sign_is_booked_and_remarked() {
    let rules = Rules::new(parts(Chart::Skr04)).unwrap();
    for kind in MovementKind::ALL {
        for gross in [1, -1] {
            let outcome =
                book(&rules, &[Row::new(1, "77", "2026-10-05T08:00:00Z", kind, gross)]).outcomes.remove(0);
            let unusual = match kind.usual_sign() {
                UsualSign::Positive => gross < 0,
                UsualSign::Negative => gross > 0,
                UsualSign::Either => false,
            };
            assert_eq!(outcome.remarks.contains(&Remark::UnusualSign), unusual, "{kind:?} {gross}");
            let unknown = kind == MovementKind::Unknown;
            assert_eq!(outcome.remarks.contains(&Remark::UnknownKind), unknown, "{kind:?}");
        }
    }
}

#[test]
fn a_row_of_zeros_is_counted_and_makes_no_entry() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    for kind in MovementKind::ALL {
        let booked = book(&rules, &[Row::new(1, "77", "2026-10-05T08:00:00Z", kind, 0)]);
        assert_eq!(booked.outcomes[0].not_booked, Some((NotBooked::Zero, euro(0))), "{kind:?}");
        assert!(booked.lines.is_empty());
    }
}

#[test]
fn what_stays_on_the_provider_account_still_pays_its_fee() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    for (kind, reason) in
        [(MovementKind::Reserve, NotBooked::Reserve), (MovementKind::CarryOver, NotBooked::CarryOver)]
    {
        let booked = book(&rules, &[Row::new(1, "77", "2026-10-05T08:00:00Z", kind, -500).fees(-10, 0)]);
        let outcome = &booked.outcomes[0];
        assert_eq!(booked.lines, ["05.10.2026 | H | 1210 | 4970 | 0,10 | – | 77 | – | 77"]);
        assert_eq!(outcome.not_booked, Some((reason, euro(-500))));
        assert_eq!((outcome.on_provider, outcome.effect), (euro(-10), euro(-10)));
    }
}

#[test]
fn a_row_without_an_order_is_filed_under_its_settlement() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let rows = [
        Row::new(1, "4711", "2026-10-05T08:00:00Z", MovementKind::Adjustment, 5),
        Row::new(2, "4711", "2026-10-05T08:00:00Z", MovementKind::Payout, -5),
        Row::new(3, "4711", "2026-10-05T08:00:00Z", MovementKind::Payout, -5).pays("4710"),
        // Only a payout pays another settlement.
        Row::new(4, "4711", "2026-10-05T08:00:00Z", MovementKind::Debt, 5).pays("4710"),
    ];
    let booked = book(&rules, &rows);
    let settlements: Vec<_> = booked.lines.iter().map(|line| line.split_once(" | – | ").unwrap().1).collect();
    assert_eq!(settlements, ["4711 | – | 4711", "4711 | – | 4711", "4710 | – | 4710", "4711 | – | 4711"]);
}
