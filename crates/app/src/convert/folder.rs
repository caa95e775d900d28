//! The output folder: written aside and renamed at the end, so that an interrupted run leaves no half batch.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::ConvertError;

/// The name that marks a result as complete; it comes last and goes first.
pub const PROOF: &str = "proof.json";

/// A folder beside the output folder, in which the result is made.
#[derive(Debug)]
pub struct Workplace {
    target: PathBuf,
    aside: TempDir,
}

impl Workplace {
    /// Prepares the work. A target that holds something is refused unless `force` says that an earlier result may go.
    pub fn prepare(target: &Path, force: bool) -> Result<Self, ConvertError> {
        let failed = |source| ConvertError::Write { path: target.to_owned(), source };
        if !force && !is_empty(target).map_err(failed)? {
            return Err(ConvertError::FolderNotEmpty { folder: target.to_owned() });
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(failed)?;
        let aside = tempfile::Builder::new().prefix(".kontor-").tempdir_in(parent).map_err(failed)?;
        let workplace = Self { target: target.to_owned(), aside };
        for folder in [workplace.result(), workplace.scratch()] {
            fs::create_dir(&folder).map_err(|source| ConvertError::Write { path: folder.clone(), source })?;
        }
        Ok(workplace)
    }

    /// Where the files of the result are written.
    pub fn result(&self) -> PathBuf {
        self.aside.path().join("result")
    }

    /// Where notes are taken that nobody keeps.
    pub fn scratch(&self) -> PathBuf {
        self.aside.path().join("scratch")
    }

    /// Puts the result in its place.
    pub fn publish(self) -> Result<(), ConvertError> {
        let failed = |source| ConvertError::Write { path: self.target.clone(), source };
        if is_empty(&self.target).map_err(failed)? {
            if self.target.exists() {
                fs::remove_dir(&self.target).map_err(failed)?;
            }
            return fs::rename(self.result(), &self.target).map_err(failed);
        }
        self.replace().map_err(failed)
    }

    /// Replaces an earlier result file by file and leaves everything else in the folder alone. Without its proof a
    /// folder counts as unfinished, so the proof goes first and comes last.
    fn replace(&self) -> io::Result<()> {
        let mut earlier = names(&self.target)?;
        earlier.retain(|name| is_ours(name));
        earlier.sort_by_key(|name| name != PROOF);
        for name in earlier {
            fs::remove_file(self.target.join(name))?;
        }
        let mut made = names(&self.result())?;
        made.sort_by_key(|name| name == PROOF);
        for name in made {
            fs::rename(self.result().join(&name), self.target.join(&name))?;
        }
        Ok(())
    }
}

/// A folder that is not there holds nothing.
fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    names.collect()
}

/// Is it a file of an earlier result?
fn is_ours(name: &str) -> bool {
    let csv = Path::new(name).extension().is_some_and(|extension| extension == "csv");
    name.starts_with("proof.") || (csv && (name.starts_with("EXTF_") || name == super::SINGLE_FEES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(target: &Path, force: bool, files: &[&str]) -> Result<(), ConvertError> {
        let workplace = Workplace::prepare(target, force)?;
        for name in files {
            fs::write(workplace.result().join(name), name).unwrap();
        }
        workplace.publish()
    }

    fn listed(folder: &Path) -> Vec<String> {
        let mut names = names(folder).unwrap();
        names.sort();
        names
    }

    #[test]
    fn a_new_or_empty_folder_gets_the_whole_result() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("new/out");
        made(&target, false, &["EXTF_a.csv", PROOF]).unwrap();
        assert_eq!(listed(&target), ["EXTF_a.csv", PROOF]);
        let empty = parent.path().join("empty");
        fs::create_dir(&empty).unwrap();
        made(&empty, false, &[PROOF]).unwrap();
        assert_eq!(listed(&empty), [PROOF]);
        assert_eq!(listed(parent.path()), ["empty", "new"], "nothing is left aside");
    }

    #[test]
    fn a_folder_that_holds_something_is_refused_and_left_alone() {
        let target = tempfile::tempdir().unwrap();
        fs::write(target.path().join("letter.txt"), "dear").unwrap();
        assert!(matches!(made(target.path(), false, &[PROOF]), Err(ConvertError::FolderNotEmpty { .. })));
        assert_eq!(listed(target.path()), ["letter.txt"]);
    }

    #[test]
    fn by_force_an_earlier_result_goes_and_everything_else_stays() {
        let target = tempfile::tempdir().unwrap();
        for name in ["letter.txt", "EXTF_old.csv", "proof.txt", PROOF] {
            fs::write(target.path().join(name), "old").unwrap();
        }
        made(target.path(), true, &["EXTF_new.csv", PROOF]).unwrap();
        assert_eq!(listed(target.path()), ["EXTF_new.csv", "letter.txt", PROOF]);
        assert_eq!(fs::read_to_string(target.path().join(PROOF)).unwrap(), PROOF);
    }

    #[test]
    fn work_that_is_given_up_leaves_nothing() {
        let parent = tempfile::tempdir().unwrap();
        let workplace = Workplace::prepare(&parent.path().join("out"), false).unwrap();
        fs::write(workplace.result().join("EXTF_half.csv"), "half").unwrap();
        drop(workplace);
        assert!(listed(parent.path()).is_empty());
    }
}
