//! A batch into a folder of this machine.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::App;
use crate::books::batch::{Found, piece};
use crate::refusal::AppError;

/// Writes the files of a batch; one that was written before is written again with the same bytes. Each is complete under
/// its name or not there at all. Outside of the folder nothing is ever written, because `name` is a plain name.
pub(super) async fn write(app: &App, root: &Path, name: &str, found: &Found) -> Result<(), AppError> {
    let folder = root.join(name).join(folder_of(found));
    fs::create_dir_all(&folder).map_err(AppError::failed(WRITING))?;
    for file in &found.files {
        let unfinished = folder.join(format!(".{}.unfinished", file.name));
        let mut out = File::create(&unfinished).map_err(AppError::failed(WRITING))?;
        let mut number = 0;
        while let Some(bytes) = piece(app, found, file.number, number).await? {
            out.write_all(&bytes).map_err(AppError::failed(WRITING))?;
            number += 1;
        }
        finish(&out, &unfinished, &folder.join(&file.name)).map_err(AppError::failed(WRITING))?;
    }
    Ok(())
}

const WRITING: &str = "writing a batch into its folder";

fn finish(file: &File, unfinished: &Path, path: &Path) -> io::Result<()> {
    file.sync_all()?;
    fs::rename(unfinished, path)
}

/// `2026-10`, for a correction `2026-10-Korrektur-1`: the files of two batches of a month have the same names.
fn folder_of(found: &Found) -> PathBuf {
    let begun = &found.batch.begun;
    let connection = begun.connection.as_ref().map(|connection| format!("-{connection}")).unwrap_or_default();
    PathBuf::from(match begun.correction {
        0 => format!("{}{connection}", begun.month),
        number => format!("{}{connection}-Korrektur-{number}", begun.month),
    })
}
