//! `Buchungen`: the entries as they will leave, narrowed and searched, each leading to its report line and back.

mod check;
mod filter;
mod table;

pub use check::{CheckView, check_page};
pub use table::table;

use app::books::entries::Row;
use app::books::months::KindTotal;
use app::books::totals::AccountTotal;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::Money;
use ledger::rules::{FeeSumming, Rules};

use super::export::Named;
use super::{Frame, Sheet};
use crate::address::Place;
use crate::component::{
    Action, Cell, Chip, Chips, Column, Empty, Finding, Findings, Pager, Part, Section, Table, Tone,
};
use crate::text::Words;

/// How the list is narrowed, as its address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// The month; none in a search over all.
    pub month: Option<Month>,
    /// What the rows are.
    pub kind: Option<MovementKind>,
    /// Of one connection, by its id.
    pub connection: String,
    /// Entries on one account.
    pub account: String,
    /// What is looked for.
    pub query: String,
    /// In which number, or `amount`; empty: in all.
    pub search_in: String,
    /// Must it be the whole number?
    pub exact: bool,
    /// One row of a report.
    pub movement: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct EntriesView {
    /// How it is narrowed.
    pub narrowed: Narrowed,
    /// All months that hold anything, the oldest first.
    pub months: Vec<Month>,
    /// The connections.
    pub connections: Vec<Named>,
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Is this one after the first?
    pub is_later: bool,
    /// What the month holds by kind.
    pub sums: Vec<KindTotal>,
    /// Totals per account of the month.
    pub totals: Vec<AccountTotal>,
    /// Why there are no totals: a month that cannot be booked says so.
    pub refused: Option<String>,
    /// The rules, for the names of accounts; none where nobody chose a chart.
    pub rules: Option<Rules>,
}

impl Narrowed {
    /// The address of the list with one part of it another.
    pub fn address(&self, here: &str) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if let Some(month) = self.month {
            pairs.push(("month", month.to_string()));
        }
        if let Some(kind) = self.kind {
            pairs.push(("kind", kind.name().to_owned()));
        }
        for (name, value) in [
            ("connection", &self.connection),
            ("account", &self.account),
            ("q", &self.query),
            ("in", &self.search_in),
            ("movement", &self.movement),
        ] {
            if !value.is_empty() {
                pairs.push((name, encoded(value)));
            }
        }
        if self.exact {
            pairs.push(("exact", "yes".to_owned()));
        }
        let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { here.to_owned() } else { format!("{here}?{}", pairs.join("&")) }
    }
}

