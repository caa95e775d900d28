//! Files of the DATEV-Format.

use std::collections::HashMap;

use datev::{CheckOptions, Code, Language, PostingReader, Reader, check};

/// Reads any bytes row by row and, where they are a booking batch, into postings.
pub(crate) fn datev_reader(bytes: &[u8]) {
    let mut reader = Reader::new(bytes).expect("memory can be read");
    let lines = bytes.split(|&byte| byte == b'\n').count();
    let mut last = 0;
    while let Some(row) = reader.next_row().expect("memory can be read") {
        assert!(row.line() > last, "rows go forward");
        assert!(!row.is_empty(), "a row has a field");
        last = row.line();
        for field in row.fields() {
            assert!(field.text().len() <= 3 * field.bytes().len(), "a text is bounded by its bytes");
        }
    }
    assert!(usize::try_from(last).is_ok_and(|last| last <= lines), "no line is invented");
    if let Ok(postings) = PostingReader::new(bytes) {
        let begin = postings.header().fiscal_year_begin;
        for posting in postings.flatten() {
            assert!(posting.date >= begin, "a posting lies in its fiscal year");
            assert!(posting.amount.minor() > 0, "an amount is above zero");
        }
    }
}

/// Checks any bytes: findings are bounded, told with line and field, and counted right.
pub(crate) fn datev_checker(bytes: &[u8]) {
    let options = CheckOptions { findings_per_code_max: 3, ..CheckOptions::default() };
    let report = check(bytes, Some("EXTF_fuzz.csv"), &options).expect("memory can be read");
    let mut kept: HashMap<Code, u64> = HashMap::new();
    for finding in report.findings() {
        *kept.entry(finding.code).or_default() += 1;
        assert!(finding.found.chars().count() <= 60, "an offending text is shortened");
        assert!(!finding.found.chars().any(char::is_control), "an offending text can be printed");
        assert!(!finding.sentence(Language::German).is_empty(), "a finding is told in words");
    }
    for &code in Code::ALL {
        let kept = kept.get(&code).copied().unwrap_or_default();
        assert_eq!(kept, report.count(code).min(3), "so many are kept as were found, at most three");
    }
    assert!(report.rows() > 0 || !report.findings().is_empty(), "a file without rows is told");
}
