//! One document: what it is, what proves it, its rows.

use app::books::Settled;
use app::documents::chain::ChainWarning;
use app::documents::library::Shown;
use app::documents::movements::Movement;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money};

use super::documents::{period, source, verdict};
use super::{Frame, Sheet};
use crate::{
    address::{self, Place},
    component::{Action, Cell, Column, Finding, Findings, Pager, Part, Row, Section, Table, Tone},
    text::Words,
};

/// So many rows are shown at once.
pub const ROWS: u32 = 100;

/// What the page of a document shows.
#[derive(Clone, Debug)]
pub struct DocumentView {
    pub shown: Shown,
    /// What becomes of its rows by the settings; else why that is not known yet, in words.
    pub settled: Result<Vec<Settled>, String>,
    /// What does not fit in the chain around it.
    pub warnings: Vec<ChainWarning>,
    /// What its connection is called.
    pub label: Option<String>,
    pub rows: Vec<Movement>,
    /// After which line they begin.
    pub after: u64,
    pub more: bool,
    /// The line that the address names.
    pub line: Option<u64>,
}

/// The page.
pub fn page(frame: Frame, view: &DocumentView) -> Sheet {
    let t = frame.t.clone();
    let received = &view.shown.document.received;
    let here = frame.below(Place::Documents, &format!("/{}", received.id));
    let list = frame.at(Place::Documents);
    let settlement = view.shown.document.settlement.as_ref();
    let title = settlement
        .map_or_else(|| received.file_name.clone(), |of| format!("{} {}", t.settlement(), of.identifier));
    let mut proof = vec![Part::Findings(Findings(proof(&frame, view)))];
    let neighbours = neighbours(&frame, view);
    if !neighbours.is_empty() {
        proof.push(Part::Links(neighbours));
    }
    let mut rows = Vec::new();
    if view.rows.is_empty() {
        rows.push(Part::Text(t.document_without_rows().to_owned()));
    } else {
        rows.push(Part::Table(table(&frame, view)));
        rows.push(Part::Pager(pager(&t, &here, view)));
    }
    let sums = (!view.shown.sums.is_empty()).then(|| {
        let tables = sums(&t, &view.shown).into_iter().map(Part::Table);
        Section::new(t.document_sums(), tables.collect())
    });
    Sheet::new(frame, title, period(&t, &view.shown.document))
        .under(t.place_documents(), list)
        .as_files(&here)
        .also(t.document_download(), format!("{here}/file"))
        .part(Part::Halves(vec![
            Section::new(t.proof(), proof),
            Section::new(t.document_facts(), vec![Part::Facts(facts(&t, view))]),
        ]))
        .card_if(sums)
        .card(Section::new(t.document_rows(), rows).called("rows"))
}

fn facts(t: &Words, view: &DocumentView) -> Vec<(String, String)> {
    let document = &view.shown.document;
    let received = &document.received;
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let who = if received.received_by == "system" { t.by_kontor() } else { &received.received_by };
    let mut facts = vec![
        fact(t.upload_file(), &received.file_name),
        fact(t.proof(), &verdict(t, document).text),
        fact(t.period(), &format!("{} – {}", t.moment(received.period_start), t.moment(received.period_end))),
        fact(t.rows_column(), &t.number(received.rows)),
        fact(t.file_size(), &t.size(received.bytes)),
        fact(t.seller_id(), &received.seller),
        fact(t.connection_one(), view.label.as_deref().unwrap_or(t.none_yet())),
        fact(t.source(), source(t, received.source)),
    ];
    if let Some(number) = &received.provider_report {
        facts.push(fact(t.provider_report(), number));
    }
    facts.push(fact(t.received(), &t.received_by(t.moment(received.received_at), who)));
    facts.push(fact(t.sha256(), &received.sha256));
    facts
}

/// The three proofs of a settlement: its rows, what becomes of them, its place in the chain.
fn proof(frame: &Frame, view: &DocumentView) -> Vec<Finding> {
    let t = &frame.t;
    let received = &view.shown.document.received;
    let mut all = vec![match &received.accepted_because {
        None => Finding::new(Tone::Good, t.proof_rows(t.number(received.rows))).note(t.proof_rows_note()),
        Some(reason) => Finding::new(Tone::Warn, t.proof_accepted())
            .note(t.proof_accepted_note(reason.trim_end_matches('.'))),
    }];
    for equation in &view.shown.equations {
        let (left, right) = (t.money(equation.left), t.money(equation.right));
        all.push(if equation.holds() {
            Finding::new(Tone::Good, t.proof_net()).note(t.equation(left, right))
        } else {
            Finding::new(Tone::Bad, t.proof_net_wrong()).note(t.equation_wrong(left, right))
        });
    }
    match &view.settled {
        Ok(settled) => all.extend(settled.iter().map(|one| of_settled(t, one))),
        Err(why) => {
            let finding = Finding::new(Tone::Quiet, t.proof_open()).note(why);
            all.push(if frame.has(Place::ClientSettings) {
                finding.mend(t.accounts_confirm(), frame.at(Place::ClientSettings))
            } else {
                finding
            });
        }
    }
    if view.shown.document.settlement.is_some() {
        all.extend(in_chain(frame, view));
        all.extend(view.shown.owed.iter().map(|owed| of_payout(t, view, *owed)));
    }
    all
}

