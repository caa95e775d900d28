use app::books::check::CheckFinding;
use app::books::entries::{EntryView, Row};
use app::books::months::KindTotal;
use app::books::totals::AccountTotal;
use app::settings::Document;
use app::{Refusal, RefusalKind};
use jiff::civil::{Date, date};
use ledger::{calendar::Month, chart::Chart, kind::MovementKind, money::Currency};
use store::id::DocumentId;
use store::movements::Movement;

use super::{frame, gallery::Sample};
use crate::{
    address::Place,
    page::entries::{CheckView, EntriesView, Narrowed, check_page, page},
    text::Words,
};

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let frame = frame(t, Place::Entries);
    let full = full();
    let searched = EntriesView {
        narrowed: Narrowed { query: "TH-204".to_owned(), ..Narrowed::default() },
        totals: Vec::new(),
        next: None,
        ..full.clone()
    };
    let row = EntriesView {
        narrowed: Narrowed { movement: "7.12".to_owned(), ..Narrowed::default() },
        rows: full.rows.iter().take(1).cloned().collect(),
        ..full.clone()
    };
    let none = EntriesView { rows: Vec::new(), next: None, totals: Vec::new(), ..full.clone() };
    let nowhere = EntriesView { months: Vec::new(), ..none.clone() };
    let chartless = EntriesView { rules: None, ..none.clone() };
    let refused = EntriesView {
        refused: Some(
            t.pick("Am 12.10.2026 fehlt ein Kurs für USD.", "A rate for USD is missing on 12 Oct 2026.")
                .to_owned(),
        ),
        ..none.clone()
    };
    let month = october();
    let check = |findings, rows| CheckView { month, rows, findings, refused: None };
    vec![
        Sample::of("entries", page(&frame, &full)),
        Sample::of("entries-search", page(&frame, &searched)),
        Sample::of("entries-row", page(&frame, &row)),
        Sample::of("entries-none", page(&frame, &none)),
        Sample::of("entries-nowhere", page(&frame, &nowhere)),
        Sample::of("entries-chart-first", page(&frame, &chartless)),
        Sample::of("entries-refused", page(&frame, &refused)),
        Sample::of("entries-check", check_page(&frame, &check(Some(findings()), 964))),
        Sample::of("entries-check-clean", check_page(&frame, &check(Some(Vec::new()), 964))),
        Sample::of("entries-check-large", check_page(&frame, &check(None, 1_000_000))),
    ]
}

fn october() -> Month {
    Month::of(date(2026, 10, 1))
}

fn entry(day: Date, kind: &'static str, number: &str, contra: &str, minor: i64, text: &str) -> EntryView {
    EntryView {
        date: day,
        side: if minor < 0 { 'H' } else { 'S' },
        amount: minor.abs(),
        currency: Currency::EUR,
        account: "1810".to_owned(),
        contra_account: contra.to_owned(),
        key: None,
        document_number: number.to_owned(),
        text: text.to_owned(),
        order_number: String::new(),
        settlement: "24571234562".to_owned(),
        kind,
    }
}

fn row(line: u64, kind: &str, gross: i64, entries: Vec<EntryView>) -> Row {
    Row {
        movement: Movement {
            settlement: 7,
            line,
            posted_at: "2026-10-01T08:00:00Z".parse().unwrap(),
            kind: kind.to_owned(),
            kind_text: String::new(),
            currency: "EUR".to_owned(),
            gross,
            fee_variable: 0,
            fee_fixed: 0,
            seller_order: "TH-20418".to_owned(),
            order_reference: String::new(),
            provider_transaction: String::new(),
            seller_reference: String::new(),
            store: String::new(),
            provider: "amazon-pay".to_owned(),
            settlement_identifier: "24571234562".to_owned(),
            connection: None,
            document: DocumentId::parse("01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c51").unwrap(),
        },
        entries,
        not_booked: None,
        remarks: Vec::new(),
        refused: None,
    }
}

