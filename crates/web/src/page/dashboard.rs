//! The Dashboard: what is the state, what came in, what is to do.

use app::Permission;
use app::connections::{ConnectionState, Overview};
use app::dashboard::Dashboard as Seen;
use app::documents::chain::MerchantChain;
use askama::Template;
use jiff::Timestamp;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money};

use super::{Frame, chain, connection, connection::state_badge, tasks};
use crate::{
    address::Place,
    chart::{MoneyChart, MonthMoney, MonthShare, ShareChart, Timeline},
    component::{Action, Badge, Cell, Chip, Chips, Column, Empty, Findings, Progress, Table, Tile, Tone},
    text::Words,
};

/// So many merchants are shown in time here; `Schnittstellenstatus` shows all.
const TIMELINES: usize = 3;

/// With so many findings the fee share stands below them.
const FINDINGS_BESIDE: usize = 3;
/// So many months stand in the pictures at least.
const MONTHS_LEAST: usize = 6;

/// The first page of a client.
#[derive(Debug, Template)]
#[template(path = "page/dashboard.html")]
pub struct Dashboard {
    pub t: Words,
    pub frame: Frame,
    /// Up to when everything is here: `alle Abrechnungen bis 22.11. lückenlos`.
    pub covered: String,
    pub may_connect: bool,
    pub currencies: Option<Chips>,
    pub tiles: Vec<Tile>,
    pub money: Option<MoneyChart>,
    pub share: Option<ShareChart>,
    /// How far the fetch that runs is, while there is nothing else to see.
    pub first_fetch: Option<Progress>,
    pub findings: Findings,
    pub timelines: Vec<(String, Timeline)>,
    /// Few findings leave room for the fee share below them.
    pub share_beside: bool,
    pub connections: Table,
    pub next_fetch: Option<Timestamp>,
    /// Shown instead of everything while nothing is connected and nothing uploaded.
    pub first_steps: Option<Empty>,
}

impl Dashboard {
    /// The page of what a use case saw, in a currency (where none is named, in the one with most rows).
    pub fn new(frame: Frame, seen: &Seen, currency: Option<Currency>) -> Self {
        let t = frame.t.clone();
        let currencies = currencies(seen);
        let chosen = currency.filter(|currency| currencies.contains(currency));
        let chosen = chosen.or_else(|| currencies.first().copied()).unwrap_or(Currency::EUR);
        let money = money(seen, chosen);
        let may_connect = frame.may(Permission::Connect);
        let next_fetch = seen.connections.iter().filter_map(Overview::next_run_at).min();
        let shown = seen.chains.iter().take(TIMELINES);
        let findings = tasks::findings(&frame, seen);
        Self {
            share_beside: findings.0.len() <= FINDINGS_BESIDE,
            covered: covered(&t, &seen.chains),
            may_connect,
            currencies: chips(&frame, &currencies, chosen),
            tiles: tiles(&frame, seen, chosen, &money),
            share: (!money.is_empty()).then(|| ShareChart::new(&t, &shares(&money))),
            first_fetch: seen.months.is_none().then(|| first_fetch(&frame, seen)).flatten(),
            money: (!money.is_empty()).then(|| MoneyChart::new(&t, chosen, &money)),
            findings,
            timelines: shown.map(|one| (label(seen, one), chain::timeline(&t, one))).collect(),
            connections: connections(&frame, seen, chosen),
            next_fetch,
            first_steps: seen.is_empty().then(|| first_steps(&frame)),
            t,
            frame,
        }
    }
}

/// How far the first fetch is.
fn first_fetch(frame: &Frame, seen: &Seen) -> Option<Progress> {
    seen.connections.iter().find_map(|overview| connection::progress(frame, overview))
}

/// What somebody does first who has nothing yet, as far as his role reaches.
fn first_steps(frame: &Frame) -> Empty {
    let t = &frame.t;
    if !frame.may(Permission::Work) {
        return Empty::new("plug", t.first_title(), t.first_for_readers());
    }
    let text = if frame.may(Permission::Connect) { t.first_text() } else { t.first_for_advisers() };
    let empty = Empty::new("plug", t.first_title(), text);
    if frame.has(Place::Uploads) {
        empty.first(Action::new(t.connect_to_uploads(), frame.at(Place::Uploads)))
    } else {
        empty
    }
}

/// The currencies of the rows, that of most rows first.
fn currencies(seen: &Seen) -> Vec<Currency> {
    let mut counted: Vec<(u64, Currency)> = Vec::new();
    for sum in &seen.sums {
        match counted.iter_mut().find(|(_, currency)| *currency == sum.currency) {
            Some((rows, _)) => *rows = rows.saturating_add(sum.rows),
            None => counted.push((sum.rows, sum.currency)),
        }
    }
    counted.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    counted.into_iter().map(|(_, currency)| currency).collect()
}

