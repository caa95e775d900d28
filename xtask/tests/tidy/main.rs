//! The rules of the house as tests: what a reviewer should not have to look for.
//!
//! One rule a module. Each is a function from files (or cargo's own metadata) to findings, so that its tests
//! can show on small samples that it does find something.

#![expect(clippy::unwrap_used, reason = "a test ends where the project's own files are wrong")]

mod arrows;
mod crates;
mod floats;
mod front_page;
mod names;
mod origins;
mod places;
mod sizes;
mod supply;
mod tree;

/// Fails with all findings, one a line, and the rule that they break.
fn refuse(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}
