//! Each of the twelve operations by its rules.

use amazon_pay::key::Environment;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::peer::{Peer, text};

const REFUNDS: &str = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_";
const SETTLEMENTS: &str = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_";
const SANDBOX: &str = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_";

fn new_report(kind: &str) -> Value {
    json!({ "reportType": kind, "startTime": "20261001T000000Z", "endTime": "2026-11-22T23:59:59Z" })
}

fn new_schedule(kind: &str) -> Value {
    json!({ "reportType": kind, "scheduleFrequency": "P1D", "nextReportCreationTime": "20261124T000000Z" })
}

/// All pages of a list, by its tokens.
async fn all(peer: &Peer, target: &str, name: &str) -> (Vec<Value>, usize) {
    let (mut entries, mut pages) = (Vec::new(), 0);
    let mut next = target.to_owned();
    loop {
        let page = peer.got(&next).await;
        entries.extend(page[name].as_array().unwrap().clone());
        pages += 1;
        match page["nextToken"].as_str() {
            Some(token) => next = format!("{}?nextToken={token}", target.split('?').next().unwrap()),
            None => return (entries, pages),
        }
    }
}

#[tokio::test]
async fn a_report_looks_as_documented() {
    let peer = Peer::new().await;
    let page = peer.got(&format!("/v2/reports?reportTypes={SETTLEMENTS}&pageSize=1")).await;
    let report = &page["reports"][0];
    assert_eq!(report["reportType"], SETTLEMENTS);
    assert_eq!(report["processingStatus"], "COMPLETED");
    let times = ["startTime", "endTime", "createdTime", "processingStartTime", "processingEndTime"];
    for time in times.map(|name| text(&report[name])) {
        assert!(time.len() == 16 && time.as_bytes()[8] == b'T' && time.ends_with('Z'), "{time}");
    }
    assert!(text(&report["endTime"]).starts_with("20261123T03"), "{report}");
    assert!(text(&report["reportId"]).starts_with('A') && text(&report["reportId"]).len() == 21);
    assert!(text(&report["reportDocumentId"]).starts_with("amzn1.tortuga.3."));
    let alone = peer.got(&format!("/v2/reports/{}", text(&report["reportId"]))).await;
    assert_eq!(&alone, report);
}

#[tokio::test]
async fn pages_hold_every_report_once_newest_first() {
    let peer = Peer::new().await;
    let (tens, pages) = all(&peer, "/v2/reports", "reports").await;
    assert!(tens.len() >= 25 && pages == tens.len().div_ceil(10), "{} on {pages}", tens.len());
    let created: Vec<String> = tens.iter().map(|report| text(&report["createdTime"])).collect();
    assert!(created.is_sorted_by(|left, right| left >= right));
    let ids: std::collections::HashSet<String> =
        tens.iter().map(|report| text(&report["reportId"])).collect();
    assert_eq!(ids.len(), tens.len());
    let (sevens, _) = all(&peer, "/v2/reports?pageSize=7", "reports").await;
    let (hundreds, pages) = all(&peer, "/v2/reports?pageSize=100", "reports").await;
    assert_eq!((sevens.len(), hundreds.len(), pages), (tens.len(), tens.len(), 1));
}

#[tokio::test]
async fn a_list_is_not_disturbed_by_what_is_new() {
    let peer = Peer::new().await;
    let first = peer.got("/v2/reports?pageSize=5").await;
    peer.control().close_settlement();
    let second = peer.got(&format!("/v2/reports?nextToken={}", text(&first["nextToken"]))).await;
    let id = |page: &Value, index: usize| text(&page["reports"][index]["reportId"]);
    let again = peer.got("/v2/reports?pageSize=11").await;
    assert_eq!((id(&again, 1), id(&again, 6)), (id(&first, 0), id(&second, 0)));
}

#[tokio::test]
async fn lists_are_narrowed_by_type_status_and_time() {
    let peer = Peer::new().await;
    let statuses = async |query: &str| {
        let (reports, _) = all(&peer, &format!("/v2/reports?{query}"), "reports").await;
        reports.iter().map(|report| text(&report["processingStatus"])).collect::<Vec<_>>()
    };
    assert_eq!(statuses("processingStatuses=FAILED%2CCANCELLED").await, ["CANCELLED", "FAILED"]);
    assert_eq!(statuses("processingStatuses=FAILED&processingStatuses=CANCELLED").await.len(), 2);
    assert_eq!(statuses("processingStatuses=IN_PROGRESS").await, ["IN_PROGRESS"]);
    let since = "createdSince=20261120T000000Z&createdUntil=2026-11-21T23:59:59Z&reportTypes";
    assert_eq!(statuses(&format!("{since}={SETTLEMENTS}")).await.len(), 2);
    assert_eq!(statuses("createdUntil=20260101T000000Z").await.len(), 0);
}

