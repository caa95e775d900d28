//! What is tried again, how, and when it ends.

use std::num::NonZeroU32;
use std::time::Duration;

use amazon_pay::client::{ConnectionFailure, Error, RateLimit, RefusalCause, RetryPolicy};
use amazon_pay::model::{NewReport, ReportType};
use rand::SeedableRng as _;
use rand::rngs::SmallRng;

use crate::clock::TestClock;
use crate::server::{Answer, Server};
use crate::{builder, client};

const REPORT: &str = r#"{"reportId":"A","reportType":"X","processingStatus":"COMPLETED"}"#;

#[tokio::test]
async fn what_may_pass_is_tried_again_and_each_attempt_is_signed_anew() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let server =
            Server::with(vec![Answer::new(status, "{}"), Answer::new(status, ""), Answer::new(200, REPORT)])
                .await;
        let clock = TestClock::new();
        client(&server, &clock).report(&"A".parse().unwrap()).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "{status}");
        let of_each = |name: &str| {
            requests.iter().map(|request| request.header(name).unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut signatures = of_each("authorization");
        signatures.dedup();
        assert_eq!(signatures.len(), 3, "each attempt has a signature of its own");
        assert!(of_each("x-amz-pay-date").is_sorted());
        assert_ne!(of_each("x-amz-pay-date")[0], of_each("x-amz-pay-date")[2], "and a date of its own");
        let pauses = clock.pauses();
        assert!(
            (500..=1000).contains(&pauses[0].as_millis()) && (1000..=2000).contains(&pauses[1].as_millis())
        );
    }
}

#[tokio::test]
async fn a_lost_connection_is_made_again_with_the_same_idempotency_key() {
    let created = r#"{"reportId":"A1"}"#;
    let server = Server::with(vec![
        Answer::nothing(),
        Answer::new(201, created).cut_after(5),
        Answer::new(201, created),
    ])
    .await;
    let order = NewReport {
        report_type: ReportType::SandboxSettlement,
        start_time: "2026-01-01T00:00:00Z".parse().unwrap(),
        end_time: "2026-01-31T23:59:59Z".parse().unwrap(),
    };
    let client = client(&server, &TestClock::new());
    assert_eq!(client.create_report(&order, &"key-1".parse().unwrap()).await.unwrap().as_str(), "A1");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.header("x-amz-pay-idempotency-key"), Some("key-1"));
        assert_eq!(request.body, requests[0].body);
    }
}

#[tokio::test]
async fn what_will_not_pass_is_tried_once() {
    for status in [400, 401, 403, 404, 409, 422, 301] {
        let server = Server::with(vec![Answer::new(status, "{}")]).await;
        let clock = TestClock::new();
        let error = client(&server, &clock).report(&"A".parse().unwrap()).await.unwrap_err();
        assert_eq!(error.refusal().unwrap().status, status);
        assert_eq!((server.requests().len(), clock.pauses().len()), (1, 0), "{status}");
    }
}

#[tokio::test]
async fn attempts_are_bounded_by_number() {
    let server = Server::with(vec![Answer::new(503, r#"{"reasonCode":"ServiceUnavailable"}"#)]).await;
    let error = client(&server, &TestClock::new()).report(&"A".parse().unwrap()).await.unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!((refusal.attempts, refusal.cause), (6, RefusalCause::Server));
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn attempts_are_bounded_by_time() {
    let server = Server::with(vec![Answer::new(503, "")]).await;
    let clock = TestClock::new();
    let policy = RetryPolicy {
        attempts: NonZeroU32::MAX,
        first_pause: Duration::from_secs(10),
        longest_pause: Duration::from_secs(10),
        total: Duration::from_mins(1),
    };
    let client = builder(&server).retry(policy).build(clock.clone(), SmallRng::seed_from_u64(1)).unwrap();
    client.report(&"A".parse().unwrap()).await.unwrap_err();
    let waited: Duration = clock.pauses().iter().sum();
    assert!(waited <= Duration::from_mins(1) && waited > Duration::from_secs(45), "{waited:?}");
}

#[tokio::test]
async fn the_pause_that_the_server_asks_for_is_kept() {
    let server =
        Server::with(vec![Answer::new(429, "").header("Retry-After", "17"), Answer::new(200, REPORT)]).await;
    let clock = TestClock::new();
    client(&server, &clock).report(&"A".parse().unwrap()).await.unwrap();
    assert_eq!(clock.pauses(), [Duration::from_secs(17)]);
}

#[tokio::test]
async fn a_pause_beyond_the_time_is_not_begun() {
    let server = Server::with(vec![Answer::new(429, "").header("Retry-After", "3600")]).await;
    let clock = TestClock::new();
    let error = client(&server, &clock).report(&"A".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().cause, RefusalCause::TooManyRequests);
    assert!(clock.pauses().is_empty());
}

#[tokio::test]
async fn no_server_is_said_to_be_no_connection() {
    let server = Server::with(vec![Answer::nothing()]).await;
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let client =
        builder(&server).endpoint(nobody).build(TestClock::new(), SmallRng::seed_from_u64(1)).unwrap();
    let error = client.report(&"A".parse().unwrap()).await.unwrap_err();
    let Error::NotReached { attempts: 6, cause: ConnectionFailure::NotConnected, .. } = error else {
        panic!("{error}")
    };
}

#[tokio::test]
async fn after_a_burst_of_twenty_the_client_waits_by_itself() {
    let server = Server::with(vec![Answer::new(200, REPORT)]).await;
    let clock = TestClock::new();
    let client = client(&server, &clock);
    for _ in 0..23 {
        client.clone().report(&"A".parse().unwrap()).await.unwrap();
    }
    assert_eq!(clock.pauses(), [Duration::from_secs(1); 3]);
    clock.advance(3);
    client.report(&"A".parse().unwrap()).await.unwrap();
    assert_eq!(clock.pauses().len(), 3);
}

#[tokio::test]
async fn the_limit_can_be_another_and_none() {
    let server = Server::with(vec![Answer::new(200, REPORT)]).await;
    for (limit, pauses) in [
        (None, vec![]),
        (
            Some(RateLimit { burst: NonZeroU32::MIN, interval: Duration::from_millis(250) }),
            vec![Duration::from_millis(250); 24],
        ),
    ] {
        let clock = TestClock::new();
        let client =
            builder(&server).rate_limit(limit).build(clock.clone(), SmallRng::seed_from_u64(1)).unwrap();
        for _ in 0..25 {
            client.report(&"A".parse().unwrap()).await.unwrap();
        }
        assert_eq!(clock.pauses(), pauses);
    }
}

#[tokio::test]
async fn a_cancellation_whose_answer_was_lost_is_done_when_the_schedule_is_gone() {
    let id = "7".parse().unwrap();
    let lost = Server::with(vec![Answer::nothing(), Answer::new(404, "")]).await;
    client(&lost, &TestClock::new()).cancel_report_schedule(&id).await.unwrap();
    let never_there = Server::with(vec![Answer::new(404, "")]).await;
    let error = client(&never_there, &TestClock::new()).cancel_report_schedule(&id).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().cause, RefusalCause::NotFound);
}
