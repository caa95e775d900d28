//! Token buckets.

use jiff::SignedDuration;

use crate::peer::Peer;

#[tokio::test]
async fn twenty_requests_at_once_and_then_one_a_second() {
    let peer = Peer::with(|builder| builder.throttling(true)).await;
    let burst = async |target: &str| {
        let mut passed = 0;
        while peer.get(target).await.status != 429 {
            passed += 1;
        }
        passed
    };
    assert_eq!(burst("/v2/reports?pageSize=1").await, 20);
    assert_eq!(burst("/v2/disbursements?pageSize=1").await, 0, "one bucket for reports and disbursements");
    let answered = peer.get("/v2/reports").await;
    assert_eq!(answered.reason(), (429, "TooManyRequests".to_owned()));
    peer.clock.advance(SignedDuration::from_secs(3));
    assert_eq!(burst("/v2/reports?pageSize=1").await, 3);
    assert_eq!(burst("/v2/charges/none").await, 20, "charges have their own");
    peer.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(burst("/v2/charges/none").await, 4);

    peer.control().set_throttling(false);
    for _ in 0..30 {
        assert_eq!(peer.get("/v2/reports?pageSize=1").await.status, 200);
    }
}

#[tokio::test]
async fn strangers_do_not_empty_the_bucket() {
    let peer = Peer::with(|builder| builder.throttling(true)).await;
    for _ in 0..30 {
        assert_eq!(peer.send_signed(&peer.ask("GET", "/v2/reports"), "nonsense").await.status, 400);
    }
    assert_eq!(peer.get("/v2/reports").await.status, 200);
}
