//! A sealed file: AES-256-GCM in pieces, so that a file of any size is written and read as a stream and a missing end is
//! noticed (the STREAM construction; Hoang, Reyhanitabar, Rogaway, Vizár 2015).
//!
//! ```text
//! 16 bytes "kontor-sealed-1\n" | 32 bytes salt | pieces of 65,536 bytes (the last: fewer), each with 16 bytes of tag
//! ```
//!
//! The key of a file is HKDF-SHA256 of the backup key and the salt with the info `kontor backup`; the nonce of a piece is
//! its number in eleven bytes, big-endian, and a byte that is 1 in the last piece and 0 before.

use std::fmt;
use std::io::{self, Read, Write};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

use crate::refusal::{AppError, Refusal};

/// How a sealed file begins.
pub(super) const MAGIC: &[u8; 16] = b"kontor-sealed-1\n";

const SALT: usize = 32;
const PIECE: usize = 1 << 16;
const TAG: usize = 16;

/// The key of backups: 64 hexadecimal digits. Prints nothing of itself.
#[derive(Clone)]
pub struct BackupKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for BackupKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BackupKey")
    }
}

struct KeyOfFile;

impl KeyType for KeyOfFile {
    fn len(&self) -> usize {
        32
    }
}

impl BackupKey {
    /// Takes the text of a key file: 64 hexadecimal digits, as `openssl rand -hex 32` prints them.
    pub fn parse(text: &str) -> Result<Self, AppError> {
        let text = text.trim();
        let mut key = Zeroizing::new([0; 32]);
        let whole = text.len() == 64 && text.is_ascii();
        let digits = |place: usize| u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok();
        let read = (0..32).all(|place| whole && digits(place).map(|byte| key[place] = byte).is_some());
        if read { Ok(Self(key)) } else { Err(no_key().into()) }
    }

    fn of_file(&self, salt: &[u8]) -> io::Result<LessSafeKey> {
        let pseudorandom = Salt::new(HKDF_SHA256, salt).extract(&self.0[..]);
        let mut key = Zeroizing::new([0; 32]);
        let filled =
            pseudorandom.expand(&[b"kontor backup"], KeyOfFile).and_then(|okm| okm.fill(&mut key[..]));
        filled.map_err(|_| io::Error::other("no key can be derived"))?;
        let key =
            UnboundKey::new(&AES_256_GCM, &key[..]).map_err(|_| io::Error::other("no key can be made"))?;
        Ok(LessSafeKey::new(key))
    }
}

fn no_key() -> Refusal {
    Refusal::invalid(
        "key",
        "no-backup-key",
        "In der Schlüsseldatei steht kein Schlüssel: 64 hexadezimale Ziffern werden erwartet, etwa von «openssl rand -hex 32».",
        "The key file holds no key: 64 hexadecimal digits are expected, as «openssl rand -hex 32» prints them.",
    )
}

fn nonce(number: u64, last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(last);
    Nonce::assume_unique_for_key(bytes)
}

/// Seals what is written through it; [`Sealing::finish`] writes the last piece.
pub(super) struct Sealing<W> {
    inner: W,
    key: LessSafeKey,
    piece: Vec<u8>,
    number: u64,
}

impl<W: Write> Sealing<W> {
    /// Begins a file. The salt must be random.
    pub(super) fn new(mut inner: W, key: &BackupKey, salt: [u8; SALT]) -> io::Result<Self> {
        inner.write_all(MAGIC)?;
        inner.write_all(&salt)?;
        Ok(Self { inner, key: key.of_file(&salt)?, piece: Vec::with_capacity(PIECE + TAG), number: 0 })
    }

