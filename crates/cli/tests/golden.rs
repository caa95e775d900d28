//! Golden cases: folders that an accountant can read. Each holds reports and, for each chart, a configuration with what
//! must come out of it byte for byte.
//!
//! `expected.csv`, `balances.csv` and `refused.txt` were typed by hand from the accountant's tables and are never written
//! by this test: the batches are held against them. Everything else beside `kontor.toml` is rewritten by
//! `KONTOR_GOLDEN=update cargo test -p kontor --test golden`.

#![expect(clippy::unwrap_used, reason = "a test tells what is missing by stopping there")]

#[path = "golden/case.rs"]
mod case;
#[path = "golden/expected.rs"]
mod expected;
#[path = "golden/outcome.rs"]
mod outcome;

use case::Case;

#[test]
fn every_case_gives_what_the_accountant_expects() {
    let cases = Case::all();
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        for chart in case.charts() {
            let outcome = chart.convert();
            wrong.extend(expected::differences(&chart, &outcome));
            wrong.extend(chart.settle(&outcome));
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_case_says_in_words_what_it_finds() {
    for case in Case::all() {
        let text = std::fs::read_to_string(case.folder.join("case.md")).unwrap();
        assert!(text.starts_with("# ") && text.len() > 80, "{}", case.folder.display());
    }
}
