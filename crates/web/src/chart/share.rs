use std::fmt::Write as _;

use askama::Template;
use ledger::calendar::Month;

use super::scale::Scale;
use crate::{
    component::{Cell, Column, Table},
    text::Words,
};

const LEFT: u64 = 58;
const WIDTH: u64 = 300;
const HEIGHT: u64 = 130;
const BOTTOM: u64 = 10 + HEIGHT;

/// The fees of a month as a share of its payments.
#[derive(Clone, Copy, Debug)]
pub struct MonthShare {
    /// The month.
    pub month: Month,
    /// In hundredths of a percent; none where nothing was paid.
    pub share: Option<i64>,
}

#[derive(Clone, Debug)]
struct Point {
    x: u64,
    y: u64,
    title: String,
}

#[derive(Clone, Debug)]
struct Mark {
    at: u64,
    text: String,
}

/// The share of fees, month by month, as a line that breaks where nothing was paid.
#[derive(Clone, Debug, Template)]
#[template(path = "chart/share.html")]
pub struct ShareChart {
    t: Words,
    right: u64,
    lines: Vec<Mark>,
    months: Vec<Mark>,
    /// Each unbroken piece as the commands of a path.
    paths: Vec<String>,
    points: Vec<Point>,
    table: Table,
}

impl ShareChart {
    /// The picture of months, oldest first.
    pub fn new(words: &Words, months: &[MonthShare]) -> Self {
        let size = |share: i64| u64::try_from(share).unwrap_or(0);
        let largest = months.iter().filter_map(|month| month.share).map(size).max().unwrap_or(0);
        let scale = Scale::new(largest, HEIGHT);
        let count = u64::try_from(months.len()).unwrap_or(1).max(1);
        let (mut points, mut marks, mut paths) = (Vec::new(), Vec::new(), Vec::<String>::new());
        let mut is_broken = true;
        for (number, month) in (0_u64..).zip(months) {
            let x = LEFT + WIDTH * number / count + WIDTH / count / 2;
            // More than eight names do not stand side by side; the last one always does.
            if count <= 8 || (count - number) % 2 == 1 {
                marks.push(Mark { at: x, text: words.month_short(month.month).to_owned() });
            }
            let Some(share) = month.share else {
                is_broken = true;
                continue;
            };
            let y = BOTTOM - scale.length(size(share));
            match paths.last_mut() {
                // Writing into a String does not fail.
                Some(path) if !is_broken => {
                    let _ = write!(path, "L{x} {y}");
                }
                _ => paths.push(format!("M{x} {y}")),
            }
            is_broken = false;
            points.push(Point {
                x,
                y,
                title: format!("{}: {}", words.month(month.month), words.share(share)),
            });
        }
        let lines = scale
            .lines()
            .map(|value| Mark {
                at: BOTTOM - scale.length(value),
                text: words.share(i64::try_from(value).unwrap_or(i64::MAX)),
            })
            .collect();
        let columns = vec![Column::text(words.month_column()), Column::number(words.fee_share())];
        let table =
            Table::new(words, words.fee_share_per_month(), columns).rows(months.iter().map(|month| {
                vec![Cell::Strong(words.month(month.month)), month.share.map_or(Cell::Empty, Cell::Share)]
            }));
        Self { t: words.clone(), right: LEFT + WIDTH, lines, months: marks, paths, points, table }
    }
}
