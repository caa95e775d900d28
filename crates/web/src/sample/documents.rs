use app::Refusal;
use app::books::Settled;
use app::documents::chain::{ChainWarning, Period};
use app::documents::library::{KindSum, Shown};
use app::documents::movements::Movement;
use app::documents::{Document, Source};
use ledger::kind::MovementKind;
use ledger::proof::Equation;
use store::documents::{NewDocument, SettlementOf};
use store::id::{ClientId, ConnectionId, DocumentId};
use store::payouts::Payout;
use store::settlements::Neighbour;

use super::{CLIENT, connect, euro, frame, gallery::Sample};
use crate::{
    address::Place,
    page::{
        document::{self, DocumentView},
        documents::{self, DocumentList, Labels},
        uploads::{Outcome, UploadView, Uploads, Verdict},
    },
    text::Words,
};

const ID: &str = "01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c41";
const OTHER: &str = "01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c22";

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let list = |list: &DocumentList| documents::page(frame(t, Place::Documents), list);
    let one = |view: &DocumentView| document::page(frame(t, Place::Documents), view);
    let uploads = |view: &UploadView| Uploads::new(frame(t, Place::Uploads), view);
    vec![
        Sample::of("documents", list(&full())),
        Sample::of("documents-empty", list(&DocumentList::default())),
        Sample::of("document", one(&view())),
        Sample::of("document-with-warnings", one(&doubtful())),
        Sample::of("document-without-rows", one(&without_rows())),
        Sample::of("uploads", uploads(&UploadView { recent: full().documents, ..UploadView::default() })),
        Sample::of("uploads-verdicts", uploads(&verdicts())),
        Sample::of("uploads-empty", uploads(&UploadView::default())),
        Sample::of(
            "uploads-failed",
            uploads(&UploadView { error: Some(t.upload_nothing().to_owned()), ..UploadView::default() }),
        ),
    ]
}

fn labels() -> Labels {
    let label = |id: &str, name: &str| (ConnectionId::parse(id).unwrap(), name.to_owned());
    Labels(vec![label(connect::ID, "Teehaus DE"), label(OTHER, "Teehaus AT")])
}

fn document(number: u32, source: Source) -> Document {
    let identifier = format!("1182690{number:04}");
    let report = (source == Source::Api).then(|| format!("5001{number:08}"));
    Document {
        received: NewDocument {
            id: DocumentId::parse(ID).unwrap(),
            client: ClientId::parse(CLIENT).unwrap(),
            connection: ConnectionId::parse(connect::ID),
            provider: "amazon-pay".to_owned(),
            seller: "A3B7EXAMPLE2K9".to_owned(),
            kind: "settlement".to_owned(),
            source,
            provider_report: report,
            file_name: format!("settlement-{identifier}.csv"),
            sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".to_owned(),
            bytes: 118_204,
            rows: 612,
            period_start: "2026-11-08T23:00:00Z".parse().unwrap(),
            period_end: "2026-11-22T22:59:59Z".parse().unwrap(),
            received_at: "2026-11-23T06:02:00Z".parse().unwrap(),
            received_by: if source == Source::Api { "system" } else { "erika@teehaus.example" }.to_owned(),
            accepted_because: None,
        },
        settlement: Some(SettlementOf { number: 12, identifier }),
    }
}

fn accepted() -> Document {
    let mut document = document(9, Source::Upload);
    document.received.accepted_because = Some("Amazon bestätigt den Betrag am 20.11.2026.".to_owned());
    document.received.connection = None;
    document
}

fn full() -> DocumentList {
    DocumentList {
        documents: vec![document(12, Source::Api), document(11, Source::Api), accepted()],
        labels: labels(),
        connection: None,
        is_later: true,
        more: true,
    }
}

fn movement(line: u64, kind: MovementKind, gross: i64, fee: i64) -> Movement {
    let unknown = kind == MovementKind::Unknown;
    Movement {
        settlement: 12,
        line,
        posted_at: "2026-11-20T17:04:11Z".parse().unwrap(),
        kind: kind.name().to_owned(),
        kind_text: if unknown { "LoyaltyCredit".to_owned() } else { String::new() },
        currency: "EUR".to_owned(),
        gross,
        fee_variable: fee,
        fee_fixed: 0,
        seller_order: if kind == MovementKind::Payment { "TH-2026-10431".to_owned() } else { String::new() },
        order_reference: "P02-6542871-1245873".to_owned(),
        provider_transaction: "P02-6542871-1245873-C052".to_owned(),
        seller_reference: String::new(),
        store: String::new(),
        provider: "amazon-pay".to_owned(),
        settlement_identifier: "11826900012".to_owned(),
        connection: ConnectionId::parse(connect::ID),
        document: DocumentId::parse(ID).unwrap(),
    }
}

