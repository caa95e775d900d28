//! Notes sorted on disk: sorted runs are written one after the other and merged at the end.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use ledger::account::AccountNumber;
use ledger::money::Currency;

/// How many notes are sorted in memory at a time: about 10 MB.
const RUN_NOTES: usize = 1 << 18;
/// The bytes of a note on disk.
const NOTE_BYTES: usize = 40;

/// What is noted of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note {
    pub(super) item: u64,
    pub(super) report: u32,
    pub(super) line: u64,
    pub(super) order: u64,
    pub(super) minor: i64,
    pub(super) currency: Currency,
    pub(super) payment: bool,
}

/// Sorted runs of notes.
#[derive(Debug)]
pub(super) struct Runs {
    folder: PathBuf,
    notes: Vec<Note>,
    files: Vec<PathBuf>,
}

impl Runs {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, notes: Vec::new(), files: Vec::new() }
    }

    pub(super) fn add(&mut self, note: Note) -> io::Result<()> {
        self.notes.push(note);
        if self.notes.len() >= RUN_NOTES { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.notes.sort_unstable();
        let path = self.folder.join(format!("open-items-{}", self.files.len()));
        let mut file = BufWriter::new(File::create(&path)?);
        for note in self.notes.drain(..) {
            file.write_all(&note.to_bytes())?;
        }
        file.flush()?;
        self.files.push(path);
        Ok(())
    }

    /// All notes in their order: by item, within it as the rows came.
    pub(super) fn sorted(&mut self) -> io::Result<Box<dyn Iterator<Item = io::Result<Note>>>> {
        self.notes.sort_unstable();
        let rest = std::mem::take(&mut self.notes);
        if self.files.is_empty() {
            return Ok(Box::new(rest.into_iter().map(Ok)));
        }
        let mut runs: Vec<Box<dyn Iterator<Item = io::Result<Note>>>> =
            vec![Box::new(rest.into_iter().map(Ok))];
        for path in &self.files {
            runs.push(Box::new(RunFile(BufReader::new(File::open(path)?))));
        }
        Ok(Box::new(Merge::new(runs)?))
    }
}

struct RunFile(BufReader<File>);

impl Iterator for RunFile {
    type Item = io::Result<Note>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = [0; NOTE_BYTES];
        match self.0.read_exact(&mut bytes) {
            Ok(()) => Some(Note::from_bytes(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
            Err(error) => Some(Err(error)),
        }
    }
}

type Run = Box<dyn Iterator<Item = io::Result<Note>>>;

/// Merges sorted runs by always taking the smallest head.
struct Merge {
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<(Note, usize)>>,
}

impl Merge {
    fn new(runs: Vec<Run>) -> io::Result<Self> {
        let mut merge = Self { runs, heads: BinaryHeap::new() };
        for place in 0..merge.runs.len() {
            merge.pull(place)?;
        }
        Ok(merge)
    }

    fn pull(&mut self, place: usize) -> io::Result<()> {
        if let Some(note) = self.runs.get_mut(place).and_then(Iterator::next).transpose()? {
            self.heads.push(Reverse((note, place)));
        }
        Ok(())
    }
}

impl Iterator for Merge {
    type Item = io::Result<Note>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((note, place)) = self.heads.pop()?;
        Some(self.pull(place).map(|()| note))
    }
}

impl Note {
    fn to_bytes(self) -> [u8; NOTE_BYTES] {
        let mut bytes = [0; NOTE_BYTES];
        bytes[0..8].copy_from_slice(&self.item.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.order.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.minor.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.line.to_le_bytes());
        bytes[32..36].copy_from_slice(&self.report.to_le_bytes());
        bytes[36..39].copy_from_slice(self.currency.code().as_bytes());
        bytes[39] = u8::from(self.payment);
        bytes
    }

    fn from_bytes(bytes: &[u8; NOTE_BYTES]) -> io::Result<Self> {
        let eight = |at: usize| -> [u8; 8] { std::array::from_fn(|place| bytes[at + place]) };
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a note of an open item is damaged");
        Ok(Self {
            item: u64::from_le_bytes(eight(0)),
            order: u64::from_le_bytes(eight(8)),
            minor: i64::from_le_bytes(eight(16)),
            line: u64::from_le_bytes(eight(24)),
            report: u32::from_le_bytes(std::array::from_fn(|place| bytes[32 + place])),
            currency: Currency::new([bytes[36], bytes[37], bytes[38]]).ok_or_else(damaged)?,
            payment: bytes[39] == 1,
        })
    }
}

/// The document numbers of the items, written as they come and read again only when a finding needs a name.
#[derive(Debug)]
pub(super) struct Names {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Names {
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let path = folder.join("open-item-names");
        Ok(Self { file: BufWriter::with_capacity(1 << 16, File::create(&path)?), path })
    }

    pub(super) fn add(&mut self, item: u64, account: AccountNumber, document: &str) -> io::Result<()> {
        let length = u8::try_from(document.len()).map_err(io::Error::other)?;
        self.file.write_all(&item.to_le_bytes())?;
        self.file.write_all(&account.value().to_le_bytes())?;
        self.file.write_all(&[length])?;
        self.file.write_all(document.as_bytes())
    }

    /// Account and document number of each of these items.
    pub(super) fn look_up(
        mut self,
        items: impl Iterator<Item = u64>,
    ) -> io::Result<HashMap<u64, (u32, String)>> {
        let mut wanted: HashMap<u64, Option<(u32, String)>> = items.map(|item| (item, None)).collect();
        if wanted.is_empty() {
            return Ok(HashMap::new());
        }
        self.file.flush()?;
        let mut file = BufReader::new(File::open(&self.path)?);
        let mut head = [0; 13];
        while !file_ended(file.read_exact(&mut head))? {
            let mut document = vec![0; usize::from(head[12])];
            file.read_exact(&mut document)?;
            let item = u64::from_le_bytes(std::array::from_fn(|place| head[place]));
            if let Some(name @ None) = wanted.get_mut(&item) {
                let account = u32::from_le_bytes(std::array::from_fn(|place| head[8 + place]));
                *name = Some((account, String::from_utf8_lossy(&document).into_owned()));
            }
        }
        Ok(wanted.into_iter().filter_map(|(item, name)| Some((item, name?))).collect())
    }
}

fn file_ended(result: io::Result<()>) -> io::Result<bool> {
    match result {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(true),
        Err(error) => Err(error),
    }
}
