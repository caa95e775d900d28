//! From which day until which.

use app::language::Language;
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::Told;

/// The days that are meant.
#[derive(Debug, Args)]
pub(super) struct PeriodArguments {
    /// The first day
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<Date>,
    /// The last day, inclusive
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<Date>,
    /// The time zone of the days
    #[arg(long, value_name = "ZONE", default_value = "Europe/Berlin")]
    zone: String,
}

/// The same as instants: the first one, and the first one after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instants {
    pub(super) since: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
}

impl PeriodArguments {
    pub(super) fn instants(&self, language: Language) -> Told<Instants> {
        if self.since.zip(self.until).is_some_and(|(since, until)| since > until) {
            return Err(language.pick("--since liegt nach --until", "--since is after --until").to_owned());
        }
        let zone = TimeZone::get(&self.zone).map_err(|_unknown| {
            let zone = self.zone.escape_debug();
            app::say!(
                language,
                "--zone: «{zone}» ist keine Zeitzone; erwartet wird ein Name wie Europe/Berlin",
                "--zone: «{zone}» is no time zone; expected is a name such as Europe/Berlin"
            )
        })?;
        let start = |date: Date| date.to_zoned(zone.clone()).map(|start| start.timestamp());
        let after = |date: Date| date.checked_add(1.day()).and_then(start);
        let beyond = |_error| {
            language
                .pick("dieser Tag liegt außerhalb des Kalenders", "this day is beyond the calendar")
                .to_owned()
        };
        Ok(Instants {
            since: self.since.map(start).transpose().map_err(beyond)?,
            until: self.until.map(after).transpose().map_err(beyond)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instants(since: &str, until: &str, zone: &str) -> Told<Instants> {
        let [since, until] = [since, until].map(|date| date.parse().ok());
        PeriodArguments { since, until, zone: zone.to_owned() }.instants(Language::En)
    }

    #[test]
    fn days_begin_and_end_in_their_zone() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let october = instants("2026-10-01", "2026-10-31", "Europe/Berlin").unwrap();
        assert_eq!(
            october,
            Instants { since: at("2026-09-30T22:00:00Z"), until: at("2026-10-31T23:00:00Z") }
        );
        assert_eq!(
            instants("", "2026-10-31", "UTC").unwrap(),
            Instants { since: None, until: at("2026-11-01T00:00:00Z") }
        );
    }

    #[test]
    fn a_period_that_makes_no_sense_is_refused() {
        assert_eq!(instants("2026-10-02", "2026-10-01", "UTC").unwrap_err(), "--since is after --until");
        assert!(instants("", "", "Mars/Base").unwrap_err().contains("«Mars/Base» is no time zone"));
        assert!(instants("", "9999-12-31", "UTC").unwrap_err().contains("calendar"));
    }
}