fn of_settled(t: &Words, settled: &Settled) -> Finding {
    let left = settled.rows.saturating_sub(settled.booked_rows);
    let text = t.proof_settled(t.number(settled.rows), t.number(settled.booked_rows), t.number(left));
    let mut note = t.proof_settled_note(t.money(settled.net), t.money(settled.booked));
    for (reason, rows, sum) in &settled.not_booked {
        let reason = match *reason {
            "reserve" => t.reason_reserve(),
            "carry-over" => t.reason_carry_over(),
            "zero" => t.reason_zero(),
            "before-start" => t.reason_before_start(),
            other => other,
        };
        note.push_str(" + ");
        note.push_str(&t.proof_not_booked(t.money(*sum), t.row_count(*rows), reason));
    }
    Finding::new(if settled.holds() { Tone::Good } else { Tone::Bad }, text).note(note)
}

fn in_chain(frame: &Frame, view: &DocumentView) -> Vec<Finding> {
    let t = &frame.t;
    let (before, after) = (view.shown.before.as_ref(), view.shown.after.as_ref());
    let mut all: Vec<Finding> =
        view.warnings.iter().filter_map(|warning| of_warning(frame, view, warning)).collect();
    if all.is_empty() {
        let text = match (before, after) {
            (Some(before), Some(after)) => t.chain_between(&before.identifier, &after.identifier),
            (Some(before), None) => t.chain_after(&before.identifier),
            (None, Some(after)) => t.chain_before(&after.identifier),
            (None, None) => t.chain_first().to_owned(),
        };
        let finding = Finding::new(Tone::Good, text);
        all.push(match (before, after) {
            (None, Some(_)) => finding.note(t.chain_first()),
            (Some(_), None) => finding.note(t.chain_last()),
            _ => finding,
        });
    }
    all
}

fn of_warning(frame: &Frame, view: &DocumentView, warning: &ChainWarning) -> Option<Finding> {
    let t = &frame.t;
    let own = &view.shown.document.settlement.as_ref()?.identifier;
    Some(match warning {
        ChainWarning::Gap { before, after } => {
            let finding = Finding::new(Tone::Warn, t.chain_gap(t.moment(before.end), t.moment(after.start)));
            if frame.has(Place::Uploads) {
                finding.mend(t.upload_report(), frame.at(Place::Uploads))
            } else {
                finding
            }
        }
        ChainWarning::Overlap { before, after } => {
            let other = if before.settlement == *own { after } else { before };
            Finding::new(Tone::Warn, t.chain_overlap(&other.settlement))
        }
        // The payout is told on its own.
        ChainWarning::PayoutDiffers { .. } => return None,
        ChainWarning::CarryOverOneSided { amount, .. } => {
            Finding::new(Tone::Warn, t.chain_carry_over(t.money(*amount)))
        }
    })
}

/// What the rows owe against what was paid: by the provider's list, else by the Transfer of the report after it.
fn of_payout(t: &Words, view: &DocumentView, owed: Money) -> Finding {
    let listed: Vec<_> =
        view.shown.payouts.iter().filter(|payout| payout.currency == owed.currency().code()).collect();
    let paid: i64 = listed.iter().map(|payout| payout.amount).fold(0, i64::saturating_add);
    let paid = Money::new(paid, owed.currency());
    let differs = view.warnings.iter().find_map(|warning| match warning {
        ChainWarning::PayoutDiffers { owed: by_rows, paid, .. } if by_rows.currency() == owed.currency() => {
            Some(*paid)
        }
        _ => None,
    });
    let note = listed.first().map(|payout| {
        let moment = payout.paid_at.map_or_else(String::new, |at| t.moment(at));
        t.payout_on(moment, payout.reference.as_deref().unwrap_or_default())
    });
    let finding = if let Some(paid) = differs {
        Finding::new(Tone::Warn, t.payout_wrong(t.money(paid), t.money(owed)))
    } else if listed.is_empty() && owed.is_zero() {
        Finding::new(Tone::Good, t.payout_none())
    } else if listed.is_empty() && view.shown.after.is_none() {
        Finding::new(Tone::Quiet, t.payout_open(t.money(owed)))
    } else if listed.is_empty() || paid == owed {
        Finding::new(Tone::Good, t.payout_right(t.money(owed)))
    } else {
        Finding::new(Tone::Warn, t.payout_wrong(t.money(paid), t.money(owed)))
    };
    match note {
        Some(note) => finding.note(note.trim_matches([' ', '·'])),
        None => finding,
    }
}

