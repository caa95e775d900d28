//! The file of a backup: packed, and encrypted where a key is given.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write};
use std::path::Path;

use super::seal::{BackupKey, MAGIC, Opening, Sealing};
use crate::convert::digest::Hashing;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// zstd's level: fast, and the rows shrink to a fifth.
const LEVEL: i32 = 3;

/// Packs a file into another and gives the SHA-256 and the size of what was written. `seal` is a key and a random salt.
pub(super) fn pack(
    plain: &Path,
    packed: &Path,
    seal: Option<(&BackupKey, [u8; 32])>,
) -> io::Result<(String, u64)> {
    let mut from = BufReader::with_capacity(1 << 20, File::open(plain)?);
    let mut file = BufWriter::with_capacity(1 << 20, File::create_new(packed)?);
    let mut out = Hashing::new(&mut file);
    match seal {
        None => compress(&mut from, &mut out)?,
        Some((key, salt)) => {
            let mut sealing = Sealing::new(&mut out, key, salt)?;
            compress(&mut from, &mut sealing)?;
            sealing.finish()?;
        }
    }
    let written = out.digest();
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(written)
}

/// With a checksum, so that a changed byte is noticed when the backup is unpacked.
fn compress(from: &mut impl io::Read, out: &mut impl Write) -> io::Result<()> {
    let mut encoder = zstd::stream::Encoder::new(out, LEVEL)?;
    encoder.include_checksum(true)?;
    io::copy(from, &mut encoder)?;
    encoder.finish().map(drop)
}

/// The SHA-256 and the size of a file as it lies on the disk.
pub(super) fn hash(path: &Path) -> io::Result<(String, u64)> {
    Hashing::new(BufReader::with_capacity(1 << 20, File::open(path)?)).finish()
}

/// Unpacks a backup into a file.
pub(super) fn unpack(packed: &Path, plain: &Path, key: Option<&BackupKey>) -> Result<(), AppError> {
    let mut from = File::open(packed)
        .map(|file| BufReader::with_capacity(1 << 20, file))
        .map_err(AppError::failed("the backup cannot be read"))?;
    let mut out = File::create_new(plain)
        .map(|file| BufWriter::with_capacity(1 << 20, file))
        .map_err(AppError::failed("the backup cannot be unpacked"))?;
    let sealed = from.fill_buf().map_err(|_| not_a_backup())?.starts_with(MAGIC);
    match (sealed, key) {
        (false, _) => zstd::stream::copy_decode(&mut from, &mut out).map_err(|_| not_a_backup())?,
        (true, None) => return Err(key_needed().into()),
        (true, Some(key)) => {
            from.consume(MAGIC.len());
            let opening = Opening::new(&mut from, key).map_err(|_| not_a_backup())?;
            zstd::stream::copy_decode(BufReader::new(opening), &mut out).map_err(|_| wrong_key())?;
        }
    }
    out.flush().map_err(AppError::failed("the backup cannot be unpacked"))?;
    let mut start = [0; 16];
    let whole = File::open(plain).and_then(|mut file| file.read_exact(&mut start)).is_ok();
    if whole && start == *b"SQLite format 3\0" { Ok(()) } else { Err(not_a_backup().into()) }
}

fn not_a_backup() -> Refusal {
    Refusal::new(
        RefusalKind::Invalid,
        "no-backup",
        "Die Datei ist keine Sicherung von Kontor, oder sie ist unvollständig oder beschädigt.",
        "The file is no backup of Kontor, or it is incomplete or damaged.",
    )
}

fn key_needed() -> Refusal {
    Refusal::new(
        RefusalKind::Invalid,
        "backup-key-needed",
        "Die Sicherung ist verschlüsselt. Bitte die Datei mit ihrem Schlüssel nennen (--key).",
        "The backup is encrypted. Name the file with its key (--key).",
    )
}

fn wrong_key() -> Refusal {
    Refusal::new(
        RefusalKind::Invalid,
        "wrong-backup-key",
        "Dieser Schlüssel öffnet die Sicherung nicht, oder sie ist unvollständig oder beschädigt.",
        "This key does not open the backup, or the backup is incomplete or damaged.",
    )
}
