//! The file as a whole: what it is, how its lines stand, how many rows it has.

use std::io::{self, Read};

use super::{
    CheckOptions, Code, Report, booking::BookingChecker, fields, header, header::HeaderFacts,
    master_data::MasterDataChecker,
};
use crate::{
    Category, Column, Encoding, FileName, LineEnd, ROWS_MAX, Reader, Row,
    category::column_name,
    read::{Flaw, units},
};

/// Findings of one line.
pub(super) struct LineReport<'report> {
    report: &'report mut Report,
    line: u64,
}

impl LineReport<'_> {
    /// Tells what is wrong with a field.
    pub(super) fn field(&mut self, code: Code, column: &'static Column, found: &str) {
        self.report.add(code, Some(self.line), Some(column), found);
    }

    /// Tells what is wrong with the line.
    pub(super) fn line(&mut self, code: Code, found: &str) {
        self.report.add(code, Some(self.line), None, found);
    }
}

/// What the rows of a file are asked.
enum RowChecker {
    Booking(BookingChecker),
    MasterData(MasterDataChecker),
    /// Fields only.
    Plain,
}

struct FileChecker {
    report: Report,
    facts: HeaderFacts,
    rows: RowChecker,
    /// How many fields a row has, once it is known.
    width: Option<usize>,
    is_line_end_told: bool,
}

pub(super) fn check(input: impl Read, file_name: Option<&str>, options: &CheckOptions) -> io::Result<Report> {
    let mut report = Report::new(options.findings_per_code_max);
    if let Some(name) = file_name.filter(|name| !FileName::is_accepted(name)) {
        report.add(Code::FileName, None, None, name);
    }
    let mut reader = Reader::new(input)?;
    let Some(first) = reader.next_row()? else {
        report.add(Code::Empty, None, None, "");
        return Ok(report);
    };
    if let Some(code) = no_header(&first) {
        report.add(code, Some(first.line()), None, &first.text(1));
        return Ok(report);
    }
    let mut checker = FileChecker::new(report, &first, options);
    checker.line_end(&first);
    let mut line = first.line();
    let mut is_encoding_told = false;
    let mut is_second = true;
    loop {
        if !is_encoding_told && reader.encoding() == Encoding::Utf8WithoutMark {
            checker.report.add(Code::Utf8WithoutMark, Some(line), None, "");
            is_encoding_told = true;
        }
        let Some(row) = reader.next_row()? else { break };
        line = row.line();
        checker.next(&row, is_second);
        is_second = false;
    }
    Ok(checker.finish())
}

/// Why the first line is no header, if it is none.
fn no_header(first: &Row<'_>) -> Option<Code> {
    let text = first.text(1);
    if matches!(&*text, "EXTF" | "DTVF") && first.len() > 1 {
        return None;
    }
    let begins_as_header = text.trim_start_matches('"').starts_with("EXTF");
    if begins_as_header && (text.contains(',') || text.contains('\t')) {
        return Some(Code::WrongDelimiter);
    }
    let is_heading = text.starts_with("Umsatz") || matches!(&*text, "Konto" | "Kontonummer");
    Some(if is_heading { Code::HeadingsFirst } else { Code::NotExtf })
}

impl FileChecker {
    fn new(mut report: Report, first: &Row<'_>, options: &CheckOptions) -> Self {
        let facts =
            header::check(first, options, &mut LineReport { report: &mut report, line: first.line() });
        let rows = match facts.category {
            Some(Category::BookingBatch) => RowChecker::Booking(BookingChecker::new(&facts)),
            Some(category @ (Category::DebtorsCreditors | Category::AccountLabels)) => {
                RowChecker::MasterData(MasterDataChecker::new(category, &facts))
            }
            _ => RowChecker::Plain,
        };
        let width = facts.columns.map(<[Column]>::len);
        Self { report, facts, rows, width, is_line_end_told: false }
    }

    fn next(&mut self, row: &Row<'_>, is_second: bool) {
        self.line_end(row);
        if is_second && !self.is_data(row) {
            self.headings(row);
            return;
        }
        if is_second {
            self.report.add(Code::NoHeadings, Some(row.line()), None, &row.text(1));
        }
        self.report.count_row();
        if self.report.rows() == u64::from(ROWS_MAX) + 1 {
            self.report.add(Code::TooManyRows, Some(row.line()), None, "");
        }
        self.row(row);
    }

    /// Whether the second line holds values where names are expected.
    fn is_data(&self, row: &Row<'_>) -> bool {
        let first = row.text(1);
        self.facts.category.is_some() && !first.is_empty() && units(&first, 4).is_some()
    }

    fn headings(&mut self, row: &Row<'_>) {
        let mut lines = LineReport { report: &mut self.report, line: row.line() };
        let (Some(columns), Some(category)) = (self.facts.columns, self.facts.category) else {
            self.width = Some(row.len());
            return;
        };
        if row.len() != columns.len() {
            lines.line(Code::HeadingCount, &format!("{} / {}", row.len(), columns.len()));
            return;
        }
        for (column, name) in columns.iter().zip(row.fields()) {
            let name = name.text();
            let expected = column_name(column, category, self.facts.version);
            if plain(&name) != plain(expected) && plain(&name) != plain(column.name) {
                lines.field(Code::HeadingsDiffer, column, &name);
            }
        }
    }

    fn row(&mut self, row: &Row<'_>) {
        let mut lines = LineReport { report: &mut self.report, line: row.line() };
        match row.flaw() {
            Some(Flaw::UnclosedQuote) => return lines.line(Code::UnclosedQuote, ""),
            Some(Flaw::TooLong) => return lines.line(Code::LineTooLong, &row.text(1)),
            None => {}
        }
        let width = *self.width.get_or_insert(row.len());
        if row.len() != width {
            let code = match row.len() < width {
                true if swallows_fields(row) => Code::UnclosedQuote,
                true => Code::TooFewFields,
                false => Code::TooManyFields,
            };
            return lines.line(code, &format!("{} / {width}", row.len()));
        }
        let Some(columns) = self.facts.columns else { return };
        match &mut self.rows {
            RowChecker::Booking(checker) => {
                fields::check(row, columns, BookingChecker::judges, &mut lines);
                checker.check(row, &mut lines);
            }
            RowChecker::MasterData(checker) => {
                fields::check(row, columns, |position| position == 1, &mut lines);
                checker.check(row, &mut lines);
            }
            RowChecker::Plain => fields::check(row, columns, |_| false, &mut lines),
        }
    }

    /// Tells the first line that does not end with CR LF.
    fn line_end(&mut self, row: &Row<'_>) {
        if row.line_end() != LineEnd::CrLf && row.flaw().is_none() && !self.is_line_end_told {
            self.is_line_end_told = true;
            self.report.add(Code::LineEnd, Some(row.line()), None, "");
        }
    }

    fn finish(mut self) -> Report {
        if self.report.rows() == 0 {
            self.report.add(Code::NoRows, None, None, "");
        }
        self.report
    }
}

/// Whether a text in quotes holds separators: in a row with too few fields its quote was not closed.
fn swallows_fields(row: &Row<'_>) -> bool {
    row.fields().any(|field| field.is_quoted() && field.bytes().contains(&b';'))
}

/// A name without blanks, which others write differently.
fn plain(name: &str) -> impl PartialEq + use<> {
    name.split_whitespace().collect::<String>()
}