fn full() -> EntriesView {
    let first = date(2026, 10, 1);
    let rate = Refusal::new(
        RefusalKind::Conflict,
        "rate-missing",
        "Am 03.10.2026 fehlt ein Kurs für USD.",
        "A rate for USD is missing on 3 Oct 2026.",
    );
    let rows = vec![
        row(
            12,
            "payment",
            11_900,
            vec![
                entry(first, "payment", "TH-20418", "10000", 11_900, "Amazon Pay Zahlung TH-20418"),
                entry(first, "fee-processing", "TH-20418", "6855", -261, "Amazon Pay Gebühr TH-20418"),
            ],
        ),
        row(
            13,
            "refund",
            -5_950,
            vec![entry(first, "refund", "TH-20377", "10000", -5_950, "Amazon Pay Erstattung TH-20377")],
        ),
        Row {
            remarks: vec!["unknown-kind"],
            ..row(
                14,
                "unknown",
                150,
                vec![entry(first, "unknown", "24571234562", "3630", 150, "Amazon Pay Klärung Loyalty Bonus")],
            )
        },
        Row { not_booked: Some("reserve"), ..row(15, "reserve", -10_000, Vec::new()) },
        Row { refused: Some(Box::new(rate)), ..row(16, "payment", 4_200, Vec::new()) },
        row(
            17,
            "payout",
            -194_410,
            vec![entry(
                date(2026, 10, 2),
                "payout",
                "24571234561",
                "1461",
                -194_410,
                "Amazon Pay Auszahlung 24571234561",
            )],
        ),
    ];
    let sum = |kind, rows, gross, fees| KindTotal { kind, currency: Currency::EUR, rows, gross, fees };
    let total = |account: &str, provider, debit, credit, entries| AccountTotal {
        account: account.to_owned(),
        provider,
        currency: Currency::EUR,
        debit,
        credit,
        entries,
        kinds: vec![MovementKind::Payment],
    };
    EntriesView {
        narrowed: Narrowed { month: Some(october()), ..Narrowed::default() },
        months: vec![Month::of(date(2026, 9, 1)), october()],
        connections: Vec::new(),
        rows,
        next: Some("0.1.7.17.".to_owned()),
        is_later: false,
        sums: vec![
            sum(MovementKind::Payment, 871, 6_101_250, -130_154),
            sum(MovementKind::Refund, 62, -700_200, 0),
            sum(MovementKind::Payout, 31, -5_104_400, 0),
        ],
        totals: vec![
            total("1810", true, 6_101_250, 5_934_754, 1_874),
            total("10000", false, 700_200, 6_101_250, 933),
            total("1461", false, 5_104_400, 0, 31),
            total("6855", false, 130_154, 0, 910),
        ],
        refused: None,
        rules: Document::proposed(Chart::Skr04)
            .review()
            .configuration
            .map(|configuration| configuration.rules),
    }
}

fn findings() -> Vec<CheckFinding> {
    let finding = |line, error, field, found: &str, german, english| CheckFinding {
        file: "EXTF_Buchungsstapel_2026-10.csv".to_owned(),
        code: "text-too-long",
        error,
        line: Some(line),
        field: Some(field),
        found: found.to_owned(),
        german,
        english,
    };
    vec![
        finding(
            14,
            false,
            "Buchungstext",
            "Amazon Pay Zahlung …",
            "Länger als 60 Zeichen; DATEV schneidet den Text ab.",
            "Longer than 60 characters; DATEV cuts the text.",
        ),
        finding(
            15,
            false,
            "Buchungstext",
            "Amazon Pay Zahlung …",
            "Länger als 60 Zeichen; DATEV schneidet den Text ab.",
            "Longer than 60 characters; DATEV cuts the text.",
        ),
        finding(
            20,
            true,
            "BU-Schlüssel",
            "506",
            "Dieses Konto lässt keinen Schlüssel zu.",
            "This account admits no key.",
        ),
    ]
}
