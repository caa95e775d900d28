//! Who may come in: headers, dates, keys, environments, signatures.

use amazon_pay::client::Region;
use amazon_pay::key::Environment;
use amazon_pay::sign::{Algorithm, REQUIRED_HEADERS};
use jiff::SignedDuration;
use serde_json::json;

use crate::peer::{Asked, KEY_ID, Peer, key};

fn refused(status: u16, reason: &str) -> (u16, String) {
    (status, reason.to_owned())
}

#[tokio::test]
async fn both_algorithms_and_both_forms_of_the_date_are_taken() {
    let peer = Peer::new().await;
    for algorithm in [Algorithm::V1, Algorithm::V2] {
        for date in ["20261123T080000Z", "2026-11-23T08:00:00Z", "2026-11-23T08:00:00.000Z"] {
            let mut asked = Asked { algorithm, ..peer.ask("GET", "/v2/reports") };
            asked.set("x-amz-pay-date", date);
            assert_eq!(peer.send(&asked).await.status, 200, "{algorithm:?} {date}");
        }
    }
}

#[tokio::test]
async fn the_region_may_be_written_in_any_way_but_must_be_the_right_one() {
    let peer = Peer::new().await;
    for (region, status) in [("EU", 200), ("Eu", 200), ("de", 200), ("UK", 200), ("na", 400), ("mars", 400)] {
        let mut asked = peer.ask("GET", "/v2/reports");
        asked.set("x-amz-pay-region", region);
        assert_eq!(peer.send(&asked).await.status, status, "{region}");
    }
    let japanese = Peer::with(|builder| builder.region(Region::Japan)).await;
    let mut asked = japanese.ask("GET", "/v2/disbursements");
    assert_eq!(japanese.send(&asked).await.reason(), refused(400, "InvalidHeaderValue"));
    asked.set("x-amz-pay-region", "JP");
    assert_eq!(japanese.send(&asked).await.json()["disbursements"][0]["currencyCode"], "JPY");
}

#[tokio::test]
async fn the_host_may_have_a_port_or_none_or_be_the_real_one() {
    let peer = Peer::new().await;
    let port = peer.running.address().port();
    for (host, status) in [
        ("127.0.0.1".to_owned(), 200),
        (format!("127.0.0.1:{port}"), 200),
        ("pay-api.amazon.eu".to_owned(), 200),
        ("pay-api.amazon.com".to_owned(), 400),
        ("localhost".to_owned(), 400),
    ] {
        let mut asked = peer.ask("GET", "/v2/reports");
        asked.set("x-amz-pay-host", &host);
        assert_eq!(peer.send(&asked).await.status, status, "{host}");
    }
}

#[tokio::test]
async fn every_required_header_must_be_there_have_a_value_and_be_signed() {
    let peer = Peer::new().await;
    for name in REQUIRED_HEADERS {
        let asked = peer.ask("GET", "/v2/reports");
        assert_eq!(
            peer.send(&asked.clone().without(name)).await.reason(),
            refused(400, "MissingHeader"),
            "{name}"
        );

        let mut empty = asked.clone();
        empty.set(name, "");
        assert_eq!(peer.send(&empty).await.reason(), refused(400, "MissingHeaderValue"), "{name}");

        let mut unsigned = asked;
        unsigned.signed.retain(|signed| signed != name);
        assert_eq!(peer.send(&unsigned).await.reason(), refused(400, "InvalidHeaderValue"), "{name}");
    }
    let unsigned = peer.send_plain(&peer.ask("GET", "/v2/reports")).await;
    assert_eq!(unsigned.reason(), refused(400, "MissingHeader"));
    let nonsense = peer.send_signed(&peer.ask("GET", "/v2/reports"), "Basic YTpi").await;
    assert_eq!(nonsense.reason(), refused(400, "InvalidHeaderValue"));
}

#[tokio::test]
async fn a_date_may_be_five_minutes_old_and_never_ahead() {
    let peer = Peer::new().await;
    for (date, message) in [
        (
            "20261123T080001Z",
            "The value 20261123T080001Z provided for x-amz-pay-date should not be in future",
        ),
        (
            "20261123T075459Z",
            "The value 20261123T075459Z provided for x-amz-pay-date should not be older than 5 minutes",
        ),
        ("yesterday", "The value yesterday provided for x-amz-pay-date is invalid"),
        (
            "2026-11-23T08:00:00+00:00",
            "The value 2026-11-23T08:00:00+00:00 provided for x-amz-pay-date is invalid",
        ),
    ] {
        let mut asked = peer.ask("GET", "/v2/reports");
        asked.set("x-amz-pay-date", date);
        let answered = peer.send(&asked).await;
        assert_eq!(answered.reason(), refused(400, "InvalidHeaderValue"));
        assert_eq!(answered.message(), message);
    }
    let mut asked = peer.ask("GET", "/v2/reports");
    asked.set("x-amz-pay-date", "20261123T075500Z");
    assert_eq!(peer.send(&asked).await.status, 200);
}

