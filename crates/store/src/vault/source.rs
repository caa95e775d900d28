//! Where master keys come from: a file with mode 0600, or the environment.

use std::fmt::{self, Write as _};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::{MasterKey, VaultError};
use crate::Machine;

/// The environment variable for master keys.
pub const ENVIRONMENT: &str = "KONTOR_MASTER_KEY";

/// The rights of group and others in the mode of a file.
#[cfg(unix)]
const FOR_OTHERS: u32 = 0o077;

const EXPLANATION: &str = "\
# Kontor: der Hauptschlüssel. Er öffnet die versiegelten Geheimnisse der Datenbank (Private Keys, zweite Faktoren).
# Sichern Sie ihn getrennt von der Datenbank. Ohne ihn müssen alle Geheimnisse neu eingegeben werden.
# Kontor: the master key. It opens the sealed secrets of the database (private keys, second factors).
# Keep a copy of it apart from the database. Without it all secrets must be entered anew.
";

/// Where the master keys are. The first key seals, all open.
#[derive(Clone)]
pub enum Source {
    /// A file, one key a line; lines that begin with `#` are comments.
    File(PathBuf),
    /// The text of `KONTOR_MASTER_KEY`: keys separated by commas.
    Environment(SecretString),
    /// Made in memory and lost with it.
    Memory,
}

impl Source {
    /// Makes the file with a new key.
    pub fn make_file(path: &Path, machine: &dyn Machine) -> Result<(), VaultError> {
        write_file(path, &[MasterKey::new(machine)])
    }

    pub(super) fn read(&self) -> Result<Vec<MasterKey>, VaultError> {
        match self {
            Self::File(path) => read_file(path),
            Self::Environment(text) => parse(text.expose_secret().split(','), ENVIRONMENT),
            Self::Memory => Err(VaultError::NoKey),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "{}", path.display()),
            Self::Environment(_) => formatter.write_str(ENVIRONMENT),
            Self::Memory => formatter.write_str("memory"),
        }
    }
}

pub(super) fn read_file(path: &Path) -> Result<Vec<MasterKey>, VaultError> {
    let failed = |source| VaultError::File { path: path.to_owned(), source };
    refuse_open_file(path)?;
    let text = Zeroizing::new(fs::read_to_string(path).map_err(failed)?);
    parse(text.lines(), &path.display().to_string())
}

#[cfg(unix)]
fn refuse_open_file(path: &Path) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path).map_err(|source| VaultError::File { path: path.to_owned(), source })?;
    if metadata.permissions().mode() & FOR_OTHERS == 0 {
        Ok(())
    } else {
        Err(VaultError::OpenToOthers { path: path.to_owned() })
    }
}

#[cfg(not(unix))]
fn refuse_open_file(_: &Path) -> Result<(), VaultError> {
    Ok(())
}

/// Writes the keys into a new file beside it and puts that in its place, so that no moment is without a key.
pub(super) fn write_file(path: &Path, keys: &[MasterKey]) -> Result<(), VaultError> {
    let failed = |source| VaultError::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut text = Zeroizing::new(EXPLANATION.to_owned());
    for key in keys {
        let _ = writeln!(text, "{}", key.text().expose_secret());
    }
    let beside = path.with_extension("new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}

fn parse<'t>(lines: impl Iterator<Item = &'t str>, place: &str) -> Result<Vec<MasterKey>, VaultError> {
    let keys: Option<Vec<MasterKey>> = lines
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(MasterKey::parse)
        .collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| VaultError::NotAKey { place: place.to_owned() })
}
