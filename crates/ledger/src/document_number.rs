//! Belegfeld 1: one key for an order, the same in every report, month and run, because open items are matched by it.

use std::fmt;

use sha2::{Digest, Sha256};

/// How long a document number may be (DATEV, booking batch, field 11).
const LENGTH: usize = 36;
/// The mark of a key that lost something: a hyphen and five characters of a hash.
const MARK_LENGTH: usize = 6;

/// What becomes of a character that a document number cannot hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unfit {
    /// It is replaced by a hyphen.
    #[default]
    Replace,
    /// It is left out.
    Remove,
}

/// A document number as DATEV takes it: 1 to 36 of `A-Z a-z 0-9 $ & % * + - /`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    bytes: [u8; LENGTH],
    length: u8,
}

/// What became of an order's own number on its way into a document number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing: it stands as it came.
    None,
    /// ASCII characters were replaced or removed, or a prefix stripped or set: two orders may meet in one number.
    Plain,
    /// It was cut or lost a non-ASCII character and ends in a mark of its own.
    Marked,
}

/// How the orders' own numbers become document numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberRule {
    /// What becomes of unfit characters.
    pub unfit: Unfit,
    /// Stripped from the front where it is there.
    pub strip_prefix: String,
    /// Set in front, so that two shops with equal numbers stay apart.
    pub prefix: String,
}

impl NumberRule {
    /// Makes the document number of an order.
    ///
    /// A key that is cut or loses a non-ASCII character ends in a hyphen and five base32 characters of
    /// SHA-256 of the number as it came, so it is the same in every run and different for different orders.
    pub fn number(&self, original: &str) -> (DocumentNumber, Change) {
        let stripped = original.strip_prefix(self.strip_prefix.as_str()).unwrap_or(original);
        let length = self.prefix.len() + stripped.len();
        if (1..=LENGTH).contains(&length) && self.prefix.bytes().chain(stripped.bytes()).all(fits) {
            let as_it_came = self.prefix.is_empty() && stripped.len() == original.len();
            let change = if as_it_came { Change::None } else { Change::Plain };
            return (DocumentNumber::join(self.prefix.as_bytes(), stripped.as_bytes()), change);
        }
        self.mend(original, stripped)
    }

    fn mend(&self, original: &str, stripped: &str) -> (DocumentNumber, Change) {
        let mut key = Vec::with_capacity(LENGTH);
        let mut lost = false;
        for character in self.prefix.chars().chain(stripped.chars()) {
            lost |= !character.is_ascii();
            match u8::try_from(character) {
                Ok(byte) if fits(byte) => key.push(byte),
                _ if self.unfit == Unfit::Replace => key.push(b'-'),
                _ => {}
            }
        }
        if lost || key.len() > LENGTH || key.is_empty() {
            key.truncate(LENGTH - MARK_LENGTH);
            return (DocumentNumber::join(&key, &mark(original)), Change::Marked);
        }
        (DocumentNumber::join(&key, &[]), Change::Plain)
    }
}

/// A hyphen and the first 25 bits of SHA-256 in base32 (RFC 4648).
fn mark(original: &str) -> [u8; MARK_LENGTH] {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let hash = Sha256::digest(original.as_bytes());
    let bits = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
    let mut mark = [b'-'; MARK_LENGTH];
    for (place, character) in mark[1..].iter_mut().enumerate() {
        let shift = 27 - 5 * u32::try_from(place).unwrap_or(0);
        let digit = usize::try_from((bits >> shift) & 31).unwrap_or(0);
        *character = ALPHABET[digit];
    }
    mark
}

/// May the character stand in a document number? The underscore may not: DATEV's description leaves it out.
fn fits(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'$' | b'&' | b'%' | b'*' | b'+' | b'-' | b'/')
}

impl DocumentNumber {
    /// Both parts together have at most [`LENGTH`] characters.
    fn join(front: &[u8], back: &[u8]) -> Self {
        let mut bytes = [0; LENGTH];
        let length = (front.len() + back.len()).min(LENGTH);
        let (first, second) = bytes.split_at_mut(front.len().min(LENGTH));
        first.copy_from_slice(&front[..first.len()]);
        second[..length - first.len()].copy_from_slice(&back[..length - first.len()]);
        Self { bytes, length: u8::try_from(length).unwrap_or_default() }
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "«{}»", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(original: &str, unfit: Unfit) -> String {
        let rule = NumberRule { unfit, ..NumberRule::default() };
        rule.number(original).0.to_string()
    }

    #[test]
    fn an_accountants_order_numbers() {
        for (original, replaced, removed) in [
            ("1001", "1001", "1001"),
            ("#1001", "-1001", "1001"),
            ("00017", "00017", "00017"),
            ("R_2026_5", "R-2026-5", "R20265"),
            ("R-2026-5", "R-2026-5", "R-2026-5"),
            ("Bestellung 7", "Bestellung-7", "Bestellung7"),
            ("P01-4968629-7654321", "P01-4968629-7654321", "P01-4968629-7654321"),
        ] {
            assert_eq!(number(original, Unfit::Replace), replaced);
            assert_eq!(number(original, Unfit::Remove), removed);
        }
    }

    #[test]
    fn a_lost_letter_leaves_a_mark() {
        let replaced = number("rö-8", Unfit::Replace);
        let removed = number("rö-8", Unfit::Remove);

        assert!(replaced.starts_with("r--8-") && replaced.len() == 10, "{replaced}");
        assert!(removed.starts_with("r-8-") && removed.len() == 9, "{removed}");
        assert_eq!(replaced[5..], removed[4..]);
        assert_ne!(number("rä-8", Unfit::Replace), replaced);
    }

    #[test]
    fn long_numbers_are_cut_and_stay_apart() {
        let one = number(&format!("{}1", "x".repeat(40)), Unfit::Replace);
        let two = number(&format!("{}2", "x".repeat(40)), Unfit::Replace);
        assert_eq!((one.len(), two.len()), (36, 36));
        assert_ne!(one, two);
        assert_eq!(number(&"x".repeat(36), Unfit::Replace), "x".repeat(36));
    }

    #[test]
    fn a_number_of_nothing_but_unfit_characters_is_still_a_key() {
        let key = number("###", Unfit::Remove);
        assert_eq!(key.len(), 6);
        assert_eq!(key, number("###", Unfit::Remove));
        assert_ne!(key, number("####", Unfit::Remove));
    }

    #[test]
    fn a_prefix_is_stripped_and_set() {
        let rule = NumberRule { strip_prefix: "SHOP-".into(), prefix: "B/".into(), ..NumberRule::default() };
        assert_eq!(rule.number("SHOP-77").0.to_string(), "B/77");
        assert_eq!(rule.number("78").0.to_string(), "B/78");
        assert_eq!(rule.number("78").1, Change::Plain);
    }

    proptest! {
        #[test]
        fn whatever_comes_the_number_is_fit_and_the_same_again(original in "\\PC{0,80}", remove: bool) {
            let unfit = if remove { Unfit::Remove } else { Unfit::Replace };
            let rule = NumberRule { unfit, ..NumberRule::default() };
            let (key, change) = rule.number(&original);
            prop_assert!((1..=LENGTH).contains(&key.as_str().len()));
            prop_assert!(key.as_str().bytes().all(fits));
            prop_assert_eq!(rule.number(&original), (key, change));
            if change == Change::None {
                prop_assert_eq!(key.as_str(), original);
            }
        }
    }
}