fn neighbours(frame: &Frame, view: &DocumentView) -> Vec<Action> {
    let t = &frame.t;
    let at = |document: &store::id::DocumentId| frame.below(Place::Documents, &format!("/{document}"));
    let before = view.shown.before.as_ref();
    let after = view.shown.after.as_ref();
    let before = before.map(|of| Action::new(t.settlement_before(&of.identifier), at(&of.document)));
    let after = after.map(|of| Action::new(t.settlement_after(&of.identifier), at(&of.document)));
    before.into_iter().chain(after).collect()
}

/// One table a currency.
fn sums(t: &Words, shown: &Shown) -> Vec<Table> {
    let mut currencies: Vec<Currency> = shown.sums.iter().map(|sum| sum.gross.currency()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let add = |one: Money, other: Money| one.checked_add(other).unwrap_or(one);
    let of_currency = |currency: Currency| {
        let own: Vec<_> = shown.sums.iter().filter(|sum| sum.gross.currency() == currency).collect();
        let columns = vec![
            Column::text(t.kind_column()),
            Column::number(t.rows_column()),
            Column::number(t.gross()),
            Column::number(t.fees()),
            Column::number(t.net()),
        ];
        let zero = Money::zero(currency);
        let gross = own.iter().fold(zero, |all, sum| add(all, sum.gross));
        let fees = own.iter().fold(zero, |all, sum| add(all, sum.fees));
        let rows: u64 = own.iter().map(|sum| sum.rows).sum();
        Table::new(t, t.document_sums(), columns)
            .rows(own.iter().map(|sum| {
                vec![
                    Cell::Strong(t.kind(sum.kind).to_owned()),
                    Cell::Count(sum.rows),
                    Cell::Money(sum.gross),
                    Cell::Money(sum.fees),
                    Cell::Money(add(sum.gross, sum.fees)),
                ]
            }))
            .sums(vec![
                Cell::Text(t.sum().to_owned()),
                Cell::Count(rows),
                Cell::Money(gross),
                Cell::Money(fees),
                Cell::Money(add(gross, fees)),
            ])
    };
    currencies.into_iter().map(of_currency).collect()
}

/// Rows of a report as a list; a file holds it without the way to the entries.
pub fn table(frame: &Frame, view: &DocumentView) -> Table {
    let t = &frame.t;
    let mut columns = vec![
        Column::number(t.line()),
        Column::text(t.posted()),
        Column::text(t.kind_column()),
        Column::text(t.order()),
        Column::number(t.gross()),
        Column::number(t.fee()),
        Column::number(t.net()),
    ];
    let leads_on = frame.has(Place::Entries);
    if leads_on {
        columns.push(Column::acts());
    }
    Table::new(t, t.document_rows(), columns).rows(view.rows.iter().map(|movement| {
        let mut cells = cells(t, movement);
        if leads_on {
            let key = address::movement(movement.settlement, movement.line);
            let href = frame.below(Place::Entries, &format!("?movement={key}"));
            cells.push(Cell::Link(Action::new(t.to_entries(), href)));
        }
        Row::called(cells, format!("row-{}", movement.line), view.line == Some(movement.line))
    }))
}

fn cells(t: &Words, movement: &Movement) -> Vec<Cell> {
    let kind = MovementKind::parse(&movement.kind);
    let word = kind.map_or(movement.kind.as_str(), |kind| t.kind(kind));
    let word = word.to_owned();
    let order = [&movement.seller_order, &movement.order_reference, &movement.provider_transaction];
    let order = order.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
    let currency = Currency::parse(&movement.currency).unwrap_or(Currency::EUR);
    let fee = movement.fee_variable.saturating_add(movement.fee_fixed);
    let money = |minor| Cell::Money(Money::new(minor, currency));
    vec![
        Cell::Count(movement.line),
        Cell::Moment(movement.posted_at),
        if movement.kind_text.is_empty() {
            Cell::Text(word)
        } else {
            Cell::Noted(word, movement.kind_text.clone())
        },
        if order.is_empty() { Cell::Empty } else { Cell::Code(order) },
        money(movement.gross),
        money(fee),
        money(movement.gross.saturating_add(fee)),
    ]
}

fn pager(t: &Words, here: &str, view: &DocumentView) -> Pager {
    let (first, last) = (view.rows.first(), view.rows.last());
    let line = |movement: Option<&Movement>| movement.map_or(0, |movement| movement.line);
    let (first, last) = (line(first), line(last));
    let page = |after: u64| format!("{here}?after={after}#rows");
    let before = (view.after > 0).then(|| page(view.after.saturating_sub(u64::from(ROWS))));
    let after = view.more.then(|| page(last));
    Pager::new(t, t.lines_shown(t.number(first), t.number(last)), before, after)
}
