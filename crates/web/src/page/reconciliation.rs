//! `Abstimmung`: a month of the provider account with its proof, what is left to look at, its payouts and its chain.

use app::books::months::{MonthOfClient, MonthState};
use app::books::sheet::{Balance, SettledPart};
use app::books::statement::Statement;
use app::convert::proof::{Amount, Month as Proved, Settlement, Totals};
use jiff::Timestamp;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money};
use store::payouts::Payout;

use super::export::sheet::explained;
use super::export::{Named, covered_sentence};
use super::{Frame, Sheet};
use crate::address::Place;
use crate::component::{
    Action, Badge, Cell, Chip, Chips, Column, Empty, Finding, Findings, Message, Part, Section, Table, Tone,
};
use crate::text::Words;

/// A fee share that differs from the months before by more than a quarter of it is worth a look.
const UNUSUAL: i64 = 4;

/// So many months before are compared, and so many are offered.
const COMPARED: usize = 3;
const OFFERED: usize = 12;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ReconciliationView {
    /// The month; none where nothing is there.
    pub month: Option<Month>,
    /// The months that hold anything, the oldest first.
    pub months: Vec<Month>,
    /// The account of each merchant.
    pub statements: Vec<Statement>,
    /// What the month holds and what became of it.
    pub held: Option<MonthOfClient>,
    /// What the provider says it paid out in the month.
    pub payouts: Vec<Payout>,
    /// The connections.
    pub connections: Vec<Named>,
    /// Why nothing can be proved.
    pub refused: Option<String>,
}

/// The page.
pub fn page(frame: &Frame, view: &ReconciliationView) -> Sheet {
    let t = &frame.t;
    let Some(month) = view.month else {
        let empty = Empty::new("box", t.reconciliation_none(), t.entries_nowhere_text())
            .first(Action::new(t.connect_to_uploads(), frame.at(Place::Uploads)));
        return Sheet::new(frame.clone(), t.place_reconciliation(), t.reconciliation_lead())
            .card(Section::untitled(vec![Part::Empty(empty)]));
    };
    let here = frame.at(Place::Reconciliation);
    let mut sheet =
        Sheet::new(frame.clone(), t.reconciliation_title(t.month(month)), t.reconciliation_lead())
            .as_files(&format!("{here}?month={month}"))
            .part(Part::Chips(chips(t, view, month, &here)));
    if let Some(refused) = &view.refused {
        return sheet.part(Part::Message(Message::new(Tone::Bad, refused)));
    }
    for (statement, proved) in of_month(view, month) {
        sheet = sheet.card(proof(t, view, month, statement, proved));
    }
    let findings = findings(frame, view, month);
    sheet = sheet.card(Section::new(t.month_end(), vec![Part::Findings(Findings(findings))]));
    sheet = sheet.card(payouts(frame, view, month));
    let chain = chain(t, view, month);
    if chain.is_empty() {
        return sheet;
    }
    let parts = vec![Part::Table(chain), Part::Text(t.statement_print().to_owned())];
    sheet.card(Section::new(t.chain_of_settlements(), parts))
}

fn of_month(view: &ReconciliationView, month: Month) -> impl Iterator<Item = (&Statement, &Proved)> {
    let name = month.to_string();
    view.statements.iter().flat_map(move |statement| {
        let name = name.clone();
        statement
            .months
            .iter()
            .filter(move |proved| proved.month == name)
            .map(move |proved| (statement, proved))
    })
}

fn chips(t: &Words, view: &ReconciliationView, month: Month, here: &str) -> Chips {
    let offered = view.months.iter().rev().take(OFFERED);
    let chip = |other: &Month| Chip::new(t.month(*other), format!("{here}?month={other}"), *other == month);
    Chips::new(t, offered.map(chip).collect())
}

fn money(amount: &Amount) -> Money {
    Money::new(amount.minor, Currency::parse(&amount.currency).unwrap_or(Currency::EUR))
}

/// Gross amounts of some kinds.
fn gross(totals: &Totals, wanted: impl Fn(MovementKind) -> bool) -> i64 {
    let own = totals.kinds.iter().filter(|sum| MovementKind::parse(sum.kind).is_some_and(&wanted));
    own.map(|sum| sum.gross.minor).fold(0, i64::saturating_add)
}

fn all_fees(totals: &Totals) -> i64 {
    totals.kinds.iter().map(|sum| sum.fees.minor).fold(0, i64::saturating_add)
}

