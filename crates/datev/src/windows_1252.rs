//! Text into windows-1252, the character set of the DATEV-Format, with every change reported.

mod alphabets;
mod latin;
mod letters;

/// What was changed in a text so that it fits its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// A letter outside windows-1252 was written in its usual form: `ł` as `l`.
    Transliterated,
    /// A character without a usual form became `?`.
    Replaced,
    /// A semicolon became a comma: some readers split on it even inside quotes.
    Separator,
    /// A control character became a blank.
    Control,
    /// The text was cut to the length of its field.
    Cut,
    /// The format version has no such field: the content was left out.
    LeftOut,
}

impl Change {
    const ALL: [Self; 6] =
        [Self::Transliterated, Self::Replaced, Self::Separator, Self::Control, Self::Cut, Self::LeftOut];

    const fn bit(self) -> u8 {
        match self {
            Self::Transliterated => 1,
            Self::Replaced => 2,
            Self::Separator => 4,
            Self::Control => 8,
            Self::Cut => 16,
            Self::LeftOut => 32,
        }
    }
}

/// The changes made to one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct ChangeSet(u8);

impl ChangeSet {
    /// No change.
    pub const NONE: Self = Self(0);

    /// Whether the text went through as it was.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this change was made.
    pub const fn contains(self, change: Change) -> bool {
        self.0 & change.bit() != 0
    }

    /// The changes, one by one.
    pub fn iter(self) -> impl Iterator<Item = Change> {
        Change::ALL.into_iter().filter(move |&change| self.contains(change))
    }

    pub(crate) const fn insert(&mut self, change: Change) {
        self.0 |= change.bit();
    }
}

/// A text as it will stand in a field of `max_length` characters, and what was changed for that.
///
/// ```
/// use datev::windows_1252::{Change, fit};
///
/// let (text, changes) = fit("Łódź; Café", 20);
/// assert_eq!(text, "Lódz, Café");
/// assert!(changes.contains(Change::Transliterated) && changes.contains(Change::Separator));
/// ```
pub fn fit(text: &str, max_length: usize) -> (String, ChangeSet) {
    let mut bytes = Vec::with_capacity(text.len().min(max_length));
    let changes = push_text(&mut bytes, text, max_length, false);
    (encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned(), changes)
}

/// Appends `text` for a quoted field of `max_length` characters: encoded, cut, its quotes doubled.
pub(crate) fn push_quoted_text(out: &mut Vec<u8>, text: &str, max_length: usize) -> ChangeSet {
    if text.len() <= max_length && text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        out.extend_from_slice(text.as_bytes());
        return ChangeSet::NONE;
    }
    push_text(out, text, max_length, true)
}

/// The bytes that go through as they are: printable ASCII without quote and semicolon.
const fn is_plain(byte: u8) -> bool {
    byte >= b' ' && byte < 0x7f && byte != b'"' && byte != b';'
}

fn push_text(out: &mut Vec<u8>, text: &str, max_length: usize, double_quotes: bool) -> ChangeSet {
    let mut changes = ChangeSet::NONE;
    let mut room = max_length;
    let mut rest = text;
    loop {
        let (run, after) = rest.split_at(plain_run(rest));
        let (fitting, cut) = run.as_bytes().split_at(run.len().min(room));
        out.extend_from_slice(fitting);
        room -= fitting.len();
        let mut characters = after.chars();
        let Some(character) = characters.next().filter(|_| cut.is_empty()) else {
            if !cut.is_empty() {
                changes.insert(Change::Cut);
            }
            return changes;
        };
        let mut beyond = characters.clone();
        let pair = beyond.next().and_then(|next| letters::pair(character, next));
        rest = if pair.is_some() { beyond.as_str() } else { characters.as_str() };
        let letter = pair.unwrap_or_else(|| letters::letter(character));
        let written = letter.written();
        let Some(left) = room.checked_sub(written.len()) else {
            changes.insert(Change::Cut);
            return changes;
        };
        room = left;
        if let Some(change) = letter.change {
            changes.insert(change);
        }
        if double_quotes && written == b"\"" {
            out.push(b'"');
        }
        out.extend_from_slice(written);
    }
}

/// How many bytes at the beginning go through as they are. A letter before a combining mark is left to its mark.
fn plain_run(text: &str) -> usize {
    let run = text.bytes().position(|byte| !is_plain(byte)).unwrap_or(text.len());
    let next = text[run..].chars().next();
    if next.is_some_and(|next| next >= '\u{300}') { run.saturating_sub(1) } else { run }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str, max_length: usize) -> (Vec<u8>, Vec<Change>) {
        let mut out = Vec::new();
        let changes = push_quoted_text(&mut out, text, max_length);
        (out, changes.iter().collect())
    }

    #[test]
    fn german_text_goes_through_unchanged() {
        assert_eq!(quoted("Müller, Köln €5 ß „gut“", 60).0, b"M\xfcller, K\xf6ln \x805 \xdf \x84gut\x93");
        assert_eq!(quoted("Müller, Köln €5 ß „gut“", 60).1, []);
    }

    #[test]
    fn quotes_are_doubled_and_counted_once() {
        assert_eq!(quoted("a\"b\"", 4), (b"a\"\"b\"\"".to_vec(), vec![]));
        assert_eq!(quoted("a\"b\"", 3), (b"a\"\"b".to_vec(), vec![Change::Cut]));
    }

    #[test]
    fn semicolons_and_control_characters_are_replaced_and_told() {
        assert_eq!(quoted("a;b", 9), (b"a,b".to_vec(), vec![Change::Separator]));
        assert_eq!(quoted("a\r\n\tb\u{85}", 9), (b"a   b ".to_vec(), vec![Change::Control]));
    }

    #[test]
    fn letters_outside_take_their_usual_form() {
        for (text, expected) in [
            ("Łukasz Wałęsa", "Lukasz Walesa"),
            ("Őry Béla", "Ory Béla"),
            ("Ayşe Yıldız İğdır", "Ayse Yildiz Igdir"),
            ("Șerban Țepeș", "Serban Tepes"),
            ("Dvořák Čapek", "Dvorák Capek"),
            ("Παπαδόπουλος", "Papadopoulos"),
            ("Nguyễn", "Nguyen"),
        ] {
            let (fitted, changes) = fit(text, 60);
            assert_eq!(fitted, expected);
            assert!(
                changes.contains(Change::Transliterated) && !changes.contains(Change::Replaced),
                "{text}"
            );
        }
        assert_eq!(fit("Živković Šimić", 60).0, "Živkovic Šimic");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(fit("Mu\u{308}ller S\u{30c}", 60), ("Müller Š".to_owned(), ChangeSet::NONE));
        assert_eq!(fit("n\u{30c}", 60).0, "n");
    }

    #[test]
    fn what_has_no_form_becomes_a_question_mark() {
        let (fitted, changes) = fit("Danke 🎉 日本", 60);
        assert_eq!(fitted, "Danke ? ??");
        assert!(changes.contains(Change::Replaced));
    }

    #[test]
    fn a_text_is_cut_between_characters_never_inside_one() {
        assert_eq!(fit("Straße", 5).0, "Straß");
        assert_eq!(fit("aθ", 2).0, "a");
        assert!(fit("aθ", 2).1.contains(Change::Cut));
        assert!(!fit("abc", 3).1.contains(Change::Cut));
    }
}
