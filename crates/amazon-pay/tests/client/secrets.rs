//! Nothing secret can be printed: everything that the client can format or log is searched for it.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use amazon_pay::client::{Client, IdempotencyKey};
use amazon_pay::key::PrivateKey;
use amazon_pay::model::ReportDocument;
use amazon_pay::sign::{Algorithm, Authorization};
use rand::SeedableRng as _;
use rand::rngs::SmallRng;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::clock::TestClock;
use crate::server::{Answer, Server};
use crate::{KEY, builder};

const TOKEN: &str = "Atza|IQEBLjAsAhRmHjNgHpi0U-Dme37rR6CuUpSREXAMPLE";

/// Writes down every event with all its fields, whatever its level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _span: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

/// Both forms of an error and of all that led to it.
fn shown(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = format!("{error} {error:?} {error:#?}\n");
    if let Some(source) = error.source() {
        text.push_str(&shown(source));
    }
    text
}

fn client(server: &Server) -> Client {
    builder(server)
        .auth_token(TOKEN.into())
        .rate_limit(None)
        .build(TestClock::new(), SmallRng::seed_from_u64(7))
        .unwrap()
}

/// Answers that write back everything they got, in every place that a client might show.
fn echoing(status: u16, request: &crate::server::Request) -> Answer {
    let everything: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let everything = everything.join(" ");
    let body = serde_json::json!({
        "reasonCode": everything,
        "message": format!("Unable to verify signature, signature [{everything}]"),
        "reports": everything,
        "startTime": everything,
    });
    Answer::new(status, body.to_string())
        .header("x-amz-pay-request-id", request.header("x-amz-pay-authtoken").unwrap())
}

#[tokio::test]
async fn neither_key_nor_signature_nor_token_nor_address_is_shown_anywhere() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let mut text = String::new();
    let mut signatures = Vec::new();

    for status in [200, 400, 401, 403, 404, 429, 500, 302] {
        let server = Server::answering(move |request, _number| echoing(status, request)).await;
        let client = client(&server);
        let id = "A".parse().unwrap();
        text.push_str(&shown(&client.check().await.unwrap_err()));
        text.push_str(&shown(&client.report(&id).await.unwrap_err()));
        text.push_str(&shown(&client.report_document(&"d".parse().unwrap()).await.unwrap_err()));
        write!(text, "{client:?} {client:#?} {:?}", builder(&server).auth_token(TOKEN.into())).unwrap();
        for request in server.requests() {
            let header = request.header("authorization").unwrap();
            let authorization = Authorization::parse(header).unwrap();
            write!(text, "{authorization:?} {authorization:#?}").unwrap();
            signatures.push(header.split_once("Signature=").unwrap().1.to_owned());
        }
    }

    // The address of a document is a key of its own.
    for storage in [Answer::new(404, ""), Answer::nothing(), Answer::new(200, "x").cut_after(0)] {
        let server = Server::answering(move |request, _number| {
            let host = request.header("host").unwrap();
            let body =
                format!(r#"{{"reportDocumentId":"d","url":"http://{host}/s?X-Amz-Signature=opensesame"}}"#);
            if request.path == "/s" { storage.clone() } else { Answer::new(200, body) }
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        let error =
            client(&server).download(&"d".parse().unwrap(), &folder.path().join("a")).await.unwrap_err();
        text.push_str(&shown(&error));
        let document: ReportDocument =
            client(&server).report_document(&"d".parse().unwrap()).await.unwrap().unwrap();
        write!(text, "{document:?}").unwrap();
    }

    let key = PrivateKey::from_pem(KEY.as_bytes()).unwrap();
    let signature = key.sign(Algorithm::V2, b"text").unwrap();
    write!(text, "{key:?} {:?} {:?} ", key.public_key(), key.to_pem().unwrap()).unwrap();
    write!(text, "{:?}", IdempotencyKey::random(&mut SmallRng::seed_from_u64(1))).unwrap();
    for damaged in [KEY.replace("MII", "MI*"), KEY[..400].to_owned(), KEY.replace("PRIVATE", "PUBLIC")] {
        text.push_str(&shown(&PrivateKey::from_pem(damaged.as_bytes()).unwrap_err()));
    }

    let logged = log.0.lock().unwrap().clone();
    assert!(logged.contains("Get Report By Id") && logged.contains("trying again"), "the log was heard");
    assert!(signatures.len() > 30 && signature.len() == 256);
    for place in [text, logged] {
        for line in KEY.lines().filter(|line| !line.starts_with('-')) {
            assert!(!place.contains(&line[..20]), "a line of the key");
        }
        for signature in &signatures {
            assert!(!place.contains(&signature[..40]), "a signature");
            assert!(!place.contains(&signature[signature.len() - 40..]), "the end of a signature");
        }
        assert!(!place.contains("IQEBLjAsAhRm"), "the token");
        assert!(!place.contains("opensesame"), "the address of a document");
    }
}
