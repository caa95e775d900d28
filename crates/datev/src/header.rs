//! The header line: 31 fields that say whose file it is and what it holds.

mod error;
mod parse;
mod write;

use jiff::civil::{Date, DateTime};

pub use error::HeaderError;
pub(crate) use parse::year_month_day;

use crate::{
    AccountLength, AdviserNumber, Category, Chart, Client, ClientNumber, Currency, FiscalYear, column::HEADER,
};

/// The header of a file (header version 700).
///
/// The texts are checked when the header is written, or by [`Header::check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Fields 3 and 4.
    pub category: Category,
    /// Field 5.
    pub format_version: u8,
    /// Field 6, in local time.
    pub created: DateTime,
    /// Field 8.
    pub origin: String,
    /// Field 9.
    pub exported_by: String,
    /// Field 10, set by DATEV.
    pub imported_by: String,
    /// Field 11.
    pub adviser: AdviserNumber,
    /// Field 12.
    pub client: ClientNumber,
    /// Field 13, the first day of the fiscal year.
    pub fiscal_year_begin: Date,
    /// Field 14.
    pub account_length: AccountLength,
    /// Fields 15 and 16 and 19 to 22, in booking batches only.
    pub batch: Option<Batch>,
    /// Field 17.
    pub label: String,
    /// Field 18, two capital letters.
    pub initials: String,
    /// Field 27, `03` for SKR03.
    pub chart: String,
    /// Field 28.
    pub industry: Option<u16>,
    /// Field 31.
    pub application: String,
}

/// What the header of a booking batch says besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// Field 15, the first day covered.
    pub from: Date,
    /// Field 16, the last day covered.
    pub to: Date,
    /// Field 19.
    pub posting_type: PostingType,
    /// Field 20.
    pub purpose: AccountingPurpose,
    /// Field 21. DATEV takes an empty field for locked.
    pub locked: bool,
    /// Field 22.
    pub currency: Currency,
}

/// Buchungstyp, field 19.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostingType {
    /// 1, Finanzbuchführung.
    FinancialAccounting,
    /// 2, Jahresabschluss.
    AnnualAccounts,
}

/// Rechnungslegungszweck, field 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountingPurpose {
    /// 0, independent of one.
    Independent,
    /// 30, tax law.
    TaxLaw,
    /// 40, imputed costs.
    Imputed,
    /// 50, commercial law.
    CommercialLaw,
    /// 64, IFRS.
    Ifrs,
}

impl PostingType {
    /// The number in the file.
    pub const fn number(self) -> u8 {
        match self {
            Self::FinancialAccounting => 1,
            Self::AnnualAccounts => 2,
        }
    }
}

impl AccountingPurpose {
    /// The number in the file.
    pub const fn number(self) -> u8 {
        match self {
            Self::Independent => 0,
            Self::TaxLaw => 30,
            Self::Imputed => 40,
            Self::CommercialLaw => 50,
            Self::Ifrs => 64,
        }
    }
}

impl Header {
    /// The header of a booking batch for the days `from` to `to` of one fiscal year.
    ///
    /// # Errors
    /// Refuses days outside the fiscal year or in two calendar years, and texts that do not fit.
    pub fn booking_batch(
        client: &Client,
        fiscal_year: FiscalYear,
        from: Date,
        to: Date,
    ) -> Result<Self, HeaderError> {
        if to > fiscal_year.end {
            return Err(HeaderError::OutsideFiscalYear {
                from,
                to,
                begin: fiscal_year.begin,
                end: fiscal_year.end,
            });
        }
        let batch = Batch {
            from,
            to,
            posting_type: PostingType::FinancialAccounting,
            purpose: AccountingPurpose::Independent,
            locked: client.locked,
            currency: client.currency,
        };
        let header = Self {
            format_version: client.format_version.number(),
            batch: Some(batch),
            label: filled(&client.label, from),
            application: filled(&client.application, from),
            ..Self::plain(client, Category::BookingBatch, fiscal_year)
        };
        header.check()?;
        Ok(header)
    }

    /// The header of master data of debtors and creditors (category 16).
    ///
    /// # Errors
    /// Refuses texts that do not fit.
    pub fn master_data(client: &Client, fiscal_year: FiscalYear) -> Result<Self, HeaderError> {
        let header = Self::plain(client, Category::DebtorsCreditors, fiscal_year);
        header.check()?;
        Ok(header)
    }

    /// The header of account labels (category 20).
    ///
    /// # Errors
    /// Refuses texts that do not fit.
    pub fn account_labels(client: &Client, fiscal_year: FiscalYear) -> Result<Self, HeaderError> {
        let header = Self::plain(client, Category::AccountLabels, fiscal_year);
        header.check()?;
        Ok(header)
    }

    fn plain(client: &Client, category: Category, fiscal_year: FiscalYear) -> Self {
        Self {
            category,
            format_version: category.newest_version().unwrap_or_default(),
            created: client.created,
            origin: client.origin.clone(),
            exported_by: client.exported_by.clone(),
            imported_by: String::new(),
            adviser: client.adviser,
            client: client.client,
            fiscal_year_begin: fiscal_year.begin,
            account_length: client.account_length,
            batch: None,
            label: String::new(),
            initials: String::new(),
            chart: client.chart.map_or("", Chart::number).to_owned(),
            industry: None,
            application: filled(&client.application, fiscal_year.begin),
        }
    }

    /// Whether the header can be written.
    ///
    /// # Errors
    /// Names the first field that DATEV would refuse.
    pub fn check(&self) -> Result<(), HeaderError> {
        let texts = [
            (8, &self.origin),
            (9, &self.exported_by),
            (10, &self.imported_by),
            (17, &self.label),
            (18, &self.initials),
            (27, &self.chart),
            (31, &self.application),
        ];
        for (position, text) in texts {
            let column = &HEADER[position - 1];
            if !column.allows(text) {
                return Err(HeaderError::field(column, text));
            }
        }
        if crate::windows_1252::fit(&self.application, 16).0 != self.application {
            return Err(HeaderError::field(&HEADER[30], &self.application));
        }
        let day_is_writable = |date: Date| (2000..=2099).contains(&date.year());
        if !day_is_writable(self.fiscal_year_begin) {
            return Err(HeaderError::field(&HEADER[12], &self.fiscal_year_begin.to_string()));
        }
        if !day_is_writable(self.created.date()) {
            return Err(HeaderError::field(&HEADER[5], &self.created.to_string()));
        }
        match self.batch {
            Some(batch) => self.check_period(batch.from, batch.to),
            None if self.category.has_period() => Err(HeaderError::field(&HEADER[14], "")),
            None => Ok(()),
        }
    }

    fn check_period(&self, from: Date, to: Date) -> Result<(), HeaderError> {
        if from > to {
            return Err(HeaderError::Order { from, to });
        }
        if from.year() != to.year() {
            return Err(HeaderError::TwoCalendarYears { from, to });
        }
        let begin = self.fiscal_year_begin;
        let end = FiscalYear::of_twelve_months(begin).map_or(to, |year| year.end);
        if from < begin || to > end {
            return Err(HeaderError::OutsideFiscalYear { from, to, begin, end });
        }
        Ok(())
    }

    /// The chart of accounts, if it is one this crate knows.
    pub fn known_chart(&self) -> Option<Chart> {
        Chart::from_number(&self.chart)
    }
}

/// A template with its month and year filled in.
fn filled(template: &str, day: Date) -> String {
    template.replace("{month}", &format!("{:02}", day.month())).replace("{year}", &day.year().to_string())
}
