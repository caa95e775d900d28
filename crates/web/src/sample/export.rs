use app::books::batch::{Found, Making};
use app::books::coverage::Coverage;
use app::books::months::{KindTotal, MonthOfClient, MonthOverview, MonthState};
use app::books::sheet::{Balance, ProviderAccount, SettledPart, Sheet, SheetFinding};
use jiff::civil::date;
use ledger::{calendar::Month, kind::MovementKind, money::Currency};
use store::batches::{Batch, BatchFile, BatchState, Content, NewBatch};
use store::id::{BatchId, ClientId, ConnectionId};

use super::{CLIENT, frame, gallery::Sample};
use crate::{
    address::Place,
    page::export::{
        self, Named, YearView,
        month::{self, MonthView},
        sheet::{self, Typed},
    },
    text::Words,
};

const HASH: &str = "3f4c1a2b9d0e37765a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071";

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let frame = frame(t, Place::Export);
    let year = |connections: Vec<Named>, months| YearView {
        year: 2026,
        years: vec![2026, 2025],
        months,
        connections,
    };
    let nothing = YearView { year: 2026, years: Vec::new(), months: Vec::new(), connections: Vec::new() };
    let of = |state, batches: Vec<Found>| MonthView {
        month: october(),
        held: Some(held(10, state, batches.iter().map(|found| found.batch.clone()).collect())),
        connections: vec![(connection(), "Teehaus DE".to_owned())],
        batches,
        making: Vec::new(),
        is_running: false,
        error: None,
    };
    let open = of(MonthState::New, Vec::new());
    let exported = of(MonthState::Exported, vec![found(0, BatchState::Exported)]);
    let changed =
        of(MonthState::Changed, vec![found(1, BatchState::Exported), found(0, BatchState::Processed)]);
    let making = Making { batch: batch(0, BatchState::Writing), written: 48 << 20 };
    let making = MonthView { making: vec![making], ..open.clone() };
    let failed = MonthView {
        error: Some(
            t.pick("Am 12.10.2026 fehlt ein Kurs für USD.", "A rate for USD is missing on 12 Oct 2026.")
                .to_owned(),
        ),
        ..open.clone()
    };
    let typed = |text: &str, minor| Typed { text: text.to_owned(), minor };
    let connections = [(connection(), "Teehaus DE".to_owned())];
    let paper = |found: &Found, typed: &Typed| sheet::page(&frame, found, &content(), &connections, typed);
    let found = found(0, BatchState::Exported);
    vec![
        Sample::of(
            "export",
            export::page(&frame, &year(vec![(connection(), "Teehaus DE".to_owned())], months())),
        ),
        Sample::of("export-connections", export::page(&frame, &year(two(), months()))),
        Sample::of("export-empty", export::page(&frame, &nothing)),
        Sample::of("export-month", month::page(&frame, &open)),
        Sample::of("export-month-exported", month::page(&frame, &exported)),
        Sample::of("export-month-changed", month::page(&frame, &changed)),
        Sample::of("export-month-making", month::page(&frame, &making)),
        Sample::of("export-month-failed", month::page(&frame, &failed)),
        Sample::of("export-sheet", paper(&found, &Typed::default())),
        Sample::of("export-sheet-differs", paper(&found, &typed("8.192,00", Some(819_200)))),
        Sample::of("export-sheet-wrong", paper(&found, &typed("viel", None))),
    ]
}

fn october() -> Month {
    Month::of(date(2026, 10, 1))
}

fn connection() -> ConnectionId {
    ConnectionId::parse("01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c21").unwrap()
}

fn two() -> Vec<Named> {
    let other = ConnectionId::parse("01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c22").unwrap();
    vec![(connection(), "Teehaus DE".to_owned()), (other, "Teehaus AT".to_owned())]
}

