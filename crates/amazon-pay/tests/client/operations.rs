//! Each operation: what is sent, that it is signed, what is made of the answer.

use amazon_pay::client::{Client, ClientBuilder, Region};
use amazon_pay::key::{Environment, PrivateKey};
use amazon_pay::model::{
    Amount, ChargeInitiator, ChargePermissionState, ChargeState, CompressionAlgorithm, ConvertedAmount,
    NewReport, NewReportSchedule, ProcessingStatus, ReasonCode, RefundState, ReleaseEnvironment, ReportType,
    ScheduleFrequency,
};
use amazon_pay::report::Currency;
use amazon_pay::sign::{Algorithm, Authorization, REQUIRED_HEADERS, ReceivedRequest};
use jiff::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;
use serde_json::{Value, json};

use crate::clock::TestClock;
use crate::server::{Answer, Request, Server};
use crate::{KEY, builder, client};

/// Is the request signed as the API wants it, with everything that must be signed?
fn assert_signed(request: &Request) {
    let authorization = Authorization::parse(request.header("authorization").unwrap()).unwrap();
    assert_eq!(authorization.algorithm, Algorithm::V2);
    for name in REQUIRED_HEADERS {
        assert!(authorization.signed_headers.iter().any(|signed| signed == name), "{name}");
    }
    let headers: Vec<(&str, &str)> =
        request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let received = ReceivedRequest {
        method: &request.method,
        path: &request.path,
        query: &request.query,
        headers: &headers,
        body: &request.body,
    };
    let key = PrivateKey::from_pem(KEY.as_bytes()).unwrap();
    assert_eq!(received.verify(key.public_key(), &authorization), Ok(()));
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn euro(minor: i64) -> Amount {
    Amount { minor, currency: Currency::EUR }
}

/// The one request that `server` got, which must be signed, as method, path with query, and body.
fn sent(server: &Server) -> (String, String, Value) {
    let requests = server.requests();
    let [request] = &requests[..] else { panic!("{} requests", requests.len()) };
    assert_signed(request);
    let target = if request.query.is_empty() {
        request.path.clone()
    } else {
        format!("{}?{}", request.path, request.query)
    };
    (request.method.clone(), target, serde_json::from_slice(&request.body).unwrap_or(Value::Null))
}

const REPORT: &str = r#"{ "reportId":"A08439021T39K6DTX4JS8",
  "reportType":"_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
  "startTime":"20221118T150630Z", "endTime":"20221202T150350Z", "createdTime":"20221207T170826Z",
  "processingStatus":"COMPLETED", "processingStartTime":"20221207T170826Z", "processingEndTime":"",
  "reportDocumentId":"amzn1.tortuga.3.45ee712dc.T3FKJJI01Y1E32", "somethingNew":{"a":[1]} }"#;

#[tokio::test]
async fn a_report_is_read_with_every_field() {
    let server = Server::with(vec![Answer::new(200, REPORT)]).await;
    let report =
        client(&server, &TestClock::new()).report(&"A08439021T39K6DTX4JS8".parse().unwrap()).await.unwrap();
    assert_eq!(report.report_type, ReportType::Settlement);
    assert_eq!(report.processing_status, ProcessingStatus::Completed);
    assert_eq!(report.start_time, Some(instant("2022-11-18T15:06:30Z")));
    assert_eq!(report.end_time, Some(instant("2022-12-02T15:03:50Z")));
    assert_eq!(report.created_time, Some(instant("2022-12-07T17:08:26Z")));
    assert_eq!(report.processing_end_time, None);
    assert_eq!(report.report_document_id.unwrap().as_str(), "amzn1.tortuga.3.45ee712dc.T3FKJJI01Y1E32");
    assert_eq!(
        sent(&server),
        ("GET".to_owned(), "/v2/reports/A08439021T39K6DTX4JS8".to_owned(), Value::Null)
    );
}

#[tokio::test]
async fn what_every_request_sends_is_what_the_documentation_recommends() {
    let server = Server::with(vec![Answer::new(200, REPORT)]).await;
    client(&server, &TestClock::new()).report(&"A".parse().unwrap()).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("x-amz-pay-date"), Some("20261123T061426Z"));
    assert_eq!(request.header("x-amz-pay-host"), server.address().strip_prefix("http://"));
    assert_eq!(request.header("x-amz-pay-region"), Some("eu"));
    assert!(request.header("user-agent").unwrap().starts_with("amazon-pay-rust/"));
}