/// Opening, movements, closing; and what the closing consists of.
fn proof(
    t: &Words,
    view: &ReconciliationView,
    month: Month,
    statement: &Statement,
    proved: &Proved,
) -> Section {
    let currency = money(&proved.opening).currency();
    let of = |minor: i64| Money::new(minor, currency);
    let customers = gross(&proved.totals, MovementKind::concerns_customer);
    let payouts = gross(&proved.totals, |kind| matches!(kind, MovementKind::Payout | MovementKind::Debt));
    let fees = all_fees(&proved.totals);
    let (opening, closing) = (proved.opening.minor, proved.closing.minor);
    // What is left moves no money off the account, or is an adjustment.
    let others = closing
        .saturating_sub(opening)
        .saturating_sub(customers)
        .saturating_sub(payouts)
        .saturating_sub(fees);
    let mut figures = vec![
        [t.money(of(opening)), t.proof_opening(t.day(month.first()))],
        [signed(t, of(customers)), t.proof_customers().to_owned()],
        [signed(t, of(fees)), t.proof_fees().to_owned()],
        [signed(t, of(payouts)), t.proof_payouts().to_owned()],
    ];
    if others != 0 {
        figures.push([signed(t, of(others)), t.proof_others().to_owned()]);
    }
    figures.push([format!("= {}", t.money(of(closing))), t.proof_closing(t.day(month.last()))]);
    let name = view.connections.iter().find(|(id, _)| Some(id) == statement.connection.as_ref());
    let name = name.map_or_else(|| statement.seller.clone(), |(_, label)| label.clone());
    let title = format!("{} · {name}", t.proof_of_month());
    let parts = vec![Part::Proof(figures), Part::Table(explained(t, &balance(statement, proved)))];
    Section::new(title, parts).note(t.proof_to_the_cent())
}

fn signed(t: &Words, money: Money) -> String {
    if money.is_negative() {
        let positive = Money::new(money.minor().saturating_neg(), money.currency());
        format!("\u{2212} {}", t.money(positive))
    } else {
        format!("+ {}", t.money(money))
    }
}

fn balance(statement: &Statement, proved: &Proved) -> Balance {
    let of = &proved.closing_explained;
    Balance {
        seller: statement.seller.clone(),
        currency: proved.currency.clone(),
        opening: proved.opening.minor,
        closing: proved.closing.minor,
        reserve: of.reserve.minor,
        carried_over: of.carried_over.minor,
        not_settled: of.not_yet_settled.minor,
        settled: of
            .settled
            .iter()
            .map(|part| SettledPart {
                settlement: part.settlement.clone(),
                state: part.state.to_owned(),
                amount: part.amount.minor,
            })
            .collect(),
        covered_until: proved.covered_until.clone(),
    }
}

/// The list of the month's end: covered, explained, clear, handed over.
fn findings(frame: &Frame, view: &ReconciliationView, month: Month) -> Vec<Finding> {
    let t = &frame.t;
    let mut all = Vec::new();
    let covered = view.held.as_ref().is_some_and(|held| held.coverage.complete);
    if !covered {
        let text = covered_sentence(t, month, view.held.as_ref());
        all.push(Finding::new(Tone::Warn, text).mend(t.covered_look(), frame.at(Place::Uploads)));
    }
    if view.held.as_ref().is_some_and(|held| held.coverage.gap) {
        all.push(
            Finding::new(Tone::Warn, t.export_has_gap()).mend(t.covered_look(), frame.at(Place::Uploads)),
        );
    }
    all.extend(clarification(frame, view, month));
    for (statement, proved) in of_month(view, month) {
        if proved.closing.minor < 0 {
            all.push(Finding::new(Tone::Warn, t.proof_liability()).note(t.money(money(&proved.closing))));
        }
        for part in proved.closing_explained.settled.iter().filter(|part| part.state == "difference") {
            let settlement = part.settlement.clone().unwrap_or_else(|| t.sheet_before_first().to_owned());
            all.push(
                Finding::new(Tone::Warn, t.proof_difference(settlement)).note(t.money(money(&part.amount))),
            );
        }
        all.extend(fee_share(t, statement, proved));
    }
    let chain = view.statements.iter().flat_map(|statement| &statement.findings);
    all.extend(
        chain.map(|finding| Finding::new(Tone::Warn, t.pick(&finding.german, &finding.english).clone())),
    );
    let states = view.held.iter().flat_map(|held| &held.overviews).map(|overview| overview.state);
    for state in states {
        let waits = matches!(state, MonthState::New | MonthState::Changed | MonthState::Withdrawn);
        let tone = if waits { Tone::Quiet } else { Tone::Good };
        let finding = Finding::new(tone, format!("{}: {}", t.menu_export(), t.month_state(state)));
        let link = if waits { t.export_look() } else { t.open() };
        all.push(finding.mend(link, frame.below(Place::Export, &format!("/{month}"))));
    }
    if !all.iter().any(|finding| finding.tone == Tone::Warn) {
        all.insert(0, Finding::new(Tone::Good, t.month_end_clean()));
    }
    all
}