fn chips(frame: &Frame, currencies: &[Currency], chosen: Currency) -> Option<Chips> {
    let chip = |currency: &Currency| {
        let code = currency.code();
        let href = frame.below(Place::Dashboard, &format!("?currency={code}"));
        Chip::new(code, href, *currency == chosen)
    };
    (currencies.len() > 1).then(|| Chips::new(&frame.t, currencies.iter().map(chip).collect()))
}

/// What moved month by month, also in months without anything; those before the first with something are left out.
fn money(seen: &Seen, currency: Currency) -> Vec<MonthMoney> {
    let Some((last, first)) = seen.months else { return Vec::new() };
    let mut all = Vec::new();
    let mut month = first;
    while month <= last {
        let own = seen.sums.iter().filter(|sum| sum.month == month && sum.currency == currency);
        let (mut payments, mut refunds, mut fees, mut payouts) = (0_i64, 0_i64, 0_i64, 0_i64);
        for sum in own {
            let into = match sum.kind {
                MovementKind::Payment => &mut payments,
                MovementKind::Refund => &mut refunds,
                MovementKind::Fee => &mut fees,
                MovementKind::Payout => &mut payouts,
                _ => &mut 0,
            };
            *into = into.saturating_add(sum.gross);
            fees = fees.saturating_add(sum.fees);
        }
        let money = |minor| Money::new(minor, currency);
        all.push(MonthMoney {
            month,
            payments: money(payments),
            refunds: money(refunds),
            fees: money(fees),
            payouts: money(payouts),
        });
        month = month.next();
    }
    let nothing =
        |of: &MonthMoney| [of.payments, of.refunds, of.fees, of.payouts].into_iter().all(Money::is_zero);
    let empty = all.iter().take_while(|month| nothing(month)).count();
    all.drain(..empty.min(all.len().saturating_sub(MONTHS_LEAST)));
    all
}

/// A part of payments in hundredths of a percent; none where nothing was paid.
fn share_of(part: Money, payments: Money) -> Option<i64> {
    let whole = i128::from(payments.minor());
    if whole <= 0 {
        return None;
    }
    i64::try_from(-i128::from(part.minor()) * 10_000 / whole).ok()
}

fn shares(money: &[MonthMoney]) -> Vec<MonthShare> {
    let share = |of: &MonthMoney| MonthShare { month: of.month, share: share_of(of.fees, of.payments) };
    money.iter().map(share).collect()
}

/// How many rows of a kind a month has.
fn rows(seen: &Seen, month: Month, currency: Currency, kind: MovementKind) -> u64 {
    let own =
        |sum: &&app::dashboard::MonthSum| sum.month == month && sum.currency == currency && sum.kind == kind;
    seen.sums.iter().filter(own).map(|sum| sum.rows).sum()
}

fn tiles(frame: &Frame, seen: &Seen, currency: Currency, money: &[MonthMoney]) -> Vec<Tile> {
    let t = &frame.t;
    let Some(now) = money.last() else { return Vec::new() };
    let before = money.iter().rev().nth(1);
    let month = now.month;
    let opening = |tile: Tile, kind: Option<MovementKind>| {
        if frame.has(Place::Entries) {
            let kind = kind.map_or_else(String::new, |kind| format!("&kind={}", kind.name()));
            tile.opens(frame.below(Place::Entries, &format!("?month={month}{kind}")))
        } else {
            tile
        }
    };
    let count = |kind| rows(seen, month, currency, kind);
    let of_payments = |share: Option<i64>| share.map(|share| t.share_of_payments(t.share(share)));
    let noted = |tile: Tile, note: Option<String>| match note {
        Some(note) => tile.note(note),
        None => tile,
    };
    let payments = Tile::new(t.payments_of(t.month_name(month)), t.money(now.payments))
        .note(t.payment_count(count(MovementKind::Payment)));
    let refunds =
        noted(Tile::new(t.refunds(), t.money(now.refunds)), of_payments(share_of(now.refunds, now.payments)));
    let share = share_of(now.fees, now.payments).map(|share| {
        let own = t.share(share);
        let last = before.and_then(|before| share_of(before.fees, before.payments));
        last.map_or_else(|| t.share_of_payments(&own), |last| t.share_and_last(&own, t.share(last)))
    });
    let fees = noted(Tile::new(t.fees(), t.money(now.fees)), share);
    let paid = now.payouts.checked_neg().unwrap_or(now.payouts);
    let payouts = Tile::new(t.payouts(), t.money(paid)).note(t.payout_count(count(MovementKind::Payout)));
    let mut tiles = vec![
        opening(payments, Some(MovementKind::Payment)),
        opening(refunds, Some(MovementKind::Refund)),
        // Fees stand in rows of every kind.
        opening(fees, None),
        opening(payouts, Some(MovementKind::Payout)),
    ];
    if let Some(owed) = seen.owed.iter().find(|owed| owed.currency() == currency) {
        let reached = seen.chains.iter().filter_map(chain::reaches).max();
        let note = reached.map(|end| t.owed_until(t.day(chain::last_day(t, end))));
        tiles.push(noted(Tile::new(t.owed(), t.money(*owed)), note));
    }
    tiles
}

