//! Faults that change what is said: JSON replies and report documents.

use std::io::Write as _;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::{Fault, Percent};
use crate::simulator::query::Query;
use crate::simulator::reply::Reply;

/// The fields whose values are names of a list.
const LISTED: [&str; 7] = [
    "processingStatus",
    "reportType",
    "scheduleFrequency",
    "compressionAlgorithm",
    "state",
    "chargePermissionType",
    "releaseEnvironment",
];

/// A reply of the API after the faults that change its JSON.
pub(in crate::simulator) fn changed_reply(mut reply: Reply, faults: &[Fault], query: &str) -> Reply {
    for fault in faults {
        match fault {
            Fault::InvalidJson => reply.body = reply.body.slice(..reply.body.len() / 2),
            Fault::UnknownField => change_json(&mut reply.body, &add_fields),
            Fault::UnknownValue => change_json(&mut reply.body, &rename_values),
            Fault::RepeatedToken => {
                let Some(token) = Query::of(query).one("nextToken").map(str::to_owned) else { continue };
                change_json(&mut reply.body, &|value| {
                    if let Value::Object(object) = value {
                        object.insert("nextToken".to_owned(), Value::String(token.clone()));
                    }
                });
            }
            _ => {}
        }
    }
    reply
}

fn change_json(body: &mut Bytes, change: &dyn Fn(&mut Value)) {
    if let Ok(mut value) = serde_json::from_slice(body) {
        change(&mut value);
        *body = value.to_string().into();
    }
}

fn add_fields(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.values_mut().for_each(add_fields);
            object.insert("fieldOfTomorrow".to_owned(), serde_json::json!({ "nested": [1, null, "x"] }));
        }
        Value::Array(items) => items.iter_mut().for_each(add_fields),
        _ => {}
    }
}

fn rename_values(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                if LISTED.contains(&name.as_str()) && value.is_string() {
                    *value = Value::String("VALUE_OF_TOMORROW".to_owned());
                }
                rename_values(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rename_values),
        _ => {}
    }
}

/// A report document after the faults that change its bytes.
pub(in crate::simulator) fn changed_document(mut document: Bytes, faults: &[Fault]) -> Bytes {
    for fault in faults {
        document = match fault {
            Fault::Truncated(part) => document.slice(..part.of(document.len())),
            Fault::TruncatedAtLine(part) => at_line_end(&document, *part),
            Fault::UnknownType => with_unknown_type(&document),
            Fault::NoSpace => without_spaces(&document).into(),
            Fault::CarriageReturns => with_carriage_returns(&document).into(),
            Fault::NoByteOrderMark if document.starts_with(b"\xEF\xBB\xBF") => document.slice(3..),
            Fault::Gzip => compressed(&document),
            _ => document,
        };
    }
    document
}

fn at_line_end(document: &Bytes, part: Percent) -> Bytes {
    let kept = &document[..part.of(document.len())];
    let end = kept.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
    document.slice(..end)
}

/// Renames the kind of the first payment, or of the first payout where there is no payment.
fn with_unknown_type(document: &Bytes) -> Bytes {
    for kind in [&b"\"Capture\""[..], b"\"Transfer\""] {
        if let Some(place) = document.windows(kind.len()).position(|window| window == kind) {
            let new = b"\"KindOfTomorrow\"".as_slice();
            return [&document[..place], new, &document[place + kind.len()..]].concat().into();
        }
    }
    document.clone()
}

/// Takes out the space in `…:47 -0700"`.
fn without_spaces(document: &[u8]) -> Vec<u8> {
    let is_offset = |place: usize| {
        matches!(
            document.get(place.saturating_sub(3)..place + 7),
            Some([b':', s1, s2, b' ', b'+' | b'-', h1, h2, m1, m2, b'"'])
                if [s1, s2, h1, h2, m1, m2].iter().all(|digit| digit.is_ascii_digit())
        )
    };
    let kept = document.iter().enumerate().filter(|(place, byte)| **byte != b' ' || !is_offset(*place));
    kept.map(|(_, byte)| *byte).collect()
}

fn with_carriage_returns(document: &[u8]) -> Vec<u8> {
    let mut changed = Vec::with_capacity(document.len() + document.len() / 64);
    for line in document.split_inclusive(|byte| *byte == b'\n') {
        match line {
            [text @ .., b'\n'] if !text.ends_with(b"\r") => {
                changed.extend_from_slice(text);
                changed.extend_from_slice(b"\r\n");
            }
            _ => changed.extend_from_slice(line),
        }
    }
    changed
}

/// The document in gzip; as it is where the machine has no memory for that.
pub(in crate::simulator) fn compressed(document: &Bytes) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(document).and_then(|()| encoder.finish());
    written.map_or_else(|_error| document.clone(), Bytes::from)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    const FILE: &str =
        "\u{feff}\"SellerId\",\"A\"\n\"2015-10-01T11:10:34 -0700\",\"a b\",\"Capture\",\"10.00\"\n";

    fn changed(fault: Fault) -> String {
        String::from_utf8(changed_document(Bytes::from_static(FILE.as_bytes()), &[fault]).to_vec()).unwrap()
    }

    #[test]
    fn each_fault_changes_its_part_of_a_document() {
        assert_eq!(changed(Fault::CarriageReturns), FILE.replace('\n', "\r\n"));
        assert_eq!(changed(Fault::NoSpace), FILE.replace(" -0700", "-0700"));
        assert_eq!(changed(Fault::NoByteOrderMark), FILE.trim_start_matches('\u{feff}'));
        assert_eq!(changed(Fault::UnknownType), FILE.replace("Capture", "KindOfTomorrow"));
        assert_eq!(changed(Fault::TruncatedAtLine(Percent(90))), "\u{feff}\"SellerId\",\"A\"\n");
        assert_eq!(changed(Fault::Truncated(Percent(50))).len(), FILE.len() / 2);
        assert_eq!(changed(Fault::Drop), FILE);
    }

    #[test]
    fn a_compressed_document_holds_the_same_bytes() {
        let compressed = changed_document(Bytes::from_static(FILE.as_bytes()), &[Fault::Gzip]);
        let mut text = String::new();
        flate2::read::GzDecoder::new(compressed.as_ref()).read_to_string(&mut text).unwrap();
        assert_eq!(text, FILE);
    }

    #[test]
    fn json_gets_new_fields_new_values_and_old_tokens() {
        let reply =
            || Reply { body: r#"{"reports":[{"processingStatus":"COMPLETED"}]}"#.into(), ..Reply::empty() };
        let body =
            |fault, query| String::from_utf8(changed_reply(reply(), &[fault], query).body.to_vec()).unwrap();
        let more = body(Fault::UnknownField, "");
        assert_eq!(more.matches("fieldOfTomorrow").count(), 2, "{more}");
        assert_eq!(
            body(Fault::UnknownValue, ""),
            r#"{"reports":[{"processingStatus":"VALUE_OF_TOMORROW"}]}"#
        );
        assert!(body(Fault::RepeatedToken, "nextToken=abc").contains(r#""nextToken":"abc""#));
        assert!(!body(Fault::RepeatedToken, "nextToken=").contains("nextToken"));
        assert!(serde_json::from_str::<Value>(&body(Fault::InvalidJson, "")).is_err());
    }
}
