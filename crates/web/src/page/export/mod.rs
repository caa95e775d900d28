//! `Export-Dashboard`: the months of a year with their state, and every batch that ever left.

pub mod month;
pub mod sheet;

use app::books::months::{KindTotal, MonthOfClient, MonthOverview, MonthState};
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money};
use store::batches::{Batch, BatchState};
use store::id::ConnectionId;

use super::{Frame, Sheet};
use crate::address::Place;
use crate::component::{
    Action, Badge, Cell, Chip, Chips, Column, Download, Empty, Part, Section, Table, Tone,
};
use crate::text::Words;

/// A connection with what it is called.
pub type Named = (ConnectionId, String);

/// What the page of a year shows.
#[derive(Clone, Debug)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// All years that hold anything, the newest first.
    pub years: Vec<i16>,
    /// The months that hold anything, the newest first.
    pub months: Vec<MonthOfClient>,
    /// The connections of the client.
    pub connections: Vec<Named>,
}

/// The page.
pub fn page(frame: &Frame, view: &YearView) -> Sheet {
    let t = &frame.t;
    let here = frame.at(Place::Export);
    let mut sheet = Sheet::new(frame.clone(), t.place_export(), t.export_lead())
        .also(t.delivery(), frame.below(Place::Export, "/delivery"));
    if view.years.is_empty() && view.months.is_empty() {
        let empty = Empty::new("box", t.export_none(), t.export_none_text())
            .first(Action::new(t.connect_to_uploads(), frame.at(Place::Uploads)));
        return sheet.card(Section::untitled(vec![Part::Empty(empty)]));
    }
    sheet = sheet.as_files(&format!("{here}?year={}", view.year));
    if view.years.len() > 1 {
        let chip =
            |year: &i16| Chip::new(year.to_string(), format!("{here}?year={year}"), *year == view.year);
        sheet = sheet.part(Part::Chips(Chips::new(t, view.years.iter().map(chip).collect())));
    }
    sheet = sheet.card(Section::untitled(vec![Part::Table(table(frame, view))]));
    let batches = all_batches(view);
    if batches.is_empty() {
        return sheet;
    }
    let history = history(frame, &batches, &view.connections);
    let files = Download::new(t, &format!("{here}?year={}&list=batches", view.year));
    sheet.card(Section::new(t.batch_history(), vec![Part::Table(history), Part::Download(files)]))
}

/// Every batch of the year, the newest month and batch first.
pub fn all_batches(view: &YearView) -> Vec<&Batch> {
    let overviews = view.months.iter().flat_map(|month| &month.overviews);
    overviews.flat_map(|overview| overview.batches.iter().rev()).collect()
}

/// The months as a list, for the page and for files.
pub fn table(frame: &Frame, view: &YearView) -> Table {
    let t = &frame.t;
    let several = view.connections.len() > 1
        || view
            .months
            .iter()
            .any(|month| month.overviews.iter().any(|overview| overview.connection.is_some()));
    let mut columns = vec![
        Column::text(t.month_column()),
        Column::number(t.export_rows()),
        Column::number(t.payments()),
        Column::number(t.fees()),
        Column::text(t.export_covered()),
    ];
    if several {
        columns.push(Column::text(t.export_all_connections()));
        columns.extend(view.connections.iter().map(|(_, label)| Column::text(label.clone())));
    } else {
        columns.push(Column::text(t.state()));
    }
    columns.push(Column::acts());
    let rows = view.months.iter().map(|month| {
        let address = frame.below(Place::Export, &format!("/{}", month.month));
        let currency = main_currency(&month.sums);
        let mut cells = vec![
            Cell::Strong(t.month(month.month)),
            Cell::Count(month.rows),
            Cell::Money(payments(&month.sums, currency)),
            Cell::Money(fees(&month.sums, currency)),
            covered(t, month),
        ];
        cells.push(state_cell(t, month, None));
        if several {
            cells.extend(view.connections.iter().map(|(id, _)| state_cell(t, month, Some(id))));
        }
        cells.push(Cell::Link(Action::new(t.open(), address)));
        cells
    });
    Table::new(t, t.place_export(), columns).rows(rows)
}

fn state_cell(t: &Words, month: &MonthOfClient, connection: Option<&ConnectionId>) -> Cell {
    let own = month.overviews.iter().find(|overview| overview.connection.as_ref() == connection);
    own.map_or(Cell::Empty, |overview| Cell::Badge(month_badge(t, overview)))
}

/// Where a month stands, as a badge.
pub fn month_badge(t: &Words, overview: &MonthOverview) -> Badge {
    let tone = match overview.state {
        MonthState::New => Tone::Quiet,
        MonthState::Exported => Tone::Busy,
        MonthState::Processed => Tone::Good,
        MonthState::Changed | MonthState::Withdrawn => Tone::Warn,
    };
    Badge::new(tone, t.month_state(overview.state))
}

