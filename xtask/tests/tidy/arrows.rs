//! Which room may know which: the direction of dependencies, read from `cargo metadata`.

use std::process::Command;

use serde_json::{Value, json};

use crate::{refuse, tree::root};

/// The product's rooms, and which of them each may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("ledger", &[]),
    ("datev", &[]),
    ("amazon-pay", &[]),
    ("bank-statement", &[]),
    ("store", &["ledger"]),
    ("providers", &["ledger", "amazon-pay"]),
    ("exports", &["ledger", "datev"]),
    ("app", &["ledger", "datev", "amazon-pay", "bank-statement", "providers", "exports", "store"]),
    ("web", &["ledger", "store", "app"]),
    ("kontor", &["ledger", "datev", "amazon-pay", "providers", "exports", "store", "app", "web"]),
];

/// Rooms of development, which know whom they need and whom no room of the product depends on.
const DEVELOPMENT: &[&str] = &["testkit", "browser-tests", "xtask", "kontor-fuzz"];

/// What only tests may add to a room's arrows.
const FOR_TESTS: &[&str] = &["testkit"];

fn wrong_arrows(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().unwrap();
    let rooms: Vec<&str> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    let mut findings = Vec::new();
    for (package, room) in packages.iter().zip(&rooms) {
        if DEVELOPMENT.contains(room) {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| name == room) else {
            findings.push(format!("{room} is a new room: give it a line in ARROWS or in DEVELOPMENT"));
            continue;
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["name"].as_str().unwrap();
            let for_tests = dependency["kind"] == "dev" && FOR_TESTS.contains(&name);
            if rooms.contains(&name) && !allowed.contains(&name) && !for_tests {
                findings.push(format!("{room} depends on {name}; it may know: {}", listed(allowed)));
            }
        }
    }
    findings
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none of our rooms".to_owned() } else { names.join(", ") }
}

/// The members of the workspace with what they declare; resolves nothing, so it needs no network.
fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn rooms_know_only_whom_they_may() {
    refuse("a room depends on one that it must not know (ARCHITECTURE.md)", &wrong_arrows(&metadata()));
}

#[test]
fn an_arrow_in_the_wrong_direction_is_found() {
    let metadata = json!({ "packages": [
        { "name": "ledger", "dependencies": [
            { "name": "datev", "kind": null },
            { "name": "thiserror", "kind": null },
        ] },
        { "name": "datev", "dependencies": [] },
    ] });
    assert_eq!(wrong_arrows(&metadata), ["ledger depends on datev; it may know: none of our rooms"]);
}

#[test]
fn the_test_kit_serves_tests_only() {
    let metadata = |kind: Value| {
        json!({ "packages": [
            { "name": "exports", "dependencies": [{ "name": "testkit", "kind": kind }] },
            { "name": "testkit", "dependencies": [] },
        ] })
    };
    assert!(wrong_arrows(&metadata(json!("dev"))).is_empty());
    assert_eq!(
        wrong_arrows(&metadata(Value::Null)),
        ["exports depends on testkit; it may know: ledger, datev"]
    );
}

#[test]
fn a_room_without_a_rule_is_found() {
    let metadata = json!({ "packages": [{ "name": "attic", "dependencies": [] }] });
    assert_eq!(wrong_arrows(&metadata), ["attic is a new room: give it a line in ARROWS or in DEVELOPMENT"]);
}
