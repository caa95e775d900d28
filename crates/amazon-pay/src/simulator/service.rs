//! What answers requests: everything behind the network.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;

use super::admission::{Admission, Admitted, Received};
use super::clock::RealTime;
use super::fault::{
    Disturbance, Fault, Instead, Place, Plan, Wire, answer_instead, changed_document, changed_reply,
    compressed,
};
use super::letters::Letters;
use super::log::{Log, LogEntry};
use super::operation::{Call, Handout, perform};
use super::part::{Part, wanted};
use super::query::Query;
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::{Operation, Route};
use super::storage::{self, Storage};

const JSON: &str = "application/json";
const XML: &str = "application/xml";

/// All that the simulator knows.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) clock: RealTime,
    pub(super) admission: Admission,
    pub(super) storage: Storage,
    pub(super) plan: Mutex<Plan>,
    pub(super) log: Mutex<Log>,
    pub(super) letters: Mutex<Letters>,
}

/// An answer on its way out.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) wire: Wire,
}

/// What an operation or a fault answers, and how it is labelled.
struct Said {
    reply: Reply,
    content_type: &'static str,
    headers: Vec<(&'static str, String)>,
    refusal: Option<Refusal>,
}

impl Said {
    fn json(reply: Reply) -> Self {
        Self { reply, content_type: JSON, headers: Vec::new(), refusal: None }
    }

    fn refused(refusal: Refusal) -> Self {
        let reply = refusal.reply();
        Self { refusal: Some(refusal), ..Self::json(reply) }
    }
}

impl From<Instead> for Said {
    fn from(instead: Instead) -> Self {
        let Instead { reply, content_type, location } = instead;
        let headers = location.map(|location| ("location", location.to_owned()));
        Self { reply, content_type, headers: headers.into_iter().collect(), refusal: None }
    }
}

impl From<Part> for Said {
    fn from(part: Part) -> Self {
        let Part { status, body, content_type, headers } = part;
        Self { reply: Reply { status, body }, content_type, headers, refusal: None }
    }
}

/// A mutex stays usable after a panic elsewhere: nothing here leaves its content half changed.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service {
    /// Answers a request that came over `scheme` (`http` or `https`) to the address `local`.
    pub(super) fn answer(&self, received: &Received, origin: &str) -> Answer {
        let now = self.clock.now();
        if received.path.starts_with(storage::FOLDER) {
            return self.answer_download(received, now);
        }
        let route = Route::of(&received.method, &received.path);
        let place = route.as_ref().ok().map(|route| Place::Call(route.operation));
        let faults = place.map(|place| lock(&self.plan).strike(place)).unwrap_or_default();
        let now = now.saturating_add(Disturbance::of(&faults).clock).unwrap_or(now);
        let instead = place.and_then(|place| answer_instead(place, &faults));
        let said = match instead {
            Some(instead) => Said::from(instead),
            None => match route.and_then(|route| self.perform(&route, received, origin, now, &faults)) {
                Ok(reply) => Said::json(changed_reply(reply, &faults, &received.query)),
                Err(refusal) => Said::refused(refusal),
            },
        };
        let mut answer = self.finished(received, said, place, &faults, now);
        let id = request_id(&mut lock(&self.letters));
        set(&mut answer.headers, "x-amz-pay-request-id", &id);
        answer
    }

    fn perform(
        &self,
        route: &Route,
        received: &Received,
        origin: &str,
        now: Timestamp,
        faults: &[Fault],
    ) -> Result<Reply, Refusal> {
        let Admitted { merchant, environment } =
            self.admission.admit(received, route, now, Disturbance::of(faults))?;
        if let Some(buckets) = lock(&merchant.buckets).as_mut()
            && !buckets.take(environment, route.operation, now)
        {
            return Err(Refusal::TooManyRequests);
        }
        let from = if faults.contains(&Fault::Expired) {
            now.saturating_sub(jiff::SignedDuration::from_mins(5)).unwrap_or(now)
        } else {
            now
        };
        let compressed = route.operation == Operation::Document && faults.contains(&Fault::Gzip);
        let base = base_address(received, origin);
        let mut world = lock(&merchant.world);
        let call = Call {
            operation: route.operation,
            environment,
            id: &route.id,
            query: Query::of(&received.query),
            body: &received.body,
            time: world.catch_up(now),
            handout: Handout { storage: &self.storage, base, from, compressed },
        };
        if !route.operation.creates() {
            return perform(&call, &mut world);
        }
        let key = received.idempotency_key()?;
        let mut results = lock(&merchant.results);
        if let Some(first) = results.find(environment, key, &received.body)? {
            return Ok(first);
        }
        let reply = perform(&call, &mut world)?;
        results.keep(environment, key, &received.body, &reply);
        Ok(reply)
    }

