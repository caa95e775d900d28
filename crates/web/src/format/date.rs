//! Dates, moments and months.

use app::Language;
use jiff::{Timestamp, civil::Date};
use ledger::calendar::Month;

use super::Given;
use crate::text::Words;

const MONTHS: [(&str, &str); 12] = [
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("April", "April"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("August", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Dezember", "December"),
];

impl Words {
    /// A date in full: `23.11.2026`, `23 Nov 2026`.
    pub fn date(&self, date: impl Given<Date>) -> String {
        let date = date.given();
        match self.language() {
            Language::De => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
            Language::En => format!("{} {} {}", date.day(), self.month_short(Month::of(date)), date.year()),
        }
    }

    /// A date without its year, where the page names the year: `23.11.`, `23 Nov`.
    pub fn day(&self, date: impl Given<Date>) -> String {
        let date = date.given();
        match self.language() {
            Language::De => format!("{:02}.{:02}.", date.day(), date.month()),
            Language::En => format!("{} {}", date.day(), self.month_short(Month::of(date))),
        }
    }

    /// A moment in full, to the minute, in the zone of these words: `23.11.2026, 07:02`.
    pub fn moment(&self, moment: impl Given<Timestamp>) -> String {
        let moment = moment.given();
        let zoned = moment.to_zoned(self.zone().clone());
        format!("{}, {:02}:{:02}", self.date(zoned.date()), zoned.hour(), zoned.minute())
    }

    /// A moment seen from now: `heute 07:02`, `gestern 19:14`, `morgen 09:15`, else `21.11. 19:14`; another year in full.
    pub fn recent(&self, moment: impl Given<Timestamp>) -> String {
        let moment = moment.given();
        let zoned = moment.to_zoned(self.zone().clone());
        let today = self.today();
        let time = format!("{:02}:{:02}", zoned.hour(), zoned.minute());
        let date = zoned.date();
        if date == today {
            format!("{} {time}", self.today_word())
        } else if Some(date) == today.yesterday().ok() {
            format!("{} {time}", self.yesterday_word())
        } else if Some(date) == today.tomorrow().ok() {
            format!("{} {time}", self.tomorrow_word())
        } else if date.year() == today.year() {
            format!("{} {time}", self.day(date))
        } else {
            self.moment(moment)
        }
    }

    /// How long ago a moment was, in its largest unit: `gerade eben`, `vor 5 Minuten`, `vor 3 Tagen`; what is still to
    /// come is told as [`Words::recent`] does.
    pub fn ago(&self, moment: impl Given<Timestamp>) -> String {
        let moment = moment.given();
        let seconds = self.now().as_second().saturating_sub(moment.as_second());
        match u64::try_from(seconds) {
            Err(_) => self.recent(moment),
            Ok(0..60) => self.just_now().to_owned(),
            Ok(seconds @ 60..3_600) => self.minutes_ago(seconds / 60),
            Ok(seconds @ 3_600..86_400) => self.hours_ago(seconds / 3_600),
            Ok(seconds) => self.days_ago(seconds / 86_400),
        }
    }

    /// For programs that read the page, in the attribute `datetime`: RFC 3339.
    pub fn machine_moment(&self, moment: impl Given<Timestamp>) -> String {
        let moment = moment.given();
        moment.to_string()
    }

    /// The day of now in the zone of these words.
    pub fn today(&self) -> Date {
        self.now().to_zoned(self.zone().clone()).date()
    }

    /// A month with its year: `Oktober 2026`.
    pub fn month(&self, month: impl Given<Month>) -> String {
        let month = month.given();
        format!("{} {}", self.month_name(month), month.first().year())
    }

    /// A month's name: `Oktober`.
    pub fn month_name(&self, month: impl Given<Month>) -> &'static str {
        let month = month.given();
        let place = usize::try_from(month.first().month()).unwrap_or(1).saturating_sub(1);
        let (german, english) = MONTHS.get(place).copied().unwrap_or_default();
        self.pick(german, english)
    }

    /// A month in three letters: `Okt`, `Oct`.
    pub fn month_short(&self, month: impl Given<Month>) -> &'static str {
        let month = month.given();
        let name = self.month_name(month);
        name.char_indices().nth(3).map_or(name, |(end, _)| name.get(..end).unwrap_or(name))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ledger::calendar::Month;

    use crate::sample::{english, german};

    #[test]
    fn dates_are_written_as_in_each_language() {
        assert_eq!(german().date(date(2026, 3, 7)), "07.03.2026");
        assert_eq!(english().date(date(2026, 3, 7)), "7 Mar 2026");
        assert_eq!(german().month(Month::of(date(2026, 3, 7))), "März 2026");
        assert_eq!(german().month_short(Month::of(date(2026, 3, 7))), "Mär");
    }

    #[test]
    fn moments_are_told_in_the_zone_and_seen_from_now() {
        // Now is 2026-11-23 07:02 in Berlin.
        let words = german();
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        assert_eq!(words.moment(at("2026-10-31T23:30:00Z")), "01.11.2026, 00:30");
        assert_eq!(words.recent(at("2026-11-23T05:58:00Z")), "heute 06:58");
        assert_eq!(words.recent(at("2026-11-22T18:14:00Z")), "gestern 19:14");
        assert_eq!(words.recent(at("2026-11-24T08:15:00Z")), "morgen 09:15");
        assert_eq!(words.recent(at("2026-11-21T18:14:00Z")), "21.11. 19:14");
        assert_eq!(words.recent(at("2025-11-21T18:14:00Z")), "21.11.2025, 19:14");
        assert_eq!(words.ago(at("2026-11-23T05:57:00Z")), "vor 5 Minuten");
        assert_eq!(words.ago(at("2026-11-22T05:57:00Z")), "vor 1 Tag");
        assert_eq!(words.ago(at("2026-11-23T06:02:00Z")), "gerade eben");
    }
}
