//! Error answers: bounded, classified, with what Amazon needs to be asked about them.

use amazon_pay::client::{Client, Error, RefusalCause};
use jiff::SignedDuration;

use crate::client;
use crate::clock::TestClock;
use crate::server::{Answer, Server};

async fn error_of(answer: Answer) -> Error {
    let server = Server::with(vec![answer]).await;
    client(&server, &TestClock::new()).report(&"A".parse().unwrap()).await.unwrap_err()
}

#[tokio::test]
async fn a_clock_that_runs_ahead_is_named_with_its_offset() {
    let body = r#"{"reasonCode":"InvalidHeaderValue","message":"The value 20261123T061426Z provided for x-amz-pay-date should not be in future"}"#;
    let error = error_of(Answer::new(400, body).header("Date", "Mon, 23 Nov 2026 06:13:44 GMT")).await;
    let expected = RefusalCause::ClockAhead { by: Some(SignedDuration::from_secs(42)) };
    assert_eq!(error.refusal().unwrap().cause, expected);
    assert!(error.to_string().contains("ahead by about 42 s"), "{error}");
}

#[tokio::test]
async fn status_reason_message_and_request_id_are_kept() {
    let body = r#"{"reasonCode":"ResourceNotFound","message":"No report A"}"#;
    let error = error_of(Answer::new(404, body).header("X-Amz-Pay-Request-Id", "r-17")).await;
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.reason_code.as_deref(), Some("ResourceNotFound"));
    assert_eq!(refusal.request_id.as_deref(), Some("r-17"));
    assert_eq!(
        error.to_string(),
        "Get Report By Id: Amazon Pay answered 404, ResourceNotFound, No report A (request r-17). Check the id, the \
         region and the environment; reports are kept for 90 days at most."
    );
}

#[tokio::test]
async fn an_endless_error_page_is_not_read_to_its_end() {
    let error = error_of(Answer::new(403, "x".repeat(1_000_000))).await;
    let refusal = error.refusal().unwrap();
    assert_eq!((refusal.cause, refusal.message.as_deref()), (RefusalCause::NotAuthorized, None));
}

#[tokio::test]
async fn an_endless_answer_is_refused() {
    let error = error_of(Answer::new(200, " ".repeat(9 * 1024 * 1024))).await;
    assert!(matches!(error, Error::ReplyTooLarge { .. }), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_no_report_is_named_by_its_fault() {
    let body = r#"{"reportId":"A","reportType":"X","processingStatus":"COMPLETED","startTime":"yesterday"}"#;
    let error = error_of(Answer::new(200, body)).await;
    assert!(error.to_string().contains("«yesterday» is no instant such as 20221118T150630Z"), "{error}");
    assert!(matches!(error_of(Answer::new(200, "<html>")).await, Error::UnreadableReply { .. }));
}

#[tokio::test]
async fn a_redirection_is_never_followed_with_a_signed_request() {
    let elsewhere = Server::with(vec![Answer::new(200, "{}")]).await;
    let to = format!("{}/v2/reports/A", elsewhere.address());
    let error = error_of(Answer::new(307, "").header("Location", &to)).await;
    assert_eq!(error.refusal().unwrap().cause, RefusalCause::Unexpected);
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn whether_a_key_works_is_asked_with_the_smallest_list() {
    let server = Server::with(vec![Answer::new(200, r#"{"reports":[]}"#)]).await;
    let client: Client = client(&server, &TestClock::new());
    client.check().await.unwrap();
    assert_eq!(server.requests()[0].query, "pageSize=1");
}
