//! Does a text of the bank name a reference?

/// Shorter references could stand in a text by chance.
const SHORTEST: usize = 6;
/// From this length on a reference is also found where the bank broke it over two lines.
const BROKEN: usize = 10;

/// The words of a text: letters and digits, capital.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_uppercase)
}

/// A reference as it is looked for: without what is no letter or digit; none if it is too short to mean anything.
pub(super) fn wanted(reference: &str) -> Option<String> {
    let wanted: String = words(reference).collect();
    (wanted.chars().count() >= SHORTEST).then_some(wanted)
}

/// Does the text name the reference, as a word or as several in a row?
pub(super) fn names(text: &str, wanted: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    if words.iter().any(|word| word == wanted) {
        return true;
    }
    wanted.chars().count() >= BROKEN && (0..words.len()).any(|first| begins_with(&words[first..], wanted))
}

/// Do some words in a row make exactly the reference?
fn begins_with(words: &[String], wanted: &str) -> bool {
    let mut rest = wanted;
    for word in words {
        match rest.strip_prefix(word.as_str()) {
            Some("") => return true,
            Some(more) => rest = more,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_as_a_word_and_broken_over_lines() {
        let wanted = wanted("3AZQ4V7K9P2M1XTB").unwrap();
        assert!(names("AMAZON 3azq4v7k9p2m1xtb Auszahlung", &wanted));
        assert!(names("EREF: 3AZQ4V7K 9P2M1XTB", &wanted));
        assert!(!names("3AZQ4V7K9P2M1XTBX", &wanted));
        assert!(!names("3AZQ4V7K", &wanted));
    }

    #[test]
    fn a_number_within_a_longer_one_is_another_number() {
        let wanted = wanted("11111111111").unwrap();
        assert!(names("Auszahlung 11111111111.", &wanted));
        assert!(!names("111111111112", &wanted));
        assert!(!names("211111111111", &wanted));
    }

    #[test]
    fn what_is_too_short_is_not_looked_for() {
        assert_eq!(wanted("A-1"), None);
        assert_eq!(wanted(""), None);
        assert_eq!(wanted("AB-1234").as_deref(), Some("AB1234"));
    }
}
