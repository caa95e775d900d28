use askama::Template;
use ledger::{
    calendar::Month,
    money::{Currency, Money},
};

use super::scale::Scale;
use crate::{
    component::{Cell, Column, Table},
    text::Words,
};

const LEFT: u64 = 58;
const TOP: u64 = 8;
const WIDTH: u64 = 640;
const HEIGHT: u64 = 350;
const BOTTOM: u64 = TOP + HEIGHT;

/// What moved in a month, with the signs of the provider account: payments above zero, the rest usually below.
#[derive(Clone, Copy, Debug)]
pub struct MonthMoney {
    /// The month.
    pub month: Month,
    /// What customers paid.
    pub payments: Money,
    /// What they got back.
    pub refunds: Money,
    /// What the provider took.
    pub fees: Money,
    /// What went to the bank.
    pub payouts: Money,
}

#[derive(Clone, Debug)]
struct Bar {
    x: u64,
    y: u64,
    width: u64,
    height: u64,
    class: &'static str,
    title: String,
}

#[derive(Clone, Debug)]
struct Mark {
    at: u64,
    text: String,
}

/// Money per month: payments, refunds, fees, payouts side by side, by their size without sign.
#[derive(Clone, Debug, Template)]
#[template(path = "chart/money.html")]
pub struct MoneyChart {
    t: Words,
    title: &'static str,
    right: u64,
    lines: Vec<Mark>,
    months: Vec<Mark>,
    bars: Vec<Bar>,
    table: Table,
}

impl MoneyChart {
    /// The picture of months, oldest first, all in one currency.
    pub fn new(words: &Words, currency: Currency, months: &[MonthMoney]) -> Self {
        let parts = |month: &MonthMoney| {
            [
                ("payments", words.payments(), month.payments),
                ("refunds", words.refunds(), month.refunds),
                ("fees", words.fees(), month.fees),
                ("payouts", words.payouts(), month.payouts),
            ]
        };
        let size = |money: Money| money.minor().unsigned_abs();
        let largest = months.iter().flat_map(parts).map(|(_, _, money)| size(money)).max().unwrap_or(0);
        let scale = Scale::new(largest, HEIGHT);
        let count = u64::try_from(months.len()).unwrap_or(1).max(1);
        let group = WIDTH / count;
        let bar = (group * 7 / 10 / 4).clamp(2, 20);
        let mut bars = Vec::new();
        let mut marks = Vec::new();
        for (number, month) in (0..).zip(months) {
            let middle = LEFT + group * number + group / 2;
            marks.push(Mark { at: middle, text: words.month_short(month.month).to_owned() });
            for (place, (class, name, money)) in (0..).zip(parts(month)) {
                // Something that is there is seen.
                let height = if money.is_zero() { 0 } else { scale.length(size(money)).max(1) };
                let x = middle + (bar + 1) * place - (bar + 1) * 2;
                let title = format!("{}, {name}: {}", words.month(month.month), words.money(money));
                bars.push(Bar { x, y: BOTTOM - height, width: bar, height, class, title });
            }
        }
        let lines = scale
            .lines()
            .map(|value| Mark {
                at: BOTTOM - scale.length(value),
                text: words.scale(Money::new(i64::try_from(value).unwrap_or(i64::MAX), currency)),
            })
            .collect();
        let table = Table::new(
            words,
            words.money_per_month(),
            vec![
                Column::text(words.month_column()),
                Column::number(words.payments()),
                Column::number(words.refunds()),
                Column::number(words.fees()),
                Column::number(words.payouts()),
            ],
        )
        .rows(months.iter().map(|month| {
            let mut cells = vec![Cell::Strong(words.month(month.month))];
            cells.extend(parts(month).map(|(_, _, money)| Cell::Money(money)));
            cells
        }));
        let (t, title) = (words.clone(), words.money_per_month());
        Self { t, title, right: LEFT + WIDTH, lines, months: marks, bars, table }
    }
}
