//! `kontor convert` as its user meets it: files in, files out, words when it refuses.

#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

const HEADER: &str = "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\",\"TransactionType\",\"AmazonOrderReferenceId\",\"SellerOrderId\",\"StoreName\",\"CurrencyCode\",\"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\",\"TransactionFixedFee\",\"TotalTransactionFee\",\"NetTransactionAmount\",\n";

/// A report of one merchant with the given rows, each: date, type, order, amount, percentage fee, fixed fee in cents.
fn report(
    seller: &str,
    settlement: &str,
    days: (&str, &str),
    rows: &[(&str, &str, &str, i64, i64, i64)],
) -> String {
    let mut text = format!(
        "\u{feff}\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"{seller}\"\n\"SettlementStartDate\",\"{}T22:00:00 +0000\"\n\"SettlementEndDate\",\"{}T22:00:00 +0000\"\n{HEADER}",
        days.0, days.1
    );
    let money = |cents: i64| {
        format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
    };
    for (date, kind, order, amount, percentage, fixed) in rows {
        let (total, net) = (percentage + fixed, amount + percentage + fixed);
        let [amount, percentage, fixed, total, net] = [*amount, *percentage, *fixed, total, net].map(money);
        writeln!(
            text,
            "\"{date}\",\"{settlement}\",\"\",\"\",\"{kind}\",\"\",\"{order}\",\"\",\"EUR\",\"\",\"{amount}\",\"{percentage}\",\"{fixed}\",\"{total}\",\"{net}\""
        ).unwrap();
    }
    text
}

fn september() -> String {
    report(
        "A1",
        "111",
        ("2026-09-29", "2026-09-30"),
        &[
            ("2026-09-30T08:00:00 +0000", "Capture", "A-1", 11_900, -226, -35),
            ("2026-09-30T21:50:00 +0000", "Reserve", "", -2_000, 0, 0),
        ],
    )
}

fn october() -> String {
    report(
        "A1",
        "112",
        ("2026-09-30", "2026-10-31"),
        &[
            ("2026-10-01T00:20:00 +0000", "Transfer", "", -9_639, 0, 0),
            ("2026-10-01T00:20:00 +0000", "Reserve", "", 2_000, 0, 0),
            ("2026-10-31T23:30:00 +0000", "Capture", "A-2", 5_000, -95, -35),
            ("2026-10-20T09:00:00 +0000", "Strange Thing", "", 700, 0, 0),
        ],
    )
}

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.0.path().join(name), bytes).unwrap();
        self
    }

    fn kontor(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
        command.current_dir(self.0.path()).args(["--lang", "en"]).args(arguments);
        command.env("SOURCE_DATE_EPOCH", "1795600000");
        command
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.path().join(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.0.path().join(path)).unwrap()
    }

    fn proof(&self, folder: &str) -> Value {
        serde_json::from_slice(&self.read(&format!("{folder}/proof.json"))).unwrap()
    }
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn assert_refused(output: &Output, words: &[&str]) {
    assert_eq!(output.status.code(), Some(1), "{}", told(output));
    for word in words {
        assert!(told(output).contains(word), "«{word}» is missing in: {}", told(output));
    }
}

