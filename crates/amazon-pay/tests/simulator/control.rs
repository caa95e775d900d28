//! The control page and its JSON.

use amazon_pay::key::{Environment, PrivateKey};
use amazon_pay::simulator::Access;
use serde_json::{Value, json};

use crate::peer::{Answered, Peer, text};

/// Sends JSON to an address of the control page.
async fn act(peer: &Peer, target: &str, body: Value) -> Answered {
    send(peer, target, "application/json", body.to_string()).await
}

/// Sends a form to an address of the control page.
async fn submit(peer: &Peer, target: &str, form: &str) -> Answered {
    send(peer, target, "application/x-www-form-urlencoded", form.to_owned()).await
}

async fn send(peer: &Peer, target: &str, kind: &str, body: String) -> Answered {
    let mut asked = peer.plain(target);
    "POST".clone_into(&mut asked.method);
    asked.headers.push(("content-type".to_owned(), kind.to_owned()));
    asked.body = body.into_bytes();
    peer.send_plain(&asked).await
}

async fn page(peer: &Peer, language: &str) -> Answered {
    let mut asked = peer.plain("/simulator");
    asked.headers.push(("accept-language".to_owned(), language.to_owned()));
    peer.send_plain(&asked).await
}

async fn state(peer: &Peer) -> Value {
    let mut asked = peer.plain("/simulator");
    asked.headers.push(("accept".to_owned(), "application/json".to_owned()));
    peer.send_plain(&asked).await.json()
}

#[tokio::test]
async fn a_day_of_trade_is_played_in_json() {
    let peer = Peer::new().await;
    let sale =
        act(&peer, "/simulator/sales", json!({ "amount": "119.00", "orderNumber": "R-1" })).await.json();
    let charge = text(&sale["chargeId"]);
    assert_eq!(sale["orderNumber"], "R-1");
    let refund =
        act(&peer, "/simulator/refunds", json!({ "chargeId": charge, "amount": "19.00" })).await.json();
    assert!(text(&refund["refundId"]).contains("-R"));
    let other = text(&act(&peer, "/simulator/sales", json!({ "amount": 20 })).await.json()["chargeId"]);
    assert_eq!(act(&peer, "/simulator/chargebacks", json!({ "chargeId": other })).await.status, 200);

    let before = state(&peer).await;
    assert_eq!(before["charges"][0]["amount"], "20.00");
    let closed = text(&act(&peer, "/simulator/settlements", json!({})).await.json()["settlementId"]);
    assert_eq!(before["settlementId"], closed.as_str());
    let report = peer.control().report_files(Environment::Live).pop().unwrap();
    let file = String::from_utf8_lossy(&report.document).into_owned();
    for mark in [charge.as_str(), other.as_str(), "\"Chargeback\"", "\"-19.00\"", closed.as_str()] {
        assert!(file.contains(mark), "{mark}\n{file}");
    }

    let time = text(&act(&peer, "/simulator/clock", json!({ "days": 2 })).await.json()["time"]);
    assert!(time.starts_with("2026-11-25T"), "{time}");
    assert_eq!(state(&peer).await["time"], time.as_str());
}

#[tokio::test]
async fn keys_are_made_and_revoked() {
    let peer = Peer::new().await;
    let made = act(&peer, "/simulator/keys", json!({ "environment": "sandbox" })).await.json();
    assert!(text(&made["publicKeyId"]).starts_with("SANDBOX-"));
    assert!(PrivateKey::from_pem(text(&made["privateKey"]).as_bytes()).is_ok());

    let file = submit(&peer, "/simulator/keys", "environment=live").await;
    let name = file.header("content-disposition").to_owned();
    assert!(
        name.starts_with("attachment; filename=\"AmazonPay_LIVE-A") && name.ends_with(".pem\""),
        "{name}"
    );
    assert!(PrivateKey::from_pem(&file.body).is_ok());
    assert_eq!(file.header("cache-control"), "no-store");

    let id = text(&made["publicKeyId"]);
    assert_eq!(act(&peer, "/simulator/keys/revoke", json!({ "publicKeyId": id })).await.status, 200);
    let keys = state(&peer).await["keys"].as_array().unwrap().clone();
    assert_eq!(keys.len(), 3);
    assert!(keys.contains(&json!({ "publicKeyId": id, "revoked": true })));
    assert_eq!(act(&peer, "/simulator/keys/revoke", json!({ "publicKeyId": "none" })).await.status, 422);
}