#[tokio::test]
async fn a_query_that_makes_no_sense_is_refused() {
    let peer = Peer::new().await;
    let token = text(&peer.got("/v2/reports?pageSize=1").await["nextToken"]);
    for (query, reason) in [
        ("reportTypes=SETTLEMENT".to_owned(), "InvalidParameterValue"),
        ("processingStatuses=DONE".to_owned(), "InvalidParameterValue"),
        ("pageSize=0".to_owned(), "InvalidParameterValue"),
        ("pageSize=101".to_owned(), "InvalidParameterValue"),
        ("createdSince=tomorrow".to_owned(), "InvalidParameterValue"),
        ("createdSince=20261102T000000Z&createdUntil=20261101T000000Z".to_owned(), "InvalidParameterValue"),
        ("nextToken=forged".to_owned(), "InvalidParameterValue"),
        (format!("nextToken={token}&pageSize=1"), "InvalidParameterCombination"),
        (format!("nextToken={token}&reportTypes={SETTLEMENTS}"), "InvalidParameterCombination"),
    ] {
        let answered = peer.get(&format!("/v2/reports?{query}")).await;
        assert_eq!(answered.reason(), (400, reason.to_owned()), "{query}");
    }
    assert_eq!(
        peer.get("/v2/reports?pageSize=0").await.message(),
        "The value provided for [pageSize] is invalid."
    );
    let payouts = text(&peer.got("/v2/disbursements?pageSize=1").await["nextToken"]);
    assert_eq!(
        peer.get(&format!("/v2/reports?nextToken={payouts}")).await.status,
        400,
        "a token of another list"
    );
}

#[tokio::test]
async fn reports_older_than_ninety_days_are_gone() {
    let peer = Peer::with(|builder| builder.months(5)).await;
    let (reports, _) = all(&peer, "/v2/reports?pageSize=100&createdSince=20260101T000000Z", "reports").await;
    let oldest = reports.iter().map(|report| text(&report["createdTime"])).min().unwrap();
    assert!(oldest.starts_with("202608"), "{oldest}");
    let id = text(&reports.last().unwrap()["reportId"]);
    assert_eq!(peer.get(&format!("/v2/reports/{id}")).await.status, 200);
    peer.control().move_clock(SignedDuration::from_hours(72)).unwrap();
    assert_eq!(peer.get(&format!("/v2/reports/{id}")).await.reason(), (404, "ResourceNotFound".to_owned()));
}

#[tokio::test]
async fn a_report_is_ordered_polled_and_found() {
    let peer = Peer::with(|builder| builder.polls(2)).await;
    let created = peer.send(&peer.post("/v2/reports", "order-1", &new_report(REFUNDS))).await;
    assert_eq!(created.status, 201);
    let id = text(&created.json()["reportId"]);
    let status = async || peer.got(&format!("/v2/reports/{id}")).await;
    assert_eq!(status().await["processingStatus"], "IN_PROGRESS");
    assert_eq!(status().await["reportDocumentId"], Value::Null);
    let done = status().await;
    assert_eq!(done["processingStatus"], "COMPLETED");
    let document = peer.got(&format!("/v2/report-documents/{}", text(&done["reportDocumentId"]))).await;
    let file = peer.download(&text(&document["url"])).await;
    assert!(file.text().starts_with("\"AmazonRefundId\",\"RefundReferenceId\""), "{}", file.text());
    let mut report = amazon_pay::report::RefundReport::open(file.body.as_slice()).unwrap();
    let refunds = amazon_pay::report::newest_states(&mut report).unwrap();
    assert!(!refunds.is_empty());
    let refund = peer.got(&format!("/v2/refunds/{}", refunds[0].refund_id())).await;
    assert_eq!(refund["chargeId"], refunds[0].capture_id());
}

