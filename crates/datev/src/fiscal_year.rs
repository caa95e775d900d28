//! Fiscal years: calendar years, deviating ones and short ones.

use jiff::{ToSpan, civil::Date};
use thiserror::Error;

/// The fiscal years of a client, as the days on which they begin. From the last begin before a day, a year repeats
/// itself every twelve months until the next begin given. So one begin is enough for a deviating fiscal year, and a
/// short year is one whose successor begins early: `2026-01-01, 2026-07-01` has a short year to 30 June 2026.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiscalYears {
    /// Ascending; empty for calendar years.
    begins: Vec<Date>,
}

/// One fiscal year, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear {
    /// Its first day (header field 13).
    pub begin: Date,
    /// Its last day.
    pub end: Date,
}

impl FiscalYear {
    /// A year of twelve months from `begin`.
    ///
    /// # Errors
    /// Refuses a begin outside the years 2000 to 2098, which the format cannot write.
    pub fn of_twelve_months(begin: Date) -> Result<Self, FiscalYearError> {
        if !(2000..=2098).contains(&begin.year()) {
            return Err(FiscalYearError::Begin { begin });
        }
        let next = begin.saturating_add(1.year());
        Ok(Self { begin, end: next.saturating_sub(1.day()) })
    }

    /// Whether the day lies in this year.
    pub fn contains(&self, date: Date) -> bool {
        self.begin <= date && date <= self.end
    }

    /// The day of this year that is written `DDMM` in field 10, if there is one.
    pub fn day(&self, day: i8, month: i8) -> Option<Date> {
        let years = [self.begin.year(), self.end.year()];
        let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        dates.into_iter().find(|&date| self.contains(date))
    }
}

impl FiscalYears {
    /// Every fiscal year is the calendar year.
    pub const fn calendar() -> Self {
        Self { begins: Vec::new() }
    }

    /// Fiscal years that begin on these days, in any order. Days before the first of them belong to no year.
    ///
    /// # Errors
    /// Refuses an empty list, a day given twice, and years outside 2000 to 2098.
    pub fn from_begins(begins: impl IntoIterator<Item = Date>) -> Result<Self, FiscalYearError> {
        let mut begins: Vec<Date> = begins.into_iter().collect();
        begins.sort_unstable();
        if begins.is_empty() {
            return Err(FiscalYearError::None);
        }
        if let Some(&begin) = begins.iter().find(|begin| !(2000..=2098).contains(&begin.year())) {
            return Err(FiscalYearError::Begin { begin });
        }
        match begins.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(FiscalYearError::Twice { begin: pair[0] }),
            None => Ok(Self { begins }),
        }
    }

    /// The fiscal year in which `date` lies.
    ///
    /// # Errors
    /// Refuses a day before the first fiscal year, and days outside the years 2000 to 2099.
    pub fn of(&self, date: Date) -> Result<FiscalYear, FiscalYearError> {
        if !(2000..=2099).contains(&date.year()) {
            return Err(FiscalYearError::Date { date });
        }
        let Some(&first) = self.begins.first() else {
            let begin = date.first_of_year();
            return Ok(FiscalYear { begin, end: date.last_of_year() });
        };
        let known = self.begins.partition_point(|&begin| begin <= date);
        let Some(&anchor) = known.checked_sub(1).and_then(|index| self.begins.get(index)) else {
            return Err(FiscalYearError::BeforeFirst { date, first });
        };
        let begins_in = |years: i16| anchor.saturating_add(years.years());
        let elapsed = date.year() - anchor.year();
        let years = if begins_in(elapsed) <= date { elapsed } else { elapsed - 1 };
        let next = begins_in(years + 1);
        let next = self.begins.get(known).map_or(next, |&given| given.min(next));
        Ok(FiscalYear { begin: begins_in(years), end: next.saturating_sub(1.day()) })
    }
}

/// Why there is no fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FiscalYearError {
    /// An empty list of begins.
    #[error("no fiscal year is given; give the first day of at least one")]
    None,
    /// The same begin twice.
    #[error("the fiscal year beginning on {begin} is given twice")]
    Twice {
        /// The day.
        begin: Date,
    },
    /// A begin that the format cannot write.
    #[error("the fiscal year beginning on {begin} lies outside 2000 to 2098")]
    Begin {
        /// The day.
        begin: Date,
    },
    /// A day that the format cannot write.
    #[error("{date} lies outside the years 2000 to 2099, which the DATEV-Format can write")]
    Date {
        /// The day.
        date: Date,
    },
    /// A day before the first fiscal year.
    #[error(
        "{date} lies before the first fiscal year, which begins on {first}; add the begin of its fiscal year"
    )]
    BeforeFirst {
        /// The day.
        date: Date,
        /// The first day of the first fiscal year.
        first: Date,
    },
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn calendar_years_need_no_list() {
        let year = FiscalYears::calendar().of(date(2024, 2, 29)).unwrap();
        assert_eq!((year.begin, year.end), (date(2024, 1, 1), date(2024, 12, 31)));
        assert!(FiscalYears::calendar().of(date(1999, 12, 31)).is_err());
    }

    #[test]
    fn a_deviating_year_repeats_itself() {
        let years = FiscalYears::from_begins([date(2024, 7, 1)]).unwrap();
        let year = years.of(date(2026, 1, 15)).unwrap();
        assert_eq!((year.begin, year.end), (date(2025, 7, 1), date(2026, 6, 30)));
        assert_eq!(year.day(15, 1), Some(date(2026, 1, 15)));
        assert_eq!(year.day(15, 12), Some(date(2025, 12, 15)));
        assert_eq!(year.day(31, 6), None);
        assert_eq!(
            years.of(date(2024, 6, 30)),
            Err(FiscalYearError::BeforeFirst { date: date(2024, 6, 30), first: date(2024, 7, 1) })
        );
    }

    #[test]
    fn a_short_year_ends_where_the_next_begins() {
        let years = FiscalYears::from_begins([date(2026, 7, 1), date(2026, 1, 1)]).unwrap();
        let short = years.of(date(2026, 6, 30)).unwrap();
        assert_eq!((short.begin, short.end), (date(2026, 1, 1), date(2026, 6, 30)));
        let next = years.of(date(2026, 7, 1)).unwrap();
        assert_eq!((next.begin, next.end), (date(2026, 7, 1), date(2027, 6, 30)));
    }

    #[test]
    fn a_year_that_begins_on_a_leap_day_goes_on() {
        let years = FiscalYears::from_begins([date(2024, 2, 29)]).unwrap();
        assert_eq!(years.of(date(2025, 2, 28)).unwrap().begin, date(2025, 2, 28));
        assert_eq!(years.of(date(2028, 2, 29)).unwrap().begin, date(2028, 2, 29));
    }

    #[test]
    fn a_list_that_cannot_be_is_refused() {
        assert_eq!(FiscalYears::from_begins([]), Err(FiscalYearError::None));
        assert!(FiscalYears::from_begins([date(2025, 1, 1), date(2025, 1, 1)]).is_err());
        assert!(FiscalYears::from_begins([date(1998, 1, 1)]).is_err());
    }
}
