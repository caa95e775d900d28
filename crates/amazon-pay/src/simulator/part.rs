//! Whole documents and parts of them, as a storage hands them out (RFC 9110, 13.1.5 and 14).

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};

use super::storage::error_document;
use crate::sign::sha256_hex;

/// What of a document goes out, with the headers that say so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
    pub(super) content_type: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// The part of `document` that the request wants: all of it, or from some byte on if it is still the same document.
pub(super) fn wanted(document: &Bytes, request: &HeaderMap) -> Part {
    let hash = sha256_hex(document);
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or_default());
    let text = |name: &str| request.get(name).and_then(|value| value.to_str().ok());
    let is_same = text("if-range").is_none_or(|known| known == tag);
    let range = text("range").filter(|_| is_same).and_then(|range| range.strip_prefix("bytes="));
    let length = document.len();
    let mut part = Part {
        status: StatusCode::OK,
        body: document.clone(),
        content_type: "text/csv;charset=UTF-8",
        headers: vec![("accept-ranges", "bytes".to_owned()), ("etag", tag)],
    };
    match range.map(|range| bounds(range, length)) {
        None | Some(Bounds::NotUnderstood) => {}
        Some(Bounds::Outside) => {
            part.status = StatusCode::RANGE_NOT_SATISFIABLE;
            part.body = error_document("InvalidRange", "The requested range is not satisfiable").into();
            part.content_type = "application/xml";
            part.headers.push(("content-range", format!("bytes */{length}")));
        }
        Some(Bounds::Inside { first, last }) => {
            part.status = StatusCode::PARTIAL_CONTENT;
            part.body = document.slice(first..=last);
            part.headers.push(("content-range", format!("bytes {first}-{last}/{length}")));
        }
    }
    part
}

enum Bounds {
    Inside { first: usize, last: usize },
    Outside,
    NotUnderstood,
}

/// Reads `5-`, `5-9` or `-5`.
fn bounds(range: &str, length: usize) -> Bounds {
    let Some((first, last)) = range.split_once('-') else { return Bounds::NotUnderstood };
    let (first, last) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last),
        (Ok(first), Err(_)) if last.is_empty() => (first, usize::MAX),
        (Err(_), Ok(count)) if first.is_empty() && count > 0 => (length.saturating_sub(count), usize::MAX),
        _ => return Bounds::NotUnderstood,
    };
    if first >= length { Bounds::Outside } else { Bounds::Inside { first, last: last.min(length - 1) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(headers: &[(&str, &str)]) -> (u16, String, String) {
        let headers = headers.iter().map(|(name, value)| {
            let name: axum::http::HeaderName = name.parse().unwrap();
            (name, axum::http::HeaderValue::from_str(value).unwrap())
        });
        let part = wanted(&Bytes::from_static(b"0123456789"), &headers.collect());
        let range = part.headers.iter().find(|(name, _)| *name == "content-range");
        let body = String::from_utf8_lossy(&part.body).into_owned();
        (part.status.as_u16(), body, range.map(|(_, range)| range.clone()).unwrap_or_default())
    }

    fn is(status: u16, body: &str, range: &str) -> (u16, String, String) {
        (status, body.to_owned(), range.to_owned())
    }

    #[test]
    fn a_part_says_where_it_lies() {
        assert_eq!(part(&[]), is(200, "0123456789", ""));
        assert_eq!(part(&[("range", "bytes=7-")]), is(206, "789", "bytes 7-9/10"));
        assert_eq!(part(&[("range", "bytes=2-3")]), is(206, "23", "bytes 2-3/10"));
        assert_eq!(part(&[("range", "bytes=-4")]), is(206, "6789", "bytes 6-9/10"));
        assert_eq!(part(&[("range", "bytes=2-99")]), is(206, "23456789", "bytes 2-9/10"));
        let outside = part(&[("range", "bytes=10-")]);
        assert_eq!((outside.0, outside.2.as_str()), (416, "bytes */10"));
    }

    #[test]
    fn what_is_not_understood_gets_the_whole() {
        for range in ["bytes=3-2", "bytes=", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=-0"] {
            assert_eq!(part(&[("range", range)]).0, 200, "{range}");
        }
    }

    #[test]
    fn a_part_of_another_document_is_not_given() {
        let tag = wanted(&Bytes::from_static(b"0123456789"), &HeaderMap::new()).headers[1].1.clone();
        assert_eq!(part(&[("range", "bytes=7-"), ("if-range", &tag)]).0, 206);
        assert_eq!(part(&[("range", "bytes=7-"), ("if-range", "\"other\"")]), is(200, "0123456789", ""));
    }
}
