//! The files of a batch into a folder: the bytes that were handed out, each proved by its hash.

use std::fs;
use std::io::{self, BufReader};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use app::books::batch::{self, Found};
use app::convert::digest::Hashing;
use app::{App, Language, io_text, say};
use store::batches::BatchFile;

use crate::house::spoken;

/// Writes all files. One that is there with the same bytes stays; another one is not overwritten.
pub(super) async fn write(app: &App, found: &Found, folder: &Path, language: Language) -> anyhow::Result<()> {
    let failed =
        |place: &Path, error: &io::Error| anyhow!("{}: {}", place.display(), io_text(error, language));
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for file in &found.files {
        let path = folder.join(&file.name);
        if path.exists() {
            is_the_same(&path, file, language)?;
            continue;
        }
        // It gets its name when it is whole.
        let mut unfinished =
            tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(folder, &error))?;
        let copied = batch::copy_file(app, found, file, &mut unfinished).await;
        copied.map_err(|error| spoken(error, language)).with_context(|| path.display().to_string())?;
        unfinished.persist_noclobber(&path).map_err(|error| failed(&path, &error.error))?;
    }
    Ok(())
}

fn is_the_same(path: &Path, file: &BatchFile, language: Language) -> anyhow::Result<()> {
    let place = path.display();
    let opened = fs::File::open(path).with_context(|| place.to_string())?;
    let (sha256, _) = Hashing::new(BufReader::new(opened)).finish().with_context(|| place.to_string())?;
    if sha256 == file.sha256 {
        return Ok(());
    }
    Err(anyhow!(say!(
        language,
        "{place} gibt es schon mit anderem Inhalt; überschrieben wird nichts. Bitte einen anderen Ordner nennen.",
        "{place} exists already with other content; nothing is overwritten. Name another folder."
    )))
}
