//! Lists in pages: the token goes alone, and no list goes on for ever.

use std::pin::pin;

use amazon_pay::client::{DisbursementQuery, Error, RateLimit, ReportQuery};
use amazon_pay::model::{Amount, Disbursement};
use amazon_pay::report::Currency;
use futures_util::TryStreamExt as _;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;

use crate::clock::TestClock;
use crate::server::{Answer, Server};
use crate::{builder, client};

fn page(ids: &[&str], token: Option<&str>) -> Answer {
    let reports: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(r#"{{"reportId":"{id}","reportType":"X","processingStatus":"COMPLETED","reportDocumentId":null}}"#)
        })
        .collect();
    let token = token.map(|token| format!(r#","nextToken":"{token}""#)).unwrap_or_default();
    Answer::new(200, format!(r#"{{"reports":[{}]{token}}}"#, reports.join(",")))
}

#[tokio::test]
async fn all_pages_are_read_and_the_token_goes_alone() {
    let server =
        Server::with(vec![page(&["A", "B"], Some("to+k/1=")), page(&[], Some("t2")), page(&["C"], Some(""))])
            .await;
    let reports: Vec<String> = client(&server, &TestClock::new())
        .reports(&ReportQuery::settlements())
        .map_ok(|report| report.report_id.to_string())
        .try_collect()
        .await
        .unwrap();
    assert_eq!(reports, ["A", "B", "C"]);
    let queries: Vec<String> = server.requests().into_iter().map(|request| request.query).collect();
    assert!(queries[0].starts_with("pageSize=100&processingStatuses=COMPLETED&reportTypes="), "{queries:?}");
    assert_eq!(queries[1..], ["nextToken=to%2Bk%2F1%3D", "nextToken=t2"]);
}

#[tokio::test]
async fn pages_are_asked_for_only_when_they_are_read() {
    let server = Server::with(vec![page(&["A", "B"], Some("t"))]).await;
    let client = client(&server, &TestClock::new());
    let mut reports = pin!(client.reports(&ReportQuery::default()));
    reports.try_next().await.unwrap();
    reports.try_next().await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn one_page_can_be_read_at_a_time() {
    let server = Server::with(vec![page(&["A"], Some("t")), page(&["B"], None)]).await;
    let client = client(&server, &TestClock::new());
    let first = client.reports_page(&ReportQuery::default()).await.unwrap();
    let second = client.reports_page_after(&first.next.unwrap()).await.unwrap();
    assert_eq!((second.items.len(), second.next), (1, None));
}

#[tokio::test]
async fn a_token_that_comes_again_ends_the_list_with_an_error() {
    let server =
        Server::with(vec![page(&["A"], Some("t1")), page(&["B"], Some("t2")), page(&["C"], Some("t1"))])
            .await;
    let all =
        client(&server, &TestClock::new()).reports(&ReportQuery::default()).try_collect::<Vec<_>>().await;
    assert!(matches!(all, Err(Error::RepeatedPage { page: 4, .. })), "{all:?}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_list_without_end_is_ended() {
    let server = Server::answering(|_request, number| page(&["A"], Some(&format!("t{number}")))).await;
    let client = builder(&server)
        .most_pages(5)
        .rate_limit(None::<RateLimit>)
        .build(TestClock::new(), SmallRng::seed_from_u64(1))
        .unwrap();
    let all = client.reports(&ReportQuery::default()).try_collect::<Vec<_>>().await;
    assert!(matches!(all, Err(Error::TooManyPages { limit: 5, .. })), "{all:?}");
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn payouts_are_read_with_amount_and_bank_reference() {
    let body = r#"{"disbursements":[{"sellerId":"A084390EXAMPLE","settlementId":"68973459224",
        "amazonDisbursementReferenceId":"AMZN PAY 1","amount":"1000.50","currencyCode":"EUR",
        "transactionTime":"2022-12-07T17:08:26.717Z"}],"nextToken":null}"#;
    let server = Server::with(vec![Answer::new(200, body)]).await;
    let query = DisbursementQuery::of(
        "2022-12-01T00:00:00Z".parse().unwrap(),
        "2022-12-31T00:00:00Z".parse().unwrap(),
    );
    let payouts: Vec<Disbursement> =
        client(&server, &TestClock::new()).disbursements(&query).try_collect().await.unwrap();
    let [payout] = &payouts[..] else { panic!("{payouts:?}") };
    assert_eq!(payout.amount, Amount { minor: 100_050, currency: Currency::EUR });
    assert_eq!(payout.amazon_disbursement_reference_id.as_deref(), Some("AMZN PAY 1"));
    assert_eq!(payout.transaction_time.unwrap().to_string(), "2022-12-07T17:08:26.717Z");
    let request = &server.requests()[0];
    assert_eq!(request.path, "/v2/disbursements");
    assert_eq!(request.query, "endTime=20221231T000000Z&pageSize=100&startTime=20221201T000000Z");
    let written = serde_json::to_string(payout).unwrap();
    assert!(
        written.contains(
            r#""amount":"1000.50","currencyCode":"EUR","transactionTime":"2022-12-07T17:08:26.717Z""#
        )
    );
}

#[tokio::test]
async fn a_list_without_its_field_is_not_taken_for_an_empty_one() {
    let server = Server::with(vec![Answer::new(200, "{}").header("x-amz-pay-request-id", "r-1")]).await;
    let error = client(&server, &TestClock::new()).reports_page(&ReportQuery::default()).await.unwrap_err();
    assert!(matches!(&error, Error::UnreadableReply { request_id: Some(id), .. } if id == "r-1"), "{error}");
}