#[tokio::test]
async fn dates_are_judged_by_the_real_clock_whatever_the_world_says() {
    let peer = Peer::new().await;
    peer.control().move_clock(SignedDuration::from_hours(24 * 30)).unwrap();
    assert_eq!(peer.get("/v2/reports").await.status, 200);
    peer.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(peer.get("/v2/reports").await.status, 200);
}

#[tokio::test]
async fn unknown_and_revoked_keys_are_refused() {
    let peer = Peer::new().await;
    let stranger = Asked { key_id: "LIVE-NOBODY".to_owned(), ..peer.ask("GET", "/v2/reports") };
    let answered = peer.send(&stranger).await;
    assert_eq!(answered.reason(), refused(401, "UnauthorizedAccess"));
    assert!(answered.message().contains("LIVE-NOBODY"));
    assert!(peer.control().revoke_key(KEY_ID) && !peer.control().revoke_key("LIVE-NOBODY"));
    assert_eq!(peer.get("/v2/reports").await.reason(), refused(401, "UnauthorizedAccess"));
}

#[tokio::test]
async fn the_environment_of_the_path_agrees_with_the_key() {
    let peer = Peer::new().await;
    assert_eq!(peer.get("/live/v2/reports").await.status, 200);
    assert_eq!(peer.get("/sandbox/v2/reports").await.reason(), refused(401, "UnauthorizedAccess"));

    let sandbox = peer.control().make_key(Some(Environment::Sandbox)).unwrap();
    assert!(sandbox.public_key_id().as_str().starts_with("SANDBOX-A"));
    let kinds = async |target: &str| {
        let answered = peer.send_as(&peer.ask("GET", target), &sandbox).await;
        answered.json()["reports"][0]["reportType"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(kinds("/v2/reports").await, "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_");
    assert_eq!(kinds("/sandbox/v2/reports").await, kinds("/v2/reports").await);
    assert_eq!(kinds("/live/v2/reports").await, "");

    let older = peer.control().make_key(None).unwrap();
    for (target, status) in [("/live/v2/reports", 200), ("/sandbox/v2/reports", 200), ("/v2/reports", 400)] {
        assert_eq!(peer.send_as(&peer.ask("GET", target), &older).await.status, status, "{target}");
    }
}

#[tokio::test]
async fn a_token_of_a_solution_provider_must_be_known() {
    let peer = Peer::new().await;
    let mut asked = peer.ask("GET", "/v2/reports");
    asked.sign_header("x-amz-pay-authtoken", peer.control().auth_token());
    assert_eq!(peer.send(&asked).await.status, 200);
    asked.set("x-amz-pay-authtoken", "another");
    assert_eq!(peer.send(&asked).await.reason(), refused(401, "UnauthorizedAccess"));
}

#[tokio::test]
async fn a_wrong_signature_is_echoed_with_what_should_have_been_signed() {
    let peer = Peer::new().await;
    let asked = peer.ask("GET", "/v2/reports");
    let authorization = asked.authorization(&key());
    let other = Asked { query: "pageSize=3".to_owned(), ..asked };
    let answered = peer.send_signed(&other, &authorization).await;
    assert_eq!(answered.reason(), refused(401, "InvalidRequestSignature"));
    let signature = authorization.split_once("Signature=").unwrap().1;
    let message = answered.message();
    assert!(
        message.starts_with("Unable to verify signature, signing String [AMZN-PAY-RSASSA-PSS-V2\n"),
        "{message}"
    );
    assert!(message.ends_with(&format!("] , signature [{signature}]")), "{message}");
}

#[tokio::test]
async fn queries_are_verified_as_the_sdks_send_them() {
    let peer = Peer::new().await;
    let sorted = peer.ask("GET", "/v2/reports?pageSize=5&processingStatuses=COMPLETED%2CFAILED");
    let authorization = sorted.authorization(&key());
    // Java: unsorted, partly unencoded, with a slash before the query.
    let unsorted = Asked { query: "processingStatuses=COMPLETED,FAILED&pageSize=5".to_owned(), ..sorted };
    assert_eq!(peer.send_signed(&unsorted, &authorization).await.status, 200);
    for target in [
        "/v2/reports/?pageSize=5",
        "/v2/reports/",
        "/v2//reports",
        "/v2/report-schedules?",
        "/v2/reports?nextToken=",
    ] {
        let mut asked = peer.ask("GET", target);
        if target.ends_with('?') {
            asked.path.push('?');
            let mut signed = asked.clone();
            signed.path.pop();
            assert_eq!(peer.send_signed(&asked, &signed.authorization(&key())).await.status, 200, "{target}");
        } else {
            assert_eq!(peer.send(&asked).await.status, 200, "{target}");
        }
    }
}

#[tokio::test]
async fn one_byte_changed_anywhere_is_refused() {
    let peer = Peer::new().await;
    let body = json!({
        "reportType": "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        "startTime": "20261101T000000Z",
        "endTime": "20261102T000000Z",
    });
    let mut original = peer.post("/v2/reports", "mutation", &body);
    original.query = "a=b".to_owned();
    let authorization = original.authorization(&key());
    let reports = async || peer.got("/v2/reports?pageSize=100").await["reports"].as_array().unwrap().len();
    let before = reports().await;
    assert_eq!(peer.send_signed(&original, &authorization).await.status, 201);
    let created = || {
        let log = peer.control().requests();
        log.iter().filter(|entry| entry.operation == Some("create-report") && entry.status == 201).count()
    };
    assert_eq!(created(), 1);

    let mut mutants: Vec<(Asked, String)> = Vec::new();
    let mut mutate = |change: &dyn Fn(&mut Asked)| {
        let mut mutant = original.clone();
        change(&mut mutant);
        mutants.push((mutant, authorization.clone()));
    };
    for index in 0..original.path.len() {
        mutate(&|mutant| mutant.path = changed(&mutant.path, index));
    }
    for index in 0..original.query.len() {
        mutate(&|mutant| mutant.query = changed(&mutant.query, index));
    }
    for (place, (name, value)) in original.headers.iter().enumerate() {
        if original.signed.contains(name) {
            for index in 0..value.len() {
                mutate(&|mutant| mutant.headers[place].1 = changed(value, index));
            }
        }
    }
    for index in 0..original.body.len() {
        mutate(&|mutant| mutant.body[index] ^= 1);
    }
    for index in 0..authorization.len() {
        mutants.push((original.clone(), changed(&authorization, index)));
    }
    assert!(mutants.len() > 700, "{}", mutants.len());
    for (mutant, authorization) in mutants {
        let answered = peer.send_signed(&mutant, &authorization).await;
        assert!((400..500).contains(&answered.status), "{mutant:?}\n{authorization}\n{}", answered.text());
    }
    // The log keeps the latest five hundred requests, and there were more since the one that was taken.
    assert_eq!(created(), 0);
    assert_eq!(reports().await, before + 1);
}

/// The text with one byte changed.
fn changed(text: &str, index: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[index] = if bytes[index] == b'x' { b'y' } else { b'x' };
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_a_date_and_json() {
    let peer = Peer::new().await;
    let mut ids = std::collections::HashSet::new();
    for target in ["/v2/reports", "/v2/reports/none", "/v1/reports", "/elsewhere", "/"] {
        let answered = peer.get(target).await;
        assert!(ids.insert(answered.header("x-amz-pay-request-id").to_owned()), "{target}");
        assert_eq!(answered.header("x-amz-pay-request-id").len(), 36);
        assert_eq!(answered.header("content-type"), "application/json");
        assert_eq!(answered.header("date"), "Mon, 23 Nov 2026 08:00:00 GMT");
        assert!(answered.json().is_object());
    }
}

#[tokio::test]
async fn nonsense_is_answered_and_does_no_harm() {
    let peer = Peer::new().await;
    for target in [
        "/v2/reports/%ff%00",
        "/v2/reports?%=%&=&&",
        "/%2e%2e/v2/reports",
        "/documents/",
        "/documents/x?X-Amz-Date=9",
    ] {
        let status = peer.get(target).await.status;
        assert!((200..500).contains(&status), "{target}: {status}");
    }
    let large = Asked { body: vec![b' '; 70_000], ..peer.post("/v2/reports", "k", &json!({})) };
    let status = peer.send(&large).await.status;
    assert!(status == 413 || status == 0, "{status}");
    assert_eq!(peer.get("/v2/reports").await.status, 200);
}
