//! The batches of a demo without pages: written beside the data, and checked.

use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::Language;
use app::books::{batch, months};
use datev::{CheckOptions, Severity};

use super::play::Play;
use crate::house::spoken;

/// What lies in the folder.
pub(super) struct Written {
    pub(super) folder: PathBuf,
    pub(super) files: u64,
    /// Postings of all batches.
    pub(super) postings: u64,
    /// What DATEV would refuse.
    pub(super) errors: u64,
}

/// Writes the files of all batches as they were handed out, and checks each by DATEV's rules.
pub(super) async fn write(play: &Play, folder: &Path, language: Language) -> anyhow::Result<Written> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut written = Written { folder: folder.to_owned(), files: 0, postings: 0, errors: 0 };
    let span = (months::FIRST, months::LAST);
    let history = batch::history(&play.app, &play.actor, &play.client, span).await;
    for batch in history.map_err(|error| spoken(error, language))? {
        written.postings += batch.content.postings;
        let id = &batch.begun.id;
        let found = batch::find(&play.app, &play.actor, &play.client, id).await;
        let found = found.map_err(|error| spoken(error, language))?;
        for file in &found.files {
            let path = folder.join(&file.name);
            write_file(play, &found, file.number, &path, language).await?;
            written.files += 1;
            written.errors += errors(&path, &file.name)?;
        }
    }
    Ok(written)
}

async fn write_file(
    play: &Play,
    found: &batch::Found,
    file: i64,
    path: &Path,
    language: Language,
) -> anyhow::Result<()> {
    let place = || path.display().to_string();
    let mut out = File::create(path).with_context(place)?;
    let mut number = 0;
    while let Some(piece) =
        batch::piece(&play.app, found, file, number).await.map_err(|error| spoken(error, language))?
    {
        out.write_all(&piece).with_context(place)?;
        number += 1;
    }
    Ok(())
}

fn errors(path: &Path, name: &str) -> anyhow::Result<u64> {
    let place = || path.display().to_string();
    let file = BufReader::new(File::open(path).with_context(place)?);
    let report = datev::check(file, Some(name), &CheckOptions::default()).with_context(place)?;
    let errors = report.findings().iter().filter(|finding| finding.severity() == Severity::Error).count();
    Ok(u64::try_from(errors)?)
}
