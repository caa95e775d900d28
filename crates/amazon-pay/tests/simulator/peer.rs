//! A peer that signs requests by hand and writes them to the socket byte by byte.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use amazon_pay::client::Clock;
use amazon_pay::key::PrivateKey;
use amazon_pay::sign::{
    Algorithm, Authorization, canonical_path, canonical_query, canonical_request, sha256_hex, string_to_sign,
};
use amazon_pay::simulator::{Builder, Control, Credentials, Running, Simulator};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const KEY: &[u8] = include_bytes!("../keys/rsa-pkcs8.pem");
/// The key id of the peer, bound to the live environment.
pub(crate) const KEY_ID: &str = "LIVE-AFVX7ULWSGBZ5535PCUQOY7B";

/// A clock that stands until it is moved; whoever waits by it moves it.
#[derive(Debug, Clone)]
pub(crate) struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub(crate) fn new() -> Self {
        let start: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        Self(Arc::new(AtomicI64::new(start.as_microsecond())))
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        let microseconds = i64::try_from(by.as_micros()).unwrap();
        self.0.fetch_add(microseconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.advance(duration.try_into().unwrap());
        Box::pin(tokio::task::yield_now())
    }
}

/// The key of the peer.
pub(crate) fn key() -> PrivateKey {
    PrivateKey::from_pem(KEY).unwrap()
}

/// A simulator with the peer's key, quickly made.
pub(crate) fn simulator(clock: &TestClock) -> Builder {
    Simulator::builder(clock.clone()).rows(900).throttling(false).key(KEY_ID.parse().unwrap(), key())
}

/// A simulator that serves, and who talks to it.
pub(crate) struct Peer {
    pub(crate) running: Running,
    pub(crate) clock: TestClock,
    key: PrivateKey,
}

impl Peer {
    pub(crate) async fn new() -> Self {
        Self::with(|builder| builder).await
    }

    pub(crate) async fn with(set: impl FnOnce(Builder) -> Builder) -> Self {
        let clock = TestClock::new();
        let simulator = set(simulator(&clock)).build().unwrap();
        let running = simulator.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
        Self { running, clock, key: key() }
    }

    pub(crate) fn control(&self) -> Control {
        self.running.control()
    }

    /// A request as an SDK would make it, not signed yet.
    pub(crate) fn ask(&self, method: &str, target: &str) -> Asked {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let host = self.running.address().to_string();
        let mut asked = Asked {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Vec::new(),
            signed: Vec::new(),
            body: Vec::new(),
            algorithm: Algorithm::V2,
            key_id: KEY_ID.to_owned(),
        };
        asked.sign_header("accept", "application/json");
        asked.sign_header("content-type", "application/json");
        asked.sign_header("x-amz-pay-date", &self.clock.now().strftime("%Y%m%dT%H%M%SZ").to_string());
        asked.sign_header("x-amz-pay-host", &host);
        asked.sign_header("x-amz-pay-region", "eu");
        asked.headers.push(("host".to_owned(), host));
        asked
    }

    /// The same with a JSON body and an idempotency key.
    pub(crate) fn post(&self, target: &str, idempotency_key: &str, body: &Value) -> Asked {
        let mut asked = self.ask("POST", target);
        asked.sign_header("x-amz-pay-idempotency-key", idempotency_key);
        asked.body = body.to_string().into_bytes();
        asked
    }

    /// Signs and sends.
    pub(crate) async fn send(&self, asked: &Asked) -> Answered {
        self.send_signed(asked, &asked.authorization(&self.key)).await
    }

    /// Signs with another key and sends.
    pub(crate) async fn send_as(&self, asked: &Asked, credentials: &Credentials) -> Answered {
        let key = PrivateKey::from_pem(credentials.pem().as_bytes()).unwrap();
        let asked = Asked { key_id: credentials.public_key_id().to_string(), ..asked.clone() };
        self.send_signed(&asked, &asked.authorization(&key)).await
    }

    /// Sends with this authorization header.
    pub(crate) async fn send_signed(&self, asked: &Asked, authorization: &str) -> Answered {
        let mut asked = asked.clone();
        asked.headers.push(("authorization".to_owned(), authorization.to_owned()));
        self.send_plain(&asked).await
    }