/// The merchant who is furthest behind decides.
fn covered(t: &Words, chains: &[MerchantChain]) -> String {
    let Some(end) = chains.iter().filter_map(chain::reaches).min() else { return String::new() };
    let day = t.date(chain::last_day(t, end));
    match chains.iter().map(chain::gap_count).sum() {
        0 => t.covered_until(day),
        gaps => t.covered_with_gaps(day, t.gap_count(gaps)),
    }
}

fn overview_of<'s>(seen: &'s Seen, chain: &MerchantChain) -> Option<&'s Overview> {
    seen.connections.iter().find(|overview| overview.connection.seller_id == chain.seller)
}

fn label(seen: &Seen, chain: &MerchantChain) -> String {
    overview_of(seen, chain)
        .map_or_else(|| chain.seller.clone(), |overview| overview.connection.label.clone())
}

fn settlements(t: &Words, chain: Option<&MerchantChain>) -> String {
    let end = chain.and_then(|chain| Some((chain, chain::reaches(chain)?)));
    let Some((chain, end)) = end else { return t.no_settlement_yet().to_owned() };
    let day = t.day(chain::last_day(t, end));
    match chain::gap_count(chain) {
        0 => t.until_without_gap(day),
        gaps => t.until_with_gaps(day, t.gap_count(gaps)),
    }
}

fn connections(frame: &Frame, seen: &Seen, currency: Currency) -> Table {
    let t = &frame.t;
    let month = seen.months.map(|(last, _)| t.month_short(last));
    let mut columns = vec![
        Column::text(t.connection_name()),
        Column::text(t.provider()),
        Column::text(t.state()),
        Column::text(t.last_success()),
        Column::text(t.settlements()),
    ];
    columns.extend(month.map(|month| Column::number(t.payments_of(month))));
    columns.push(Column::acts());
    let sales = |connection: Option<&app::connections::Connection>| {
        let id = connection.map(|connection| &connection.id);
        let own =
            |sum: &&app::dashboard::ConnectionSum| sum.connection.as_ref() == id && sum.currency == currency;
        month.map(|_| {
            let minor = seen.payments.iter().find(own).map_or(0, |sum| sum.gross);
            Cell::Money(Money::new(minor, currency))
        })
    };
    let of_connection = |overview: &Overview| {
        let connection = &overview.connection;
        let at = frame.below(Place::Connections, &format!("/{}", connection.id));
        let badge = state_badge(t, overview.shown);
        let stopped = connection.state == ConnectionState::Stopped && frame.may(Permission::Connect);
        let state = if stopped {
            Cell::State(badge, Action::new(t.connection_replace_key(), format!("{at}/key")))
        } else {
            Cell::Badge(badge)
        };
        let chain = seen.chains.iter().find(|chain| chain.seller == connection.seller_id);
        let trouble = connection.trouble.as_ref().map(|trouble| t.pick(&trouble.german, &trouble.english));
        let settlements = settlements(t, chain);
        let settlements = match trouble {
            Some(trouble) => Cell::Noted(settlements, trouble.clone()),
            None => Cell::Text(settlements),
        };
        let mut cells = vec![
            Cell::Strong(connection.label.clone()),
            Cell::Text("Amazon Pay".to_owned()),
            state,
            connection.last_success_at.map_or_else(|| Cell::Quiet(t.never().to_owned()), Cell::Recent),
            settlements,
        ];
        cells.extend(sales(Some(connection)));
        cells.push(Cell::Link(Action::new(t.open(), at)));
        cells
    };
    let uploaded = seen.chains.iter().filter(|chain| overview_of(seen, chain).is_none());
    let of_upload = |chain: &MerchantChain| {
        let mut cells = vec![
            Cell::Strong(chain.seller.clone()),
            Cell::Text(t.by_upload().to_owned()),
            Cell::Badge(Badge::new(Tone::Quiet, "n/a")),
            Cell::Empty,
            Cell::Text(settlements(t, Some(chain))),
        ];
        cells.extend(sales(None));
        cells.push(Cell::Empty);
        cells
    };
    Table::new(t, t.place_connections(), columns)
        .rows(seen.connections.iter().map(of_connection))
        .rows(uploaded.map(of_upload))
}
