//! The date of a posting.

use jiff::civil::Date;

use super::{Code, file::LineReport};
use crate::{
    FiscalYear,
    column::BOOKING_BATCH,
    read::{day_month, day_month_year},
};

/// What the dates of a file are held against.
pub(super) struct DateRules {
    pub(super) fiscal_year: Option<FiscalYear>,
    pub(super) period: Option<(Date, Date)>,
}

impl DateRules {
    /// Field 10.
    pub(super) fn check(&self, text: &str, lines: &mut LineReport<'_>) {
        let column = &BOOKING_BATCH[9];
        if let Some(code) = self.judge(text) {
            lines.field(code, column, text);
        }
        if text.len() == 8 && day_month_year(text).is_some() {
            lines.field(Code::DateFull, column, text);
        }
    }

    fn judge(&self, text: &str) -> Option<Code> {
        let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let date = match text.len() {
            0 => return Some(Code::DateMissing),
            3 | 7 if is_digits => return Some(Code::DateZeroLost),
            8 => day_month_year(text),
            _ => self.in_year(text)?,
        };
        let Some(date) = date else { return Some(Code::DateInvalid) };
        if self.fiscal_year.is_some_and(|year| date < year.begin) {
            return Some(Code::DateBeforeFiscalYear);
        }
        let is_outside = self.period.is_some_and(|(from, to)| date < from || date > to);
        is_outside.then_some(Code::DateOutsideBatch)
    }

    /// The day that `DDMM` means; no answer where the header does not say which year.
    fn in_year(&self, text: &str) -> Option<Option<Date>> {
        let Some((day, month)) = day_month(text) else { return Some(None) };
        let year = self.fiscal_year.or_else(|| {
            let (from, _) = self.period?;
            FiscalYear::of_twelve_months(from.first_of_year()).ok()
        })?;
        Some(year.day(day, month))
    }
}

/// A date `DDMMYYYY` of another column.
pub(super) fn check_full_date(position: u16, text: &str, lines: &mut LineReport<'_>) {
    if !text.is_empty() && day_month_year(text).is_none() {
        lines.field(Code::ServiceDate, &BOOKING_BATCH[usize::from(position) - 1], text);
    }
}
