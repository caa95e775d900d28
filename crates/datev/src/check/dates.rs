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
            _ => match (day_month(text), self.year()) {
                (Some((day, month)), Some(year)) => year.day(day, month),
                (None, _) => None,
                // The header does not say which year is meant, and was told so.
                (Some(_), None) => return None,
            },
        };
        let Some(date) = date else { return Some(Code::DateInvalid) };
        if self.fiscal_year.is_some_and(|year| date < year.begin) {
            return Some(Code::DateBeforeFiscalYear);
        }
        let is_outside = self.period.is_some_and(|(from, to)| date < from || date > to);
        is_outside.then_some(Code::DateOutsideBatch)
    }

    /// The year to which `DDMM` belongs.
    fn year(&self) -> Option<FiscalYear> {
        let of_period = || FiscalYear::of_twelve_months(self.period?.0.first_of_year()).ok();
        self.fiscal_year.or_else(of_period)
    }
}

/// A date `DDMMYYYY` of another column.
pub(super) fn check_full_date(position: u16, text: &str, lines: &mut LineReport<'_>) {
    if !text.is_empty() && day_month_year(text).is_none() {
        lines.field(Code::ServiceDate, &BOOKING_BATCH[usize::from(position) - 1], text);
    }
}
