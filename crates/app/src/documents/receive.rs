//! Bytes as they come, into a temporary file and up to a bound.

use std::io::{self, Read, Write};
use std::path::Path;

use store::documents::Source;
use store::id::ConnectionId;
use tempfile::NamedTempFile;

use super::limits::RECEIVED_BYTES_MAX;
use super::refusals;
use crate::refusal::AppError;

/// Takes bytes as they come.
#[derive(Debug)]
pub struct Receiver {
    file: NamedTempFile,
    bytes: u64,
    most: u64,
}

/// What came, whole.
#[derive(Debug)]
pub struct Received {
    pub(super) file: NamedTempFile,
    /// The name of the file, as people will see it.
    pub name: String,
    /// How it came.
    pub source: Source,
    /// The provider's number of the report, where it was fetched.
    pub provider_report: Option<String>,
    /// The connection by which it came, or for which it was uploaded.
    pub connection: Option<ConnectionId>,
    /// Why a person takes it although some of its rows contradict themselves; none refuses it then.
    pub accept_because: Option<String>,
}

/// The greatest number of characters of a file's name that is kept.
const NAME_CHARACTERS_MAX: usize = 200;

impl Receiver {
    /// Waits for bytes, as many as a report may have.
    pub fn new() -> Result<Self, AppError> {
        Self::with_limit(RECEIVED_BYTES_MAX)
    }

    /// Waits for at most so many bytes.
    pub fn with_limit(most: u64) -> Result<Self, AppError> {
        let file = NamedTempFile::new().map_err(AppError::failed("making a temporary file"))?;
        Ok(Self { file, bytes: 0, most })
    }

    /// Takes some bytes.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.bytes > self.most {
            return Err(refusals::too_large(self.most).into());
        }
        self.file.write_all(bytes).map_err(AppError::failed("writing a temporary file"))
    }

    /// Takes all bytes of something that is read.
    pub fn take_all(&mut self, mut source: impl Read) -> Result<(), AppError> {
        let mut part = vec![0; 1 << 17];
        loop {
            match source.read(&mut part) {
                Ok(0) => return Ok(()),
                Ok(count) => self.take(part.get(..count).unwrap_or_default())?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(AppError::failed("reading what is received")(error)),
            }
        }
    }

    /// All bytes are there. The name is kept without folders and control characters.
    pub fn finish(mut self, name: &str, source: Source) -> Result<Received, AppError> {
        self.file.flush().map_err(AppError::failed("writing a temporary file"))?;
        Ok(Received {
            file: self.file,
            name: plain_name(name),
            source,
            provider_report: None,
            connection: None,
            accept_because: None,
        })
    }
}

impl Received {
    /// Where the bytes lie.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }
}

/// Browsers on other systems may send a whole path.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String =
        last.chars().filter(|character| !character.is_control()).take(NAME_CHARACTERS_MAX).collect();
    if name.trim().is_empty() { "report.csv".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::RefusalKind;

    #[test]
    fn what_is_too_large_is_refused_before_it_is_written() {
        let mut receiver = Receiver::with_limit(10).unwrap();
        receiver.take(b"0123456789").unwrap();
        let error = receiver.take(b"x").unwrap_err();
        assert_eq!(error.refusal().unwrap().kind, RefusalKind::TooLarge);
    }

    #[test]
    fn a_name_keeps_no_folder_and_no_control_character() {
        assert_eq!(plain_name("C:\\Users\\me\\report 1.csv"), "report 1.csv");
        assert_eq!(plain_name("../../etc/pass\nwd"), "passwd");
        assert_eq!(plain_name("/"), "report.csv");
        assert_eq!(plain_name(&"ä".repeat(500)).chars().count(), 200);
    }
}
