//! Files written and hashed by a thread of their own.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

use super::digest::Hashing;
use super::error::ConvertError;

/// Bytes that travel together.
const BLOCK_BYTES: usize = 1 << 16;
/// Blocks on their way at most.
const BLOCKS: usize = 16;

/// Makes files in a folder. The bytes go to one thread, which hashes and writes them.
#[derive(Debug)]
pub(super) struct Output {
    folder: PathBuf,
    work: SyncSender<Work>,
    emptied: Emptied,
    thread: JoinHandle<Result<Digests, ConvertError>>,
}

/// The hash and size of each finished file, by name.
pub(super) type Digests = BTreeMap<String, (String, u64)>;

/// Blocks that were written and can be filled again.
type Emptied = std::rc::Rc<Receiver<Vec<u8>>>;

enum Work {
    Open(String, File),
    Bytes(String, Vec<u8>),
}

impl Output {
    /// Makes files in this folder.
    pub(super) fn new(folder: PathBuf) -> Self {
        let (work, orders) = sync_channel(BLOCKS);
        let (empty, emptied) = channel();
        let place = folder.clone();
        let thread = thread::spawn(move || write_all(&place, &orders, &empty));
        Self { folder, work, emptied: std::rc::Rc::new(emptied), thread }
    }

    /// Makes a file.
    pub(super) fn create(&self, name: &str) -> io::Result<OutputFile> {
        let file = File::create(self.folder.join(name))?;
        self.work.send(Work::Open(name.to_owned(), file)).map_err(|_| stopped())?;
        let block = Vec::with_capacity(BLOCK_BYTES);
        Ok(OutputFile {
            name: name.to_owned(),
            work: self.work.clone(),
            emptied: self.emptied.clone(),
            block,
        })
    }

    /// Waits until everything is written, and gives the hashes. All files must have been let go before.
    pub(super) fn finish(self) -> Result<Digests, ConvertError> {
        let Self { work, thread, .. } = self;
        drop(work);
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn stopped() -> io::Error {
    io::Error::other("writing has stopped after an error")
}

fn write_all(
    folder: &Path,
    orders: &Receiver<Work>,
    empty: &Sender<Vec<u8>>,
) -> Result<Digests, ConvertError> {
    let mut files: BTreeMap<String, Hashing<File>> = BTreeMap::new();
    for work in orders {
        match work {
            Work::Open(name, file) => {
                files.insert(name, Hashing::new(file));
            }
            Work::Bytes(name, mut block) => {
                if let Some(file) = files.get_mut(&name) {
                    let failed = |source| ConvertError::Write { path: folder.join(&name), source };
                    file.write_all(&block).map_err(failed)?;
                }
                block.clear();
                // Nobody fills it again when the last file is finished.
                drop(empty.send(block));
            }
        }
    }
    Ok(files.into_iter().map(|(name, file)| (name, file.digest())).collect())
}

/// A file in the making. What it holds is on its way when it is let go, and written when [`Output::finish`] returns.
#[derive(Debug)]
pub(super) struct OutputFile {
    name: String,
    work: SyncSender<Work>,
    emptied: Emptied,
    block: Vec<u8>,
}

impl OutputFile {
    fn send(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let next = self.emptied.try_recv().unwrap_or_else(|_| Vec::with_capacity(BLOCK_BYTES));
        let block = std::mem::replace(&mut self.block, next);
        self.work.send(Work::Bytes(self.name.clone(), block)).map_err(|_| stopped())
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() + bytes.len() > BLOCK_BYTES {
            self.send()?;
        }
        self.block.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        // If the thread has stopped, `Output::finish` says why.
        drop(self.send());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_hold_what_was_written_and_their_hash_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output::new(folder.path().to_owned());
        let mut one = output.create("one").unwrap();
        let mut other = output.create("other").unwrap();
        let long = vec![b'x'; 3 * BLOCK_BYTES + 7];
        one.write_all(&long).unwrap();
        other.write_all(b"abc").unwrap();
        one.write_all(b"end").unwrap();
        drop((one, other));
        let digests = output.finish().unwrap();
        assert_eq!(std::fs::read(folder.path().join("one")).unwrap(), [&long[..], b"end"].concat());
        assert_eq!(digests["other"].1, 3);
        assert_eq!(digests["other"].0, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_with_the_name_of_the_file() {
        let output = Output::new(PathBuf::from("/dev"));
        let mut full = output.create("full").unwrap();
        full.write_all(b"too much").unwrap();
        drop(full);
        let error = output.finish().unwrap_err();
        assert!(matches!(error, ConvertError::Write { path, .. } if path.ends_with("full")));
    }
}
