//! The character sets in which files come.

use encoding_rs::{UTF_16BE, UTF_16LE};

/// The character set of a file. DATEV reads windows-1252, and the others with a byte order mark only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// windows-1252 («ANSI»), also where a file so far held ASCII only.
    Windows1252,
    /// UTF-8 with a byte order mark.
    Utf8,
    /// UTF-8 without a byte order mark: DATEV takes it for windows-1252 and misreads umlauts.
    Utf8WithoutMark,
    /// UTF-16, little endian, with a byte order mark.
    Utf16Le,
    /// UTF-16, big endian, with a byte order mark.
    Utf16Be,
}

impl Encoding {
    /// What the first bytes of a file say, and how many of them are the mark.
    pub(super) fn of_mark(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            [0xff, 0xfe, ..] => (Self::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Self::Utf16Be, 2),
            _ => (Self::Windows1252, 0),
        }
    }

    /// The decoder of character sets that are not read byte by byte.
    pub(super) fn decoder(self) -> Option<encoding_rs::Decoder> {
        match self {
            Self::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Self::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Self::Windows1252 | Self::Utf8 | Self::Utf8WithoutMark => None,
        }
    }
}
