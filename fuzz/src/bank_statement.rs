//! Statements of a bank.

use ::bank_statement::{Format, Language, Limits, Statement, read};

/// Small bounds, so that the fuzzer reaches them.
const LIMITS: Limits =
    Limits { file_bytes: 1 << 20, members: 4, archive_bytes: 2 << 20, statements: 8, entries: 64, depth: 24 };

/// Reads any bytes as camt.053 or an archive.
pub(crate) fn camt(bytes: &[u8]) {
    for statement in statements(bytes) {
        if let Format::Camt053(version) = statement.format {
            assert!((2..=8).contains(&version), "only these versions are read");
        }
    }
}

/// Reads any bytes as MT940, and as one message more without its end.
pub(crate) fn mt940(bytes: &[u8]) {
    statements(bytes);
    let begun =
        [b":20:FUZZ\n:25:12345678/1\n:60F:C261101EUR0,00\n", bytes, b"\n:62F:C261101EUR0,00\n-\n"].concat();
    statements(&begun);
}

/// What is read proves itself and is bounded; what is refused is told in words.
fn statements(bytes: &[u8]) -> Vec<Statement> {
    let read = match read(bytes, &LIMITS) {
        Ok(read) => read,
        Err(error) => {
            for language in [Language::German, Language::English] {
                let sentence = error.sentence(language);
                assert!(
                    !sentence.is_empty() && sentence.chars().count() < 2_000,
                    "an error is told in bounded words"
                );
                assert!(!sentence.chars().any(char::is_control), "an error can be printed");
            }
            return Vec::new();
        }
    };
    assert!(!read.is_empty() && read.len() <= LIMITS.statements, "a file has a statement, and not too many");
    let mut entries = 0;
    for statement in &read {
        let mut sum = statement.opening.amount;
        for entry in &statement.entries {
            entries += 1 + entry.transactions.len();
            sum = sum.checked_add(entry.amount).expect("one currency, no overflow");
            let parts = entry.parts();
            let parts = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(part.amount.minor()));
            assert_eq!(parts, Some(entry.amount.minor()), "the parts are the whole");
        }
        assert_eq!(sum, statement.closing.amount, "a statement proves itself");
    }
    assert!(entries <= LIMITS.entries, "entries are bounded");
    read
}
