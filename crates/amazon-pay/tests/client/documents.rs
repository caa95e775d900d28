//! The files of reports: addresses that run out, transfers that are cut, gzip, limits, and who gets to see the key.

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use amazon_pay::client::{Client, DocumentProblem, Downloaded, Error};
use flate2::Compression;
use flate2::write::GzEncoder;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;

use crate::clock::TestClock;
use crate::server::{Answer, Request, Server};
use crate::{builder, client};

const FILE: &str = "\"MerchantID\",\"A084390EXAMPLE\"\r\nwith its bytes as they are";

/// A server that gives a new address at each question and lets `storage` answer under it; the second argument counts the
/// requests to the storage from 0.
async fn server(storage: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Server {
    let fetched = AtomicUsize::new(0);
    Server::answering(move |request, number| {
        if request.path.starts_with("/v2/report-documents/") {
            let host = request.header("host").unwrap();
            Answer::new(
                200,
                format!(
                    r#"{{"reportDocumentId":"d","url":"http://{host}/storage/{number}?X-Amz-Signature=s{number}","compressionAlgorithm":"N/A"}}"#
                ),
            )
        } else {
            storage(request, fetched.fetch_add(1, Ordering::SeqCst))
        }
    })
    .await
}

async fn download(client: &Client, folder: &Path) -> Result<Downloaded, Error> {
    client.download(&"d".parse().unwrap(), &folder.join("report.csv")).await
}

fn read(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("report.csv")).unwrap()
}

/// Nothing but the report itself may be left.
fn assert_tidy(folder: &Path, files: usize) {
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), files, "files in the folder");
}

fn storage_requests(server: &Server) -> Vec<Request> {
    server.requests().into_iter().filter(|request| request.path.starts_with("/storage/")).collect()
}