#[tokio::test]
async fn a_report_is_ordered_with_its_idempotency_key() {
    let server = Server::with(vec![Answer::new(201, r#"{"reportId":"A1"}"#)]).await;
    let order = NewReport {
        report_type: ReportType::SandboxSettlement,
        start_time: instant("2026-01-01T00:00:00Z"),
        end_time: instant("2026-01-31T23:59:59Z"),
    };
    let key = "0123456789abcdef".parse().unwrap();
    let id = client(&server, &TestClock::new()).create_report(&order, &key).await.unwrap();
    assert_eq!(id.as_str(), "A1");
    let body = json!({
        "reportType": "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_",
        "startTime": "20260101T000000Z",
        "endTime": "20260131T235959Z",
    });
    assert_eq!(sent(&server), ("POST".to_owned(), "/v2/reports".to_owned(), body));
    let request = &server.requests()[0];
    assert_eq!(request.header("x-amz-pay-idempotency-key"), Some("0123456789abcdef"));
    assert!(request.header("authorization").unwrap().contains("x-amz-pay-idempotency-key"), "it is signed");
}

#[tokio::test]
async fn a_document_is_there_or_not_ready() {
    let body =
        r#"{"reportDocumentId":"amzn1.tortuga.3.a","url":"https://storage/x","compressionAlgorithm":"N/A"}"#;
    let server = Server::with(vec![Answer::new(200, body), Answer::new(202, "")]).await;
    let client = client(&server, &TestClock::new());
    let id = "amzn1.tortuga.3.a".parse().unwrap();
    let document = client.report_document(&id).await.unwrap().unwrap();
    assert_eq!(document.url, "https://storage/x");
    assert_eq!(document.compression_algorithm, Some(CompressionAlgorithm::None));
    assert_eq!(client.report_document(&id).await.unwrap(), None);
    assert_eq!(server.requests()[0].path, "/v2/report-documents/amzn1.tortuga.3.a");
}

const SCHEDULE: &str = r#"{"reportScheduleId":"68973459224","reportType":"_GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_","scheduleFrequency":"P1D","nextReportCreationTime":"20221118T150630Z"}"#;

#[tokio::test]
async fn schedules_are_listed_by_kind() {
    let list = format!(r#"{{"reportSchedules":[{SCHEDULE}]}}"#);
    let server = Server::with(vec![Answer::new(200, list)]).await;
    let types = [ReportType::OrderReference, ReportType::Other("_NEW_".to_owned())];
    let schedules = client(&server, &TestClock::new()).report_schedules(&types).await.unwrap();
    assert_eq!(schedules.len(), 1);
    assert_eq!(schedules[0].schedule_frequency, ScheduleFrequency::Day);
    assert_eq!(schedules[0].next_report_creation_time, Some(instant("2022-11-18T15:06:30Z")));
    let query = "reportTypes=_GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_%2C_NEW_";
    assert_eq!(sent(&server).1, format!("/v2/report-schedules?{query}"));
}

#[tokio::test]
async fn one_schedule_is_read_bare_and_in_the_wrapper_of_the_list() {
    let id = "68973459224".parse().unwrap();
    let other = SCHEDULE.replace("68973459224", "1");
    for body in [SCHEDULE.to_owned(), format!(r#"{{"reportSchedules":[{other},{SCHEDULE}]}}"#)] {
        let server = Server::with(vec![Answer::new(200, body)]).await;
        let schedule = client(&server, &TestClock::new()).report_schedule(&id).await.unwrap();
        assert_eq!(schedule.report_schedule_id, id);
        assert_eq!(sent(&server).1, "/v2/report-schedules/68973459224");
    }
    let server = Server::with(vec![Answer::new(200, format!(r#"{{"reportSchedules":[{other}]}}"#))]).await;
    assert!(client(&server, &TestClock::new()).report_schedule(&id).await.is_err(), "another's is not taken");
}

#[tokio::test]
async fn a_schedule_is_made_and_cancelled() {
    let server =
        Server::with(vec![Answer::new(201, r#"{"reportScheduleId":"7"}"#), Answer::new(200, "")]).await;
    let client = client(&server, &TestClock::new());
    let schedule = NewReportSchedule {
        report_type: ReportType::Refund,
        schedule_frequency: ScheduleFrequency::TwoWeeks,
        next_report_creation_time: instant("2026-12-01T00:00:00Z"),
        delete_existing_schedule: true,
    };
    let id = client.create_report_schedule(&schedule, &"k".parse().unwrap()).await.unwrap();
    client.cancel_report_schedule(&id).await.unwrap();
    let requests = server.requests();
    assert_eq!(
        serde_json::from_slice::<Value>(&requests[0].body).unwrap(),
        json!({
            "reportType": "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
            "scheduleFrequency": "P14D",
            "nextReportCreationTime": "20261201T000000Z",
            "deleteExistingSchedule": true,
        })
    );
    assert_signed(&requests[1]);
    assert_eq!(
        (requests[1].method.as_str(), requests[1].path.as_str()),
        ("DELETE", "/v2/report-schedules/7")
    );
}

#[tokio::test]
async fn a_charge_is_read_with_every_field() {
    let body = r#"{"chargeId":"P01-5105180-3221187-C056351","chargePermissionId":"P01-5105180-3221187",
        "chargeAmount":{"amount":"14.00","currencyCode":"EUR"},"captureAmount":{"amount":"14.00","currencyCode":"EUR"},
        "refundedAmount":{"amount":null,"currencyCode":null},"convertedAmount":"14.00","conversionRate":"1.00",
        "softDescriptor":"Shop","captureNow":true,"canHandlePendingAuthorization":false,
        "providerMetadata":{"providerReferenceId":null},"merchantMetadata":{"merchantReferenceId":"4711"},
        "channel":"Web","chargeInitiator":"MITR","platformId":null,"creationTimestamp":"20190714T155300Z",
        "expirationTimestamp":null,"statusDetails":{"state":"Declined","reasonCode":"NewReason",
        "reasonDescription":"x","lastUpdatedTimestamp":"20190714T155300Z"},"releaseEnvironment":"Live",
        "webCheckoutDetails":{"checkoutResultReturnUrl":"https://shop"}}"#;
    let server = Server::with(vec![Answer::new(200, body)]).await;
    let id = "P01-5105180-3221187-C056351".parse().unwrap();
    let charge = client(&server, &TestClock::new()).charge(&id).await.unwrap();
    assert_eq!(
        (charge.charge_amount, charge.capture_amount, charge.refunded_amount),
        (Some(euro(1400)), Some(euro(1400)), None)
    );
    assert_eq!(charge.converted_amount, Some(ConvertedAmount::Figure("14.00".to_owned())));
    assert_eq!(charge.charge_initiator, Some(ChargeInitiator::MerchantRecurring));
    assert_eq!(charge.release_environment, Some(ReleaseEnvironment::Live));
    assert_eq!(charge.merchant_metadata.unwrap().merchant_reference_id.as_deref(), Some("4711"));
    let status = charge.status_details.unwrap();
    assert_eq!(status.state, ChargeState::Declined);
    assert_eq!(status.reason_code, Some(ReasonCode::Other("NewReason".to_owned())));
    assert_eq!(sent(&server).1, "/v2/charges/P01-5105180-3221187-C056351");
}

#[tokio::test]
async fn a_refund_is_read() {
    let body = r#"{"refundId":"P01-5105180-3221187-R017571","chargeId":"P01-5105180-3221187-C056351",
        "refundAmount":{"amount":"14.5","currencyCode":"EUR"},"statusDetails":{"state":"Refunded"}}"#;
    let server = Server::with(vec![Answer::new(200, body)]).await;
    let id = "P01-5105180-3221187-R017571".parse().unwrap();
    let refund = client(&server, &TestClock::new()).refund(&id).await.unwrap();
    assert_eq!(refund.refund_amount, Some(euro(1450)));
    assert_eq!(refund.status_details.unwrap().state, RefundState::Refunded);
    assert_eq!(sent(&server).1, "/v2/refunds/P01-5105180-3221187-R017571");
}

#[tokio::test]
async fn a_charge_permission_is_read() {
    let body = r#"{"chargePermissionId":"B01-5105180-3221187","chargePermissionType":"Recurring",
        "recurringMetadata":{"frequency":{"unit":"Month","value":"1"},"amount":{"amount":"9.99","currencyCode":"EUR"}},
        "buyer":{"name":"Jörg","primeMembershipTypes":null},"billingAddress":{"addressLine1":"Weg 1","countryCode":"DE"},
        "paymentPreferences":[{"paymentDescriptor":"Visa ****1111"}],
        "statusDetails":{"state":"NonChargeable","reasons":[{"reasonCode":"ChargeInProgress","reasonDescription":"x"}]},
        "limits":{"amountLimit":{"amount":"500.00","currencyCode":"EUR"},"amountBalance":{"amount":"1.00","currencyCode":"EUR"}}}"#;
    let server = Server::with(vec![Answer::new(200, body)]).await;
    let id = "B01-5105180-3221187".parse().unwrap();
    let permission = client(&server, &TestClock::new()).charge_permission(&id).await.unwrap();
    assert_eq!(permission.recurring_metadata.unwrap().amount, Some(euro(999)));
    assert_eq!(permission.limits.unwrap().amount_balance, Some(euro(100)));
    assert_eq!(permission.billing_address.unwrap().address_line1.as_deref(), Some("Weg 1"));
    let status = permission.status_details.unwrap();
    assert_eq!(status.state, ChargePermissionState::NonChargeable);
    assert_eq!(status.reasons.unwrap()[0].reason_code, Some(ReasonCode::ChargeInProgress));
    assert_eq!(sent(&server).1, "/v2/chargePermissions/B01-5105180-3221187");
}

#[tokio::test]
async fn region_environment_and_token_are_sent_and_signed() {
    let server = Server::with(vec![Answer::new(200, REPORT)]).await;
    let key = PrivateKey::from_pem(KEY.as_bytes()).unwrap();
    let builder: ClientBuilder = Client::builder("AFVX7ULWSGBZ5535PCUQOY7B".parse().unwrap(), key)
        .endpoint(server.address())
        .region(Region::Japan)
        .environment(Environment::Sandbox)
        .auth_token("Atza|token".into())
        .user_agent("kontor/1 (Rust)");
    let client = builder.build(TestClock::new(), SmallRng::seed_from_u64(1)).unwrap();
    client.report(&"A".parse().unwrap()).await.unwrap();
    assert_eq!(sent(&server).1, "/sandbox/v2/reports/A");
    let request = &server.requests()[0];
    assert_eq!(request.header("x-amz-pay-region"), Some("jp"));
    assert_eq!(request.header("x-amz-pay-authtoken"), Some("Atza|token"));
    assert_eq!(request.header("user-agent"), Some("kontor/1 (Rust)"));
    assert!(request.header("authorization").unwrap().contains("x-amz-pay-authtoken"), "it is signed");
}

#[tokio::test]
async fn an_id_with_special_characters_stays_one_segment_and_is_signed_as_sent() {
    let server = Server::with(vec![Answer::new(200, REPORT)]).await;
    client(&server, &TestClock::new()).report(&"a/b?c#d%2F".parse().unwrap()).await.unwrap();
    assert_eq!(sent(&server).1, "/v2/reports/a%2Fb%3Fc%23d%252F");
}

#[tokio::test]
async fn settings_that_do_not_fit_are_refused() {
    let server = Server::with(vec![Answer::new(200, "")]).await;
    let clock = TestClock::new();
    let build = |builder: ClientBuilder| {
        builder.build(clock.clone(), SmallRng::seed_from_u64(1)).unwrap_err().to_string()
    };
    assert!(build(builder(&server).environment(Environment::Live)).contains("sandbox, not live"));
    assert!(build(builder(&server).auth_token("two\nlines".into())).contains("authtoken"));
    assert!(build(builder(&server).user_agent("a\nb")).contains("user agent"));
    assert!(build(builder(&server).root_certificate("no certificate")).contains("BEGIN CERTIFICATE"));
    assert!(build(builder(&server).endpoint("http://example.com")).contains("localhost"));
}
