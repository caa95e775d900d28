//! Amazon's own SDK for Node drives the simulator through every operation, over TLS.

use std::process::Stdio;

use amazon_pay::key::Environment;
use amazon_pay::simulator::Simulator;
use jiff::Timestamp;
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amazons_own_sdk_cannot_tell_the_difference() {
    let modules = testkit::tools::node_modules("node-sdk").unwrap_or_else(|missing| panic!("{missing}"));
    let mut node = testkit::tools::program("node").unwrap_or_else(|missing| panic!("{missing}"));

    #[expect(clippy::disallowed_methods, reason = "the SDK signs by the machine's clock")]
    let simulator = Simulator::builder(Timestamp::now).rows(900).throttling(false).build().unwrap();
    let control = simulator.control();
    let running = simulator.serve_tls(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    let sandbox = control.make_key(Some(Environment::Sandbox)).unwrap();
    let older = control.make_key(None).unwrap();
    let sale = control.sell(Environment::Live, 11_900, "R-1", "Nordlicht").unwrap();
    let refund = control.refund(&sale.charge_id, Some(1_900)).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let authority = folder.path().join("authority.pem");
    std::fs::write(&authority, running.certificate_authority().unwrap()).unwrap();
    let key = |credentials: &amazon_pay::simulator::Credentials| serde_json::json!({ "publicKeyId": credentials.public_key_id().as_str(), "privateKey": credentials.pem() });
    let task = serde_json::json!({
        "host": format!("localhost:{}", running.address().port()),
        "live": key(running.merchant()),
        "sandbox": key(&sandbox),
        "older": key(&older),
        "chargeId": sale.charge_id,
        "chargePermissionId": sale.charge_permission_id,
        "refundId": refund,
    });
    let task_file = folder.path().join("task.json");
    std::fs::write(&task_file, task.to_string()).unwrap();

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node-sdk/drive.cjs");
    node.arg(script).arg(&task_file).env("NODE_PATH", modules).env("NODE_EXTRA_CA_CERTS", &authority);
    let output =
        tokio::task::spawn_blocking(move || node.stdin(Stdio::null()).output().unwrap()).await.unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    assert!(said.contains("every operation answered as expected"), "{said}");

    let answered: std::collections::BTreeSet<&str> = control
        .requests()
        .iter()
        .filter(|entry| (200..300).contains(&entry.status))
        .filter_map(|entry| entry.operation)
        .collect();
    let all: std::collections::BTreeSet<&str> =
        amazon_pay::simulator::Place::all().map(amazon_pay::simulator::Place::name).collect();
    assert_eq!(answered, all);
}
