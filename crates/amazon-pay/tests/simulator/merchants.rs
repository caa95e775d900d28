//! Several merchants in one simulator: each has its own, and none sees anything of the others.

use std::collections::BTreeSet;

use amazon_pay::client::{Client, Error, RefusalCause, ReportQuery};
use amazon_pay::key::{Environment, PrivateKey};
use amazon_pay::model::Report;
use amazon_pay::simulator::{BuildError, Credentials, Running};
use futures_util::TryStreamExt as _;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;

use crate::peer::{Peer, TestClock, simulator};

fn client(running: &Running, credentials: &Credentials, clock: &TestClock) -> Client {
    let key = PrivateKey::from_pem(credentials.pem().as_bytes()).unwrap();
    Client::builder(credentials.public_key_id().clone(), key)
        .endpoint(running.endpoint())
        .rate_limit(None)
        .build(clock.clone(), SmallRng::seed_from_u64(1))
        .unwrap()
}

async fn listed(client: &Client) -> Vec<Report> {
    client.reports(&ReportQuery::settlements()).try_collect().await.unwrap()
}

fn ids(reports: &[Report]) -> BTreeSet<&str> {
    reports.iter().map(|report| report.report_id.as_str()).collect()
}

#[tokio::test]
async fn each_merchant_has_its_own_history_and_sees_nothing_of_the_other() {
    let clock = TestClock::new();
    let running = simulator(&clock).merchants(2).start().await.unwrap();
    let [first, spare] = running.merchants() else { panic!("{}", running.merchants().len()) };
    assert_eq!(first.merchant_id(), running.merchant().merchant_id());
    assert_ne!(first.merchant_id(), spare.merchant_id());
    let (firsts, spares) = (client(&running, first, &clock), client(&running, spare, &clock));
    let (of_first, of_spare) = (listed(&firsts).await, listed(&spares).await);
    assert!(of_first.len() > 60 && of_spare.len() > 60);
    assert!(ids(&of_first).is_disjoint(&ids(&of_spare)));

    let report = &of_first[0];
    let document = report.report_document_id.as_ref().unwrap();
    for error in [
        spares.report(&report.report_id).await.unwrap_err(),
        spares.report_document(document).await.unwrap_err(),
    ] {
        assert_eq!(error.refusal().unwrap().cause, RefusalCause::NotFound, "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spare.csv");
    spares.download(of_spare[0].report_document_id.as_ref().unwrap(), &path).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(spare.merchant_id()) && !text.contains(first.merchant_id()));
}

#[tokio::test]
async fn what_is_done_for_one_merchant_leaves_the_other_alone() {
    let clock = TestClock::new();
    let running = simulator(&clock).merchants(2).start().await.unwrap();
    let control = running.control();
    let spare_id = running.merchants()[1].merchant_id().to_owned();
    let spare = control.of_merchant(&spare_id).unwrap();
    assert_eq!(control.merchant_ids(), [control.merchant_id(), spare_id.as_str()]);
    assert!(control.of_merchant("A0NOBODY").is_none());

    let before = control.report_files(Environment::Live).len();
    let sale = spare.sell(Environment::Live, 4_200, "R-1", "").unwrap();
    assert!(control.refund(&sale.charge_id, None).is_err());
    spare.close_settlement();
    assert_eq!(control.report_files(Environment::Live).len(), before);
    assert_eq!((control.keys().len(), spare.keys().len()), (1, 1));
    assert_ne!(control.auth_token(), spare.auth_token());
}

#[tokio::test]
async fn a_solution_provider_acts_for_whoever_gave_the_token() {
    let peer = Peer::with(|builder| builder.merchants(2)).await;
    let spare = peer.control().of_merchant(peer.running.merchants()[1].merchant_id()).unwrap();
    let mut asked = peer.ask("GET", "/v2/disbursements");
    asked.sign_header("x-amz-pay-authtoken", spare.auth_token());
    let answered = peer.send(&asked).await.json();
    assert_eq!(answered["disbursements"][0]["sellerId"], spare.merchant_id());
}

#[tokio::test]
async fn the_control_page_leads_to_every_merchant() {
    let peer = Peer::with(|builder| builder.merchants(2)).await;
    let ids = peer.control().merchant_ids();
    let page = peer.download("/simulator").await.text();
    for id in &ids {
        assert!(page.contains(&format!("<a href=\"/simulator?merchant={id}\"")), "{id}");
    }
    assert!(page.contains(&format!("action=\"/simulator/sales?merchant={}\"", ids[0])));
    let spare = peer.download(&format!("/simulator?merchant={}", ids[1])).await.text();
    assert!(spare.contains(&format!("action=\"/simulator/sales?merchant={}\"", ids[1])));
    let unknown = peer.download("/simulator?merchant=A0").await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains(&ids[1]), "{}", unknown.text());

    let mut sale = peer.plain(&format!("/simulator/sales?merchant={}", ids[1]));
    "POST".clone_into(&mut sale.method);
    sale.headers.push(("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
    sale.body = b"amount=12,50&orderNumber=R-77".to_vec();
    let sold = peer.send_plain(&sale).await;
    assert_eq!(sold.header("location"), format!("/simulator?done=sold&merchant={}", ids[1]));
    assert!(peer.download(sold.header("location")).await.text().contains("R-77"));
    assert!(!peer.download("/simulator").await.text().contains("R-77"));
}

#[tokio::test]
async fn there_is_at_least_one_merchant_and_not_too_many() {
    let clock = TestClock::new();
    for number in [0, 21] {
        let error = simulator(&clock).merchants(number).build().unwrap_err();
        assert!(matches!(error, BuildError::Merchants { most: 20 }), "{error}");
    }
}

#[tokio::test]
async fn a_revoked_key_of_one_merchant_leaves_the_others_working() {
    let clock = TestClock::new();
    let running = simulator(&clock).merchants(2).start().await.unwrap();
    let [first, spare] = running.merchants() else { panic!() };
    assert!(running.control().revoke_key(first.public_key_id().as_str()));
    let error: Error = client(&running, first, &clock).check().await.unwrap_err();
    assert_eq!(error.refusal().unwrap().cause, RefusalCause::NotAuthorized);
    client(&running, spare, &clock).check().await.unwrap();
}
