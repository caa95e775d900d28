use app::books::Due;
use app::connections::Shown;
use app::dashboard::{ConnectionSum, Dashboard as Seen, MonthSum};
use app::documents::chain::{ChainWarning, MerchantChain, Period};
use app::notices::NoticeKind;
use jiff::Timestamp;
use jiff::civil::date;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::Currency;
use store::id::{ClientId, ConnectionId, DocumentId};
use store::notices::Notice;
use store::settlements::{NewSettlement, Settlement};

use super::{CLIENT, connect, euro, frame, gallery::Sample};
use crate::{address::Place, page::dashboard::Dashboard, text::Words};

const DOCUMENT: &str = "01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c31";

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let of = |seen: &Seen| Dashboard::new(frame(t, Place::Dashboard), seen, None);
    let mut reader = frame(t, Place::Dashboard);
    if let Some(client) = &mut reader.client {
        client.role = Some(app::Role::Reader);
    }
    vec![
        Sample::of("dashboard", of(&full())),
        Sample::of("dashboard-failed", of(&failed())),
        Sample::of("dashboard-well", of(&well())),
        Sample::of("dashboard-first-fetch", of(&first_fetch())),
        Sample::of("dashboard-empty", of(&nothing())),
        Sample::of("dashboard-reader", Dashboard::new(reader.clone(), &full(), Currency::parse("GBP"))),
        Sample::of("dashboard-empty-reader", Dashboard::new(reader, &nothing(), None)),
    ]
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn sums() -> Vec<MonthSum> {
    let figures = [
        (6, 4_112_030, -412_000, -91_200, -3_512_900),
        (7, 4_620_110, -498_200, -101_100, -4_108_000),
        (8, 3_901_455, -301_000, -86_900, -3_702_210),
        (9, 5_212_300, -612_040, -114_500, -4_401_990),
        (10, 6_101_250, -700_200, -130_154, -5_104_400),
        (11, 3_821_490, -310_845, -84_217, -2_947_002),
    ];
    let sum = |month: i8, kind, rows, gross, fees, currency| MonthSum {
        month: Month::of(date(2026, month, 1)),
        kind,
        currency,
        rows,
        gross,
        fees,
    };
    let mut sums = Vec::new();
    for (month, payments, refunds, fees, payouts) in figures {
        sums.push(sum(month, MovementKind::Payment, 612, payments, fees, Currency::EUR));
        sums.push(sum(month, MovementKind::Refund, 31, refunds, 0, Currency::EUR));
        sums.push(sum(month, MovementKind::Payout, 4, payouts, 0, Currency::EUR));
        sums.push(sum(month, MovementKind::Reserve, 1, -185_000, 0, Currency::EUR));
    }
    sums
}

/// Settlements of a fortnight each, up to 22 November; one is missing where it is asked for.
pub(super) fn chain(seller: &str, connection: Option<&str>, missing: bool) -> MerchantChain {
    let connection = connection.and_then(ConnectionId::parse);
    let mut settlements = Vec::new();
    let mut start = at("2026-06-08T22:00:00Z");
    let mut number = 0;
    while start < at("2026-11-22T00:00:00Z") {
        let end = start + jiff::SignedDuration::from_hours(24 * 14) - jiff::SignedDuration::from_secs(1);
        number += 1;
        if !missing || number != 8 {
            settlements.push(settlement(seller, connection.clone(), number, (start, end)));
        }
        start += jiff::SignedDuration::from_hours(24 * 14);
    }
    let period = |place: usize| {
        let found: &Settlement = &settlements[place];
        let imported = &found.imported;
        Period { settlement: imported.identifier.clone(), start: imported.start, end: imported.end }
    };
    let warnings =
        if missing { vec![ChainWarning::Gap { before: period(6), after: period(7) }] } else { Vec::new() };
    MerchantChain { seller: seller.to_owned(), connection, settlements, warnings }
}

fn settlement(
    seller: &str,
    connection: Option<ConnectionId>,
    number: i64,
    (start, end): (Timestamp, Timestamp),
) -> Settlement {
    let identifier = format!("11826900{number:03}");
    Settlement {
        number,
        imported: NewSettlement {
            client: 1,
            connection,
            provider: "amazon-pay".to_owned(),
            seller: seller.to_owned(),
            identifier: identifier.clone(),
            start,
            end,
            rows: 612,
            document: DocumentId::parse(DOCUMENT).unwrap(),
            zone: "Europe/Berlin".to_owned(),
            chain: String::new(),
        },
        document_name: format!("settlement-{identifier}.csv"),
        sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef".to_owned(),
        bytes: 118_204,
    }
}

