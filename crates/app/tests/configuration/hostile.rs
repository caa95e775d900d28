//! Whatever a file holds, it is read or refused; nothing panics, hangs or grows without bound.

use app::configuration::{Configuration, What};
use app::language::Language;
use proptest::prelude::*;

const WHOLE: &str = include_str!("accepted/six_digits_and_a_deviating_year.toml");

fn refuse(bytes: &[u8]) -> Vec<What> {
    let error = Configuration::read_bytes(bytes).unwrap_err();
    assert!(!error.problems.is_empty() && !error.say(Language::De).is_empty());
    error.problems.into_iter().map(|problem| problem.what).collect()
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read_whole() {
    let endless = std::io::repeat(b'#');
    let error = Configuration::read_from(endless).unwrap().unwrap_err();
    assert!(matches!(error.problems[0].what, What::TooLarge { .. }));
    // Cut in the middle of a letter it is still too large, not damaged.
    let letters = "ä".repeat(1 << 20);
    let error = Configuration::read_from(letters.as_bytes()).unwrap().unwrap_err();
    assert!(matches!(error.problems[0].what, What::TooLarge { .. }));
}

#[test]
fn a_file_of_another_encoding_is_told_its_line() {
    let error = Configuration::read_bytes(b"[client]\n# Gesch\xe4ft\n").unwrap_err();
    assert_eq!(error.problems[0].what, What::NotUtf8);
    assert_eq!((error.problems[0].position.line, error.problems[0].position.column), (2, 8));
}

#[test]
fn a_byte_order_mark_is_no_problem() {
    assert!(Configuration::read("\u{feff}[client]\r\nchart = \"skr03\"\r\n").is_ok());
}

#[test]
fn deep_nesting_and_endless_lists_end() {
    let deep = format!("x = {}", "[".repeat(500_000));
    assert!(refuse(deep.as_bytes()).len() <= 20);
    let dotted = format!("{}x = 1", "a.".repeat(500_000));
    assert!(!refuse(dotted.as_bytes()).is_empty());
    let rules =
        format!("[client]\nchart = \"skr03\"\n{}", "[[account]]\nfor=\"fee\"\naccount=1\n".repeat(30_000));
    assert!(refuse(rules.as_bytes()).iter().any(|what| matches!(what, What::TooMany { .. })));
    let years = format!("[client]\nchart = \"skr03\"\nfiscal-years = [{}]", "2026-01-01,".repeat(90_000));
    assert!(refuse(years.as_bytes()).iter().any(|what| matches!(what, What::TooMany { .. })));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Err(error) = Configuration::read_bytes(&bytes) {
            prop_assert!(!error.problems.is_empty());
        }
    }

    #[test]
    fn a_file_with_a_piece_replaced_is_read_or_refused(at in 0..WHOLE.len(), length in 0_usize..30, piece in "[ -~\\n]{0,20}") {
        let end = (at + length).min(WHOLE.len());
        let text = format!("{}{piece}{}", &WHOLE[..at], &WHOLE[end..]);
        if let Err(error) = Configuration::read(&text) {
            prop_assert!(!error.problems.is_empty());
            for problem in &error.problems {
                prop_assert!(problem.position.line <= text.lines().count() + 1);
                prop_assert!(!problem.say(Language::De).contains('\n') && !problem.say(Language::En).contains('\n'));
            }
        }
    }
}