/// What became of a batch, as a badge.
pub fn batch_badge(t: &Words, state: BatchState) -> Badge {
    let tone = match state {
        BatchState::Exported | BatchState::Writing => Tone::Busy,
        BatchState::Processed => Tone::Good,
        BatchState::Withdrawn | BatchState::Failed => Tone::Quiet,
    };
    Badge::new(tone, t.batch_state(state))
}

fn covered(t: &Words, month: &MonthOfClient) -> Cell {
    let text = match (month.coverage.complete, month.coverage.until) {
        (true, _) => t.export_covered_whole().to_owned(),
        (false, Some(until)) => t.export_covered_until(t.moment(until)),
        (false, None) => t.export_covered_nothing().to_owned(),
    };
    if month.coverage.gap { Cell::Noted(text, t.export_gap().to_owned()) } else { Cell::Text(text) }
}

/// The currency with the most rows; a list has one column for money.
pub(crate) fn main_currency(sums: &[KindTotal]) -> Currency {
    let mut counted: Vec<(u64, Currency)> = Vec::new();
    for sum in sums {
        match counted.iter_mut().find(|(_, currency)| *currency == sum.currency) {
            Some((rows, _)) => *rows += sum.rows,
            None => counted.push((sum.rows, sum.currency)),
        }
    }
    counted.into_iter().max_by_key(|(rows, _)| *rows).map_or(Currency::EUR, |(_, currency)| currency)
}

pub(crate) fn payments(sums: &[KindTotal], currency: Currency) -> Money {
    let of = |sum: &&KindTotal| sum.kind == MovementKind::Payment && sum.currency == currency;
    Money::new(sums.iter().filter(of).map(|sum| sum.gross).fold(0, i64::saturating_add), currency)
}

pub(crate) fn fees(sums: &[KindTotal], currency: Currency) -> Money {
    let of = |sum: &&KindTotal| sum.currency == currency;
    Money::new(sums.iter().filter(of).map(|sum| sum.fees).fold(0, i64::saturating_add), currency)
}

/// `Monat` or `Korrektur 2`.
pub fn batch_name(t: &Words, batch: &Batch) -> String {
    match batch.begun.correction {
        0 => t.batch_month().to_owned(),
        number => t.batch_correction(number),
    }
}

/// Which connections a batch holds.
pub(crate) fn scope_name(t: &Words, connection: Option<&ConnectionId>, connections: &[Named]) -> String {
    let Some(connection) = connection else { return t.export_all_connections().to_owned() };
    let named = connections.iter().find(|(id, _)| id == connection);
    named.map_or_else(|| connection.to_string(), |(_, label)| label.clone())
}

/// Batches as a list, for pages and for files.
pub fn history(frame: &Frame, batches: &[&Batch], connections: &[Named]) -> Table {
    let t = &frame.t;
    let columns = vec![
        Column::text(t.batch_when()),
        Column::text(t.month_column()),
        Column::text(t.batch_what()),
        Column::text(t.state()),
        Column::number(t.batch_postings()),
        Column::text(t.batch_author()),
        Column::text(t.batch_hash()),
        Column::acts(),
    ];
    let rows = batches.iter().map(|batch| {
        let begun = &batch.begun;
        let href = frame.below(Place::Export, &format!("/{}#batch-{}", begun.month, begun.id));
        vec![
            Cell::Moment(begun.created_at),
            Cell::Text(t.month(begun.month)),
            match &begun.connection {
                None => Cell::Text(batch_name(t, batch)),
                connection => {
                    Cell::Noted(batch_name(t, batch), scope_name(t, connection.as_ref(), connections))
                }
            },
            Cell::Badge(batch_badge(t, batch.state)),
            Cell::Count(batch.content.postings),
            Cell::Noted(begun.author.clone(), t.batch_settings_version(begun.settings)),
            Cell::Code(batch.content.sha256.chars().take(8).collect()),
            Cell::Link(Action::new(t.open(), href)),
        ]
    });
    Table::new(t, t.batch_history(), columns).rows(rows)
}

/// How far a month is covered, as a sentence.
pub(crate) fn covered_sentence(t: &Words, month: Month, held: Option<&MonthOfClient>) -> String {
    match held.map(|held| (held.coverage.complete, held.coverage.until)) {
        Some((true, _)) => t.export_is_covered(t.month(month)),
        Some((false, Some(until))) => t.export_is_covered_until(t.month(month), t.moment(until)),
        _ => t.export_is_not_covered(t.month(month)),
    }
}
