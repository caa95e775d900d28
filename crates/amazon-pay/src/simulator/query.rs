//! The parameters of a request's query.

use jiff::Timestamp;

use super::refusal::Refusal;
use crate::sign::percent;

/// The parameters as they are meant: decoded, those without a value left out.
///
/// All SDKs send `nextToken=` for none, the Java SDK repeats a name for a list (`a=1&a=2`), the PHP SDK counts
/// (`a.1=1&a.2=2`), the others separate by commas.
#[derive(Debug, Clone)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn of(query: &str) -> Self {
        let text = |encoded: &str| String::from_utf8_lossy(&percent::decode(encoded)).into_owned();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs = pairs.map(|(name, value)| (text(name), text(value)));
        Self(pairs.filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    /// All values of a name, taken apart at commas.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let is_meant = |found: &str| {
            let counted = found.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
            found == name || counted.is_some_and(|number| number.parse::<u16>().is_ok())
        };
        let values = self.0.iter().filter(|(found, _)| is_meant(found)).map(|(_, value)| value);
        values.flat_map(|value| value.split(',')).map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// The value of a name that stands at most once; of several the last.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(found, _)| found == name).map(|(_, value)| value.trim())
    }

    pub(super) fn instant(&self, name: &'static str) -> Result<Option<Timestamp>, Refusal> {
        let read = |text| instant(text).ok_or(Refusal::InvalidParameterValue(name));
        self.one(name).map(read).transpose()
    }

    /// Whether there is a parameter with another name.
    pub(super) fn has_other_than(&self, name: &str) -> bool {
        self.0.iter().any(|(found, _)| found != name)
    }
}

/// Reads `20221118T150630Z`, `2022-11-18T15:06:30Z` (with or without fractions) and the form of one sample in the
/// documentation, `2022-08-04T00-00-00Z` ("Manually requesting reports").
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    if text.len() > 40 || !text.ends_with('Z') {
        return None;
    }
    text.parse().ok().or_else(|| {
        let (date, time) = text.split_once('T')?;
        format!("{date}T{}", time.replace('-', ":")).parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_every_sdk_sends_them() {
        for query in [
            "reportTypes=a%2Cb",
            "reportTypes=a&reportTypes=b",
            "reportTypes.1=a&reportTypes.2=b",
            "reportTypes=a,b",
        ] {
            assert_eq!(Query::of(query).list("reportTypes"), ["a", "b"], "{query}");
        }
    }

    #[test]
    fn a_parameter_without_a_value_is_absent() {
        let query = Query::of("nextToken=&pageSize=10&x");
        assert_eq!((query.one("nextToken"), query.one("pageSize"), query.one("x")), (None, Some("10"), None));
        assert!(
            query.has_other_than("nextToken")
                && !Query::of("nextToken=a&pageSize=").has_other_than("nextToken")
        );
    }

    #[test]
    fn all_forms_of_a_date_are_one_instant() {
        let expected: Timestamp = "2022-08-04T01:02:03Z".parse().unwrap();
        for text in
            ["20220804T010203Z", "2022-08-04T01:02:03Z", "2022-08-04T01-02-03Z", "2022-08-04T01:02:03.000Z"]
        {
            assert_eq!(instant(text), Some(expected), "{text}");
        }
        for text in
            ["", "now", "20220804", "2022-08-04T01:02:03", "2022-08-04T01:02:03+02:00", "20221304T010203Z"]
        {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