fn full() -> Seen {
    let mut other = sums();
    for sum in &mut other {
        (sum.currency, sum.rows) = (Currency::parse("GBP").unwrap(), sum.rows / 10);
    }
    let payments = |minor| ConnectionSum {
        connection: ConnectionId::parse(connect::ID),
        currency: Currency::EUR,
        gross: minor,
    };
    Seen {
        months: Some((Month::of(date(2026, 11, 1)), Month::of(date(2025, 12, 1)))),
        sums: sums().into_iter().chain(other).collect(),
        payments: vec![payments(3_821_490)],
        owed: vec![euro(446_277)],
        connections: vec![connect::overview(Shown::Ok), connect::overview(Shown::Waiting)],
        chains: vec![chain("A3B7EXAMPLE2K9", Some(connect::ID), true), chain("A9UPLOADED77", None, false)],
        notices: notices(),
        due: Due { confirmed: true, months: vec![Month::of(date(2026, 10, 1))] },
    }
}

/// A gap, and rows of a kind that nobody knows.
pub(super) fn notices() -> Vec<Notice> {
    vec![
        notice(
            NoticeKind::Gap,
            "Zwischen den Abrechnungen 11826900007 und 11826900009 fehlt die Zeit vom 15.09.2026 00:00 bis zum 29.09.2026 00:00.",
            "Between the settlements 11826900007 and 11826900009 the time from 2026-09-15 00:00 to 2026-09-29 00:00 is missing.",
        ),
        notice(
            NoticeKind::UnknownKinds,
            "Die Abrechnung 11826900012 enthält Vorgänge, die Kontor nicht kennt: LoyaltyCredit.",
            "The settlement 11826900012 has rows of kinds that Kontor does not know: LoyaltyCredit.",
        ),
    ]
}

fn notice(kind: NoticeKind, german: &str, english: &str) -> Notice {
    Notice {
        id: DOCUMENT.to_owned(),
        client: ClientId::parse(CLIENT).unwrap(),
        kind: kind.name().to_owned(),
        subject: connect::ID.to_owned(),
        german: german.to_owned(),
        english: english.to_owned(),
        path: format!("/clients/{CLIENT}/connections/{}", connect::ID),
        created_at: at("2026-11-22T06:02:00Z"),
    }
}

/// The key was deleted; and more happened than is shown.
fn failed() -> Seen {
    let refused = notice(
        NoticeKind::KeyRefused,
        "Die Schnittstelle «Outlet» wird nicht mehr abgerufen. Amazon erkennt den Schlüssel nicht mehr.",
        "The connection «Outlet» is no longer fetched. Amazon no longer knows the key.",
    );
    let broken = notice(
        NoticeKind::ReportRefused,
        "Der Bericht 50012 der Schnittstelle «Outlet» wurde abgelehnt: Zeile 7: net ist nicht gross + fee.",
        "The report 50012 of the connection «Outlet» was refused: line 7: net is not gross + fee.",
    );
    let mut notices = vec![refused; 1];
    notices.extend(vec![broken; 8]);
    Seen {
        connections: vec![connect::overview(Shown::Error)],
        notices,
        due: Due {
            confirmed: false,
            months: (7..=10).map(|month| Month::of(date(2026, month, 1))).collect(),
        },
        ..full()
    }
}

fn well() -> Seen {
    Seen {
        sums: sums(),
        connections: vec![connect::overview(Shown::Ok)],
        chains: vec![chain("A3B7EXAMPLE2K9", Some(connect::ID), false)],
        notices: Vec::new(),
        due: Due { confirmed: true, months: Vec::new() },
        ..full()
    }
}

fn first_fetch() -> Seen {
    Seen { connections: vec![connect::overview(Shown::Running)], ..nothing() }
}

fn nothing() -> Seen {
    Seen {
        months: None,
        sums: Vec::new(),
        payments: Vec::new(),
        owed: Vec::new(),
        connections: Vec::new(),
        chains: Vec::new(),
        notices: Vec::new(),
        due: Due::default(),
    }
}