    /// Writes the last piece and gives back what it was written to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.write_piece(true)?;
        Ok(self.inner)
    }

    fn write_piece(&mut self, last: bool) -> io::Result<()> {
        let sealed =
            self.key.seal_in_place_append_tag(nonce(self.number, last), Aad::empty(), &mut self.piece);
        sealed.map_err(|_| io::Error::other("a piece cannot be sealed"))?;
        self.inner.write_all(&self.piece)?;
        self.piece.clear();
        self.number += 1;
        Ok(())
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits until more comes, because only then it is known not to be the last.
        if self.piece.len() == PIECE {
            self.write_piece(false)?;
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Opens what is read through it. A changed, missing or added byte ends in an error of the kind `InvalidData`.
pub(super) struct Opening<R> {
    inner: R,
    key: LessSafeKey,
    plain: Vec<u8>,
    read: usize,
    /// The bytes after the current piece, which tell whether it is the last.
    ahead: Vec<u8>,
    number: u64,
    ended: bool,
}

impl<R: Read> Opening<R> {
    /// Begins reading behind the magic bytes.
    pub(super) fn new(mut inner: R, key: &BackupKey) -> io::Result<Self> {
        let mut salt = [0; SALT];
        inner.read_exact(&mut salt)?;
        let key = key.of_file(&salt)?;
        let mut opening =
            Self { inner, key, plain: Vec::new(), read: 0, ahead: Vec::new(), number: 0, ended: false };
        opening.ahead = opening.next_bytes()?;
        Ok(opening)
    }

    fn next_bytes(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(PIECE + TAG);
        let most = u64::try_from(PIECE + TAG).unwrap_or(u64::MAX);
        self.inner.by_ref().take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn open_piece(&mut self) -> io::Result<()> {
        let ahead = self.next_bytes()?;
        let mut piece = std::mem::replace(&mut self.ahead, ahead);
        let last = self.ahead.is_empty();
        let opened = self.key.open_in_place(nonce(self.number, last), Aad::empty(), &mut piece);
        let length = opened.map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?.len();
        piece.truncate(length);
        (self.plain, self.read, self.ended) = (piece, 0, last);
        self.number += 1;
        Ok(())
    }
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.read == self.plain.len() {
            if self.ended {
                return Ok(0);
            }
            self.open_piece()?;
        }
        let given = bytes.len().min(self.plain.len() - self.read);
        bytes[..given].copy_from_slice(&self.plain[self.read..self.read + given]);
        self.read += given;
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let key = BackupKey::parse(&"0f".repeat(32)).unwrap();
        let mut sealing = Sealing::new(Vec::new(), &key, [7; SALT]).unwrap();
        sealing.write_all(plain).unwrap();
        sealing.finish().unwrap()
    }

    fn opened(sealed: &[u8], key: &str) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Opening::new(&sealed[MAGIC.len()..], &BackupKey::parse(key).unwrap())?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn what_is_sealed_opens_at_every_length_around_a_piece() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5] {
            let plain: Vec<u8> = (0..=255).cycle().take(length).collect();
            assert_eq!(opened(&sealed(&plain), &"0f".repeat(32)).unwrap(), plain, "{length}");
        }
    }

    #[test]
    fn a_changed_missing_or_added_byte_and_another_key_are_noticed() {
        let whole = sealed(&vec![1; 2 * PIECE + 9]);
        let key = "0f".repeat(32);
        let second = MAGIC.len() + SALT + PIECE + TAG;
        for place in [MAGIC.len(), MAGIC.len() + SALT, second, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[place] ^= 1;
            assert!(opened(&changed, &key).is_err(), "byte {place}");
        }
        for end in [whole.len() - 1, second, second + PIECE + TAG, MAGIC.len() + 3] {
            assert!(opened(&whole[..end], &key).is_err(), "cut at {end}");
        }
        assert!(opened(&[&whole[..], b"x"].concat(), &key).is_err());
        assert!(opened(&whole, &"f0".repeat(32)).is_err());
    }

    #[test]
    fn only_64_hexadecimal_digits_are_a_key() {
        for text in ["", "0f", &"0g".repeat(32), &"ä".repeat(32), &"0f".repeat(33)] {
            assert!(BackupKey::parse(text).is_err(), "{text}");
        }
        assert!(BackupKey::parse(&format!(" {}\n", "0F".repeat(32))).is_ok());
        assert_eq!(format!("{:?}", BackupKey::parse(&"0f".repeat(32)).unwrap()), "BackupKey");
    }
}
