//! Is there room, and can it be written?

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use app::{Language, io_text, say};

use super::line::{Line, Subject};
use crate::house::HouseArguments;

const THIS: Subject = Subject::Disk;

const MIB: u64 = 1024 * 1024;
/// Below this an import of a large report may fail.
const SCARCE: u64 = 1024 * MIB;
/// Below this nothing can be counted on.
const TOO_LITTLE: u64 = 100 * MIB;
/// So much is written to see whether it can be.
const TRIAL: usize = 64 * 1024;

/// Looks at the data folder, and at the folder in which reports are unpacked.
pub(super) fn look(house: &HouseArguments, language: Language) -> Vec<Line> {
    let temporary = env::temp_dir();
    let mut lines = vec![look_at(&house.data, language)];
    if temporary != house.data {
        lines.push(look_at(&temporary, language));
    }
    lines
}

fn look_at(folder: &Path, language: Language) -> Line {
    let place = folder.display();
    // A folder that is made at the first start lies in one that is there.
    let there = folder.ancestors().find(|ancestor| ancestor.as_os_str().is_empty() || ancestor.exists());
    let there = there.filter(|there| !there.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Err(error) = try_to_write(there) {
        let why = io_text(&error, language);
        return Line::error(
            THIS,
            say!(language, "{place} lässt sich nicht beschreiben: {why}", "{place} cannot be written: {why}"),
            language.pick(
                "Der Ordner muss dem Benutzer gehören, unter dem Kontor läuft, und auf einem beschreibbaren Datenträger mit \
                 Platz liegen.",
                "The folder must belong to the user under whom Kontor runs, and lie on a writable disk with room.",
            ),
        );
    }
    let Some(free) = free_bytes(there) else {
        return Line::ok(THIS, say!(language, "{place} ist beschreibbar", "{place} can be written"));
    };
    let mib = free / MIB;
    let text = say!(language, "{place}: {mib} MiB frei", "{place}: {mib} MiB free");
    let advice = language.pick(
        "Bitte Platz schaffen: Eine Million Berichtszeilen braucht etwa 1 GiB, und beim Einlesen noch einmal so viel.",
        "Make room: a million rows of reports need about 1 GiB, and as much again while they are read.",
    );
    if free < TOO_LITTLE {
        Line::error(THIS, text, advice)
    } else if free < SCARCE {
        Line::warning(THIS, text, advice)
    } else {
        Line::ok(THIS, text)
    }
}

/// Writes a file that goes away by itself, and waits for the disk.
fn try_to_write(folder: &Path) -> io::Result<()> {
    if !fs::metadata(folder)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&vec![0; TRIAL])?;
    file.sync_all()
}

#[cfg(unix)]
fn free_bytes(folder: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(folder).ok()?;
    told.f_bavail.checked_mul(told.f_frsize)
}

#[cfg(not(unix))]
fn free_bytes(_: &Path) -> Option<u64> {
    None
}