/// A value in an address.
fn encoded(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The page.
pub fn page(frame: &Frame, view: &EntriesView) -> Sheet {
    let t = &frame.t;
    let here = frame.at(Place::Entries);
    let narrowed = &view.narrowed;
    let (title, lead) = heading(t, view);
    let mut frame_of_page = frame.clone();
    frame_of_page.query.clone_from(&narrowed.query);
    let mut sheet = Sheet::new(frame_of_page, title, lead);
    if view.months.is_empty() {
        let empty = Empty::new("box", t.entries_nowhere(), t.entries_nowhere_text())
            .first(Action::new(t.connect_to_uploads(), frame.at(Place::Uploads)));
        return sheet.card(Section::untitled(vec![Part::Empty(empty)]));
    }
    let Some(rules) = &view.rules else {
        let finding = Finding::new(Tone::Warn, t.entries_chart_first())
            .mend(t.settings_to_client(), frame.at(Place::ClientSettings));
        return sheet.card(Section::untitled(vec![Part::Findings(Findings(vec![finding]))]));
    };
    if !narrowed.movement.is_empty() {
        return sheet.under(t.place_entries(), here).card(list(frame, view, rules));
    }
    sheet = sheet.as_files(&narrowed.address(&here));
    if let Some(month) = narrowed.month {
        sheet = sheet
            .also(t.export_check(), frame.below(Place::Entries, &format!("/check?month={month}")))
            .first(t.entries_export(t.month_name(month)), frame.below(Place::Export, &format!("/{month}")));
    }
    sheet = sheet.card(Section::untitled(vec![Part::Form(Box::new(filter::form(t, view, &here)))]));
    if narrowed.month.is_some() {
        sheet = sheet.part(Part::Chips(chips(t, view, &here)));
    }
    if let Some(refused) = &view.refused {
        let finding = Finding::new(Tone::Bad, refused).mend(t.check_mend(), frame.at(Place::PaymentAccounts));
        sheet = sheet.card(Section::new(t.check_refused(), vec![Part::Findings(Findings(vec![finding]))]));
    }
    sheet = sheet.card(list(frame, view, rules));
    match narrowed.month {
        Some(month) if !view.totals.is_empty() => sheet.card(totals(t, view, rules, month, &here)),
        _ => sheet,
    }
}

fn heading(t: &Words, view: &EntriesView) -> (String, String) {
    let narrowed = &view.narrowed;
    if !narrowed.movement.is_empty() {
        return (t.entries_of_row().to_owned(), String::new());
    }
    match narrowed.month {
        Some(month) => {
            let rows: u64 = view.sums.iter().map(|sum| sum.rows).sum();
            (t.entries_title(t.month(month)), t.entries_lead(rows))
        }
        None if narrowed.query.is_empty() => (t.place_entries().to_owned(), String::new()),
        None => (t.entries_found_title(&narrowed.query), String::new()),
    }
}

/// The kinds of the month with their rows.
fn chips(t: &Words, view: &EntriesView, here: &str) -> Chips {
    let address = |kind| {
        let account = String::new();
        Narrowed { kind, account, query: String::new(), ..view.narrowed.clone() }.address(here)
    };
    let count = |kind: Option<MovementKind>| -> u64 {
        let of = |sum: &&KindTotal| kind.is_none_or(|kind| sum.kind == kind);
        view.sums.iter().filter(of).map(|sum| sum.rows).sum()
    };
    let chosen = view.narrowed.kind;
    let all = Chip::new(t.entries_all(), address(None), chosen.is_none()).count(t, count(None));
    let kinds = MovementKind::ALL.into_iter().filter(|kind| count(Some(*kind)) > 0 || chosen == Some(*kind));
    let of_kind = kinds.map(|kind| {
        Chip::new(t.kind(kind), address(Some(kind)), chosen == Some(kind)).count(t, count(Some(kind)))
    });
    Chips::new(t, std::iter::once(all).chain(of_kind).collect())
}

fn list(frame: &Frame, view: &EntriesView, rules: &Rules) -> Section {
    let t = &frame.t;
    let here = frame.at(Place::Entries);
    let rows = table(frame, view, rules);
    if rows.is_empty() && view.next.is_none() {
        let empty = Empty::new("search", t.entries_none(), t.entries_none_text());
        return Section::untitled(vec![Part::Empty(empty)]);
    }
    let shown = t.entries_shown(t.number(u64::try_from(rows.rows.len()).unwrap_or(u64::MAX)));
    let mut parts = Vec::new();
    if rules.client().fee_summing != FeeSumming::Single {
        parts.push(Part::Text(t.fees_leave_summed().to_owned()));
    }
    parts.push(Part::Table(rows));
    let address = view.narrowed.address(&here);
    let join = if address.contains('?') { '&' } else { '?' };
    let after = view.next.as_ref().map(|next| format!("{address}{join}after={}", encoded(next)));
    let before = view.is_later.then_some(address);
    if after.is_some() || before.is_some() {
        parts.push(Part::Pager(
            Pager::new(t, shown, before, after).named(t.entries_first_page(), t.page_after()),
        ));
    }
    Section::untitled(parts)
}

fn totals(t: &Words, view: &EntriesView, rules: &Rules, month: Month, here: &str) -> Section {
    let columns = vec![
        Column::text(t.total_account()),
        Column::number(t.entry_debit()),
        Column::number(t.entry_credit()),
        Column::number(t.total_entries()),
        Column::acts(),
    ];
    let rows = view.totals.iter().map(|total| {
        let money = |minor| Cell::Money(Money::new(minor, total.currency));
        let narrowed = Narrowed {
            account: total.account.clone(),
            kind: None,
            query: String::new(),
            ..view.narrowed.clone()
        };
        vec![
            Cell::Strong(account_text(t, rules, &total.account, total.provider)),
            money(total.debit),
            money(total.credit),
            Cell::Count(total.entries),
            Cell::Link(Action::new(t.total_shown(), narrowed.address(here))),
        ]
    });
    let table = Table::new(t, t.totals(), columns).rows(rows);
    Section::new(t.totals(), vec![Part::Table(table)]).note(t.totals_of(t.month(month)))
}

/// `1810 · Amazon Pay`
pub(crate) fn account_text(t: &Words, rules: &Rules, account: &str, provider: bool) -> String {
    let name =
        if provider { Some(t.provider_short()) } else { app::settings::names::name_of(rules, account) };
    name.map_or_else(|| account.to_owned(), |name| format!("{account} · {name}"))
}
