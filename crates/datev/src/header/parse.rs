//! A header line back into its fields.

use jiff::civil::{Date, DateTime, Time};

use super::{AccountingPurpose, Batch, Header, HeaderError, PostingType};
use crate::{
    AccountLength, AdviserNumber, Category, ClientNumber, Currency, Row, column::HEADER, windows_1252::fit,
};

impl Header {
    /// Reads the header line of a file.
    ///
    /// # Errors
    /// Names the first field that does not hold what it must.
    pub fn parse(row: &Row<'_>) -> Result<Self, HeaderError> {
        let fields = Fields { row };
        fields.require(1, |text| matches!(text, "EXTF" | "DTVF").then_some(()))?;
        fields.require(2, |text| (text == "700").then_some(()))?;
        let category = fields.require(3, |text| Category::from_number(text.parse().ok()?))?;
        fields.require(4, |text| (text == category.name()).then_some(()))?;
        let header = Self {
            category,
            format_version: fields.require(5, |text| text.parse().ok())?,
            created: fields.require(6, instant)?,
            origin: fields.text(8),
            exported_by: fields.text(9),
            imported_by: fields.text(10),
            adviser: fields.require(11, |text| AdviserNumber::new(text.parse().ok()?).ok())?,
            client: fields.require(12, |text| ClientNumber::new(text.parse().ok()?).ok())?,
            fiscal_year_begin: fields.require(13, year_month_day)?,
            account_length: fields.require(14, |text| AccountLength::new(text.parse().ok()?).ok())?,
            batch: if category == Category::BookingBatch { Some(fields.batch()?) } else { None },
            label: fields.text(17),
            initials: fields.text(18),
            chart: fields.text(27),
            industry: fields.optional(28, |text| text.parse().ok())?,
            application: fields.text(31),
        };
        header.check()?;
        Ok(header)
    }
}

/// The fields of a header line, with their names for errors.
struct Fields<'row, 'bytes> {
    row: &'row Row<'bytes>,
}

impl Fields<'_, '_> {
    fn text(&self, position: u16) -> String {
        self.row.text(position).into_owned()
    }

    fn require<T>(&self, position: u16, read: impl FnOnce(&str) -> Option<T>) -> Result<T, HeaderError> {
        let text = self.row.text(position);
        let column = &HEADER[usize::from(position) - 1];
        read(&text).ok_or_else(|| HeaderError::field(column, &shortened(&text)))
    }

    fn optional<T>(
        &self,
        position: u16,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, HeaderError> {
        if self.row.text(position).is_empty() { Ok(None) } else { self.require(position, read).map(Some) }
    }

    fn batch(&self) -> Result<Batch, HeaderError> {
        Ok(Batch {
            from: self.require(15, year_month_day)?,
            to: self.require(16, year_month_day)?,
            posting_type: self.optional(19, posting_type)?.unwrap_or(PostingType::FinancialAccounting),
            purpose: self.optional(20, purpose)?.unwrap_or(AccountingPurpose::Independent),
            // DATEV locks a batch that does not say otherwise (DATEV developer portal, header, field 21).
            locked: self.optional(21, flag)?.unwrap_or(true),
            currency: self.optional(22, |text| Currency::try_from(text).ok())?.unwrap_or(Currency::EUR),
        })
    }
}

/// A text found, short enough for a message.
fn shortened(text: &str) -> String {
    fit(text, 60).0
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

fn posting_type(text: &str) -> Option<PostingType> {
    match text {
        "1" => Some(PostingType::FinancialAccounting),
        "2" => Some(PostingType::AnnualAccounts),
        _ => None,
    }
}

fn purpose(text: &str) -> Option<AccountingPurpose> {
    match text {
        "0" => Some(AccountingPurpose::Independent),
        "30" => Some(AccountingPurpose::TaxLaw),
        "40" => Some(AccountingPurpose::Imputed),
        "50" => Some(AccountingPurpose::CommercialLaw),
        "64" => Some(AccountingPurpose::Ifrs),
        _ => None,
    }
}

/// `YYYYMMDD`.
pub(crate) fn year_month_day(text: &str) -> Option<Date> {
    let is_form = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_form {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

/// `YYYYMMDDHHMMSSFFF`, as DATEV and others write it; fewer decimals of the second are zeros.
fn instant(text: &str) -> Option<DateTime> {
    let is_form = (14..=17).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_form {
        return None;
    }
    let date = year_month_day(&text[..8])?;
    let decimals = format!("{:0<3}", &text[14..]);
    let nanoseconds = decimals.parse::<i32>().ok()? * 1_000_000;
    let [hour, minute, second] = [&text[8..10], &text[10..12], &text[12..14]].map(str::parse);
    Some(date.to_datetime(Time::new(hour.ok()?, minute.ok()?, second.ok()?, nanoseconds).ok()?))
}