    /// Sends as it is.
    pub(crate) async fn send_plain(&self, asked: &Asked) -> Answered {
        let mut stream = TcpStream::connect(self.running.address()).await.unwrap();
        // The other side may hang up before everything was said.
        let _written = stream.write_all(&asked.bytes()).await;
        let mut bytes = Vec::new();
        // A line that breaks is what some tests look for.
        let ended = stream.read_to_end(&mut bytes).await;
        Answered::of(&bytes, ended.is_ok())
    }

    pub(crate) async fn get(&self, target: &str) -> Answered {
        self.send(&self.ask("GET", target)).await
    }

    /// The JSON of a reply that must be 200.
    pub(crate) async fn got(&self, target: &str) -> Value {
        let answered = self.get(target).await;
        assert_eq!(answered.status, 200, "{target}: {}", answered.text());
        answered.json()
    }

    /// A plain request without signature to the address of a document.
    pub(crate) async fn download(&self, url: &str) -> Answered {
        self.send_plain(&self.plain(url)).await
    }

    pub(crate) fn plain(&self, url: &str) -> Asked {
        let target = url.strip_prefix(&format!("http://{}", self.running.address())).unwrap_or(url);
        let mut asked = self.ask("GET", target);
        asked.headers.retain(|(name, _)| name == "host");
        asked
    }

    /// The ids of the completed settlement reports on the first page, newest first, with their documents'.
    pub(crate) async fn settlements(&self) -> Vec<(String, String)> {
        let list = self
            .got("/v2/reports?reportTypes=_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_&processingStatuses=COMPLETED")
            .await;
        let ids = list["reports"].as_array().unwrap().iter();
        ids.map(|report| (text(&report["reportId"]), text(&report["reportDocumentId"]))).collect()
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// A request in pieces that a test can change.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) signed: Vec<String>,
    pub(crate) body: Vec<u8>,
    pub(crate) algorithm: Algorithm,
    pub(crate) key_id: String,
}

impl Asked {
    pub(crate) fn sign_header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
        self.signed.push(name.to_owned());
    }

    /// Gives a header another value, keeping whether it is signed.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let (_, old) = self.headers.iter_mut().find(|(found, _)| found == name).unwrap();
        value.clone_into(old);
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(found, _)| found != name);
        self.signed.retain(|found| found != name);
        self
    }

    pub(crate) fn authorization(&self, key: &PrivateKey) -> String {
        let signed = self.headers.iter().filter(|(name, _)| self.signed.contains(name));
        let signed: Vec<(&str, &str)> = signed.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let canonical = canonical_request(
            &self.method,
            &canonical_path(&self.path),
            &canonical_query(&self.query),
            &signed,
            &sha256_hex(&self.body),
        );
        let text = string_to_sign(self.algorithm, &canonical);
        let authorization = Authorization {
            algorithm: self.algorithm,
            public_key_id: self.key_id.clone(),
            signed_headers: self.signed.clone(),
            signature: key.sign(self.algorithm, text.as_bytes()).unwrap(),
        };
        authorization.to_string()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let question = if self.query.is_empty() { "" } else { "?" };
        let mut text = format!(
            "{} {}{question}{} HTTP/1.1\r\nconnection: close\r\n",
            self.method, self.path, self.query
        );
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.body.is_empty() {
            text.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        let mut bytes = (text + "\r\n").into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answered {
    /// 0 where nothing came.
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether the body has the length that was said.
    pub(crate) is_whole: bool,
}

impl Answered {
    fn of(bytes: &[u8], ended_well: bool) -> Self {
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            assert!(bytes.is_empty(), "{}", String::from_utf8_lossy(bytes));
            return Self { status: 0, headers: Vec::new(), body: Vec::new(), is_whole: false };
        };
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let (first, rest) = head.split_once("\r\n").unwrap();
        let headers: Vec<(String, String)> = rest
            .split("\r\n")
            .map(|line| line.split_once(':').unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let body = bytes[end + 4..].to_vec();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map(|(_, value)| value.parse().unwrap());
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, is_whole: ended_well && length == Some(body.len()), headers, body }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// Status and reason code of a refusal.
    pub(crate) fn reason(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/json");
        (self.status, text(&self.json()["reasonCode"]))
    }

    pub(crate) fn message(&self) -> String {
        text(&self.json()["message"])
    }
}
