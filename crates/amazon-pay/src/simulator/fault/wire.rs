//! Faults that answer in place of the API, and faults of the line.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;

use super::{Fault, Place};
use crate::simulator::refusal::Refusal;
use crate::simulator::reply::Reply;
use crate::simulator::storage::error_document;

/// Nothing listens on the port of the discard service.
const ELSEWHERE: &str = "http://127.0.0.1:9/elsewhere";

/// What a fault answers in place of the API or the storage.
#[derive(Debug)]
pub(in crate::simulator) struct Instead {
    pub(in crate::simulator) reply: Reply,
    pub(in crate::simulator) content_type: &'static str,
    pub(in crate::simulator) location: Option<&'static str>,
}

/// The answer of the first fault that answers itself.
pub(in crate::simulator) fn answer_instead(place: Place, faults: &[Fault]) -> Option<Instead> {
    let api = |reply| Instead { reply, content_type: "application/json", location: None };
    faults.iter().find_map(|fault| match fault {
        Fault::Status(status) => {
            let status = StatusCode::from_u16(*status).ok()?;
            Some(match place {
                Place::Download => Instead {
                    reply: Reply {
                        status,
                        body: error_document(storage_code(status), "Please try again.").into(),
                    },
                    content_type: "application/xml",
                    location: None,
                },
                Place::Call(_) => api(api_reply(status)),
            })
        }
        Fault::Suspended => Some(api(Refusal::InvalidAccountStatus.reply())),
        Fault::HtmlPage => Some(Instead {
            reply: Reply { status: StatusCode::BAD_GATEWAY, body: Bytes::from_static(PAGE.as_bytes()) },
            content_type: "text/html; charset=utf-8",
            location: None,
        }),
        Fault::Redirect => Some(Instead {
            reply: Reply { status: StatusCode::TEMPORARY_REDIRECT, body: Bytes::new() },
            content_type: "text/html; charset=utf-8",
            location: Some(ELSEWHERE),
        }),
        _ => None,
    })
}

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>502 Bad Gateway</title></head>\
                    <body><h1>502 Bad Gateway</h1><p>The server is being looked after.</p></body></html>\n";

fn api_reply(status: StatusCode) -> Reply {
    let refusal = match status.as_u16() {
        200..300 => return Reply { status, body: Bytes::from_static(b"{}") },
        400 => Refusal::InvalidRequest("by a fault of the simulator"),
        401 => Refusal::UnknownToken,
        403 => Refusal::InvalidAccountStatus,
        404 => Refusal::ResourceNotFound,
        429 => Refusal::TooManyRequests,
        503 => Refusal::ServiceUnavailable,
        _ => Refusal::InternalServerError,
    };
    Reply { status, ..refusal.reply() }
}

fn storage_code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        403 => "AccessDenied",
        404 => "NoSuchKey",
        429 | 503 => "SlowDown",
        _ => "InternalError",
    }
}

/// How an answer travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::simulator) struct Wire {
    /// Nothing of it leaves.
    pub(in crate::simulator) dropped: bool,
    /// It waits so long.
    pub(in crate::simulator) delay: Duration,
    /// Its body comes in pieces with so long a pause between them.
    pub(in crate::simulator) pause: Duration,
    /// The line breaks after so many bytes of the body.
    pub(in crate::simulator) cut: Option<usize>,
    /// The length that is said is off by so much.
    pub(in crate::simulator) misstated: i64,
}

impl Wire {
    pub(in crate::simulator) fn of(faults: &[Fault], length: usize) -> Self {
        let mut wire = Self::default();
        for fault in faults {
            match fault {
                Fault::Drop => wire.dropped = true,
                Fault::DropAfterHeaders => wire.cut = Some(0),
                Fault::Cut(part) => wire.cut = Some(part.of(length)),
                Fault::Delay(time) => wire.delay = wire.delay.saturating_add(*time),
                Fault::Slow(pause) => wire.pause = *pause,
                Fault::Length(bytes) => wire.misstated = *bytes,
                _ => {}
            }
        }
        wire
    }

    /// Whether the body needs to be sent in a way of its own.
    pub(in crate::simulator) fn is_plain(&self) -> bool {
        self.pause.is_zero() && self.cut.is_none() && self.misstated == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::fault::Percent;
    use crate::simulator::route::Operation;

    #[test]
    fn a_status_comes_with_the_body_of_its_place() {
        let api =
            answer_instead(Place::Call(Operation::Reports), &[Fault::Drop, Fault::Status(429)]).unwrap();
        assert_eq!((api.reply.status.as_u16(), api.content_type), (429, "application/json"));
        assert!(
            api.reply.body.starts_with(b"{\"message\":") || api.reply.body.starts_with(b"{\"reasonCode\":")
        );
        let storage = answer_instead(Place::Download, &[Fault::Status(503)]).unwrap();
        assert!(String::from_utf8_lossy(&storage.reply.body).contains("<Code>SlowDown</Code>"));
        assert!(answer_instead(Place::Download, &[Fault::Drop]).is_none());
    }

    #[test]
    fn the_line_is_what_all_faults_together_make_of_it() {
        let wire = Wire::of(
            &[Fault::Cut(Percent(25)), Fault::Length(-2), Fault::Delay(Duration::from_secs(1))],
            100,
        );
        assert_eq!(
            (wire.cut, wire.misstated, wire.delay, wire.dropped),
            (Some(25), -2, Duration::from_secs(1), false)
        );
        assert!(
            !wire.is_plain() && Wire::of(&[Fault::Delay(Duration::from_secs(1)), Fault::Drop], 9).is_plain()
        );
    }
}
