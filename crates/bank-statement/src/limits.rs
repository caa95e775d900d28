//! What is read at most, so that no file can exhaust the machine.

/// The bounds of one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one statement file, unpacked.
    pub file_bytes: usize,
    /// Files in one archive.
    pub members: usize,
    /// Bytes of all files of an archive together, unpacked.
    pub archive_bytes: usize,
    /// Statements in all files together.
    pub statements: usize,
    /// Entries and transactions in all files together.
    pub entries: usize,
    /// How deep XML elements stand in one another; camt needs about 12.
    pub depth: usize,
}

impl Default for Limits {
    /// 64 MiB a file, 1,000 files and 256 MiB an archive, 10,000 statements, 500,000 entries, depth 64.
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            members: 1_000,
            archive_bytes: 256 << 20,
            statements: 10_000,
            entries: 500_000,
            depth: 64,
        }
    }
}
