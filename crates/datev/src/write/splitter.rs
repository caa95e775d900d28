//! Postings in any order into one file per fiscal year and month.

use std::io::{self, Write};

use jiff::civil::Date;

use super::{BatchWriter, FieldChange, FileName, ROWS_MAX, Totals, WriteError, file_name::BatchNameParts};
use crate::{Client, FiscalYear, FiscalYears, Header, Posting};

/// The most months that are open at once: twenty years.
const MONTHS_MAX: usize = 240;

/// More than the longest row can have: a test fills every column.
const LONGEST_ROW_BYTES: u64 = 32 * 1024;

/// How postings are split into files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitOptions {
    /// What the file names begin with after `EXTF_`.
    pub stem: String,
    /// The number of the correction, for batches that correct what was handed out before: `_K1`.
    pub correction: Option<u16>,
    /// The most rows of a file, at most 99,999.
    pub rows_max: u32,
    /// The most bytes of a file. DATEV's interface takes 50 MB. A file always holds one row at least.
    pub bytes_max: u64,
}

impl Default for SplitOptions {
    fn default() -> Self {
        Self {
            stem: "Buchungsstapel".to_owned(),
            correction: None,
            rows_max: ROWS_MAX,
            bytes_max: 50_000_000,
        }
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its name.
    pub name: FileName,
    /// The fiscal year it belongs to.
    pub fiscal_year: FiscalYear,
    /// The first day covered, header field 15.
    pub from: Date,
    /// The last day covered, header field 16.
    pub to: Date,
    /// Rows, bytes and sums.
    pub totals: Totals,
}

/// Writes postings in any order of dates: one file per fiscal year and calendar month, a further one where a file is
/// full. The files are opened by `open` when their first posting comes.
///
/// ```
/// use datev::{
///     AccountLength, AccountNumber, AdviserNumber, Amount, BatchSplitter, Client, ClientNumber, FiscalYears, Posting,
///     Side, SplitOptions,
/// };
/// use jiff::civil::{date, datetime};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let created = datetime(2025, 12, 1, 9, 0, 0, 0);
/// let client = Client::new(AdviserNumber::new(1001)?, ClientNumber::new(1)?, AccountLength::FOUR, created);
/// let (bank, customer) = (AccountNumber::new(1210)?, AccountNumber::new(10000)?);
///
/// let open = |_: &datev::FileName| Ok(Vec::new());
/// let mut splitter = BatchSplitter::new(client, FiscalYears::calendar(), SplitOptions::default(), open);
/// for day in [date(2025, 11, 30), date(2025, 10, 1), date(2025, 11, 1)] {
///     splitter.write(&Posting::new(Amount::from_minor(100)?, Side::Debit, bank, customer, day))?;
/// }
/// let files = splitter.finish()?;
/// let names: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.totals.rows)).collect();
/// assert_eq!(names, [("EXTF_Buchungsstapel_2025-10.csv", 1), ("EXTF_Buchungsstapel_2025-11.csv", 2)]);
/// # Ok(())
/// # }
/// ```
#[must_use = "the files are complete only after `finish`"]
#[derive(Debug)]
pub struct BatchSplitter<W: Write, F: FnMut(&FileName) -> io::Result<W>> {
    client: Client,
    years: FiscalYears,
    options: SplitOptions,
    open: F,
    /// The open files, ascending by month.
    months: Vec<Month<W>>,
    /// Which of them had the last posting: the next one is most often in the same.
    last: usize,
    finished: Vec<WrittenFile>,
    given: u64,
}

/// The days of one month inside one fiscal year, and the file that takes them.
#[derive(Debug)]
struct Month<W: Write> {
    fiscal_year: FiscalYear,
    from: Date,
    to: Date,
    /// From 1.
    chunk: u32,
    name: FileName,
    writer: BatchWriter<W>,
}

impl<W: Write> Month<W> {
    fn contains(&self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    fn is_full(&self, options: &SplitOptions) -> bool {
        let totals = self.writer.totals();
        let is_long = totals.bytes.saturating_add(LONGEST_ROW_BYTES) > options.bytes_max;
        totals.rows >= options.rows_max.clamp(1, ROWS_MAX) || (totals.rows > 0 && is_long)
    }

    fn finish(self) -> Result<WrittenFile, WriteError> {
        let Self { fiscal_year, from, to, name, writer, .. } = self;
        let (_, totals) = writer.finish()?;
        Ok(WrittenFile { name, fiscal_year, from, to, totals })
    }
}

impl<W: Write, F: FnMut(&FileName) -> io::Result<W>> BatchSplitter<W, F> {
    /// Begins without a file.
    pub const fn new(client: Client, years: FiscalYears, options: SplitOptions, open: F) -> Self {
        Self { client, years, options, open, months: Vec::new(), last: 0, finished: Vec::new(), given: 0 }
    }

