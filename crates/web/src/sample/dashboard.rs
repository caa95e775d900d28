use jiff::civil::date;
use ledger::{
    calendar::Month,
    money::{Currency, Money},
};

use super::{euro, frame, gallery::Sample};
use crate::{
    address::Place,
    chart::{MoneyChart, MonthMoney, MonthShare, ShareChart},
    component::{Action, Badge, Cell, Column, Empty, Finding, Findings, Table, Tile, Tone},
    page::dashboard::Dashboard,
    text::Words,
};

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    vec![Sample::of("dashboard", full(t)), Sample::of("dashboard-empty", empty(t))]
}

pub(super) fn months() -> Vec<MonthMoney> {
    let figures = [
        (6, 4_112_030, -412_000, -91_200, -3_512_900),
        (7, 4_620_110, -498_200, -101_100, -4_108_000),
        (8, 3_901_455, -301_000, -86_900, -3_702_210),
        (9, 5_212_300, -612_040, -114_500, -4_401_990),
        (10, 6_101_250, -700_200, -130_154, -5_104_400),
        (11, 3_821_490, -310_845, -84_217, -2_947_002),
    ];
    let month = |(month, payments, refunds, fees, payouts)| MonthMoney {
        month: Month::of(date(2026, month, 1)),
        payments: euro(payments),
        refunds: euro(refunds),
        fees: euro(fees),
        payouts: euro(payouts),
    };
    figures.map(month).into()
}

fn shares() -> Vec<MonthShare> {
    let share = |money: MonthMoney| MonthShare {
        month: money.month,
        share: (money.month != Month::of(date(2026, 8, 1)))
            .then(|| -money.fees.minor() * 10_000 / money.payments.minor()),
    };
    months().into_iter().map(share).collect()
}

fn full(t: &Words) -> Dashboard {
    let frame = frame(t, Place::Dashboard);
    let pick = |german: &'static str, english| t.pick(german, english);
    let entries = frame.below(Place::Entries, "?month=2026-11");
    let money = |minor| t.money(Money::new(minor, Currency::EUR));
    let tiles = vec![
        Tile::new(format!("{} · November", t.payments()), money(3_821_490))
            .note(pick("612 Bestellungen", "612 orders"))
            .opens(&entries),
        Tile::new(t.refunds(), money(-310_845))
            .note(pick("8,13 % der Zahlungen", "8.13% of payments"))
            .opens(&entries),
        Tile::new(t.fees(), money(-84_217))
            .note(pick("2,20 % · Vormonat 2,13 %", "2.20% · 2.13% last month")),
        Tile::new(t.payouts(), money(2_947_002))
            .note(pick("davon unterwegs 1.944,10 €", "€1,944.10 of it on its way")),
        Tile::new(pick("Saldo Amazon Pay", "Balance at Amazon Pay"), money(631_277))
            .note(pick("Reserve 1.850,00 € · offen 4.462,77 €", "reserve €1,850.00 · open €4,462.77")),
    ];
    let findings = Findings(vec![
        Finding::new(Tone::Warn, pick("2 Auszahlungen ohne Bankeingang", "2 payouts without a bank receipt"))
            .note(pick("ältester 17.11. · 1.120,40 €", "oldest 17 Nov · €1,120.40"))
            .mend(pick("Abstimmen", "Reconcile"), frame.at(Place::Reconciliation)),
        Finding::new(Tone::Good, pick("Oktober ist fertig geprüft", "October is proved"))
            .note(pick("1.874 Buchungen, keine Beanstandung", "1,874 entries, no complaint"))
            .mend(pick("Exportieren", "Export"), frame.at(Place::Export)),
        Finding::new(
            Tone::Quiet,
            pick("Aufwandskonto für „Gebühr Streitfall“", "Expense account for “dispute fee”"),
        )
        .note(pick("neu seit 19.11. · Vorgabe 6855 benutzt", "new since 19 Nov · proposal 6855 used"))
        .mend(pick("Ansehen", "Look"), frame.at(Place::ExpenseAccounts)),
    ]);
    Dashboard {
        covered: pick("alle Abrechnungen bis 22.11. lückenlos", "all settlements until 22 Nov without a gap")
            .to_owned(),
        may_connect: true,
        tiles,
        money: Some(MoneyChart::new(t, Currency::EUR, &months())),
        share: Some(ShareChart::new(t, &shares())),
        findings,
        connections: connections(t),
        next_fetch: Some("2026-11-23T08:15:00Z".parse().unwrap()),
        first_steps: None,
        t: t.clone(),
        frame,
    }
}

