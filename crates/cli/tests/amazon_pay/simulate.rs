//! The simulator as a command.

use std::path::Path;
use std::process::Stdio;

use crate::desk::{Simulated, kontor, names, told};

#[test]
fn it_says_where_it_is_and_writes_keys_that_only_their_owner_reads() {
    let simulated = Simulated::with(&["--merchants", "2"]);
    assert_eq!(simulated.told["format"], "kontor.simulator");
    assert!(simulated.text("/endpoint").starts_with("http://localhost:"));
    assert_eq!(simulated.text("/control_page"), format!("{}/simulator", simulated.text("/endpoint")));
    for merchant in ["/merchants/0", "/merchants/1"] {
        let id = simulated.text(&format!("{merchant}/public_key_id")).to_owned();
        let file = simulated.text(&format!("{merchant}/key_file")).to_owned();
        assert!(id.starts_with("LIVE-A") && file.ends_with(&format!("AmazonPay_{id}.pem")), "{file}");
        assert!(std::fs::read_to_string(&file).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    assert_ne!(simulated.text("/merchants/0/merchant_id"), simulated.text("/merchants/1/merchant_id"));
    assert_eq!(names(simulated.folder.path()).len(), 2);
}

#[test]
fn over_tls_its_authority_is_trusted_by_a_file_and_by_nothing_else() {
    let simulated = Simulated::with(&["--tls"]);
    assert!(simulated.text("/endpoint").starts_with("https://localhost:"));
    let authority = simulated.text("/certificate_authority").to_owned();
    let reports = simulated.json("reports", &["--ca", &authority]);
    assert!(reports["reports"].as_array().unwrap().len() > 10);
    let doubted = simulated.refused("reports", &[]);
    assert!(doubted.contains("the certificate is not trusted"), "{doubted}");
    let no_certificate = simulated.refused("reports", &["--ca", simulated.text("/merchants/0/key_file")]);
    assert!(no_certificate.contains("BEGIN CERTIFICATE"), "{no_certificate}");
}

#[test]
fn what_it_cannot_be_is_wrong_usage_in_both_languages() {
    for (arguments, german, english) in [
        (["--fault", "download"], "ist keine Störung: WO[:WANN]=WAS", "is no fault: write WHERE[:WHEN]=WHAT"),
        (
            ["--fault", "moon=drop"],
            "«moon» in «moon=drop» ist keine Stelle",
            "«moon» in «moon=drop» is no place",
        ),
        (
            ["--months", "0"],
            "--months liegt zwischen 1 und 600",
            "the number of months lies between 1 and 600",
        ),
        (["--merchants", "0"], "--merchants liegt zwischen 1 und 20", "a simulator has 1 to 20 merchants"),
    ] {
        for (language, expected) in [("de", german), ("en", english)] {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kontor"));
            command.args(["--lang", language, "simulate", "amazon-pay", "--listen", "127.0.0.1:0"]);
            let output = command.args(arguments).output().unwrap();
            let text = told(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{text}");
            assert!(text.contains(expected), "{text}");
        }
    }
}

#[test]
fn an_address_that_is_taken_is_named() {
    let simulated = Simulated::with(&[]);
    let address = simulated.text("/endpoint").replace("http://localhost", "127.0.0.1");
    let output =
        kontor(&["simulate", "amazon-pay", "--rows", "50", "--months", "1", "--listen", &address]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output.stderr).contains("another address is taken by --listen 127.0.0.1:0"));
}

#[test]
#[cfg(unix)]
fn it_ends_in_order_and_takes_its_temporary_keys_with_it() {
    use std::io::Read as _;

    let mut process = kontor(&["simulate", "amazon-pay", "--rows", "50", "--months", "1"])
        .args(["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = process.stdout.take().unwrap();
    let mut text = String::new();
    let mut byte = [0];
    while !text.contains("Ctrl+C\n") {
        assert_eq!(out.read(&mut byte).unwrap(), 1, "{text}");
        text.push(char::from(byte[0]));
    }
    let file = text.lines().find_map(|line| line.strip_prefix("Private key:")).unwrap().trim();
    assert!(
        text.contains("kontor amazon-pay check --endpoint http://localhost:") && Path::new(file).exists()
    );
    let ended = std::process::Command::new("kill").arg(process.id().to_string()).status().unwrap();
    assert!(ended.success());
    assert_eq!(process.wait().unwrap().code(), Some(0));
    assert!(!Path::new(file).exists());
}

#[test]
fn its_help_lists_every_fault() {
    let output = kontor(&["simulate", "amazon-pay", "--help"]).output().unwrap();
    let text = told(&output.stdout);
    for fault in ["cut:50%", "same-token", "truncated-at-line:50%", "surprise"] {
        assert!(text.contains(fault), "{fault}\n{text}");
    }
}
