//! The text of a key file, as people paste it: any line ends, text around it, a byte order mark, blanks in every line,
//! `\n` written out as two characters.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::{Zeroize as _, Zeroizing};

use super::KeyError;

/// The largest possible key has 6.5 KB; the rest is room for text around it.
const LONGEST_TEXT: usize = 64 * 1024;

/// Pasting loses `=` now and then; the structure inside says more surely whether something is missing.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes inside the first private key of a text.
pub(super) fn private_key_document(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    if text.len() > LONGEST_TEXT {
        return Err(KeyError::TooMuchText { length: text.len() });
    }
    let text = plain_text(text);
    if text.trim().is_empty() {
        return Err(KeyError::Empty);
    }
    if text.contains("PuTTY-User-Key-File-") {
        return Err(KeyError::Putty);
    }
    let block = private_block(&text).or_else(|| blocks(&text).next());
    let Some(block) = block else { return Err(without_frame(&text)) };
    if let Some(reason) = refused_by_name(&block) {
        return Err(reason);
    }
    let mut characters = Zeroizing::new(String::with_capacity(block.body.len()));
    characters.extend(block.body.chars().filter(|character| !character.is_whitespace()));
    let document = BASE64.decode(characters.trim_end_matches('=')).map(Zeroizing::new);
    match document {
        _ if !block.is_closed => Err(KeyError::Truncated),
        Ok(document) if document.is_empty() => Err(KeyError::Truncated),
        Ok(document) => Ok(document),
        Err(base64::DecodeError::InvalidLength(_)) => Err(KeyError::Truncated),
        Err(_) => Err(KeyError::Damaged { detail: "a character in it does not belong to base64" }),
    }
}

/// The text without byte order mark, from UTF-16 too (as editors on Windows save it), `\n` in two characters undone.
fn plain_text(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(3 * bytes.len()));
    let is_utf_16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let mut rest = bytes.iter().copied().filter(|byte| !(is_utf_16 && *byte == 0)).peekable();
    while let Some(byte) = rest.next() {
        match (byte, rest.peek()) {
            (b'\\', Some(b'n' | b'r')) => {
                rest.next();
                text.push('\n');
            }
            // Everything that matters is ASCII; the rest must only not look like it.
            (byte, _) if byte.is_ascii() => text.push(char::from(byte)),
            _ => text.push('\u{FFFD}'),
        }
    }
    text
}

/// One `-----BEGIN label-----` with what follows up to `-----END`.
struct Block<'a> {
    label: &'a str,
    body: &'a str,
    is_closed: bool,
}

fn private_block(text: &str) -> Option<Block<'_>> {
    blocks(text).find(|block| block.label.ends_with("PRIVATE KEY"))
}

fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    text.split("-----BEGIN").skip(1).map(|behind| {
        let (label, body) = behind.split_once("-----").unwrap_or((behind, ""));
        let (body, is_closed) = body.split_once("-----END").map_or((body, false), |(body, _)| (body, true));
        Block { label: label.trim(), body, is_closed }
    })
}

/// What the label alone says against a block.
fn refused_by_name(block: &Block<'_>) -> Option<KeyError> {
    match block.label {
        "PRIVATE KEY" | "RSA PRIVATE KEY" if block.body.contains("ENCRYPTED") => Some(KeyError::Encrypted),
        "PRIVATE KEY" | "RSA PRIVATE KEY" => None,
        "ENCRYPTED PRIVATE KEY" => Some(KeyError::Encrypted),
        "EC PRIVATE KEY" | "EC PARAMETERS" => Some(KeyError::EllipticCurve),
        "OPENSSH PRIVATE KEY" => Some(KeyError::OpenSsh),
        label if label.ends_with("PRIVATE KEY") => Some(KeyError::OtherAlgorithm),
        label if label.ends_with("PUBLIC KEY") => Some(KeyError::PublicKey),
        label if label.contains("CERTIFICATE") => Some(KeyError::Certificate),
        _ => Some(KeyError::NoKeyFound),
    }
}

/// What a text without any `-----BEGIN` is.
fn without_frame(text: &str) -> KeyError {
    let text = text.trim();
    if text.starts_with("ssh-") || text.starts_with("ecdsa-sha2-") {
        KeyError::OpenSsh
    } else if text.lines().count() == 1 && text.to_ascii_lowercase().ends_with(".pem") {
        KeyError::FileName
    } else if text.contains("-----END") {
        KeyError::Truncated
    } else {
        KeyError::NoKeyFound
    }
}

/// A document as PEM with lines of 64 characters (RFC 7468).
pub(super) fn written(label: &str, document: &[u8]) -> Zeroizing<String> {
    let mut characters = base64::engine::general_purpose::STANDARD.encode(document);
    let mut text = Zeroizing::new(String::with_capacity(characters.len() * 2 + 128));
    for part in ["-----BEGIN ", label, "-----\n"] {
        text.push_str(part);
    }
    let mut rest = characters.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    for part in ["-----END ", label, "-----\n"] {
        text.push_str(part);
    }
    characters.zeroize();
    text
}
