//! The file on the disk: first under another name, at the end under its own.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, Write as _};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use tempfile::NamedTempFile;

use super::Downloaded;
use crate::client::DocumentProblem;

/// An empty file beside `path`, readable by its owner only. It goes away if it does not get its name.
pub(super) async fn beside(path: &Path) -> Result<NamedTempFile, DocumentProblem> {
    on_disk(path, |path| NamedTempFile::new_in(folder(path))).await
}

/// Undoes gzip, makes sure that the bytes are on the disk and gives the file its name.
pub(super) async fn finished(
    part: NamedTempFile,
    path: &Path,
    limit: u64,
) -> Result<Downloaded, DocumentProblem> {
    let owned = path.to_owned();
    let finish = move || {
        let failed = |source| DocumentProblem::File { path: owned.clone(), source };
        let (whole, was_gzip) = plain(part, &owned, limit)?;
        whole.as_file().sync_all().map_err(failed)?;
        let bytes = whole.as_file().metadata().map_err(failed)?.len();
        whole.persist(&owned).map_err(|error| failed(error.error))?;
        Ok(Downloaded { path: owned, bytes, was_gzip })
    };
    tokio::task::spawn_blocking(finish).await.unwrap_or_else(|error| Err(interrupted(path, error)))
}

/// Undoes gzip and opens the file at its beginning.
pub(super) async fn opened(part: NamedTempFile, path: &Path, limit: u64) -> Result<File, DocumentProblem> {
    let owned = path.to_owned();
    let open = move || {
        let (mut whole, _was_gzip) = plain(part, &owned, limit)?;
        whole.as_file_mut().rewind().map_err(|source| DocumentProblem::File { path: owned, source })?;
        Ok(whole.into_file())
    };
    tokio::task::spawn_blocking(open).await.unwrap_or_else(|error| Err(interrupted(path, error)))
}

/// The file without gzip, and whether there was any. A gzip file begins with two bytes of its own (RFC 1952), whatever the
/// API calls it; a report begins with letters.
fn plain(part: NamedTempFile, path: &Path, limit: u64) -> Result<(NamedTempFile, bool), DocumentProblem> {
    let failed = |source| DocumentProblem::File { path: path.to_owned(), source };
    let was_gzip = begins_with_gzip(part.as_file()).map_err(failed)?;
    Ok((if was_gzip { unpacked(&part, path, limit)? } else { part }, was_gzip))
}

fn begins_with_gzip(mut file: &File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.rewind()?;
    file.take(2).read_to_end(&mut start)?;
    Ok(start == [0x1F, 0x8B])
}

/// What the gzip file holds, in another file beside `path`.
fn unpacked(packed: &NamedTempFile, path: &Path, limit: u64) -> Result<NamedTempFile, DocumentProblem> {
    let failed = |source| DocumentProblem::File { path: path.to_owned(), source };
    let mut file = packed.as_file();
    file.rewind().map_err(failed)?;
    let mut unpacking = MultiGzDecoder::new(BufReader::new(file));
    let whole = NamedTempFile::new_in(folder(path)).map_err(failed)?;
    let mut writer = BufWriter::new(whole.as_file());
    let mut written = 0;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let length = unpacking
            .read(&mut piece)
            .map_err(|error| DocumentProblem::Gzip { detail: error.to_string() })?;
        if length == 0 {
            break;
        }
        written += u64::try_from(length).unwrap_or(u64::MAX);
        if written > limit {
            return Err(DocumentProblem::TooLarge { limit });
        }
        writer.write_all(&piece[..length]).map_err(failed)?;
    }
    writer.flush().map_err(failed)?;
    drop(writer);
    Ok(whole)
}

/// The folder in which `path` lies.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Does something with `path` where waiting for the disk holds nobody up.
async fn on_disk<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
) -> Result<T, DocumentProblem> {
    let owned = path.to_owned();
    let result = tokio::task::spawn_blocking(move || work(&owned)).await;
    match result {
        Ok(result) => result.map_err(|source| DocumentProblem::File { path: path.to_owned(), source }),
        Err(error) => Err(interrupted(path, error)),
    }
}

fn interrupted(path: &Path, error: tokio::task::JoinError) -> DocumentProblem {
    DocumentProblem::File { path: path.to_owned(), source: io::Error::other(error) }
}