#[tokio::test]
async fn faults_and_throttling_are_switched() {
    let peer = Peer::new().await;
    assert_eq!(act(&peer, "/simulator/faults", json!({ "rule": "reports:1=503" })).await.status, 200);
    assert_eq!(peer.get("/v2/reports").await.status, 503);
    assert_eq!(state(&peer).await["faults"], json!([{ "rule": "reports:1=503", "requests": 1 }]));
    let log = peer.send_plain(&peer.plain("/simulator/requests")).await.json();
    assert_eq!((&log[0]["status"], &log[0]["operation"]), (&json!(503), &json!("reports")));
    let wrong = act(&peer, "/simulator/faults", json!({ "rule": "reports=banana" })).await;
    assert!(wrong.status == 422 && text(&wrong.json()["error"]).contains("«banana»"));
    assert_eq!(act(&peer, "/simulator/faults/clear", json!({})).await.status, 200);
    assert_eq!(act(&peer, "/simulator/throttling", json!({ "on": true })).await.json()["throttling"], true);
    assert!(peer.control().throttling());
}

#[tokio::test]
async fn the_page_speaks_both_languages_and_needs_no_script() {
    let peer = Peer::new().await;
    peer.get("/v2/reports").await;
    let german = page(&peer, "de").await;
    let html = german.text();
    assert!(
        html.contains("<html lang=\"de\">")
            && html.contains("Abrechnung schließen")
            && html.contains("/v2/reports")
    );
    assert!(!html.contains("<script") && !html.contains("http://") && !html.contains("https://"));
    assert!(german.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(page(&peer, "en").await.text().contains("Close the settlement"));
    let style = peer.send_plain(&peer.plain("/simulator/style.css")).await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
}

#[tokio::test]
async fn a_form_leads_back_to_the_page_or_keeps_what_was_typed() {
    let peer = Peer::new().await;
    let done = submit(&peer, "/simulator/sales", "amount=1.234%2C50&orderNumber=&store=").await;
    assert_eq!(done.status, 422, "a point and a comma: no guessing");
    let done = submit(&peer, "/simulator/sales", "amount=119%2C00&orderNumber=&store=").await;
    assert_eq!((done.status, done.header("location")), (303, "/simulator?done=sold"));
    let page = peer.send_plain(&peer.plain("/simulator?done=sold")).await.text();
    assert!(page.contains("Verkauft.") && page.contains("SIM-1001"));

    let wrong = submit(&peer, "/simulator/refunds", "chargeId=%3Cscript%3E&amount=").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("value=\"&lt;script&gt;\"") && !wrong.text().contains("<script>"));
    assert_eq!(submit(&peer, "/simulator/clock", "days=soon").await.status, 422);
    let foreign = peer.send_plain(&peer.plain("/simulator?done=%3Cb%3E")).await.text();
    assert!(!foreign.contains("<b>"));
}

#[tokio::test]
async fn other_machines_and_other_sites_stay_out() {
    let peer = Peer::new().await;
    let mut asked = peer.plain("/simulator");
    asked.headers.push(("origin".to_owned(), "https://shop.example".to_owned()));
    assert_eq!(peer.send_plain(&asked).await.status, 403);
    let mut asked = peer.plain("/simulator");
    asked.set("host", "simulator.example");
    assert_eq!(peer.send_plain(&asked).await.status, 403);
    let closed = Peer::with(|builder| builder.control_access(Access::Nobody)).await;
    assert_eq!(closed.send_plain(&closed.plain("/simulator")).await.status, 403);
    assert_eq!(closed.send_plain(&closed.plain("/simulator/requests")).await.status, 403);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let peer = Peer::new().await;
    assert_eq!(peer.send_plain(&peer.plain("/simulator/nothing")).await.status, 404);
    let elsewhere = peer.send_plain(&peer.plain("/simulators")).await;
    assert_eq!(elsewhere.reason(), (404, "ResourceNotFound".to_owned()), "that is a path of the API");
    assert_eq!(send(&peer, "/simulator/sales", "application/json", "[]".to_owned()).await.status, 400);
}
