//! Why something could not be sealed or opened. No text holds anything of a secret.

use std::path::PathBuf;

use crate::StoreError;

/// Why something could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file with the master key cannot be read or written.
    #[error("the file with the master key, {path}, cannot be read or written")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is there, and others may read it.
    #[error("the file with the master key, {path}, may be read by others; its rights must be 0600")]
    OpenToOthers {
        /// Which.
        path: PathBuf,
    },
    /// What should be a key is none.
    #[error("{place} holds no master key: 64 hexadecimal digits a line are expected")]
    NotAKey {
        /// File or variable.
        place: String,
    },
    /// There is no key at all.
    #[error("there is no master key")]
    NoKey,
    /// Something was sealed under a key that is not here.
    #[error("the database was sealed under the master key {sealed_under}, which is not in {source_of_keys}")]
    OtherKey {
        /// The id of the key that is wanted.
        sealed_under: String,
        /// Where it was looked for.
        source_of_keys: String,
    },
    /// A sealed value was changed or carried elsewhere.
    #[error("a sealed value in {column} is damaged or belongs elsewhere")]
    Damaged {
        /// Table and column.
        column: &'static str,
    },
    /// The library refused.
    #[error("the cipher failed")]
    Cipher,
    /// The keys come from elsewhere than a file, so whoever sets them changes them.
    #[error("the master key is not in a file that could be written")]
    NotAFile,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl crate::FromStore for VaultError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
