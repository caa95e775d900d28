//! Lists and single objects.

use serde_json::Value;

use crate::desk::{Simulated, told};

const SETTLEMENT: &str = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_";

#[test]
fn reports_are_listed_filtered_and_shown_one_by_one() {
    let simulated = Simulated::with(&[]);
    let all = simulated.json("reports", &[]);
    let all = all["reports"].as_array().unwrap();
    let settlements = simulated.json("reports", &["--type", "settlement", "--status", "completed"]);
    let settlements = settlements["reports"].as_array().unwrap();
    assert!(settlements.len() > 10 && settlements.len() < all.len());
    assert!(settlements.iter().all(|report| report["reportType"] == SETTLEMENT));

    let id = settlements[0]["reportId"].as_str().unwrap();
    assert_eq!(simulated.json("report", &[id]), settlements[0]);
    let words = told(&simulated.run("report", &[id]).stdout);
    assert!(words.contains(id) && words.contains("COMPLETED") && words.contains(SETTLEMENT), "{words}");
    let table = told(&simulated.run("reports", &[]).stdout);
    assert!(table.starts_with("Created (UTC)"), "{table}");
    assert_eq!(table.lines().count(), all.len() + 1);
    assert!(table.contains("CANCELLED") && table.contains("FAILED"), "{table}");

    let long_ago = simulated.run("reports", &["--since", "2020-01-01", "--until", "2020-01-31"]);
    assert!(told(&long_ago.stdout).starts_with("No reports."));
    assert!(simulated.refused("report", &["A0"]).contains("ResourceNotFound"));
    assert!(simulated.refused("report", &["../x y"]).contains("is no report id"));
    assert!(simulated.refused("report", &["../x y", "--lang", "de"]).contains("«../x y» kann keine Id sein"));
    assert!(simulated.refused("reports", &["--type", "NONSENSE"]).contains("InvalidParameterValue"));
    let reversed = ["--since", "2026-02-01", "--until", "2026-01-01"];
    assert!(simulated.refused("reports", &reversed).contains("--since is after --until"));
}

#[test]
fn payouts_are_listed_with_the_text_of_the_bank_statement() {
    let simulated = Simulated::with(&[]);
    let sent = simulated.json("disbursements", &[]);
    let sent = sent["disbursements"].as_array().unwrap();
    assert!(sent.len() > 10, "{}", sent.len());
    assert_eq!(sent[0]["sellerId"], simulated.text("/merchants/0/merchant_id"));
    let table = told(&simulated.run("disbursements", &[]).stdout);
    assert_eq!(table.lines().count(), sent.len() + 1);
    for column in ["amazonDisbursementReferenceId", "settlementId"] {
        assert!(table.contains(sent[3][column].as_str().unwrap()), "{table}");
    }
    let none = simulated.run("disbursements", &["--since", "2020-01-01", "--until", "2020-01-31"]);
    assert_eq!(told(&none.stdout), "No payouts in this period.\n");
}

/// The first field of a column in any settlement report that is not empty and holds `mark`.
fn found(simulated: &Simulated, column: usize, mark: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert!(simulated.run("download", &["--out", path]).status.success());
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let rows = text.lines().skip(6).filter_map(|line| line.split("\",\"").nth(column));
        if let Some(id) = rows.map(|id| id.trim_matches('"')).find(|id| id.contains(mark)) {
            return id.to_owned();
        }
    }
    String::new()
}

#[test]
fn a_charge_its_order_and_a_refund_are_shown() {
    let simulated = Simulated::with(&[]);
    let charge_id = found(&simulated, 2, "-C");
    let charge = simulated.json("charge", &[&charge_id]);
    assert_eq!(charge["chargeId"], charge_id.as_str());
    let words = told(&simulated.run("charge", &[&charge_id]).stdout);
    let amount = charge["captureAmount"]["amount"].as_str().unwrap();
    assert!(words.contains("captureAmount") && words.contains(&format!("{amount} EUR")), "{words}");

    let order = charge["chargePermissionId"].as_str().unwrap();
    let permission = simulated.json("charge-permission", &[order]);
    assert_eq!(permission["chargePermissionId"], order);
    let refund_id = found(&simulated, 2, "-R");
    let refund: Value = simulated.json("refund", &[&refund_id]);
    assert_eq!(refund["refundId"], refund_id.as_str());
    assert!(simulated.refused("charge", &["P02-0000000-0000000-C000000"]).contains("ResourceNotFound"));
}
