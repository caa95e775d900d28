//! The header line, field by field, and what the rows need to know of it.

use jiff::civil::Date;

use super::{CheckOptions, Code, file::LineReport};
use crate::{
    AccountLength, AdviserNumber, Category, Chart, ClientNumber, Column, FiscalYear, Row, column::HEADER,
    header::year_month_day,
};

/// What the header says, as far as it can be understood.
pub(super) struct HeaderFacts {
    pub(super) category: Option<Category>,
    pub(super) version: u8,
    pub(super) columns: Option<&'static [Column]>,
    pub(super) account_length: Option<AccountLength>,
    pub(super) fiscal_year: Option<FiscalYear>,
    pub(super) period: Option<(Date, Date)>,
    pub(super) locked: Option<bool>,
    pub(super) currency: String,
    pub(super) chart: Option<Chart>,
}

pub(super) fn check(row: &Row<'_>, options: &CheckOptions, lines: &mut LineReport<'_>) -> HeaderFacts {
    let mut header = HeaderChecker { row, lines };
    header.check_shape();
    let category = header.require(3, Code::HeaderCategory, |text| Category::from_number(text.parse().ok()?));
    header.check_format_name(category);
    let version = header.check_version(category);
    header.require(2, Code::HeaderVersion, |text| (text == "700").then_some(()));
    header.require(6, Code::HeaderCreated, |text| HEADER[5].allows(text).then_some(()));
    header.require(7, Code::HeaderImported, |text| text.is_empty().then_some(()));
    header.require(11, Code::HeaderAdviser, |text| AdviserNumber::new(text.parse().ok()?).ok());
    header.require(12, Code::HeaderClient, |text| ClientNumber::new(text.parse().ok()?).ok());
    let begin = header.require(13, Code::HeaderFiscalYear, year_month_day);
    let fiscal_year = begin.and_then(|begin| FiscalYear::of_twelve_months(begin).ok());
    let account_length =
        header.require(14, Code::HeaderAccountLength, |text| AccountLength::new(text.parse().ok()?).ok());
    let period = header.check_period(category, fiscal_year);
    header.check_texts(category);
    let is_batch = category == Some(Category::BookingBatch);
    let locked = if is_batch { header.require(21, Code::HeaderLock, flag) } else { None };
    if is_batch {
        header.require(22, Code::HeaderCurrency, |text| {
            (!text.is_empty() && HEADER[21].allows(text)).then_some(())
        });
    }
    HeaderFacts {
        category,
        version,
        columns: category.and_then(|category| category.columns(version)),
        account_length,
        fiscal_year,
        period,
        locked,
        currency: row.text(22).into_owned(),
        chart: Chart::from_number(&row.text(27)).or(options.chart),
    }
}

struct HeaderChecker<'a, 'report> {
    row: &'a Row<'a>,
    lines: &'a mut LineReport<'report>,
}

impl HeaderChecker<'_, '_> {
    /// The value of a field; a finding where it cannot be read.
    fn require<T>(&mut self, position: u16, code: Code, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.row.text(position);
        let value = read(&text);
        if value.is_none() {
            self.lines.field(code, column(position), &text);
        }
        value
    }

    fn check_shape(&mut self) {
        let count = self.row.len();
        if count != HEADER.len() {
            let code = if count < HEADER.len() { Code::HeaderTooFew } else { Code::HeaderTooMany };
            self.lines.line(code, &format!("{count} / {}", HEADER.len()));
        }
        for (column, field) in HEADER.iter().zip(self.row.fields()) {
            if column.is_quoted() && !field.is_quoted() && !field.is_empty() {
                self.lines.field(Code::HeaderUnquoted, column, &field.text());
            }
        }
    }

    fn check_format_name(&mut self, category: Option<Category>) {
        let Some(category) = category else { return };
        // The portal's text names category 20 so, its samples do not.
        let alias =
            if category == Category::AccountLabels { "Sachkontenbeschriftungen" } else { category.name() };
        self.require(4, Code::HeaderFormatName, |text| {
            (text == category.name() || text == alias).then_some(())
        });
    }

    fn check_version(&mut self, category: Option<Category>) -> u8 {
        let newest = category.and_then(Category::newest_version).unwrap_or(u8::MAX);
        let version = self.require(5, Code::HeaderFormatVersion, |text| {
            text.parse::<u8>().ok().filter(|version| (1..=newest).contains(version))
        });
        version.unwrap_or_default()
    }

    /// Fields 15 and 16, where the category has them.
    fn check_period(&mut self, category: Option<Category>, year: Option<FiscalYear>) -> Option<(Date, Date)> {
        if !category.is_some_and(Category::has_period) {
            return None;
        }
        let from = self.require(15, Code::HeaderDate, year_month_day);
        let to = self.require(16, Code::HeaderDate, year_month_day);
        let (from, to) = from.zip(to)?;
        let wrong = [
            (16, Code::HeaderDateOrder, to < from),
            (16, Code::HeaderCalendarYear, to.year() != from.year()),
            (15, Code::HeaderBeforeFiscalYear, year.is_some_and(|year| from < year.begin)),
            (16, Code::HeaderBeyondFiscalYear, year.is_some_and(|year| to > year.end)),
        ];
        for (position, code, _) in wrong.into_iter().filter(|(_, _, is_wrong)| *is_wrong) {
            self.lines.field(code, column(position), &self.row.text(position));
        }
        (from <= to).then_some((from, to))
    }

    fn check_texts(&mut self, category: Option<Category>) {
        for position in [8, 9, 10, 18, 19, 20, 28, 31] {
            self.require(position, Code::HeaderForm, |text| column(position).allows(text).then_some(()));
        }
        self.require(17, Code::HeaderLabel, |text| column(17).allows(text).then_some(()));
        self.require(27, Code::HeaderChart, |text| {
            (column(27).allows(text) && text.len() % 2 == 0).then_some(())
        });
        // DATEV's own sample of postings in kind fills field 24.
        let derivative = if category == Some(Category::NaturalBatch) { None } else { Some(24) };
        for position in [23, 25, 26, 29, 30].into_iter().chain(derivative) {
            self.require(position, Code::HeaderReserved, |text| text.is_empty().then_some(()));
        }
    }
}

fn column(position: u16) -> &'static Column {
    &HEADER[usize::from(position) - 1]
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}
