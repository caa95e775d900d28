//! One character of a text into its bytes.

use super::{
    Change,
    alphabets::{cyrillic, greek, greek_pair},
    latin,
};

/// What one character, or two that belong together, becomes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    bytes: [u8; 4],
    length: usize,
    pub(super) change: Option<Change>,
}

impl Letter {
    pub(super) fn written(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    const fn one(byte: u8, change: Option<Change>) -> Self {
        Self { bytes: [byte, 0, 0, 0], length: 1, change }
    }

    /// A usual form, at most four ASCII characters; the first one a capital where the letter was.
    fn form(form: &str, is_capital: bool) -> Self {
        let mut bytes = [0; 4];
        let length = form.len().min(4);
        bytes[..length].copy_from_slice(&form.as_bytes()[..length]);
        if is_capital {
            bytes[0].make_ascii_uppercase();
        }
        Self { bytes, length, change: Some(Change::Transliterated) }
    }
}

/// What `character` becomes.
pub(super) fn letter(character: char) -> Letter {
    if character == ';' {
        Letter::one(b',', Some(Change::Separator))
    } else if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
        Letter::one(b' ', Some(Change::Control))
    } else if let Some(byte) = encoded(character) {
        Letter::one(byte, None)
    } else {
        outside(character).unwrap_or(Letter::one(b'?', Some(Change::Replaced)))
    }
}

/// What two characters that belong together become: a letter and its combining mark, two Greek letters of one sound.
pub(super) fn pair(first: char, second: char) -> Option<Letter> {
    if second < '\u{300}' {
        return None;
    }
    if let Some(byte) = latin::composed(first, second).and_then(encoded) {
        return Some(Letter::one(byte, None));
    }
    greek_pair(lower(first), lower(second)).map(|form| Letter::form(form, first.is_uppercase()))
}

/// The byte of a printable character of windows-1252.
fn encoded(character: char) -> Option<u8> {
    let byte = match character {
        ' '..='~' | '\u{a0}'..='ÿ' => return u8::try_from(character).ok(),
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8a,
        '‹' => 0x8b,
        'Œ' => 0x8c,
        'Ž' => 0x8e,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9a,
        '›' => 0x9b,
        'œ' => 0x9c,
        'ž' => 0x9e,
        'Ÿ' => 0x9f,
        _ => return None,
    };
    Some(byte)
}

/// The usual form of a character that windows-1252 lacks.
fn outside(character: char) -> Option<Letter> {
    if let Some(form) = latin::latin(character).or_else(|| punctuation(character)) {
        return Some(Letter::form(form, false));
    }
    if let wide @ '\u{ff01}'..='\u{ff5e}' = character {
        return u8::try_from(u32::from(wide) - 0xfee0).ok().map(full_width);
    }
    let small = lower(character);
    greek(small).or_else(|| cyrillic(small)).map(|form| Letter::form(form, small != character))
}

/// A full-width letter of East Asian keyboards, whose narrow twin may be a semicolon.
fn full_width(byte: u8) -> Letter {
    let byte = if byte == b';' { b',' } else { byte };
    Letter::one(byte, Some(Change::Transliterated))
}

/// Typographic characters, and those that show nothing.
const fn punctuation(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '‐' | '‑' | '‒' | '―' | '−' => "-",
        '‛' | '′' | 'ʼ' | 'ʹ' => "'",
        '‟' | '″' => "\"",
        '⁄' | '∕' => "/",
        '№' => "No.",
        'ẞ' => "SS",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{300}'..='\u{36f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => "",
        _ => return None,
    })
}

fn lower(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}
