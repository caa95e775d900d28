//! `Schnittstellenstatus`: per connection and month which settlements are there, what is missing between them, how the
//! fetches go.

use app::Permission;
use app::books::coverage::{Coverage, coverage};
use app::connections::{ConnectionState, Overview};
use app::documents::chain::{MerchantChain, Period};
use ledger::calendar::Month;

use super::{Frame, Sheet, chain, connection::state_badge};
use crate::{
    address::Place,
    component::{Action, Badge, Cell, Column, Empty, Finding, Findings, Part, Section, Table, Tone},
    text::Words,
};

/// So many months are shown; the file holds all.
const MONTHS: usize = 18;
/// So many gaps are told one by one.
const GAPS: usize = 5;

/// What a merchant has in a month.
struct MonthStatus {
    month: Month,
    settlements: Vec<String>,
    coverage: Coverage,
}

/// The months of a merchant from his first settlement until now, the newest first.
fn months(t: &Words, chain: &MerchantChain) -> Vec<MonthStatus> {
    let periods: Vec<Period> = chain
        .settlements
        .iter()
        .map(|settlement| {
            let imported = &settlement.imported;
            Period { settlement: imported.identifier.clone(), start: imported.start, end: imported.end }
        })
        .collect();
    let Some(first) = periods.first() else { return Vec::new() };
    let last = chain::reaches(chain).map_or(t.today(), |end| chain::last_day(t, end)).max(t.today());
    let mut month = Month::of(chain::day(t, first.start));
    let mut all = Vec::new();
    while month <= Month::of(last) {
        let reaches = |period: &&Period| {
            Month::of(chain::day(t, period.start)) <= month
                && Month::of(chain::last_day(t, period.end)) >= month
        };
        let settlements = periods.iter().filter(reaches).map(|period| period.settlement.clone()).collect();
        all.push(MonthStatus { month, settlements, coverage: coverage(&periods, month, t.zone()) });
        month = month.next();
    }
    all.reverse();
    all
}

fn badge(t: &Words, status: &MonthStatus) -> Badge {
    let Coverage { until, complete, gap } = status.coverage;
    let running = status.month >= Month::of(t.today());
    match until {
        None if running => Badge::new(Tone::Quiet, t.month_open()),
        None => Badge::new(Tone::Warn, t.month_without()),
        Some(until) if gap => Badge::new(Tone::Warn, t.month_gap(t.moment(until))),
        Some(_) if complete => Badge::new(Tone::Good, t.month_complete()),
        Some(until) => {
            let tone = if running { Tone::Busy } else { Tone::Warn };
            Badge::new(tone, t.month_until(t.moment(until)))
        }
    }
}

fn of_month(t: &Words, status: &MonthStatus) -> Vec<Cell> {
    let count = u64::try_from(status.settlements.len()).unwrap_or(u64::MAX);
    let numbers = match status.settlements.as_slice() {
        [] => Cell::Empty,
        [one] => Cell::Text(one.clone()),
        [first, .., last] => Cell::Text(format!("{first} – {last}")),
    };
    vec![Cell::Strong(t.month(status.month)), Cell::Count(count), numbers, Cell::Badge(badge(t, status))]
}

fn table(t: &Words, chain: &MerchantChain) -> Table {
    let columns = vec![
        Column::text(t.month_column()),
        Column::number(t.settlements()),
        Column::text(t.settlement_numbers()),
        Column::text(t.month_covered()),
    ];
    let months = months(t, chain);
    Table::new(t, t.status_months(), columns)
        .rows(months.iter().take(MONTHS).map(|status| of_month(t, status)))
}

/// All months of all merchants, for a file.
pub fn file(t: &Words, overviews: &[Overview], chains: &[MerchantChain]) -> Table {
    let columns = vec![
        Column::text(t.connection_one()),
        Column::text(t.seller_id()),
        Column::text(t.month_column()),
        Column::number(t.settlements()),
        Column::text(t.settlement_numbers()),
        Column::text(t.month_covered()),
    ];
    let rows = chains.iter().flat_map(|chain| {
        let label = of_chain(overviews, chain).map_or("", |overview| overview.connection.label.as_str());
        let (label, seller) = (label.to_owned(), chain.seller.clone());
        let row = move |status: &MonthStatus| {
            let mut cells = vec![Cell::Text(label.clone()), Cell::Text(seller.clone())];
            cells.extend(of_month(t, status));
            cells
        };
        months(t, chain).iter().map(row).collect::<Vec<_>>()
    });
    Table::new(t, t.status(), columns).rows(rows)
}

fn of_chain<'o>(overviews: &'o [Overview], chain: &MerchantChain) -> Option<&'o Overview> {
    overviews.iter().find(|overview| overview.connection.seller_id == chain.seller)
}

