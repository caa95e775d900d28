//! Bytes into text. XML says its encoding; MT940 does not, so it is told by the bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Problem, ReadError};

/// A file as text.
#[derive(Debug)]
pub(crate) enum Text<'a> {
    /// It begins as XML does.
    Xml(Cow<'a, str>),
    /// Anything else.
    Plain(Cow<'a, str>),
}

/// How far the XML declaration can reach.
const DECLARATION_MAX: usize = 200;

/// Decodes a whole file.
pub(crate) fn decode(bytes: &[u8]) -> Result<Text<'_>, ReadError> {
    let marked = Encoding::for_bom(bytes);
    let after_mark = marked.map_or(bytes, |(_, length)| bytes.get(length..).unwrap_or_default());
    let wide = marked.is_some_and(|(encoding, _)| encoding == UTF_16LE || encoding == UTF_16BE);
    let begins_as_xml = after_mark.trim_ascii_start().starts_with(b"<");
    if wide {
        let text = strict(marked.map_or(UTF_8, |(encoding, _)| encoding), after_mark)?;
        let xml = text.trim_start().starts_with('<');
        return Ok(if xml { Text::Xml(text) } else { Text::Plain(text) });
    }
    if begins_as_xml {
        let encoding = if marked.is_some() { UTF_8 } else { declared(after_mark)? };
        return strict(encoding, after_mark).map(Text::Xml);
    }
    Ok(Text::Plain(guessed(after_mark)))
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, ReadError> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.ok_or_else(|| ReadError::of_file(Problem::Bytes))
}

/// The encoding of the XML declaration; UTF-8 where it says none (XML 1.0, 4.3.3).
fn declared(bytes: &[u8]) -> Result<&'static Encoding, ReadError> {
    let head = bytes.trim_ascii_start();
    let head = String::from_utf8_lossy(&head[..head.len().min(DECLARATION_MAX)]);
    let Some(declaration) =
        head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(it, _)| it)
    else {
        return Ok(UTF_8);
    };
    let Some((_, value)) = declaration.split_once("encoding") else { return Ok(UTF_8) };
    let value = value.trim_start_matches(['=', ' ', '\t', '\r', '\n']);
    let name =
        value.strip_prefix(['"', '\'']).and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or_default();
    let encoding = Encoding::for_label(name.as_bytes());
    // A file that was not recognised by a byte order mark is no UTF-16, whatever it says.
    let encoding =
        encoding.map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
    encoding.ok_or_else(|| ReadError::of_file(Problem::Encoding { name: crate::error::shortened(name) }))
}

/// UTF-8 where the bytes are that; else code page 850 or windows-1252 (with ISO 8859-1 in it), whichever has more German letters.
fn guessed(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let count = |letters: &[u8]| bytes.iter().filter(|byte| letters.contains(byte)).count();
    let (dos, windows) = (count(GERMAN_850), count(GERMAN_1252));
    if dos > windows {
        return Cow::Owned(bytes.iter().map(|byte| code_page_850(*byte)).collect());
    }
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// ü ä ö Ä Ö Ü ß in code page 850.
const GERMAN_850: &[u8] = &[0x81, 0x84, 0x94, 0x8e, 0x99, 0x9a, 0xe1];
/// The same in windows-1252 and ISO 8859-1.
const GERMAN_1252: &[u8] = &[0xfc, 0xe4, 0xf6, 0xc4, 0xd6, 0xdc, 0xdf];

/// The upper half of code page 850 (IBM, CCSID 850).
const UPPER_850: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

fn code_page_850(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(place) => UPPER_850.chars().nth(usize::from(place)).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        match decode(bytes).unwrap() {
            Text::Xml(text) | Text::Plain(text) => text.into_owned(),
        }
    }

    #[test]
    fn umlauts_are_read_in_each_of_the_three_encodings_of_mt940() {
        assert_eq!(text("Bäcker Öhr, Süßgasse".as_bytes()), "Bäcker Öhr, Süßgasse");
        assert_eq!(text(b"B\xe4cker \xd6hr, S\xfc\xdfgasse"), "Bäcker Öhr, Süßgasse");
        assert_eq!(text(b"B\x84cker \x99hr, S\x81\xe1gasse"), "Bäcker Öhr, Süßgasse");
        assert_eq!(text(b"\xef\xbb\xbf:20:"), ":20:");
    }

    #[test]
    fn code_page_850_has_all_its_places() {
        assert_eq!(UPPER_850.chars().count(), 128);
        assert_eq!((code_page_850(b'A'), code_page_850(0x80), code_page_850(0xd5)), ('A', 'Ç', 'ı'));
        assert_eq!((code_page_850(0xe1), code_page_850(0xf5), code_page_850(0xff)), ('ß', '§', '\u{a0}'));
    }

    #[test]
    fn xml_is_read_as_it_says() {
        assert_eq!(
            text(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4</a>").split('>').nth(2),
            Some("ä</a")
        );
        assert_eq!(text("<a>ä</a>".as_bytes()), "<a>ä</a>");
        let wide: Vec<u8> = "\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide), "<a/>");
        let wrong = |bytes: &[u8]| decode(bytes).unwrap_err().problem;
        assert_eq!(*wrong(b"<a>\xe4</a>"), Problem::Bytes);
        let unknown = wrong(b"<?xml version='1.0' encoding='klingon'?><a/>");
        assert_eq!(*unknown, Problem::Encoding { name: "klingon".into() });
    }
}
