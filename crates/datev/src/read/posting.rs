//! Booking batches back into postings.

use std::{
    borrow::Cow,
    io::{self, Read},
};

use jiff::civil::Date;
use thiserror::Error;

use super::{Reader, Row, day_month, details::details, units};
use crate::{
    AccountNumber, Amount, Category, Column, Currency, Decimal, DocumentNumber, EuTax, EuVatId, FiscalYear,
    Foreign, Header, HeaderError, Posting, Side, TaxKey, TaxRate, column::BOOKING_BATCH,
};

/// Reads a booking batch back into postings. Meant for files that this crate wrote; of others it refuses what it
/// cannot take in whole. The amount's foreign currency must come with rate and base amount.
pub struct PostingReader<R> {
    reader: Reader<R>,
    header: Header,
    year: FiscalYear,
}

impl<R: Read> PostingReader<R> {
    /// Reads the header and goes past the line of names.
    ///
    /// # Errors
    /// Refuses what is no booking batch.
    pub fn new(input: R) -> Result<Self, ReadError> {
        let mut reader = Reader::new(input)?;
        let header = Header::parse(&reader.next_row()?.ok_or(ReadError::Empty)?)?;
        if header.category != Category::BookingBatch {
            let (found, expected) = (header.category.number(), Category::BookingBatch.number());
            return Err(HeaderError::Category { found, expected }.into());
        }
        reader.next_row()?;
        let begin = header.fiscal_year_begin;
        let year = FiscalYear::of_twelve_months(begin).unwrap_or(FiscalYear { begin, end: begin });
        Ok(Self { reader, header, year })
    }

    /// The header of the file.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The next posting; `None` at the end of the file.
    ///
    /// # Errors
    /// Names line and field of what cannot be taken in.
    pub fn next_posting(&mut self) -> Result<Option<Posting<'static>>, ReadError> {
        match self.reader.next_row()? {
            Some(row) => posting(&Fields { row }, self.year).map(Some),
            None => Ok(None),
        }
    }
}

impl<R: Read> Iterator for PostingReader<R> {
    type Item = Result<Posting<'static>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_posting().transpose()
    }
}

/// Why a file cannot be read into postings.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// The header is not that of a booking batch.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// A field does not hold what it must.
    #[error("line {line}, field {} ({}): {found:?} cannot be read", .column.position, .column.name)]
    Field {
        /// The line, from 1.
        line: u64,
        /// The field.
        column: &'static Column,
        /// What it holds.
        found: String,
    },
    /// The input failed.
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
}

/// The fields of one row, with their names for errors.
pub(super) struct Fields<'a> {
    row: Row<'a>,
}

impl Fields<'_> {
    pub(super) fn text(&self, position: u16) -> Cow<'static, str> {
        match self.row.text(position) {
            text if text.is_empty() => Cow::Borrowed(""),
            text => Cow::Owned(text.into_owned()),
        }
    }

    /// The value of a field that must be filled.
    pub(super) fn require<T>(
        &self,
        position: u16,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, ReadError> {
        let text = self.row.text(position);
        read(&text).ok_or_else(|| ReadError::Field {
            line: self.row.line(),
            column: &BOOKING_BATCH[usize::from(position) - 1],
            found: crate::windows_1252::fit(&text, 60).0,
        })
    }

    /// The value of a field, if it is filled.
    pub(super) fn optional<T>(
        &self,
        position: u16,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ReadError> {
        if self.row.text(position).is_empty() { Ok(None) } else { self.require(position, read).map(Some) }
    }

    pub(super) fn is_filled(&self, position: u16) -> bool {
        !self.row.text(position).is_empty()
    }
}

/// A number of a column in its smallest unit.
pub(super) fn decimal<const DIGITS: u32, const DECIMALS: u32>(
    text: &str,
) -> Option<Decimal<DIGITS, DECIMALS>> {
    Decimal::from_units(units(text, u8::try_from(DECIMALS).ok()?)?).ok()
}

pub(super) fn account(text: &str) -> Option<AccountNumber> {
    AccountNumber::new(text.parse().ok()?).ok()
}

/// Country with VAT id at `position`, rate behind it.
pub(super) fn eu_tax(fields: &Fields<'_>, position: u16) -> Result<Option<EuTax<'static>>, ReadError> {
    let id = fields.optional(position, |text| EuVatId::new(text.to_owned()).ok())?;
    let rate = fields.optional(position + 1, decimal)?;
    Ok(id.map(|vat_id| EuTax { vat_id, rate }))
}

fn amount(text: &str) -> Option<Amount> {
    Amount::from_minor(i64::try_from(units(text, 2)?).ok()?).ok()
}

fn side(text: &str) -> Option<Side> {
    match text {
        "S" => Some(Side::Debit),
        "H" => Some(Side::Credit),
        _ => None,
    }
}

fn posting(fields: &Fields<'_>, year: FiscalYear) -> Result<Posting<'static>, ReadError> {
    let date = |text: &str| -> Option<Date> {
        let (day, month) = day_month(text)?;
        year.day(day, month)
    };
    let required = Posting::new(
        fields.require(1, amount)?,
        fields.require(2, side)?,
        fields.require(7, account)?,
        fields.require(8, account)?,
        fields.require(10, date)?,
    );
    Ok(Posting {
        foreign: foreign(fields)?,
        key: fields.optional(9, |text| TaxKey::new(text.parse().ok()?).ok())?,
        document_number: fields.require(11, |text| DocumentNumber::new(text.to_owned()).ok())?,
        text: fields.text(14),
        cost_centre_1: fields.text(37),
        cost_centre_2: fields.text(38),
        eu_destination: eu_tax(fields, 40)?,
        reverse_charge_case: fields.optional(43, |text| text.parse().ok())?,
        order_number: fields.text(95),
        general_reversal: fields.optional(118, general_reversal)?.unwrap_or(false),
        tax_rate: tax_rate(fields)?,
        settlement_reference: fields.text(121),
        details: details(fields)?,
        ..required
    })
}

/// Fields 3 to 6: a currency without rate and base amount is the file's own, or nothing that can be taken in.
fn foreign(fields: &Fields<'_>) -> Result<Option<Foreign>, ReadError> {
    if !(4..=6).any(|position| fields.is_filled(position)) {
        return Ok(None);
    }
    Ok(Some(Foreign {
        currency: fields.require(3, |text| Currency::try_from(text).ok())?,
        rate: fields.require(4, decimal)?,
        base_amount: fields.require(5, amount)?,
    }))
}

fn general_reversal(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" | "G" => Some(true),
        _ => None,
    }
}

fn tax_rate(fields: &Fields<'_>) -> Result<Option<TaxRate>, ReadError> {
    let country = fields.optional(120, |text| text.try_into().ok())?;
    let rate = fields.optional(119, decimal)?;
    Ok(rate.map(|rate| TaxRate { rate, country }))
}