#[tokio::test]
async fn what_cannot_be_ordered_is_refused() {
    let peer = Peer::new().await;
    let with = |name: &str, value: Value| {
        let mut body = new_report(REFUNDS);
        body[name] = value;
        body
    };
    let capture = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_";
    for (number, (body, reason)) in [
        (new_report(SETTLEMENTS), "InvalidParameterValue"),
        (new_report(SANDBOX), "InvalidParameterValue"),
        (new_report(capture), "InvalidParameterValue"),
        (new_report("SOMETHING"), "InvalidParameterValue"),
        (with("startTime", json!("20261231T000000Z")), "InvalidParameterValue"),
        (with("startTime", json!(5)), "InvalidParameterValue"),
        (with("endTime", Value::Null), "MissingParameterValue"),
        (with("colour", json!("blue")), "UnrecognizedField"),
        (json!([]), "InvalidRequestFormat"),
    ]
    .into_iter()
    .enumerate()
    {
        let answered = peer.send(&peer.post("/v2/reports", &format!("wrong-{number}"), &body)).await;
        assert_eq!(answered.reason(), (400, reason.to_owned()), "{body}");
    }
}

#[tokio::test]
async fn idempotency_keys_give_the_first_result_again() {
    let peer = Peer::new().await;
    let send = async |key: &str, body: &Value| peer.send(&peer.post("/v2/reports", key, body)).await;
    let first = send("same", &new_report(REFUNDS)).await;
    let again = send("same", &new_report(REFUNDS)).await;
    assert_eq!((again.status, again.body), (201, first.body.clone()));
    let mut other = new_report(REFUNDS);
    other["endTime"] = json!("20261101T000000Z");
    assert_eq!(send("same", &other).await.reason(), (400, "DuplicateIdempotencyKey".to_owned()));
    assert_ne!(send("another", &new_report(REFUNDS)).await.body, first.body);

    let without = peer.post("/v2/reports", "x", &other).without("x-amz-pay-idempotency-key");
    assert_eq!(peer.send(&without).await.reason(), (400, "MissingHeader".to_owned()));
    let too_long = "0123456789012345678901234567890123";
    assert_eq!(send(too_long, &other).await.reason(), (400, "InvalidHeaderValue".to_owned()));
    // A refusal is not kept: the same key may be used for the corrected request.
    assert_eq!(send("mended", &json!({})).await.status, 400);
    assert_eq!(send("mended", &other).await.status, 201);
}

#[tokio::test]
async fn there_is_one_schedule_for_each_type() {
    let peer = Peer::with(|builder| builder.polls(0)).await;
    let send = async |key: &str, body: &Value| peer.send(&peer.post("/v2/report-schedules", key, body)).await;
    let first = send("1", &new_schedule(REFUNDS)).await;
    assert_eq!(first.status, 201);
    assert_eq!(send("2", &new_schedule(REFUNDS)).await.reason(), (400, "InvalidRequest".to_owned()));
    let mut replacing = new_schedule(REFUNDS);
    replacing["deleteExistingSchedule"] = json!(true);
    let id = text(&send("3", &replacing).await.json()["reportScheduleId"]);
    assert_ne!(id, text(&first.json()["reportScheduleId"]));

    let list = peer.got(&format!("/v2/report-schedules?reportTypes={REFUNDS}")).await;
    let schedule = json!({
        "reportScheduleId": id,
        "reportType": REFUNDS,
        "scheduleFrequency": "P1D",
        "nextReportCreationTime": "20261124T000000Z",
    });
    assert_eq!(list, json!({ "reportSchedules": [schedule] }));
    assert_eq!(peer.got(&format!("/v2/report-schedules/{id}")).await, list);
    let none = format!("/v2/report-schedules?reportTypes={SANDBOX}");
    assert_eq!(peer.got(&none).await, json!({ "reportSchedules": [] }));

    peer.control().move_clock(SignedDuration::from_hours(49)).unwrap();
    let made = peer.got(&format!("/v2/reports?reportTypes={REFUNDS}&createdSince=20261124T000000Z")).await;
    assert_eq!(made["reports"].as_array().unwrap().len(), 2);

    let cancelled = peer.send(&peer.ask("DELETE", &format!("/v2/report-schedules/{id}/"))).await;
    assert_eq!((cancelled.status, cancelled.body.len()), (200, 0));
    assert_eq!(peer.get(&format!("/v2/report-schedules/{id}")).await.status, 404);
    let again = peer.send(&peer.ask("DELETE", &format!("/v2/report-schedules/{id}"))).await;
    assert_eq!(again.reason(), (404, "ResourceNotFound".to_owned()));
}

