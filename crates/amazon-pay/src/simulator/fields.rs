//! The fields of a request's JSON body.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::query::instant;
use super::refusal::Refusal;

/// The fields that were not taken yet.
#[derive(Debug)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn of(body: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body).map(Self).map_err(|_error| Refusal::InvalidRequestFormat)
    }

    /// Takes a text that must be there.
    pub(super) fn text(&mut self, name: &'static str) -> Result<String, Refusal> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Err(Refusal::MissingParameterValue(name)),
            Some(Value::String(text)) if text.trim().is_empty() => Err(Refusal::MissingParameterValue(name)),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(Refusal::InvalidParameterValue(name)),
        }
    }

    /// Takes an instant that must be there.
    pub(super) fn instant(&mut self, name: &'static str) -> Result<Timestamp, Refusal> {
        instant(&self.text(name)?).ok_or(Refusal::InvalidParameterValue(name))
    }

    /// Takes a switch; absent is off. The sample for the Java SDK sends it as a text.
    pub(super) fn switch(&mut self, name: &'static str) -> Result<bool, Refusal> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(switch)) => Ok(switch),
            Some(Value::String(text)) => text.parse().map_err(|_error| Refusal::InvalidParameterValue(name)),
            Some(_) => Err(Refusal::InvalidParameterValue(name)),
        }
    }

    /// Refuses what is left over.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        match self.0.into_iter().next() {
            None => Ok(()),
            Some((name, _)) => Err(Refusal::UnrecognizedField(name.chars().take(100).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_taken_field_by_field() {
        let mut fields = Fields::of(br#"{"a":"x","on":"true","off":null,"t":"20260101T000000Z"}"#).unwrap();
        assert_eq!(fields.text("a"), Ok("x".to_owned()));
        assert_eq!(
            (fields.switch("on"), fields.switch("off"), fields.switch("none")),
            (Ok(true), Ok(false), Ok(false))
        );
        assert_eq!(fields.instant("t").unwrap().to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(fields.finish(), Ok(()));
    }

    #[test]
    fn each_fault_of_a_body_has_its_reason() {
        for body in ["", "[]", "{", "null", "\"a\""] {
            assert_eq!(Fields::of(body.as_bytes()).unwrap_err(), Refusal::InvalidRequestFormat, "{body}");
        }
        let mut fields = Fields::of(br#"{"a":1,"b":"","c":"x","d":[]}"#).unwrap();
        assert_eq!(fields.text("a"), Err(Refusal::InvalidParameterValue("a")));
        assert_eq!(fields.text("b"), Err(Refusal::MissingParameterValue("b")));
        assert_eq!(fields.text("e"), Err(Refusal::MissingParameterValue("e")));
        assert_eq!(fields.instant("c"), Err(Refusal::InvalidParameterValue("c")));
        assert_eq!(fields.finish(), Err(Refusal::UnrecognizedField("d".to_owned())));
    }
}
