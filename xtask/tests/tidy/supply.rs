//! Crates that must not come in, not even by way of another: read from `cargo tree`, which knows what is really
//! built (`Cargo.lock` also lists what an optional dependency of a dependency would need).

use std::process::Command;

use crate::{refuse, tree::root};

/// TLS and cryptography come from rustls and aws-lc-rs alone; `rsa` besides leaks its key by time (RUSTSEC-2023-0071).
const REFUSED: &[&str] = &["openssl", "openssl-sys", "native-tls", "ring", "rsa"];

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
        if REFUSED.contains(&name) {
            findings.push(format!("{parent} brings in {name}"));
        }
        path.push(name);
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
fn a_refused_crate_is_found_with_the_one_that_brings_it() {
    let tree = "\
0kontor v0.1.0 (somewhere)
1some-client v1.0.0
2openssl v0.10.1
3openssl-macros v0.1.0 (proc-macro)
2rsa v0.9.8
1amazon-pay v0.1.0 (somewhere)

0ring v0.17.0 (somewhere)
";
    assert_eq!(
        refused_crates(tree),
        ["some-client brings in openssl", "some-client brings in rsa", "the workspace brings in ring"]
    );
}