fn view() -> DocumentView {
    let sum = |kind, rows, gross, fees| KindSum { kind, rows, gross: euro(gross), fees: euro(fees) };
    let neighbour = |identifier: &str| Neighbour {
        identifier: identifier.to_owned(),
        document: DocumentId::parse(ID).unwrap(),
    };
    let shown = Shown {
        document: document(12, Source::Api),
        sums: vec![
            sum(MovementKind::Payment, 570, 3_821_490, -84_217),
            sum(MovementKind::Refund, 41, -310_845, 0),
            sum(MovementKind::Reserve, 1, -185_000, 0),
        ],
        equations: vec![Equation {
            name: "net = owed - paid + returned",
            left: euro(3_241_428),
            right: euro(3_241_428),
        }],
        before: Some(neighbour("11826900011")),
        after: Some(neighbour("11826900013")),
        owed: vec![euro(3_241_428)],
        payouts: vec![Payout {
            seller_id: "A3B7EXAMPLE2K9".to_owned(),
            settlement: "11826900012".to_owned(),
            currency: "EUR".to_owned(),
            paid_at: Some("2026-11-23T04:00:00Z".parse().unwrap()),
            amount: 3_241_428,
            reference: Some("AMZN Pay 3RL5EXAMPLE".to_owned()),
        }],
    };
    DocumentView {
        shown,
        settled: Ok(vec![Settled {
            rows: 612,
            booked_rows: 611,
            net: euro(3_241_428),
            booked: euro(3_426_428),
            not_booked: vec![("reserve", 1, euro(-185_000))],
        }]),
        warnings: Vec::new(),
        label: Some("Teehaus DE".to_owned()),
        rows: vec![
            movement(7, MovementKind::Payment, 11_900, -261),
            movement(8, MovementKind::Refund, -4_990, 0),
            movement(9, MovementKind::Unknown, 150, 0),
        ],
        after: 6,
        more: true,
        line: Some(8),
    }
}

fn doubtful() -> DocumentView {
    let period = |settlement: &str, start: &str, end: &str| Period {
        settlement: settlement.to_owned(),
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
    };
    let mut view = view();
    view.shown.document = accepted();
    view.shown.after = None;
    view.shown.payouts.clear();
    view.shown.equations[0].right = euro(3_241_328);
    view.settled =
        Err("Dieser Mandant hat noch keine Kontierung; bitte unter «Buchhaltung» den Kontenrahmen wählen."
            .to_owned());
    view.warnings = vec![
        ChainWarning::Gap {
            before: period("11826900008", "2026-09-14T22:00:00Z", "2026-09-28T21:59:59Z"),
            after: period("11826900009", "2026-10-12T22:00:00Z", "2026-10-26T22:59:59Z"),
        },
        ChainWarning::CarryOverOneSided { settlement: "11826900009".to_owned(), amount: euro(12_345) },
        ChainWarning::PayoutDiffers {
            settlement: "11826900009".to_owned(),
            owed: euro(3_241_428),
            paid: euro(3_241_000),
            paid_in: "11826900010".to_owned(),
        },
    ];
    view.label = None;
    view
}

fn without_rows() -> DocumentView {
    let mut view = view();
    view.shown.document.settlement = None;
    view.shown.document.received.rows = 0;
    view.shown = Shown {
        sums: Vec::new(),
        equations: Vec::new(),
        before: None,
        after: None,
        owed: Vec::new(),
        payouts: Vec::new(),
        ..view.shown
    };
    view.settled = Ok(Vec::new());
    view.rows.clear();
    view
}

fn verdicts() -> UploadView {
    let refused = |code, german: &str, english: &str| {
        Outcome::Refused(Box::new(Refusal::invalid("file", code, german, english)))
    };
    let verdict = |name: &str, outcome| Verdict { name: name.to_owned(), outcome };
    let mut foreign = document(3, Source::Upload);
    foreign.received.connection = None;
    foreign.settlement = None;
    UploadView {
        verdicts: vec![
            verdict("settlement-11826900012.csv", Outcome::New(Box::new(document(12, Source::Upload)))),
            verdict("settlement-11826900003.csv", Outcome::New(Box::new(foreign))),
            verdict("september (2).csv", Outcome::Known(Box::new(document(8, Source::Api)))),
            verdict(
                "rewritten.csv",
                refused(
                    "report-broken",
                    "rewritten.csv: Zeile 7, Spalte net-transaction-amount: ein Betrag mit Punkt und höchstens zwei Stellen; gefunden \"1.234,50\"; vermutlich hat eine Tabellenkalkulation die Datei umgeschrieben, bitte die Datei so angeben, wie Amazon Pay sie geliefert hat.",
                    "rewritten.csv: line 7, column net-transaction-amount: expected an amount with a point and at most two digits, found \"1.234,50\"; a spreadsheet has probably rewritten the file, give it as Amazon Pay delivered it.",
                ),
            ),
            verdict(
                "widerspruch.csv",
                refused(
                    "report-contradicts-itself",
                    "widerspruch.csv: Zeile 12: net ist 116.38, aber gross + fee ist 116.39.",
                    "widerspruch.csv: line 12: net is 116.38, but gross + fee is 116.39.",
                ),
            ),
            verdict("halb.csv", Outcome::Cut),
            verdict("unser-fehler.csv", Outcome::Failed),
        ],
        error: None,
        reason: String::new(),
        labels: labels(),
        recent: vec![document(12, Source::Upload)],
    }
}