    fn answer_download(&self, received: &Received, now: Timestamp) -> Answer {
        let place = Place::Download;
        let faults = lock(&self.plan).strike(place);
        let said = match answer_instead(place, &faults) {
            Some(instead) => Said::from(instead),
            None => match self.read_document(received, now, &faults) {
                Ok(document) => Said::from(wanted(&document, &received.headers)),
                Err(reply) => Said { content_type: XML, ..Said::json(reply) },
            },
        };
        let mut answer = self.finished(received, said, Some(place), &faults, now);
        let id = lock(&self.letters).upper(16);
        set(&mut answer.headers, "x-amz-request-id", &id);
        answer
    }

    fn read_document(&self, received: &Received, now: Timestamp, faults: &[Fault]) -> Result<Bytes, Reply> {
        let Received { method, path, query, headers, .. } = received;
        let granted = self.storage.grant(method, path, query, headers, now)?;
        let document = self.admission.merchants.iter().find_map(|merchant| {
            let world = lock(&merchant.world);
            let mut books = [&world.live, &world.sandbox].into_iter();
            books.find_map(|books| books.reports.document(&granted.document_id))
        });
        let missing = || Reply {
            status: StatusCode::NOT_FOUND,
            body: storage::error_document("NoSuchKey", "The specified key does not exist.").into(),
        };
        let document = changed_document(document.ok_or_else(missing)?, faults);
        let is_compressed = faults.contains(&Fault::Gzip);
        Ok(if granted.compressed && !is_compressed { compressed(&document) } else { document })
    }

    /// Writes the request down and puts the answer together.
    fn finished(
        &self,
        received: &Received,
        said: Said,
        place: Option<Place>,
        faults: &[Fault],
        now: Timestamp,
    ) -> Answer {
        let Said { reply, content_type, headers: more, refusal } = said;
        lock(&self.log).push(LogEntry {
            at: now,
            method: received.method.to_string(),
            target: shown_target(received),
            operation: place.map(Place::name),
            status: reply.status.as_u16(),
            refusal: refusal.map(|refusal| format!("{}: {refusal}", refusal.reason_code())),
            faults: faults.iter().map(|fault| format!("{fault:?}")).collect(),
        });
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(content_type));
        for (name, value) in &more {
            set(&mut headers, name, value);
        }
        if let Ok(date) = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now) {
            set(&mut headers, "date", &date);
        }
        let wire = Wire::of(faults, reply.body.len());
        Answer { status: reply.status, headers, body: reply.body, wire }
    }
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

/// In the shape of a UUID, as the real ids have it.
fn request_id(letters: &mut Letters) -> String {
    [8, 4, 4, 4, 12].map(|count| letters.hexadecimal(count)).join("-")
}

/// Where the storage is for whoever sent this request: the host that it asked, else the address that it reached.
fn base_address(received: &Received, origin: &str) -> String {
    let scheme = origin.split_once("://").map_or("http", |(scheme, _)| scheme);
    let is_host = |host: &&str| {
        !host.is_empty()
            && host.len() <= 255
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte))
    };
    match received.header("host").filter(is_host) {
        Some(host) => format!("{scheme}://{host}"),
        None => origin.to_owned(),
    }
}

fn shown_target(received: &Received) -> String {
    let path: String = received.path.chars().take(300).collect();
    if received.query.is_empty() || received.path.starts_with(storage::FOLDER) {
        return path;
    }
    format!("{path}?{}", received.query.chars().take(300).collect::<String>())
}