fn clarification(frame: &Frame, view: &ReconciliationView, month: Month) -> Vec<Finding> {
    let t = &frame.t;
    let sums = view.held.iter().flat_map(|held| &held.sums);
    let unclear = sums.filter(|sum| matches!(sum.kind, MovementKind::Unknown | MovementKind::Adjustment));
    unclear
        .map(|sum| {
            let rest = format!("?month={month}&kind={}", sum.kind.name());
            let amount = t.money(Money::new(sum.gross, sum.currency));
            Finding::new(Tone::Warn, t.clarification_rows(sum.rows))
                .note(format!("{} · {amount}", t.kind(sum.kind)))
                .mend(t.clarification_look(), frame.below(Place::Entries, &rest))
        })
        .collect()
}

/// Fees in hundredths of a percent of the payments.
fn share(totals: &Totals) -> Option<i64> {
    let payments = gross(totals, |kind| kind == MovementKind::Payment);
    let fees = all_fees(totals).checked_neg()?;
    (payments > 0).then(|| fees.checked_mul(10_000).map(|fees| fees / payments))?
}

fn fee_share(t: &Words, statement: &Statement, proved: &Proved) -> Option<Finding> {
    let own = share(&proved.totals)?;
    let before = statement
        .months
        .iter()
        .filter(|other| other.currency == proved.currency && other.month < proved.month)
        .rev()
        .filter_map(|other| share(&other.totals))
        .take(COMPARED);
    let before: Vec<i64> = before.collect();
    let count = i64::try_from(before.len()).ok().filter(|count| *count > 0)?;
    let usual = before.iter().sum::<i64>() / count;
    let unusual = (own - usual).saturating_abs().saturating_mul(UNUSUAL) > usual;
    unusual.then(|| Finding::new(Tone::Warn, t.fee_share_unusual(t.share(own), t.share(usual))))
}

fn payouts(frame: &Frame, view: &ReconciliationView, month: Month) -> Section {
    let t = &frame.t;
    let entries = frame.below(Place::Entries, &format!("?month={month}&kind=payout"));
    let link = Part::Links(vec![Action::new(t.transit_entries(), entries)]);
    if view.payouts.is_empty() {
        return Section::new(t.transit_of_month(), vec![Part::Text(t.transit_none().to_owned()), link]);
    }
    let columns = vec![
        Column::text(t.payout_day()),
        Column::text(t.settlement()),
        Column::number(t.amount_column()),
        Column::text(t.payout_reference()),
    ];
    let rows = view.payouts.iter().map(|payout| {
        let currency = Currency::parse(&payout.currency).unwrap_or(Currency::EUR);
        vec![
            payout.paid_at.map_or(Cell::Empty, Cell::Moment),
            Cell::Strong(payout.settlement.clone()),
            Cell::Money(Money::new(payout.amount, currency)),
            payout.reference.clone().map_or(Cell::Empty, Cell::Code),
        ]
    });
    let table = Table::new(t, t.transit_of_month(), columns).rows(rows);
    let parts = vec![Part::Text(t.transit_text().to_owned()), Part::Table(table), link];
    Section::new(t.transit_of_month(), parts)
}

/// The settlements that have rows in the month, for the page and for files.
pub fn chain(t: &Words, view: &ReconciliationView, month: Month) -> Table {
    let columns = vec![
        Column::text(t.settlement()),
        Column::text(t.from()),
        Column::text(t.until()),
        Column::number(t.chain_payable()),
        Column::number(t.chain_paid()),
        Column::number(t.chain_open()),
        Column::text(t.state()),
    ];
    let name = month.to_string();
    let own = |settlement: &&Settlement| settlement.months.iter().any(|part| part.month == name);
    let settlements = view.statements.iter().flat_map(|statement| &statement.settlements).filter(own);
    let instant = |text: &str| text.parse::<Timestamp>().map_or(Cell::Empty, Cell::Moment);
    let rows = settlements.map(|settlement| {
        let (payable, paid) = (settlement.payable.minor, settlement.paid.minor);
        let open = payable.saturating_sub(paid);
        let currency = money(&settlement.payable).currency();
        let figure = |minor| Cell::Money(Money::new(minor, currency));
        let badge = match (payable, paid, open) {
            (0, 0, _) => Badge::new(Tone::Quiet, t.chain_state_nothing()),
            (_, _, 0) => Badge::new(Tone::Good, t.chain_state_paid()),
            (_, 0, _) => Badge::new(Tone::Busy, t.chain_state_open()),
            _ => Badge::new(Tone::Warn, t.chain_state_differs()),
        };
        vec![
            Cell::Strong(settlement.settlement.clone()),
            instant(&settlement.start),
            instant(&settlement.end),
            figure(payable),
            figure(paid),
            if open == 0 { Cell::Empty } else { figure(open) },
            Cell::Badge(badge),
        ]
    });
    Table::new(t, t.chain_of_settlements(), columns).rows(rows)
}
