//! Crates that must not come in, not even by way of another: read from `cargo tree`, which knows what is really
//! built (`Cargo.lock` also lists what an optional dependency of a dependency would need).

use std::process::Command;

use serde_json::{Value, json};

use crate::{arrows::metadata, refuse, tree::root};

/// TLS and cryptography come from rustls and aws-lc-rs alone.
const REFUSED: &[&str] = &["openssl", "openssl-sys", "native-tls", "ring"];

/// The one crate that may use `rsa`, and the one feature by which (RUSTSEC-2023-0071: it may verify, never sign).
const RSA: (&str, &str) = ("amazon-pay", "simulator");

/// Takes the tree with a depth before each name: `0kontor v0.1.0 (…)`, `1clap v4.6.0`, `2clap_builder v4.6.0` …
fn refused_crates(tree: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let mut path: Vec<&str> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let name_at = line.find(|letter: char| !letter.is_ascii_digit()).unwrap();
        let (depth, rest) = line.split_at(name_at);
        let name = rest.split(' ').next().unwrap();
        path.truncate(depth.parse().unwrap());
        let parent = path.last().copied().unwrap_or("the workspace");
        if REFUSED.contains(&name) || (name == "rsa" && parent != RSA.0) {
            findings.push(format!("{parent} brings in {name}"));
        }
        path.push(name);
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
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--prefix", "depth"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo tree failed: {}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    refuse("a crate that must not come in (DECISIONS.md, cryptography)", &refused_crates(&tree));
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
    let tree = "\
0kontor v0.1.0 (somewhere)
1some-client v1.0.0
2openssl v0.10.1
3openssl-macros v0.1.0 (proc-macro)
2rsa v0.9.8
1amazon-pay v0.1.0 (somewhere)
2rsa v0.9.8 (*)

0amazon-pay v0.1.0 (somewhere) (*)
";
    assert_eq!(refused_crates(tree), ["some-client brings in openssl", "some-client brings in rsa"]);
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
