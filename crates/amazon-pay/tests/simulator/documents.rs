//! The download of documents.

use amazon_pay::key::Environment;
use jiff::SignedDuration;

use crate::peer::{Peer, text};

async fn address(peer: &Peer) -> (String, String) {
    let (_, document_id) = peer.settlements().await.remove(0);
    let document = peer.got(&format!("/v2/report-documents/{document_id}")).await;
    assert_eq!(document["reportDocumentId"], document_id.as_str());
    assert_eq!(document["compressionAlgorithm"], "N/A");
    (document_id, text(&document["url"]))
}

#[tokio::test]
async fn the_document_is_what_the_world_holds() {
    let peer = Peer::new().await;
    let (document_id, url) = address(&peer).await;
    assert!(url.starts_with(&format!("http://{}/documents/amzn1.tortuga", peer.running.address())), "{url}");
    let answered = peer.download(&url).await;
    assert!(answered.status == 200 && answered.is_whole);
    assert_eq!(answered.header("x-amz-pay-request-id"), "");
    assert_eq!(answered.header("x-amz-request-id").len(), 16);
    let files = peer.control().report_files(Environment::Live);
    let of_document = |file: &&amazon_pay::simulator::ReportFile| {
        file.report.report_document_id.as_ref().is_some_and(|id| id.as_str() == document_id)
    };
    assert_eq!(answered.body, files.iter().find(of_document).unwrap().document);
}

#[tokio::test]
async fn an_address_expires_after_thirty_seconds_and_a_new_one_works() {
    let peer = Peer::new().await;
    let (_, url) = address(&peer).await;
    peer.clock.advance(SignedDuration::from_secs(30));
    assert_eq!(peer.download(&url).await.status, 200);
    peer.clock.advance(SignedDuration::from_secs(1));
    let expired = peer.download(&url).await;
    assert_eq!((expired.status, expired.header("content-type")), (403, "application/xml"));
    assert!(expired.text().contains("<Code>AccessDenied</Code><Message>Request has expired</Message>"));
    assert_eq!(peer.download(&address(&peer).await.1).await.status, 200);
}

#[tokio::test]
async fn headers_of_amazon_pay_are_refused_as_the_storage_does() {
    let peer = Peer::new().await;
    let (_, url) = address(&peer).await;
    let mut asked = peer.plain(&url);
    asked.sign_header("x-amz-pay-date", "20261123T080000Z");
    let answered = peer.send_plain(&asked).await;
    assert!(
        answered.status == 403 && answered.text().contains("which were not signed"),
        "{}",
        answered.text()
    );
    let authorized = peer.send(&asked).await;
    assert!(authorized.status == 400 && authorized.text().contains("Only one auth mechanism allowed"));
    let mut posted = peer.plain(&url);
    "POST".clone_into(&mut posted.method);
    assert_eq!(peer.send_plain(&posted).await.status, 403);
}

#[tokio::test]
async fn one_byte_changed_in_an_address_is_refused() {
    let peer = Peer::new().await;
    let (_, url) = address(&peer).await;
    let asked = peer.plain(&url);
    let target = format!("{}?{}", asked.path, asked.query);
    let signed_part = |index: usize| {
        // The names of parameters and what only repeats constants are not secret.
        let name_ends = target[..index].rfind(['?', '&']).map_or("", |start| &target[start + 1..]);
        index < asked.path.len()
            || ["X-Amz-Date=", "X-Amz-Signature="].iter().any(|name| name_ends.starts_with(name))
    };
    let mut refused = 0;
    for index in (1..target.len()).filter(|index| signed_part(*index)) {
        let mut bytes = target.clone().into_bytes();
        bytes[index] = if bytes[index] == b'0' { b'1' } else { b'0' };
        let answered = peer.download(std::str::from_utf8(&bytes).unwrap()).await;
        assert!((400..500).contains(&answered.status), "{}", String::from_utf8_lossy(&bytes));
        refused += 1;
    }
    assert!(refused > 150, "{refused}");
}

#[tokio::test]
async fn an_unknown_document_is_not_found() {
    let peer = Peer::new().await;
    let answered = peer.get("/v2/report-documents/amzn1.tortuga.3.none").await;
    assert_eq!(answered.reason(), (404, "ResourceNotFound".to_owned()));
}

#[tokio::test]
async fn a_cut_download_can_go_on_where_it_was() {
    let peer = Peer::new().await;
    let (_, url) = address(&peer).await;
    let whole = peer.download(&url).await;
    let mut asked = peer.plain(&url);
    asked.headers.push(("range".to_owned(), "bytes=100-".to_owned()));
    asked.headers.push(("if-range".to_owned(), whole.header("etag").to_owned()));
    let rest = peer.send_plain(&asked).await;
    assert_eq!((rest.status, rest.body.as_slice()), (206, &whole.body[100..]));
    let length = whole.body.len();
    assert_eq!(rest.header("content-range"), format!("bytes 100-{}/{length}", length - 1));
}
