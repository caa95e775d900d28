//! Instants: `20221118T150630Z` nearly everywhere, `2022-12-07T17:08:26.717Z` for disbursements, and
//! `2022-08-04T00-00-00Z` in one sample of the documentation ("Manually requesting reports").

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serializer};

/// The form that the API wants in queries and bodies: UTC, whole seconds, no separators.
pub(crate) fn compact(instant: Timestamp) -> String {
    // A list of a hundred reports has five hundred of them, and a pattern is slower than its fields.
    let at = TimeZone::UTC.to_datetime(instant);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Reads any of the forms; absent, null and empty are none.
pub(super) fn deserialize<'de, D>(deserializer: D) -> Result<Option<Timestamp>, D::Error>
where
    D: Deserializer<'de>,
{
    match Option::<Cow<'de, str>>::deserialize(deserializer)? {
        Some(text) if !text.is_empty() => read(&text).map(Some).map_err(|_error| {
            let shown: String = text.escape_debug().take(60).collect();
            D::Error::custom(format!("«{shown}» is no instant such as 20221118T150630Z"))
        }),
        _ => Ok(None),
    }
}

fn read(text: &str) -> Result<Timestamp, jiff::Error> {
    text.parse().or_else(|error| match text.split_once('T') {
        Some((date, time)) if time.contains('-') => format!("{date}T{}", time.replace('-', ":")).parse(),
        _ => Err(error),
    })
}

/// Writes the compact form.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
pub(super) fn serialize<S: Serializer>(
    instant: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => serializer.serialize_str(&compact(*instant)),
        None => serializer.serialize_none(),
    }
}

/// Writes the form with separators and milliseconds.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
pub(super) fn serialize_extended<S: Serializer>(
    instant: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => serializer.serialize_str(&format!("{instant:.3}")),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_forms_are_read() {
        let expected: Timestamp = "2022-12-07T17:08:26Z".parse().unwrap();
        for text in ["20221207T170826Z", "2022-12-07T17:08:26Z", "2022-12-07T17-08-26Z"] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
        assert_eq!(read("2022-12-07T17:08:26.717Z").unwrap().subsec_millisecond(), 717);
        assert!(read("yesterday").is_err() && read("2022-12-07").is_err());
        assert_eq!(compact(expected), "20221207T170826Z");
        let with_parts = "0987-01-02T03:04:05.999Z".parse().unwrap();
        assert_eq!(compact(with_parts), "09870102T030405Z", "no rounding");
    }
}