    /// Writes one posting into the file of its month and gives what was changed in its texts so that they fit.
    ///
    /// # Errors
    /// Refuses what [`BatchWriter::write`] refuses, a day without fiscal year, and postings of more than 240 months. A
    /// refused posting opens no file.
    pub fn write(&mut self, posting: &Posting<'_>) -> Result<Vec<FieldChange>, WriteError> {
        self.given += 1;
        let index = self.month_of(posting)?;
        if self.months.get(index).is_some_and(|month| month.is_full(&self.options)) {
            self.next_chunk(index, posting)?;
        }
        self.last = index;
        let row = self.given;
        match self.months.get_mut(index) {
            Some(month) => month.writer.write(posting).map_err(|error| in_row(row, error)),
            None => Ok(Vec::new()),
        }
    }

    /// Completes all files and tells what they hold, ascending by month and chunk.
    ///
    /// # Errors
    /// Fails where an output fails.
    pub fn finish(self) -> Result<Vec<WrittenFile>, WriteError> {
        let mut files = self.finished;
        for month in self.months {
            files.push(month.finish()?);
        }
        files.sort_by_key(|file| file.from);
        Ok(files)
    }

    /// The index of the posting's month, which is opened if it is new.
    fn month_of(&mut self, posting: &Posting<'_>) -> Result<usize, WriteError> {
        let date = posting.date;
        if self.months.get(self.last).is_some_and(|month| month.contains(date)) {
            return Ok(self.last);
        }
        let after = self.months.partition_point(|month| month.from <= date);
        if let Some(index) = after.checked_sub(1).filter(|&index| self.months[index].contains(date)) {
            return Ok(index);
        }
        if self.months.len() == MONTHS_MAX {
            return Err(WriteError::TooManyMonths { row: self.given, max: MONTHS_MAX });
        }
        let fiscal_year =
            self.years.of(date).map_err(|error| WriteError::FiscalYear { row: self.given, error })?;
        let from = date.first_of_month().max(fiscal_year.begin);
        let to = date.last_of_month().min(fiscal_year.end);
        let month = self.open(fiscal_year, from, to, 1, posting)?;
        self.months.insert(after, month);
        Ok(after)
    }

    /// Completes a full file and opens the next one of its month.
    fn next_chunk(&mut self, index: usize, posting: &Posting<'_>) -> Result<(), WriteError> {
        let full = &self.months[index];
        let next = self.open(full.fiscal_year, full.from, full.to, full.chunk + 1, posting)?;
        let full = std::mem::replace(&mut self.months[index], next);
        self.finished.push(full.finish()?);
        Ok(())
    }

    /// Opens a file, once its first posting is known to be writable.
    fn open(
        &mut self,
        fiscal_year: FiscalYear,
        from: Date,
        to: Date,
        chunk: u32,
        first: &Posting<'_>,
    ) -> Result<Month<W>, WriteError> {
        let header = Header::booking_batch(&self.client, fiscal_year, from, to)?;
        let mut rehearsal = BatchWriter::new(io::sink(), header.clone())?;
        rehearsal.write(first).map_err(|error| in_row(self.given, error))?;
        let name = BatchNameParts {
            stem: &self.options.stem,
            from,
            begins_within_month: from.day() > 1,
            correction: self.options.correction,
            chunk,
        }
        .name()?;
        let writer = BatchWriter::new((self.open)(&name)?, header)?;
        Ok(Month { fiscal_year, from, to, chunk, name, writer })
    }
}

/// The error with the row as this writer's caller counts.
fn in_row(row: u64, error: WriteError) -> WriteError {
    match error {
        WriteError::Row { error, .. } => WriteError::Row { row, error },
        other => other,
    }
}