pub(super) fn connections(t: &Words) -> Table {
    let pick = |german: &'static str, english: &'static str| t.pick(german, english).to_owned();
    let frame = frame(t, Place::Connections);
    let at = |text: &str| Cell::Recent(text.parse().unwrap());
    let open = || Cell::Link(Action::new(pick("Öffnen", "Open"), frame.below(Place::Connections, "/1")));
    Table::new(
        t,
        t.place_connections(),
        vec![
            Column::text(pick("Bezeichnung", "Name")),
            Column::text(pick("Anbieter", "Provider")),
            Column::text(t.state()),
            Column::text(pick("Letzter Abruf", "Last fetch")),
            Column::text(pick("Abrechnungen", "Settlements")),
            Column::number(pick("Umsatz Nov.", "Sales Nov")),
            Column::acts(),
        ],
    )
    .rows([
        vec![
            Cell::Strong("Teehaus DE".to_owned()),
            Cell::Text("Amazon Pay".to_owned()),
            Cell::Badge(Badge::new(Tone::Good, "OK")),
            at("2026-11-23T06:02:00Z"),
            Cell::Text(pick("22 von 22, lückenlos", "22 of 22, no gap")),
            Cell::Money(euro(3_180_240)),
            open(),
        ],
        vec![
            Cell::Strong("Teehaus AT".to_owned()),
            Cell::Text("Amazon Pay".to_owned()),
            Cell::Badge(Badge::new(Tone::Warn, pick("wartet", "waits"))),
            at("2026-11-23T05:58:00Z"),
            Cell::Text(pick("Amazon drosselt, weiter um 07:10", "Amazon slows down, on at 07:10")),
            Cell::Money(euro(641_250)),
            open(),
        ],
        vec![
            Cell::Strong("Outlet".to_owned()),
            Cell::Text("Amazon Pay".to_owned()),
            Cell::State(
                Badge::new(Tone::Bad, pick("Fehler", "failed")),
                Action::new(pick("Schlüssel ersetzen", "Replace the key"), "/"),
            ),
            at("2026-11-21T18:14:00Z"),
            Cell::Text(pick(
                "Schlüssel wurde in Seller Central gelöscht",
                "The key was deleted in Seller Central",
            )),
            Cell::Money(euro(0)),
            open(),
        ],
    ])
}

fn empty(t: &Words) -> Dashboard {
    let frame = frame(t, Place::Dashboard);
    let first = Empty::new(
        "plug",
        t.pick("Noch ist nichts angebunden", "Nothing is connected yet"),
        t.pick(
            "Verbinden Sie Amazon Pay mit einem Schlüssel aus Seller Central; das dauert fünf Minuten. Ältere Berichte kommen als Datei.",
            "Connect Amazon Pay with a key from Seller Central; it takes five minutes. Older reports come as files.",
        ),
    )
    .first(Action::new(t.place_uploads(), frame.at(Place::Uploads)));
    Dashboard {
        covered: String::new(),
        may_connect: true,
        tiles: Vec::new(),
        money: None,
        share: None,
        findings: Findings(Vec::new()),
        connections: Table::new(t, t.place_connections(), Vec::new()),
        next_fetch: None,
        first_steps: Some(first),
        t: t.clone(),
        frame,
    }
}