#[test]
fn reports_become_batches_and_a_proof() {
    let desk = Desk::new();
    desk.put("1.csv", september()).put("2.csv", october());
    let output = desk.kontor(&["convert", "2.csv", "1.csv", "--chart", "skr03", "--out", "out", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(
        desk.names("out"),
        [
            "EXTF_Buchungsstapel_2026-09.csv",
            "EXTF_Buchungsstapel_2026-10.csv",
            "EXTF_Buchungsstapel_2026-11.csv",
            "EXTF_Debitoren.csv",
            "EXTF_Kontenbeschriftungen.csv",
            "proof.json",
            "proof.txt",
        ]
    );
    assert_eq!(output.stdout, desk.read("out/proof.json"), "--json prints what stands in proof.json");
    let proof = desk.proof("out");
    assert_eq!((proof["format"].as_str(), proof["version"].as_u64()), (Some("kontor-proof"), Some(1)));
    let september = &proof["months"][0];
    assert_eq!(september["closing"]["minor"], 11_639);
    assert_eq!(september["closing_explained"]["reserve"]["minor"], 2_000);
    assert_eq!(september["closing_explained"]["settled"][0]["amount"]["minor"], 9_639);
    assert_eq!(proof["settlements"][0]["paid"]["minor"], 9_639, "the Transfer pays the settlement before");
    assert!(proof["checks"].as_array().unwrap().iter().all(|check| check["holds"] == true));
    // 23:30 UTC on the last of October is November in Berlin.
    let november = String::from_utf8_lossy(&desk.read("out/EXTF_Buchungsstapel_2026-11.csv")).into_owned();
    assert!(november.contains("50,00;\"S\"") && november.contains(";0111;\"A-2\""), "{november}");
    assert!(told(&output).contains("Unknown kind «Strange Thing»"), "{}", told(&output));
}

#[test]
fn without_a_chart_it_says_why_and_ends_with_2() {
    let desk = Desk::new();
    desk.put("1.csv", september());
    let output = desk.kontor(&["convert", "1.csv", "--out", "out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("--chart skr03") && told(&output).contains("Privatsteuern")
            || told(&output).contains("private taxes")
    );
    for wrong in
        [&["--chart", "skr99"][..], &["--chart", "skr03", "--from", "2026-10-02", "--to", "2026-10-01"]]
    {
        let output = desk.kontor(&[&["convert", "1.csv", "--out", "out"], wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    assert!(!desk.0.path().join("out").exists());
}

#[test]
fn what_is_no_settlement_report_of_this_merchant_is_refused_in_words() {
    let desk = Desk::new();
    desk.put("1.csv", september()).put("other.csv", october().replace("\"A1\"", "\"B2\""));
    desk.put("changed.csv", september().replace("A-1", "A-7"));
    desk.put("broken.csv", september().replace("119.00", "120.00")).put("letter.csv", "Dear Sir");
    desk.put("refund.csv", include_bytes!("../../amazon-pay/data/refund-us-2015.csv"));
    let convert =
        |files: &[&str]| desk.kontor(&[&["convert"], files, &["--chart", "skr03", "--out", "out"]].concat());
    assert_refused(&convert(&["refund.csv"]), &["refund.csv", "refund report"]);
    assert_refused(&convert(&["letter.csv"]), &["letter.csv", "settlement report"]);
    assert_refused(&convert(&["1.csv", "other.csv"]), &["A1", "B2", "two merchants"]);
    assert_refused(&convert(&["1.csv", "changed.csv"]), &["111", "SellerOrderId", "A-1", "A-7", "line 7"]);
    assert_refused(&convert(&["1.csv", "broken.csv"]), &["broken.csv", "line 7", "NetTransactionAmount"]);
    assert_refused(
        &convert(&["broken.csv"]),
        &["broken.csv", "line 7", "NetTransactionAmount", "116.39", "117.39"],
    );
    assert_refused(&convert(&["missing.csv"]), &["missing.csv"]);
    assert!(!desk.0.path().join("out").exists(), "nothing is written");
    assert!(!desk.names(".").iter().any(|name| name.starts_with(".kontor")), "nothing is left aside");
}

#[test]
fn the_same_report_twice_counts_once() {
    let desk = Desk::new();
    desk.put("1.csv", september()).put("again.csv", september().replace('\n', "\r\n"));
    let once = desk.kontor(&["convert", "1.csv", "--chart", "skr04", "--out", "once"]);
    let twice = desk.kontor(&["convert", "1.csv", "again.csv", "--chart", "skr04", "--out", "twice"]);
    assert!(once.status.success() && twice.status.success(), "{}", told(&twice));
    let batch = "EXTF_Buchungsstapel_2026-09.csv";
    assert_eq!(desk.read(&format!("once/{batch}")), desk.read(&format!("twice/{batch}")));
    assert_eq!(desk.proof("twice")["repeated_documents"].as_array().unwrap().len(), 1);
}

#[test]
fn standard_input_and_gzip_give_the_same_batch() {
    let desk = Desk::new();
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(september().as_bytes()).unwrap();
    desk.put("1.csv", september()).put("packed", packed.finish().unwrap());
    let mut piped = desk
        .command(&["convert", "-", "--chart", "skr03", "--out", "piped"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    piped.stdin.take().unwrap().write_all(september().as_bytes()).unwrap();
    assert!(piped.wait().unwrap().success());
    for (file, folder) in [("1.csv", "plain"), ("packed", "gzip")] {
        assert!(desk.kontor(&["convert", file, "--chart", "skr03", "--out", folder]).status.success());
    }
    let batch = |folder: &str| desk.read(&format!("{folder}/EXTF_Buchungsstapel_2026-09.csv"));
    assert_eq!(batch("plain"), batch("piped"));
    assert_eq!(batch("plain"), batch("gzip"));
}

#[test]
fn a_folder_that_holds_something_is_only_used_by_force_and_keeps_what_is_not_ours() {
    let desk = Desk::new();
    desk.put("1.csv", september()).put("2.csv", october());
    let convert = |file: &str, more: &[&str]| {
        desk.kontor(&[&["convert", file, "--chart", "skr03", "--out", "out"], more].concat())
    };
    assert!(convert("1.csv", &[]).status.success());
    desk.put("out/letter.txt", "Dear adviser");
    assert_refused(&convert("2.csv", &[]), &["out", "not empty", "--force"]);
    assert!(convert("2.csv", &["--force"]).status.success());
    let names = desk.names("out");
    assert!(names.contains(&"letter.txt".to_owned()), "{names:?}");
    assert!(
        !names.contains(&"EXTF_Buchungsstapel_2026-09.csv".to_owned()),
        "the earlier batch is gone: {names:?}"
    );
}

#[test]
fn a_broken_last_row_leaves_an_earlier_result_untouched() {
    let desk = Desk::new();
    desk.put("1.csv", september()).put("cut.csv", &october()[..october().len() - 20]);
    assert!(desk.kontor(&["convert", "1.csv", "--chart", "skr03", "--out", "out"]).status.success());
    let before = desk.read("out/proof.json");
    let output = desk.kontor(&["convert", "cut.csv", "--chart", "skr03", "--out", "out", "--force"]);
    assert_refused(&output, &["cut.csv", "line 10"]);
    assert_eq!(desk.read("out/proof.json"), before);
}

#[test]
fn from_and_to_are_booking_dates_and_what_lies_outside_is_counted() {
    let desk = Desk::new();
    desk.put("2.csv", october());
    let arguments = [
        "convert",
        "2.csv",
        "--chart",
        "skr03",
        "--out",
        "out",
        "--from",
        "2026-10-01",
        "--to",
        "2026-10-31",
    ];
    assert!(desk.kontor(&arguments).status.success());
    let proof = desk.proof("out");
    assert_eq!(desk.names("out").iter().filter(|name| name.contains("Buchungsstapel")).count(), 1);
    let left: Vec<&Value> = proof["settlements"][0]["not_booked"].as_array().unwrap().iter().collect();
    assert!(
        left.iter().any(|left| left["reason"] == "outside-period" && left["sum"]["minor"] == 4_870),
        "{left:?}"
    );
}

#[test]
fn converting_twice_gives_the_same_bytes() {
    let desk = Desk::new();
    desk.put("1.csv", september()).put("2.csv", october());
    for folder in ["one", "two"] {
        assert!(
            desk.kontor(&["convert", "1.csv", "2.csv", "--chart", "skr03", "--out", folder]).status.success()
        );
    }
    for name in desk.names("one") {
        assert_eq!(desk.read(&format!("one/{name}")), desk.read(&format!("two/{name}")), "{name}");
    }
}

#[test]
fn a_day_without_a_rate_refuses_and_is_named() {
    let desk = Desk::new();
    desk.put("us.csv", include_bytes!("../../amazon-pay/data/settlement-us-2015.csv"));
    desk.put(
        "us.toml",
        "[client]\nchart = \"skr03\"\n[[account]]\nfor = \"provider\"\naccount = 1220\ncurrency = \"USD\"\n",
    );
    let output = desk.kontor(&["convert", "us.csv", "--config", "us.toml", "--out", "out"]);
    assert_refused(&output, &["us.csv", "line 7", "USD", "2015-10-01"]);
    assert!(!Path::new(&desk.0.path().join("out")).exists());
}