/// How the fetches of a connection go, and what is missing.
fn findings(frame: &Frame, overview: Option<&Overview>, chain: Option<&MerchantChain>) -> Vec<Finding> {
    let t = &frame.t;
    let mut all = Vec::new();
    if let Some(overview) = overview {
        let connection = &overview.connection;
        let state = state_badge(t, overview.shown);
        let success = connection.last_success_at.map_or_else(|| t.never().to_owned(), |at| t.recent(at));
        let mut state = Finding::new(state.tone, format!("{}: {success}", t.last_success()));
        if let Some(next) = overview.next_run_at() {
            state = state.note(format!("{}: {}", t.next_run(), t.recent(next)));
        }
        all.push(state);
        if let Some(trouble) = &connection.trouble {
            let finding = Finding::new(Tone::Bad, t.pick(&trouble.german, &trouble.english));
            let finding = match connection.trouble_at {
                Some(at) => finding.note(t.recent(at)),
                None => finding,
            };
            let at = frame.below(Place::Connections, &format!("/{}", connection.id));
            let stopped = connection.state == ConnectionState::Stopped && frame.may(Permission::Connect);
            all.push(if stopped {
                finding.mend(t.connection_replace_key(), format!("{at}/key"))
            } else {
                finding.mend(t.open(), at)
            });
        }
    }
    let Some(chain) = chain else {
        all.push(Finding::new(Tone::Quiet, t.status_nothing()));
        return all;
    };
    let upload = |finding: Finding| {
        if frame.has(Place::Uploads) {
            finding.mend(t.upload_report(), frame.at(Place::Uploads))
        } else {
            finding
        }
    };
    let count = chain::gap_count(chain);
    if count == 0 {
        let end = chain::reaches(chain).map(|end| t.date(chain::last_day(t, end))).unwrap_or_default();
        all.push(Finding::new(Tone::Good, t.status_whole(end)));
    }
    // The newest are mended first.
    let mut gaps: Vec<_> = chain::gaps(chain).collect();
    gaps.reverse();
    for (before, after) in gaps.iter().take(GAPS) {
        all.push(upload(
            Finding::new(Tone::Warn, t.chain_gap(t.moment(before.end), t.moment(after.start)))
                .note(t.status_between(&before.settlement, &after.settlement)),
        ));
    }
    if let Some(more) = u64::try_from(gaps.len().saturating_sub(GAPS)).ok().filter(|more| *more > 0) {
        all.push(upload(Finding::new(Tone::Warn, t.status_more_gaps(more))));
    }
    all
}

fn section(frame: &Frame, overview: Option<&Overview>, chain: Option<&MerchantChain>) -> Section {
    let t = &frame.t;
    let mut parts = vec![Part::Findings(Findings(findings(frame, overview, chain)))];
    if let Some(chain) = chain {
        parts.push(Part::Timeline(Box::new(chain::timeline(t, chain))));
        parts.push(Part::Table(table(t, chain)));
    }
    let mut links = Vec::new();
    if let Some(overview) = overview {
        let id = &overview.connection.id;
        links.push(Action::new(t.connection_history(), frame.below(Place::Connections, &format!("/{id}"))));
        if chain.is_some() {
            let href = frame.below(Place::Documents, &format!("?connection={id}"));
            links.push(Action::new(t.place_documents(), href));
        }
    }
    if !links.is_empty() {
        parts.push(Part::Links(links));
    }
    let (title, note) = match (overview, chain) {
        (Some(overview), _) => {
            let connection = &overview.connection;
            let start = connection.start_date.map(|date| format!("{}: {}", t.start_date(), t.date(date)));
            let state = state_badge(t, overview.shown).text;
            (
                connection.label.clone(),
                start.map_or_else(|| state.clone(), |start| format!("{state} · {start}")),
            )
        }
        (None, chain) => {
            let seller = chain.map(|chain| chain.seller.clone()).unwrap_or_default();
            (seller, t.status_by_upload().to_owned())
        }
    };
    Section::new(title, parts).note(note)
}

/// The page.
pub fn page(frame: Frame, overviews: &[Overview], chains: &[MerchantChain]) -> Sheet {
    let t = frame.t.clone();
    let list = frame.at(Place::Connections);
    let here = format!("{list}/status");
    let mut sections: Vec<Section> = overviews
        .iter()
        .map(|overview| {
            let own = chains.iter().find(|chain| chain.seller == overview.connection.seller_id);
            section(&frame, Some(overview), own)
        })
        .collect();
    let uploaded = chains.iter().filter(|chain| of_chain(overviews, chain).is_none());
    sections.extend(uploaded.map(|chain| section(&frame, None, Some(chain))));
    let sheet = Sheet::new(frame, t.status(), t.status_lead()).under(t.place_connections(), &list);
    if sections.is_empty() {
        let empty = Empty::new("plug", t.connections_none(), t.connections_none_text());
        return sheet.part(Part::Empty(empty.first(Action::new(t.place_connections(), list))));
    }
    let sheet = if chains.is_empty() { sheet } else { sheet.as_files(&here) };
    sections.into_iter().fold(sheet, Sheet::card)
}
