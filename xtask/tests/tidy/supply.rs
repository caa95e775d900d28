//! Crates that must not come in, not even by way of another: read from `Cargo.lock`, which holds every
//! platform and every feature of ours.

use std::fs;

use serde_json::{Value, json};
use toml::Table;

use crate::{arrows::metadata, refuse, tree::root};

/// TLS and cryptography come from rustls and aws-lc-rs alone.
const REFUSED: &[&str] = &["openssl", "openssl-sys", "native-tls", "ring"];

/// The one crate that may use `rsa`, and the one feature by which (RUSTSEC-2023-0071: it may verify, never sign).
const RSA: (&str, &str) = ("amazon-pay", "simulator");

fn refused_crates(lock: &Table) -> Vec<String> {
    let mut findings = Vec::new();
    for package in lock["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        for dependency in package.get("dependencies").and_then(|list| list.as_array()).into_iter().flatten() {
            // "rsa", or "rsa 0.9.8" where there are two versions of it.
            let dependency = dependency.as_str().unwrap().split(' ').next().unwrap();
            if REFUSED.contains(&dependency) || (dependency == "rsa" && name != RSA.0) {
                findings.push(format!("{name} brings in {dependency}"));
            }
        }
    }
    findings
}

fn rsa_without_its_feature(metadata: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let room = package["name"].as_str().unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            if dependency["name"] == "rsa" && dependency["kind"].is_null() && dependency["optional"] != true {
                findings.push(format!("{room} always depends on rsa; make it optional"));
            }
        }
        for (feature, enables) in package["features"].as_object().unwrap() {
            if enables.as_array().unwrap().contains(&json!("dep:rsa")) && (room, feature.as_str()) != RSA {
                findings.push(format!("the feature {feature} of {room} brings in rsa"));
            }
        }
    }
    findings
}

#[test]
fn no_refused_crate_comes_in() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    refuse("a crate that must not come in (DECISIONS.md, cryptography)", &refused_crates(&lock));
}

#[test]
fn rsa_comes_only_with_the_simulator() {
    refuse(
        "rsa is for the simulator alone (DECISIONS.md, cryptography)",
        &rsa_without_its_feature(&metadata()),
    );
}

#[test]
fn a_refused_crate_is_found_with_the_one_that_brings_it() {
    let lock = r#"
        [[package]]
        name = "openssl"
        [[package]]
        name = "some-client"
        dependencies = ["openssl 0.10.1", "rsa", "serde"]
        [[package]]
        name = "amazon-pay"
        dependencies = ["rsa"]
    "#;
    let findings = refused_crates(&lock.parse().unwrap());
    assert_eq!(findings, ["some-client brings in openssl", "some-client brings in rsa"]);
}

#[test]
fn rsa_in_another_feature_is_found() {
    let metadata = json!({ "packages": [
        {
            "name": "amazon-pay",
            "dependencies": [{ "name": "rsa", "kind": null, "optional": false }],
            "features": { "simulator": ["dep:rsa"], "client": ["dep:rsa"] },
        },
    ] });
    let findings = rsa_without_its_feature(&metadata);
    assert_eq!(
        findings,
        [
            "amazon-pay always depends on rsa; make it optional",
            "the feature client of amazon-pay brings in rsa"
        ]
    );
}