fn problem(error: Error) -> DocumentProblem {
    match error {
        Error::Document { problem, .. } => problem,
        other => panic!("{other}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_file_arrives_byte_for_byte_and_the_storage_host_sees_nothing_of_amazon_pay() {
    let server = server(|_request, _number| Answer::new(200, FILE)).await;
    let folder = tempfile::tempdir().unwrap();
    let downloaded = download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
    assert_eq!(read(folder.path()), FILE.as_bytes());
    assert_eq!((downloaded.bytes, downloaded.was_gzip), (u64::try_from(FILE.len()).unwrap(), false));
    assert_tidy(folder.path(), 1);
    let [request] = &storage_requests(&server)[..] else { panic!("one request") };
    for (name, _) in &request.headers {
        assert!(["host", "accept", "user-agent"].contains(&name.as_str()), "{name} went to the storage host");
    }
    assert_eq!(request.query, "X-Amz-Signature=s0");
}

#[tokio::test]
async fn an_address_that_ran_out_is_asked_for_anew() {
    let expired = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
    let server = server(move |_request, number| match number {
        0 | 1 => Answer::new(403, expired),
        _ => Answer::new(200, FILE),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
    let paths: Vec<String> = storage_requests(&server).into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/storage/0", "/storage/2", "/storage/4"], "each attempt has a new address");
    assert_eq!(read(folder.path()), FILE.as_bytes());
}

#[tokio::test]
async fn an_address_that_is_always_refused_is_an_error_with_the_hosts_reason() {
    let server =
        server(|_request, _number| Answer::new(403, "<Error><Code>AccessDenied</Code></Error>")).await;
    let folder = tempfile::tempdir().unwrap();
    let error = download(&client(&server, &TestClock::new()), folder.path()).await.unwrap_err();
    let DocumentProblem::Storage { status: 403, code: Some(code) } = problem(error) else {
        panic!("another problem")
    };
    assert_eq!(code, "AccessDenied");
    assert_eq!(storage_requests(&server).len(), 8);
    assert_tidy(folder.path(), 0);
}

#[tokio::test]
async fn a_cut_transfer_goes_on_where_it_was_cut() {
    let server = server(|request, number| match (number, request.header("range")) {
        (0, None) => Answer::new(200, FILE).header("ETag", "\"v1\"").cut_after(10),
        (1, Some("bytes=10-")) => {
            assert_eq!(request.header("if-range"), Some("\"v1\""));
            let range = format!("bytes 10-{}/{}", FILE.len() - 1, FILE.len());
            Answer::new(206, &FILE.as_bytes()[10..]).header("Content-Range", &range).header("ETag", "\"v1\"")
        }
        other => panic!("{other:?}"),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
    assert_eq!(read(folder.path()), FILE.as_bytes());
    assert_tidy(folder.path(), 1);
}

#[tokio::test]
async fn a_cut_transfer_begins_again_where_the_file_may_have_changed() {
    // Without a tag, with a weak one, and where the host sends the whole of a newer file.
    for tag in [None, Some("W/\"v1\""), Some("\"v1\"")] {
        let server = server(move |request, number| {
            let answer = if number == 0 {
                Answer::new(200, "an older file that is longer than the newer one, and more than that")
                    .cut_after(60)
            } else {
                assert_eq!(request.header("range").is_some(), tag == Some("\"v1\""));
                Answer::new(200, FILE)
            };
            tag.into_iter().fold(answer, |answer, tag| answer.header("ETag", tag))
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
        assert_eq!(read(folder.path()), FILE.as_bytes(), "{tag:?}");
    }
}

#[tokio::test]
async fn a_part_that_does_not_follow_is_not_put_together() {
    let server = server(|_request, number| match number {
        0 => Answer::new(200, FILE).header("ETag", "\"v1\"").cut_after(10),
        1 => Answer::new(206, &FILE.as_bytes()[20..])
            .header("Content-Range", &format!("bytes 20-{}/{}", FILE.len() - 1, FILE.len())),
        _ => Answer::new(200, FILE),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
    assert_eq!(read(folder.path()), FILE.as_bytes());
    assert_eq!(storage_requests(&server)[2].header("range"), None);
}

#[tokio::test]
async fn a_transfer_that_is_always_cut_leaves_nothing_behind() {
    let server = server(|_request, _number| Answer::new(200, FILE).cut_after(10)).await;
    let folder = tempfile::tempdir().unwrap();
    let error = download(&client(&server, &TestClock::new()), folder.path()).await.unwrap_err();
    assert!(matches!(problem(error), DocumentProblem::Transfer { received: 10, .. }));
    assert_tidy(folder.path(), 0);
}

#[tokio::test]
async fn a_length_that_nobody_named_cannot_be_checked() {
    let server = server(|_request, _number| Answer::new(200, FILE).without_length()).await;
    let folder = tempfile::tempdir().unwrap();
    let error = download(&client(&server, &TestClock::new()), folder.path()).await.unwrap_err();
    assert!(matches!(problem(error), DocumentProblem::NoLength));
}

#[tokio::test]
async fn chunks_have_an_end_of_their_own() {
    let body = "5\r\nhello\r\n0\r\n\r\n";
    let server = server(move |_request, number| {
        let answer = Answer::new(200, body).without_length().header("Transfer-Encoding", "chunked");
        if number == 0 { answer.cut_after(10) } else { answer }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
    assert_eq!(read(folder.path()), b"hello");
    assert_eq!(storage_requests(&server).len(), 2, "the first was cut before its end");
}

#[tokio::test]
async fn gzip_is_known_by_its_bytes_and_undone() {
    // Two members, as a writer that appends makes them.
    let packed = [gzip(b"first "), gzip(FILE.as_bytes())].concat();
    let server = server(move |_request, _number| Answer::new(200, packed.clone())).await;
    let folder = tempfile::tempdir().unwrap();
    let downloaded = download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
    assert_eq!(read(folder.path()), format!("first {FILE}").as_bytes());
    assert!(downloaded.was_gzip);
    assert_tidy(folder.path(), 1);
}

#[tokio::test]
async fn damaged_gzip_is_an_error_and_leaves_nothing_behind() {
    let mut packed = gzip(FILE.as_bytes());
    packed.truncate(packed.len() - 4);
    let server = server(move |_request, _number| Answer::new(200, packed.clone())).await;
    let folder = tempfile::tempdir().unwrap();
    let error = download(&client(&server, &TestClock::new()), folder.path()).await.unwrap_err();
    assert!(matches!(problem(error), DocumentProblem::Gzip { .. }));
    assert_tidy(folder.path(), 0);
}

#[tokio::test]
async fn no_more_than_the_limit_is_written_packed_or_unpacked() {
    let chunked = || {
        let body = format!("{:x}\r\n{}\r\n0\r\n\r\n", 2000, "x".repeat(2000));
        Answer::new(200, body).without_length().header("Transfer-Encoding", "chunked")
    };
    let answers = [Answer::new(200, "x".repeat(2000)), chunked(), Answer::new(200, gzip(&[b'x'; 2000]))];
    for answer in answers {
        let server = server(move |_request, _number| answer.clone()).await;
        let folder = tempfile::tempdir().unwrap();
        let client = builder(&server)
            .largest_document(1000)
            .build(TestClock::new(), SmallRng::seed_from_u64(1))
            .unwrap();
        let error = download(&client, folder.path()).await.unwrap_err();
        assert!(matches!(problem(error), DocumentProblem::TooLarge { limit: 1000 }));
        assert_tidy(folder.path(), 0);
    }
}

#[tokio::test]
async fn a_file_of_that_name_is_replaced_only_by_a_whole_one() {
    let server = server(|_request, number| match number {
        0 => Answer::new(410, ""),
        _ => Answer::new(200, FILE),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("report.csv"), "older").unwrap();
    let client = client(&server, &TestClock::new());
    let error = download(&client, folder.path()).await.unwrap_err();
    assert!(matches!(problem(error), DocumentProblem::Storage { status: 410, code: None }));
    assert_eq!(read(folder.path()), b"older");
    download(&client, folder.path()).await.unwrap();
    assert_eq!(read(folder.path()), FILE.as_bytes());
}

#[tokio::test]
async fn a_document_that_is_not_ready_is_waited_for() {
    let asked = AtomicUsize::new(0);
    let server = Server::answering(move |request, _number| match request.path.as_str() {
        "/v2/report-documents/d" if asked.fetch_add(1, Ordering::SeqCst) < 3 => Answer::new(202, ""),
        "/v2/report-documents/d" => {
            let host = request.header("host").unwrap();
            Answer::new(200, format!(r#"{{"reportDocumentId":"d","url":"http://{host}/storage/0"}}"#))
        }
        _ => Answer::new(200, FILE),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let clock = TestClock::new();
    download(&client(&server, &clock), folder.path()).await.unwrap();
    assert_eq!((read(folder.path()), clock.pauses().len()), (FILE.as_bytes().to_vec(), 3));
}

#[tokio::test]
async fn a_storage_host_may_send_on_to_another() {
    let elsewhere = Server::with(vec![Answer::new(200, FILE)]).await;
    let to = format!("{}/storage/else", elsewhere.address());
    let server = server(move |_request, _number| Answer::new(307, "").header("Location", &to)).await;
    let folder = tempfile::tempdir().unwrap();
    download(&client(&server, &TestClock::new()), folder.path()).await.unwrap();
    assert_eq!(read(folder.path()), FILE.as_bytes());
    assert_eq!(elsewhere.requests()[0].header("referer"), None, "the address stays secret");
}

#[tokio::test]
async fn an_address_in_the_open_is_not_used() {
    for url in ["http://example.com/report", "ftp://127.0.0.1/x", "no address"] {
        let body = format!(r#"{{"reportDocumentId":"d","url":"{url}"}}"#);
        let server = Server::with(vec![Answer::new(200, body)]).await;
        let folder = tempfile::tempdir().unwrap();
        let error = download(&client(&server, &TestClock::new()), folder.path()).await.unwrap_err();
        assert!(matches!(problem(error), DocumentProblem::Address { .. }), "{url}");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let server = server(|_request, _number| Answer::new(200, FILE)).await;
    let folder = tempfile::tempdir().unwrap();
    let error = download(&client(&server, &TestClock::new()), &folder.path().join("missing"))
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("missing"), "{error}");
    assert!(server.requests().is_empty(), "nothing is asked for that cannot be kept");
}
