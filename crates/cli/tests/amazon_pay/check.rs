//! Whether a key works, and why not.

use serde_json::Value;

use crate::desk::{Simulated, kontor, told};

#[test]
fn a_key_that_works_is_told_with_its_region() {
    let simulated = Simulated::with(&["--region", "jp"]);
    let output = simulated.run("check", &[]);
    assert!(output.status.success(), "{}", told(&output.stderr));
    let id = simulated.text("/merchants/0/public_key_id");
    assert_eq!(told(&output.stdout), format!("The key {id} works: region Japan (jp), live.\n"));
    let answer = simulated.json("check", &[]);
    assert_eq!(
        (&answer["works"], &answer["region"], &answer["environment"]),
        (&Value::Bool(true), &"jp".into(), &"live".into())
    );

    // A region that is named is the only one that is tried.
    let refused = simulated.refused("check", &["--region", "eu"]);
    assert!(refused.contains("x-amz-pay-region"), "{refused}");
}

#[test]
fn a_key_that_does_not_work_says_why_and_what_to_do_in_both_languages() {
    for (fault, german, english) in [
        (
            "api=wrong-signature",
            "Der Private Key gehört nicht zu dieser Public Key-ID",
            "The private key does not belong to this",
        ),
        (
            "api=unknown-key",
            "ob es den Schlüssel gibt und er nicht gesperrt ist",
            "the key exists and is not revoked",
        ),
        ("api=suspended", "das Händlerkonto ist gesperrt", "the merchant's account is suspended"),
        ("api=clock:-30s", "s vor (Anfrage", "this machine's clock is ahead by about "),
        (
            "api=redirect",
            "Etwas zwischen hier und Amazon hat geantwortet",
            "Something between here and Amazon answered",
        ),
    ] {
        let simulated = Simulated::with(&["--fault", fault]);
        for (language, expected) in [("de", german), ("en", english)] {
            let mut asking = std::process::Command::new(env!("CARGO_BIN_EXE_kontor"));
            asking.args(["--lang", language]).args(simulated.asks("check").get_args().skip(2));
            let output = asking.output().unwrap();
            let text = told(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{text}");
            assert!(text.contains(expected), "{fault}: {text}");
        }
    }
}

#[test]
fn json_says_what_each_region_said() {
    let simulated = Simulated::with(&["--fault", "api=unknown-key"]);
    let output = simulated.run("check", &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["works"], false);
    let regions = answer["regions"].as_array().unwrap();
    assert_eq!(regions.len(), 3);
    assert_eq!((&regions[0]["region"], &regions[0]["status"]), (&"eu".into(), &401.into()));
    assert_eq!(regions[0]["reason_code"], "UnauthorizedAccess");
    assert!(output.stderr.is_empty(), "the answer stands on standard output");
}

#[test]
fn what_is_no_key_is_called_by_its_name_before_anything_is_sent() {
    let simulated = Simulated::with(&[]);
    let keys = concat!(env!("CARGO_MANIFEST_DIR"), "/../amazon-pay/tests/keys/");
    let id = simulated.text("/merchants/0/public_key_id").to_owned();
    let endpoint = simulated.text("/endpoint").to_owned();
    let with = |key_id: &str, key: &str, language: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kontor"));
        command.args(["--lang", language, "amazon-pay", "check", "--endpoint", &endpoint]);
        let output = command.args(["--key-id", key_id, "--key", key]).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        told(&output.stderr)
    };
    for (file, german, english) in [
        ("public.pem", "das ist ein öffentlicher Schlüssel", "this is a public key"),
        ("certificate.pem", "das ist ein Zertifikat", "this is a certificate"),
        ("encrypted-pkcs8.pem", "mit einem Passwort geschützt", "protected by a password"),
        ("ec-pkcs8.pem", "das ist ein EC-Schlüssel", "this is an EC key"),
        ("rsa-1024.pem", "hat 1024 Bit", "has 1024 bits"),
        ("README.md", "keine Zeile «-----BEGIN PRIVATE KEY-----»", "no line «-----BEGIN PRIVATE KEY-----»"),
        ("nothing.pem", "lässt sich nicht lesen", "cannot be read"),
    ] {
        let path = format!("{keys}{file}");
        assert!(with(&id, &path, "de").contains(german), "{}", with(&id, &path, "de"));
        assert!(with(&id, &path, "en").contains(english), "{}", with(&id, &path, "en"));
    }
    let key = simulated.text("/merchants/0/key_file");
    assert!(with("AmazonPay_LIVE-A.pem", key, "de").contains("--key-id: «.» (Zeichen 17)"));
    assert!(with("AFVX7ULWSGBZ", key, "de").contains("beginnt weder mit LIVE noch mit SANDBOX"));
}

#[test]
fn a_key_can_come_from_standard_input_and_is_never_repeated() {
    let simulated = Simulated::with(&["--fault", "api=wrong-signature"]);
    let pem = std::fs::read_to_string(simulated.text("/merchants/0/key_file")).unwrap();
    let mut asking =
        kontor(&["amazon-pay", "check", "--json", "--key", "-", "--endpoint", simulated.text("/endpoint")]);
    asking.args(["--key-id", simulated.text("/merchants/0/public_key_id")]);
    let mut process =
        asking.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut process.stdin.take().unwrap(), pem.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    let text = told(&output.stdout);
    assert!(text.contains("InvalidRequestSignature"), "{text}");
    for line in pem.lines().filter(|line| !line.starts_with('-')) {
        assert!(!text.contains(line));
    }
}

#[test]
fn nobody_at_the_address_is_not_a_wrong_key() {
    let simulated = Simulated::with(&["--fault", "any=drop"]);
    let output = simulated.asks("check").args(["--region", "eu", "--attempts", "1"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output.stderr).contains("the connection was lost"), "{}", told(&output.stderr));
}
