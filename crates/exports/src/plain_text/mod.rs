//! Entries in plain text, for people: one line an entry, headings for each month, the sums of the months at the end.
//!
//! It is what `kontor convert --print` shows and what the golden tests hold, so a person can review both. The columns
//! are those of the booking batch, under DATEV's names; what no rule of the client uses has no column.

mod column;
mod figure;
mod sums;

use std::io::{self, Write};

use ledger::assign::EntrySink;
use ledger::calendar::Month;
use ledger::entry::Entry;
use ledger::rules::Rules;

use column::{Align, Column, columns};
use sums::Sums;

/// The language of headings and labels; figures and dates stay German.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Deutsch.
    #[default]
    German,
    /// English.
    English,
}

impl Language {
    fn pick<T>(self, german: T, english: T) -> T {
        match self {
            Self::German => german,
            Self::English => english,
        }
    }
}

/// Writes entries as plain text; takes them in any order and holds none.
#[derive(Debug)]
pub struct PlainText<W> {
    out: W,
    language: Language,
    /// The columns with their widths.
    columns: Vec<(Column, usize)>,
    month: Option<Month>,
    sums: Sums,
    line: Line,
}

impl<W: Write> PlainText<W> {
    /// Begins the text of entries that are made by these rules.
    pub fn new(rules: &Rules, language: Language, out: W) -> Self {
        let columns = columns(rules).map(|column| (column, column.width(rules, language))).collect();
        Self { out, language, columns, month: None, sums: Sums::default(), line: Line::default() }
    }

    /// Writes the sums of the months and gives back what the text was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.sums.write(self.language, &mut self.out)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn heading(&mut self, month: Month) -> io::Result<()> {
        if self.month.is_some() {
            writeln!(self.out)?;
        }
        self.month = Some(month);
        writeln!(self.out, "{}", figure::month(month, self.language))?;
        for (column, width) in &self.columns {
            self.line.cell(column.heading(self.language), *width, column.align());
        }
        self.line.end(&mut self.out)
    }
}

impl<W: Write> EntrySink for PlainText<W> {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let month = Month::of(entry.date());
        self.sums.add(month, entry)?;
        if self.month != Some(month) {
            self.heading(month)?;
        }
        for (column, width) in &self.columns {
            self.line.cell(&column.text(entry, self.language), *width, column.align());
        }
        self.line.end(&mut self.out)?;
        Ok(())
    }
}

/// A line of cells, two spaces between them. A cell that is too long moves those behind it; nothing is cut.
#[derive(Debug, Default)]
struct Line(String);

impl Line {
    fn cell(&mut self, text: &str, width: usize, align: Align) {
        if !self.0.is_empty() {
            self.0.push_str("  ");
        }
        let blank = width.saturating_sub(text.chars().count());
        let (before, behind) = match align {
            Align::Left => (0, blank),
            Align::Right => (blank, 0),
        };
        self.0.extend(std::iter::repeat_n(' ', before));
        self.0.push_str(text);
        self.0.extend(std::iter::repeat_n(' ', behind));
    }

    fn end(&mut self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.0.trim_end())?;
        self.0.clear();
        Ok(())
    }
}
