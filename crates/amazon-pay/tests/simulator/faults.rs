//! Faults as they arrive on the wire.

use std::io::Read as _;

use amazon_pay::key::Environment;
use serde_json::{Value, json};

use crate::peer::{Answered, Peer, text};

async fn faulty(rule: &str) -> Peer {
    Peer::with(|builder| builder.faults([rule.parse().unwrap()])).await
}

/// Downloads the newest settlement report; `None` where the API gives no address.
async fn fetched(peer: &Peer) -> (Value, Answered) {
    let (_, document_id) = peer.settlements().await.remove(0);
    let document = peer.got(&format!("/v2/report-documents/{document_id}")).await;
    let url = text(&document["url"]);
    (document, peer.download(&url).await)
}

/// The bytes of the newest settlement report without any fault.
fn original(peer: &Peer) -> Vec<u8> {
    let files = peer.control().report_files(Environment::Live);
    let settlement = |file: &&amazon_pay::simulator::ReportFile| {
        file.report.report_type == amazon_pay::model::ReportType::Settlement
    };
    files.iter().rev().find(settlement).unwrap().document.to_vec()
}

#[tokio::test]
async fn a_status_comes_on_its_turn() {
    let peer = faulty("reports:2-3=503").await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(peer.get("/v2/reports").await.status);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    peer.control().add_fault("reports:1=429".parse().unwrap());
    assert_eq!(peer.get("/v2/reports").await.reason(), (429, "TooManyRequests".to_owned()));
    peer.control().add_fault("api=500".parse().unwrap());
    assert_eq!(peer.get("/v2/charges/x").await.reason(), (500, "InternalServerError".to_owned()));
    peer.control().clear_faults();
    assert_eq!(peer.get("/v2/charges/x").await.status, 404);
}

#[tokio::test]
async fn the_third_download_is_cut_at_half() {
    let peer = faulty("download:3=cut:50%").await;
    let whole = original(&peer);
    for turn in 1..=4 {
        let (_, answered) = fetched(&peer).await;
        if turn == 3 {
            assert_eq!((answered.status, answered.is_whole), (200, false));
            assert_eq!(answered.header("content-length"), whole.len().to_string());
            assert_eq!(answered.body, whole[..whole.len() / 2]);
        } else {
            assert!(answered.is_whole && answered.body == whole, "{turn}");
        }
    }
}

#[tokio::test]
async fn lines_break_before_and_after_the_headers() {
    let peer = faulty("reports:1=drop").await;
    peer.control().add_fault("reports:2=drop-after-headers".parse().unwrap());
    assert_eq!(peer.get("/v2/reports").await.status, 0);
    let cut = peer.get("/v2/reports").await;
    assert_eq!((cut.status, cut.body.len(), cut.is_whole), (200, 0, false));
    assert!(cut.header("content-length").parse::<usize>().unwrap() > 1_000);
}

#[tokio::test]
async fn what_was_asked_for_is_done_even_if_the_answer_is_lost() {
    let peer = faulty("create-report:1=drop").await;
    let body = json!({
        "reportType": "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        "startTime": "20261101T000000Z",
        "endTime": "20261102T000000Z",
    });
    let count = async || peer.got("/v2/reports?pageSize=100").await["reports"].as_array().unwrap().len();
    let before = count().await;
    assert_eq!(peer.send(&peer.post("/v2/reports", "lost", &body)).await.status, 0);
    assert_eq!(count().await, before + 1);
    assert_eq!(peer.send(&peer.post("/v2/reports", "lost", &body)).await.status, 201);
    assert_eq!(count().await, before + 1, "the key makes it one report");
}

#[tokio::test]
async fn lengths_can_lie_in_both_directions() {
    let peer = faulty("download:1=length:+10").await;
    peer.control().add_fault("download:2=length:-10".parse().unwrap());
    let whole = original(&peer);
    let (_, longer) = fetched(&peer).await;
    assert_eq!((longer.header("content-length"), longer.is_whole), (&*(whole.len() + 10).to_string(), false));
    assert_eq!(longer.body, whole);
    let (_, shorter) = fetched(&peer).await;
    assert_eq!(shorter.header("content-length"), (whole.len() - 10).to_string());
    assert!(shorter.body.len() <= whole.len() - 10, "never more than was said");
}

#[tokio::test]
async fn answers_can_be_late_and_slow() {
    let peer = faulty("download=slow:2s").await;
    peer.control().add_fault("download=delay:1m".parse().unwrap());
    let before = amazon_pay::client::Clock::now(&peer.clock);
    let (_, answered) = fetched(&peer).await;
    assert!(answered.is_whole && answered.body == original(&peer));
    let passed = amazon_pay::client::Clock::now(&peer.clock).duration_since(before);
    assert_eq!(passed.as_secs(), 60 + 15 * 2, "by the clock of the test");
}

#[tokio::test]
async fn documents_can_be_compressed_with_and_without_saying_so() {
    let unpacked = |bytes: &[u8]| {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
        plain
    };
    for (rule, named) in [("document=gzip", "GZIP"), ("download=gzip", "N/A")] {
        let peer = faulty(rule).await;
        let (document, answered) = fetched(&peer).await;
        assert_eq!(document["compressionAlgorithm"], named);
        assert!(answered.body.starts_with(&[0x1F, 0x8B]));
        assert_eq!(unpacked(&answered.body), original(&peer));
    }
    let both = faulty("document=gzip").await;
    both.control().add_fault("download=gzip".parse().unwrap());
    assert_eq!(unpacked(&fetched(&both).await.1.body), original(&both), "never packed twice");
}

