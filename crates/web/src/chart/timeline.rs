use askama::Template;
use jiff::civil::Date;
use ledger::calendar::Month;

use crate::{
    component::{Badge, Cell, Column, Table, Tone},
    text::Words,
};

const WIDTH: i64 = 900;
/// So wide is the name of a month at least, where the picture is smallest.
const NAME: i64 = 56;
/// More stretches than this stand without seams.
const DENSE: usize = 60;

/// What a stretch of the timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// A settlement that is here and proved.
    Settled,
    /// Not settled yet.
    Open,
    /// Missing between two settlements.
    Gap,
}

/// A stretch of days.
#[derive(Clone, Debug)]
pub struct Span {
    /// What it is.
    pub kind: SpanKind,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The number of the settlement, or why it is missing.
    pub text: String,
}

#[derive(Clone, Debug)]
struct Piece {
    x: i64,
    width: i64,
    class: &'static str,
    title: String,
    /// A gap is also seen without colour.
    mark: Option<i64>,
}

#[derive(Clone, Debug)]
struct Mark {
    at: i64,
    text: String,
}

/// Settlements along the days: what is here, what is missing, what is still to come.
#[derive(Clone, Debug, Template)]
#[template(path = "chart/timeline.html")]
pub struct Timeline {
    t: Words,
    pieces: Vec<Piece>,
    months: Vec<Mark>,
    round: u8,
    table: Table,
}

impl Timeline {
    /// The picture of stretches, oldest first.
    pub fn new(words: &Words, spans: &[Span]) -> Self {
        let first = spans.first().map(|span| span.from);
        let last = spans.last().map(|span| span.until);
        let (Some(first), Some(last)) = (first, last) else {
            let table = Self::table(words, spans);
            return Self { t: words.clone(), pieces: Vec::new(), months: Vec::new(), round: 0, table };
        };
        let days = days_between(first, last) + 1;
        let place = |date: Date| days_between(first, date) * WIDTH / days.max(1);
        // Many stand side by side without seams.
        let seam = if spans.len() > DENSE { 0 } else { 2 };
        // Two settlements may share a day; the later one takes it.
        let nexts = spans.iter().skip(1).map(|span| place(span.from)).chain([WIDTH]);
        let pieces = spans
            .iter()
            .zip(nexts)
            .map(|(span, next)| {
                let x = place(span.from);
                let end = span.until.tomorrow().map_or(WIDTH, place).min(next);
                let class = match span.kind {
                    SpanKind::Settled => "settled",
                    SpanKind::Open => "open",
                    SpanKind::Gap => "gap",
                };
                let overlap = i64::from(seam == 0 && span.kind == SpanKind::Settled);
                let width = (end - x - seam + overlap).max(1);
                let title = format!("{} – {}: {}", words.date(span.from), words.date(span.until), span.text);
                Piece { x, width, class, title, mark: (span.kind == SpanKind::Gap).then_some(x + width / 2) }
            })
            .collect();
        let mut months = Vec::new();
        let mut month = Month::of(first);
        while month.first() <= last && months.len() < 24 {
            let at = place(month.first().max(first));
            // A name that the next one would stand upon is left out.
            let crowded = |before: &mut Mark| at - before.at < NAME;
            months.pop_if(crowded);
            months.push(Mark { at, text: words.month_short(month).to_owned() });
            month = month.next();
        }
        let round = if seam == 0 { 0 } else { 3 };
        Self { t: words.clone(), pieces, months, round, table: Self::table(words, spans) }
    }

    fn table(words: &Words, spans: &[Span]) -> Table {
        let columns = vec![
            Column::text(words.from()),
            Column::text(words.until()),
            Column::text(words.state()),
            Column::text(words.settlement()),
        ];
        Table::new(words, words.settlements_in_time(), columns).rows(spans.iter().map(|span| {
            let badge = match span.kind {
                SpanKind::Settled => Badge::new(Tone::Good, words.span_settled()),
                SpanKind::Open => Badge::new(Tone::Quiet, words.span_open()),
                SpanKind::Gap => Badge::new(Tone::Bad, words.span_gap()),
            };
            vec![
                Cell::Date(span.from),
                Cell::Date(span.until),
                Cell::Badge(badge),
                Cell::Text(span.text.clone()),
            ]
        }))
    }
}

fn days_between(from: Date, until: Date) -> i64 {
    from.until(until).map_or(0, |span| i64::from(span.get_days()))
}