#[tokio::test]
async fn a_schedule_that_makes_no_sense_is_refused() {
    let peer = Peer::new().await;
    let with = |name: &str, value: &str| {
        let mut body = new_schedule(REFUNDS);
        body[name] = json!(value);
        body
    };
    for (number, body) in [
        with("reportType", SETTLEMENTS),
        with("reportType", "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_"),
        with("scheduleFrequency", "P1M"),
        with("nextReportCreationTime", "20200101T000000Z"),
        with("deleteExistingSchedule", "perhaps"),
    ]
    .iter()
    .enumerate()
    {
        let answered = peer.send(&peer.post("/v2/report-schedules", &format!("k{number}"), body)).await;
        assert_eq!(answered.reason(), (400, "InvalidParameterValue".to_owned()), "{body}");
    }
}

#[tokio::test]
async fn disbursements_join_the_settlements() {
    let peer = Peer::new().await;
    let (sent, _) =
        all(&peer, "/v2/disbursements?startTime=20261101T000000Z&endTime=20261115T000000Z", "disbursements")
            .await;
    assert!(sent.len() >= 10, "{}", sent.len());
    for payout in &sent {
        let time = text(&payout["transactionTime"]);
        assert!(time.len() == 24 && time.starts_with("2026-11-") && time.ends_with(".000Z"), "{time}");
        assert_eq!(
            (&payout["currencyCode"], &payout["sellerId"]),
            (&json!("EUR"), &json!("A2KONTOREXAMPLE"))
        );
        assert!(text(&payout["amazonDisbursementReferenceId"]).starts_with("AMZPAY"));
        assert!(text(&payout["amount"]).contains('.') && !text(&payout["amount"]).starts_with('-'));
    }
    let settlement = text(&sent[0]["settlementId"]);
    let files = peer.control().report_files(Environment::Live);
    let mark = format!("\",\"{settlement}\",\"");
    assert!(files.iter().any(|file| String::from_utf8_lossy(&file.document).contains(&mark)));
    let all_of_them = all(&peer, "/v2/disbursements?pageSize=100", "disbursements").await.0;
    assert_eq!(all_of_them.len(), peer.control().disbursements(Environment::Live).len());
}

#[tokio::test]
async fn sandbox_and_live_keep_apart() {
    let peer = Peer::with(|builder| builder.polls(0)).await;
    let sandbox = peer.control().make_key(Some(Environment::Sandbox)).unwrap();
    let as_sandbox = async |target: &str| peer.send_as(&peer.ask("GET", target), &sandbox).await;
    let list = as_sandbox("/v2/reports?pageSize=100").await.json();
    let report = list["reports"][0].clone();
    assert_eq!(report["reportType"], SANDBOX);
    let (id, document) = (text(&report["reportId"]), text(&report["reportDocumentId"]));

    // What one environment has the other knows nothing about.
    let not_found = (404, "ResourceNotFound".to_owned());
    for target in [format!("/v2/reports/{id}"), format!("/v2/report-documents/{document}")] {
        assert_eq!(as_sandbox(&target).await.status, 200, "{target}");
        assert_eq!(peer.get(&target).await.reason(), not_found, "{target}");
    }
    for (id, document) in peer.settlements().await {
        assert_eq!(as_sandbox(&format!("/v2/reports/{id}")).await.reason(), not_found);
        assert_eq!(as_sandbox(&format!("/v2/report-documents/{document}")).await.reason(), not_found);
    }

    // Its only report is a settlement over what happened there, which must be ordered.
    let order = peer.post("/v2/reports", "sandbox-1", &new_report(SANDBOX));
    let created = peer.send_as(&order, &sandbox).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let made = as_sandbox(&format!("/v2/reports/{}", text(&created.json()["reportId"]))).await.json();
    assert_eq!(made["processingStatus"], "COMPLETED");
    let address = as_sandbox(&format!("/v2/report-documents/{}", text(&made["reportDocumentId"]))).await;
    let file = peer.download(&text(&address.json()["url"])).await.text();
    assert!(file.contains("\"S02-") && !file.contains("\"P02-"), "sandbox payments only");
    assert!(file.contains("\"Authorization\""), "sandbox files hold authorisations");
    for kind in [REFUNDS, SETTLEMENTS] {
        let order = peer.post("/v2/reports", &format!("no-{kind}")[..20], &new_report(kind));
        assert_eq!(
            peer.send_as(&order, &sandbox).await.reason(),
            (400, "InvalidParameterValue".to_owned()),
            "{kind}"
        );
    }
    // And no money is sent.
    assert_eq!(as_sandbox("/v2/disbursements").await.json()["disbursements"], json!([]));
}

