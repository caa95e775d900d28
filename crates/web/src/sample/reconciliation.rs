use app::books::coverage::Coverage;
use app::books::months::{KindTotal, MonthOfClient, MonthOverview, MonthState};
use app::books::statement::Statement;
use app::convert::proof::{
    Amount, Explained, Kind, Month as Proved, Settled, Settlement, SettlementMonth, Totals,
};
use jiff::civil::date;
use ledger::{calendar::Month, kind::MovementKind, money::Currency};
use store::payouts::Payout;

use super::{frame, gallery::Sample};
use crate::{
    address::Place,
    page::reconciliation::{ReconciliationView, page},
    text::Words,
};

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let frame = frame(t, Place::Reconciliation);
    let full = full();
    let empty = ReconciliationView {
        month: None,
        months: Vec::new(),
        statements: Vec::new(),
        held: None,
        payouts: Vec::new(),
        ..full.clone()
    };
    let refused = ReconciliationView {
        refused: Some(
            t.pick("Dieser Mandant hat noch keine Kontierung.", "This client has no account assignment yet.")
                .to_owned(),
        ),
        ..full.clone()
    };
    vec![
        Sample::of("reconciliation", page(&frame, &full)),
        Sample::of("reconciliation-empty", page(&frame, &empty)),
        Sample::of("reconciliation-refused", page(&frame, &refused)),
    ]
}

fn euro(minor: i64) -> Amount {
    Amount { minor, currency: "EUR".to_owned() }
}

fn totals() -> Totals {
    let kind = |kind, rows, gross, fees| Kind { kind, rows, gross: euro(gross), fees: euro(fees) };
    Totals {
        rows: 964,
        booked_rows: 964,
        entries: 1_874,
        net: euro(227_457),
        on_provider: euro(227_457),
        not_booked: Vec::new(),
        kinds: vec![
            kind("payment", 871, 6_162_211, -130_154),
            kind("refund", 62, -700_200, 0),
            kind("payout", 31, -5_104_400, 0),
        ],
        fees: Vec::new(),
    }
}

fn full() -> ReconciliationView {
    let month = Month::of(date(2026, 10, 1));
    let settled = |settlement: &str, state, amount| Settled {
        settlement: Some(settlement.to_owned()),
        state,
        amount: euro(amount),
    };
    let proved = Proved {
        month: month.to_string(),
        currency: "EUR".to_owned(),
        opening: euro(591_820),
        closing: euro(819_277),
        closing_explained: Explained {
            reserve: euro(185_000),
            carried_over: euro(0),
            not_yet_settled: euro(439_867),
            settled: vec![settled("24571234562", "unpaid", 194_410)],
        },
        covered_until: None,
        totals: totals(),
    };
    let settlement = |settlement: &str, payable, paid| Settlement {
        settlement: settlement.to_owned(),
        start: "2026-10-14T22:00:00Z".to_owned(),
        end: "2026-10-28T21:59:59Z".to_owned(),
        currency: "EUR".to_owned(),
        payable: euro(payable),
        paid: euro(paid),
        totals: totals(),
        months: vec![SettlementMonth { month: month.to_string(), totals: totals() }],
    };
    let unclear =
        KindTotal { kind: MovementKind::Unknown, currency: Currency::EUR, rows: 2, gross: 150, fees: 0 };
    ReconciliationView {
        month: Some(month),
        months: vec![Month::of(date(2026, 9, 1)), month],
        statements: vec![Statement {
            seller: "A3B7EXAMPLE2K9".to_owned(),
            connection: None,
            months: vec![proved],
            settlements: vec![
                settlement("24571234560", 2_410_990, 2_410_990),
                settlement("24571234561", 0, 0),
                settlement("24571234562", 194_410, 0),
                settlement("24571234563", 310_000, 300_000),
            ],
            findings: Vec::new(),
        }],
        held: Some(MonthOfClient {
            month,
            rows: 964,
            sums: vec![unclear],
            coverage: Coverage { until: None, complete: true, gap: false },
            overviews: vec![MonthOverview {
                month,
                connection: None,
                state: MonthState::Exported,
                batches: Vec::new(),
            }],
        }),
        payouts: vec![Payout {
            seller_id: "A3B7EXAMPLE2K9".to_owned(),
            settlement: "24571234560".to_owned(),
            currency: "EUR".to_owned(),
            paid_at: Some("2026-10-16T03:12:00Z".parse().unwrap()),
            amount: 2_410_990,
            reference: Some("AMZN3F7K2".to_owned()),
        }],
        connections: Vec::new(),
        refused: None,
    }
}
