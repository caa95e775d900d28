//! One booking batch file, written row by row.

use std::io::Write;

use super::{FieldChange, Template, WriteError, posting_row::RowRules};
use crate::{Batch, Category, FormatVersion, Header, HeaderError, Posting, Side};

/// The most rows of a file, header and names not counted (DATEV developer portal, file format).
pub const ROWS_MAX: u32 = 99_999;

/// How much is gathered before it is handed on.
const BUFFER_BYTES: usize = 32 * 1024;

/// Writes one booking batch: header, names, rows; windows-1252 with CR LF.
///
/// Nothing reaches the output reliably before [`BatchWriter::finish`].
///
/// ```
/// use datev::{
///     AccountLength, AccountNumber, AdviserNumber, Amount, BatchWriter, Client, ClientNumber, FiscalYears, Header,
///     Posting, Side,
/// };
/// use jiff::civil::{date, datetime};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let created = datetime(2025, 11, 3, 10, 15, 0, 123_000_000);
/// let client = Client::new(AdviserNumber::new(29098)?, ClientNumber::new(55003)?, AccountLength::FOUR, created);
/// let year = FiscalYears::calendar().of(date(2025, 10, 1))?;
/// let header = Header::booking_batch(&client, year, date(2025, 10, 1), date(2025, 10, 31))?;
///
/// let mut writer = BatchWriter::new(Vec::new(), header)?;
/// let (bank, customer) = (AccountNumber::new(1210)?, AccountNumber::new(10000)?);
/// writer.write(&Posting::new(Amount::from_minor(11_900)?, Side::Debit, bank, customer, date(2025, 10, 1)))?;
/// let (bytes, totals) = writer.finish()?;
/// assert_eq!(totals.rows, 1);
/// assert!(bytes.starts_with(b"\"EXTF\";700;21;\"Buchungsstapel\";13;20251103101500123;"));
/// # Ok(())
/// # }
/// ```
#[must_use = "the file is complete only after `finish`"]
#[derive(Debug)]
pub struct BatchWriter<W: Write> {
    output: W,
    buffer: Vec<u8>,
    header: Header,
    template: Template,
    rules: RowRules,
    totals: Totals,
    given: u64,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Postings.
    pub rows: u32,
    /// Bytes, header and names included.
    pub bytes: u64,
    /// Sum of field 1 of the rows with `S`, in minor units as written, whatever their currency.
    pub debit: u64,
    /// The same of the rows with `H`.
    pub credit: u64,
}

impl Totals {
    /// Sum of field 1 of all rows, in minor units: what DATEV shows as control sum.
    pub const fn amount(&self) -> u64 {
        self.debit + self.credit
    }
}

impl<W: Write> BatchWriter<W> {
    /// Begins a file with its header and names.
    ///
    /// # Errors
    /// Refuses a header that is not of a booking batch, of a version that cannot be written, or that DATEV would
    /// refuse.
    pub fn new(output: W, header: Header) -> Result<Self, WriteError> {
        header.check()?;
        let (version, batch) = writable(&header)?;
        let locked = if batch.locked { "1" } else { "0" };
        let columns = version.columns();
        let mut buffer = Vec::with_capacity(BUFFER_BYTES * 2);
        header.write(columns, &mut buffer);
        Ok(Self {
            output,
            buffer,
            template: Template::new(columns, &[(114, locked)]),
            rules: RowRules::new(&header, batch),
            header,
            totals: Totals::default(),
            given: 0,
        })
    }

    /// Writes one row and gives what was changed in its texts so that they fit.
    ///
    /// # Errors
    /// Refuses a posting that DATEV would refuse or misread, naming the field, and the hundred-thousandth row.
    pub fn write(&mut self, posting: &Posting<'_>) -> Result<Vec<FieldChange>, WriteError> {
        if self.totals.rows == ROWS_MAX {
            return Err(WriteError::Full);
        }
        self.given += 1;
        let start = self.buffer.len();
        let changes = match self.rules.write(posting, &self.template, &mut self.buffer) {
            Ok(changes) => changes,
            Err(error) => {
                self.buffer.truncate(start);
                return Err(WriteError::Row { row: self.given, error });
            }
        };
        self.totals.rows += 1;
        match posting.side {
            Side::Debit => self.totals.debit += posting.amount.minor(),
            Side::Credit => self.totals.credit += posting.amount.minor(),
        }
        if self.buffer.len() >= BUFFER_BYTES {
            self.flush()?;
        }
        Ok(changes)
    }

    /// What was written so far.
    pub fn totals(&self) -> Totals {
        let waiting = u64::try_from(self.buffer.len()).unwrap_or_default();
        Totals { bytes: self.totals.bytes + waiting, ..self.totals }
    }

    /// The header of the file.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Hands everything on and gives the output back with what the file holds.
    ///
    /// # Errors
    /// Fails where the output fails.
    pub fn finish(mut self) -> Result<(W, Totals), WriteError> {
        self.flush()?;
        self.output.flush()?;
        Ok((self.output, self.totals))
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        self.output.write_all(&self.buffer)?;
        self.totals.bytes += u64::try_from(self.buffer.len()).unwrap_or_default();
        self.buffer.clear();
        Ok(())
    }
}

/// The version and the batch part of a header that a booking batch can have.
fn writable(header: &Header) -> Result<(FormatVersion, Batch), HeaderError> {
    let expected = Category::BookingBatch.number();
    let category = HeaderError::Category { found: header.category.number(), expected };
    let batch = header.batch.filter(|_| header.category == Category::BookingBatch).ok_or(category)?;
    let version = FormatVersion::from_number(header.format_version);
    Ok((version.ok_or(HeaderError::Version { found: header.format_version })?, batch))
}