fn months() -> Vec<MonthOfClient> {
    vec![
        held(11, MonthState::New, Vec::new()),
        held(10, MonthState::Changed, vec![batch(0, BatchState::Processed), batch(1, BatchState::Exported)]),
        held(9, MonthState::Processed, vec![batch(0, BatchState::Processed)]),
        held(8, MonthState::Withdrawn, vec![batch(0, BatchState::Withdrawn)]),
    ]
}

fn held(month: i8, state: MonthState, batches: Vec<Batch>) -> MonthOfClient {
    let month = Month::of(date(2026, month, 1));
    let total = |kind, rows, gross, fees| KindTotal { kind, currency: Currency::EUR, rows, gross, fees };
    let whole = state != MonthState::New;
    MonthOfClient {
        month,
        rows: 964,
        sums: vec![
            total(MovementKind::Payment, 871, 6_101_250, -130_154),
            total(MovementKind::Refund, 62, -700_200, 0),
            total(MovementKind::Payout, 31, -5_104_400, 0),
        ],
        coverage: Coverage {
            until: Some("2026-11-22T21:59:59Z".parse().unwrap()),
            complete: whole,
            gap: state == MonthState::Withdrawn,
        },
        overviews: vec![MonthOverview { month, connection: None, state, batches }],
    }
}

fn batch(correction: u32, state: BatchState) -> Batch {
    let id = format!("01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c3{correction}");
    Batch {
        begun: NewBatch {
            id: BatchId::parse(&id).unwrap(),
            client: ClientId::parse(CLIENT).unwrap(),
            connection: None,
            month: october(),
            format: "datev".to_owned(),
            correction,
            settings: 3,
            author: "erika@teehaus.example".to_owned(),
            created_at: "2026-11-05T08:12:00Z".parse().unwrap(),
        },
        state,
        content: Content {
            postings: if correction == 0 { 1_874 } else { 4 },
            fingerprint: String::new(),
            sheet: String::new(),
            sha256: HASH.to_owned(),
        },
        changed_by: (state == BatchState::Processed).then(|| "kanzlei@berg.example".to_owned()),
        changed_at: (state == BatchState::Processed).then(|| "2026-11-09T10:00:00Z".parse().unwrap()),
    }
}

fn found(correction: u32, state: BatchState) -> Found {
    let file = |number, name: &str, kind: &str, postings, bytes| BatchFile {
        number,
        name: name.to_owned(),
        kind: kind.to_owned(),
        sha256: HASH.to_owned(),
        bytes,
        postings,
        debit: 6_101_250,
        credit: 5_934_754,
    };
    let files = vec![
        file(0, "EXTF_Buchungsstapel_2026-10.csv", "postings", 1_874, 512_300),
        file(1, "EXTF_Kontenbeschriftungen.csv", "account-labels", 0, 480),
    ];
    Found { batch: batch(correction, state), files }
}

fn content() -> Sheet {
    Sheet {
        month: "2026-10".to_owned(),
        postings: 1_874,
        turnover: 12_036_004,
        accounts: vec![ProviderAccount {
            account: "1810".to_owned(),
            currency: Currency::EUR,
            debit: 6_101_250,
            credit: 5_934_754,
        }],
        balances: vec![Balance {
            seller: "A3B7EXAMPLE2K9".to_owned(),
            currency: "EUR".to_owned(),
            opening: 591_820,
            closing: 819_277,
            reserve: 185_000,
            carried_over: 0,
            not_settled: 439_867,
            settled: vec![SettledPart {
                settlement: Some("24571234562".to_owned()),
                state: "unpaid".to_owned(),
                amount: 194_410,
            }],
            covered_until: None,
        }],
        findings: vec![SheetFinding {
            code: "unknown-kind".to_owned(),
            severity: "warning".to_owned(),
            german: "2 Zeilen der unbekannten Art «Loyalty Bonus» stehen auf dem Klärungskonto.".to_owned(),
            english: "2 rows of the unknown kind “Loyalty Bonus” stand on the clarification account."
                .to_owned(),
            count: 2,
            document: None,
            line: None,
        }],
        foreign_currencies: Vec::new(),
    }
}
