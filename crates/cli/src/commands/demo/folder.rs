//! The folder of a demo: a new one of the user's, or a temporary one.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use app::{Language, say};
use tempfile::TempDir;

/// Where the data of the demo lie. A temporary folder goes away with it.
pub(super) struct Folder {
    path: PathBuf,
    temporary: Option<TempDir>,
}

impl Folder {
    /// The wanted folder, if nothing is in it yet; without one a temporary one, which stays where it is to be `kept`.
    pub(super) fn prepare(wanted: Option<&Path>, kept: bool, language: Language) -> anyhow::Result<Self> {
        let Some(wanted) = wanted else {
            let temporary = tempfile::Builder::new().prefix("kontor-demo-").tempdir()?;
            let path = temporary.path().canonicalize()?;
            if kept {
                drop(temporary.keep());
                return Ok(Self { path, temporary: None });
            }
            return Ok(Self { path, temporary: Some(temporary) });
        };
        let place = || wanted.display().to_string();
        std::fs::create_dir_all(wanted).with_context(place)?;
        if std::fs::read_dir(wanted).with_context(place)?.next().is_some() {
            bail!(say!(
                language,
                "In {} liegt schon etwas, und die Demo fasst fremde Daten nicht an. Nennen Sie einen neuen oder leeren Ordner; \
                 einen Datenordner von Kontor öffnet `kontor serve --data`.",
                "There is something in {} already, and the demo does not touch other data. Name a new or empty folder; a data \
                 folder of Kontor is opened by `kontor serve --data`.",
                place()
            ));
        }
        Ok(Self { path: wanted.canonicalize().with_context(place)?, temporary: None })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Does it go away at the end?
    pub(super) fn is_temporary(&self) -> bool {
        self.temporary.is_some()
    }
}