#[tokio::test]
async fn a_sale_and_its_refund_can_be_read() {
    let peer = Peer::new().await;
    let sale = peer.control().sell(Environment::Live, 11_900, "R-2026-7", "Nordlicht").unwrap();
    let refund_id = peer.control().refund(&sale.charge_id, Some(1_900)).unwrap();

    let charge = peer.got(&format!("/v2/charges/{}", sale.charge_id)).await;
    assert_eq!(charge["chargePermissionId"], sale.charge_permission_id.as_str());
    assert_eq!(charge["captureAmount"], json!({ "amount": "119.00", "currencyCode": "EUR" }));
    assert_eq!(charge["refundedAmount"]["amount"], "19.00");
    assert_eq!(charge["statusDetails"]["state"], "Captured");
    assert_eq!(charge["merchantMetadata"]["merchantStoreName"], "Nordlicht");
    assert_eq!(charge["creationTimestamp"], "20261123T080000Z");
    assert_eq!(charge["releaseEnvironment"], "Live");

    let refund = peer.got(&format!("/v2/refunds/{refund_id}")).await;
    assert_eq!(
        (&refund["chargeId"], &refund["refundAmount"]["amount"]),
        (&json!(sale.charge_id), &json!("19.00"))
    );
    assert_eq!(refund["statusDetails"]["state"], "Refunded");

    let target = format!("/v2/chargePermissions/{}", sale.charge_permission_id);
    let permission = peer.got(&target).await;
    assert_eq!(permission["merchantMetadata"]["merchantReferenceId"], "R-2026-7");
    assert_eq!(permission["statusDetails"]["state"], "Chargeable");
    assert_eq!(permission["chargePermissionType"], "OneTime");
    assert!(permission["buyer"]["name"].is_string());
    peer.control().move_clock(SignedDuration::from_hours(31 * 24)).unwrap();
    assert_eq!(peer.got(&target).await["buyer"], Value::Null, "the buyer is shown for thirty days");
    peer.control().move_clock(SignedDuration::from_hours(160 * 24)).unwrap();
    assert_eq!(peer.got(&target).await["statusDetails"]["state"], "Closed");

    for target in ["/v2/charges/P00-C1", "/v2/refunds/P00-R1", "/v2/chargePermissions/P00"] {
        assert_eq!(peer.get(target).await.reason(), (404, "ResourceNotFound".to_owned()));
    }
}

#[tokio::test]
async fn every_charge_and_refund_of_a_settlement_can_be_read() {
    let peer = Peer::new().await;
    let files = peer.control().report_files(Environment::Live);
    let file = files.iter().rev().find(|file| file.report.report_type.as_str() == SETTLEMENTS).unwrap();
    let mut report = amazon_pay::report::SettlementReport::open(file.document.as_ref()).unwrap();
    let mut row = amazon_pay::report::SettlementRow::default();
    let mut seen = 0;
    while report.read(&mut row).unwrap() {
        let target = match row.transaction_type() {
            amazon_pay::report::TransactionType::Capture => format!("/v2/charges/{}", row.transaction_id()),
            amazon_pay::report::TransactionType::Refund => format!("/v2/refunds/{}", row.transaction_id()),
            _ => continue,
        };
        let found = peer.got(&target).await;
        assert_eq!(found["creationTimestamp"], row.posted().strftime("%Y%m%dT%H%M%SZ").to_string());
        seen += 1;
    }
    assert!(seen > 0);
}

#[tokio::test]
async fn wrong_methods_and_versions_have_their_own_answers() {
    let peer = Peer::new().await;
    assert_eq!(peer.send(&peer.ask("PUT", "/v2/reports")).await.reason(), (405, "InvalidRequest".to_owned()));
    assert_eq!(peer.get("/v3/reports").await.reason(), (400, "InvalidAPIVersion".to_owned()));
    assert_eq!(peer.get("/v2/merchantAccounts").await.reason(), (404, "ResourceNotFound".to_owned()));
}