#[tokio::test]
async fn documents_are_changed_as_ordered() {
    for (rule, check) in [
        (
            "download=crlf",
            &(|changed: &str, whole: &str| changed == whole.replace('\n', "\r\n"))
                as &dyn Fn(&str, &str) -> bool,
        ),
        ("download=no-bom", &|changed, whole| changed == whole.trim_start_matches('\u{feff}')),
        ("download=no-space", &|changed, whole| changed == whole.replace(" +0000\"", "+0000\"")),
        ("download=unknown-type", &|changed, _| changed.matches("\"KindOfTomorrow\"").count() == 1),
        ("download=truncated:50%", &|changed, whole| changed.len() == whole.len() / 2),
        ("download=truncated-at-line:50%", &|changed, whole| {
            changed.ends_with('\n') && changed.len() <= whole.len() / 2 && whole.starts_with(changed)
        }),
    ] {
        let peer = faulty(rule).await;
        let (_, answered) = fetched(&peer).await;
        let whole = String::from_utf8(original(&peer)).unwrap();
        assert!(answered.is_whole, "{rule}: the length belongs to what is sent");
        assert!(check(&answered.text(), &whole), "{rule}");
        assert_ne!(answered.text(), whole, "{rule}");
    }
}

#[tokio::test]
async fn replies_are_changed_as_ordered() {
    let peer = faulty("reports:1=unknown-field").await;
    for rule in ["reports:2=unknown-value", "reports:3=invalid-json", "reports:4=html", "reports:5=redirect"]
    {
        peer.control().add_fault(rule.parse().unwrap());
    }
    assert!(peer.got("/v2/reports").await["reports"][0]["fieldOfTomorrow"].is_object());
    assert_eq!(peer.got("/v2/reports").await["reports"][0]["processingStatus"], "VALUE_OF_TOMORROW");
    let cut = peer.get("/v2/reports").await;
    assert!(cut.is_whole && serde_json::from_slice::<Value>(&cut.body).is_err());
    let page = peer.get("/v2/reports").await;
    assert!(page.status == 502 && page.header("content-type").starts_with("text/html"));
    let redirect = peer.get("/v2/reports").await;
    assert_eq!((redirect.status, redirect.header("location")), (307, "http://127.0.0.1:9/elsewhere"));
}

#[tokio::test]
async fn the_same_token_comes_again_and_again() {
    let peer = faulty("reports=same-token").await;
    let first = text(&peer.got("/v2/reports").await["nextToken"]);
    let second = text(&peer.got(&format!("/v2/reports?nextToken={first}")).await["nextToken"]);
    assert_eq!(first, second);
}

#[tokio::test]
async fn the_admission_can_be_disturbed() {
    for (rule, status, reason) in [
        ("reports=wrong-signature", 401, "InvalidRequestSignature"),
        ("reports=unknown-key", 401, "UnauthorizedAccess"),
        ("reports=suspended", 403, "InvalidAccountStatus"),
        ("reports=clock:-30s", 400, "InvalidHeaderValue"),
        ("reports=clock:6m", 400, "InvalidHeaderValue"),
    ] {
        let peer = faulty(rule).await;
        assert_eq!(peer.get("/v2/reports").await.reason(), (status, reason.to_owned()), "{rule}");
    }
    let peer = faulty("reports=wrong-environment").await;
    assert_eq!(peer.get("/live/v2/reports").await.reason(), (401, "UnauthorizedAccess".to_owned()));
    let behind = faulty("reports=clock:-30s").await.get("/v2/reports").await;
    assert_eq!(behind.header("date"), "Mon, 23 Nov 2026 07:59:30 GMT", "the answer says the server's time");
}

#[tokio::test]
async fn an_address_can_have_expired_and_a_document_be_late_or_lost() {
    let peer = faulty("document:1=expired").await;
    assert_eq!(fetched(&peer).await.1.status, 403);
    assert_eq!(fetched(&peer).await.1.status, 200);
    let (_, document_id) = peer.settlements().await.remove(0);
    let target = format!("/v2/report-documents/{document_id}");
    for (rule, status) in [("document:1=202", 202), ("document:1=404", 404)] {
        peer.control().clear_faults();
        peer.control().add_fault(rule.parse().unwrap());
        assert_eq!(peer.get(&target).await.status, status);
        assert_eq!(peer.get(&target).await.status, 200);
    }
    peer.control().add_fault("download=503".parse().unwrap());
    let storage = fetched(&peer).await.1;
    assert!(storage.status == 503 && storage.text().contains("<Code>SlowDown</Code>"));
}

#[tokio::test]
async fn what_happened_can_be_read() {
    let peer = faulty("reports:1=503").await;
    peer.get("/v2/reports?pageSize=1").await;
    peer.get("/v2/charges/none").await;
    let entries = peer.control().requests();
    let shown: Vec<_> =
        entries.iter().map(|entry| (entry.operation, entry.status, entry.target.as_str())).collect();
    assert_eq!(
        shown,
        [(Some("reports"), 503, "/v2/reports?pageSize=1"), (Some("charge"), 404, "/v2/charges/none")]
    );
    assert_eq!(entries[0].faults, ["Status(503)"]);
    assert!(entries[1].refusal.as_ref().unwrap().starts_with("ResourceNotFound: "));
    assert_eq!(peer.control().faults()[0].1, 1);
}
