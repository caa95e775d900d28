//! The sums of each month and currency, as DATEV shows them when it takes a batch.

use std::collections::BTreeMap;
use std::io::{self, Write};

use ledger::calendar::Month;
use ledger::entry::{Entry, Side};
use ledger::money::{Currency, Money, MoneyError};

use super::{Align, Language, Line, figure};

#[derive(Debug, Default)]
pub(super) struct Sums(BTreeMap<(Month, Currency), Sum>);

/// Number and amounts of the entries; Soll and Haben are those of the provider account.
#[derive(Clone, Copy, Debug)]
struct Sum {
    entries: u64,
    debit: Money,
    credit: Money,
}

impl Sums {
    pub(super) fn add(&mut self, month: Month, entry: &Entry<'_>) -> Result<(), MoneyError> {
        let amount = entry.amount();
        let zero = Money::zero(amount.currency());
        let nothing = Sum { entries: 0, debit: zero, credit: zero };
        let sum = self.0.entry((month, amount.currency())).or_insert(nothing);
        sum.entries += 1;
        let side = match entry.side() {
            Side::Debit => &mut sum.debit,
            Side::Credit => &mut sum.credit,
        };
        *side = side.checked_add(amount)?;
        // Umsatz is the sum of both; it must fit as well.
        sum.debit.checked_add(sum.credit).map(|_| ())
    }

    pub(super) fn write(&self, language: Language, out: &mut impl Write) -> io::Result<()> {
        if self.0.is_empty() {
            return writeln!(out, "{}", language.pick("Keine Buchungen", "No entries"));
        }
        let headings = language.pick(
            ["Summen", "WKZ", "Buchungen", "Umsatz", "Konto Soll", "Konto Haben"],
            ["Sums", "Cur", "Entries", "Amount", "Debit (S)", "Credit (H)"],
        );
        writeln!(out)?;
        write_line(&headings.map(str::to_owned), out)?;
        for ((month, currency), sum) in &self.0 {
            let total = sum.debit.checked_add(sum.credit).map_err(io::Error::other)?;
            let cells = [
                figure::month(*month, language),
                currency.to_string(),
                sum.entries.to_string(),
                figure::amount(total),
                figure::amount(sum.debit),
                figure::amount(sum.credit),
            ];
            write_line(&cells, out)?;
        }
        Ok(())
    }
}

fn write_line(cells: &[String; 6], out: &mut impl Write) -> io::Result<()> {
    const WIDTHS: [(usize, Align); 6] = [
        ("September 2026".len(), Align::Left),
        (3, Align::Left),
        (9, Align::Right),
        (16, Align::Right),
        (16, Align::Right),
        (16, Align::Right),
    ];
    let mut line = Line::default();
    for (cell, (width, align)) in cells.iter().zip(WIDTHS) {
        line.cell(cell, width, align);
    }
    line.end(out)
}
