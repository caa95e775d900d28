//! Texts from outside in files that people read: nothing in them may break a line or hide.

/// The character itself; a space for one that breaks or moves a line, `�` for one that nobody sees.
///
/// Marks of direction are among the unseen: they make a line look other than it is (CVE-2021-42574).
pub(crate) fn visible(character: char) -> char {
    match character {
        '\u{2028}' | '\u{2029}' => ' ',
        _ if character.is_control() => ' ',
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        text.chars().map(visible).collect()
    }

    #[test]
    fn what_breaks_a_line_is_a_space() {
        assert_eq!(shown("a\r\nb\tc\0d\u{85}e\u{2028}f"), "a  b c d e f");
    }

    #[test]
    fn what_hides_is_shown() {
        assert_eq!(shown("a\u{202e}b\u{200b}c\u{feff}"), "a�b�c�");
    }

    #[test]
    fn what_people_write_stays() {
        let text = "Größe 42 – 日本 😀 \"#;|\\";
        assert_eq!(shown(text), text);
    }
}
