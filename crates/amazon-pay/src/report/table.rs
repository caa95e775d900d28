//! What both kinds of report share: a header row found by content, columns by name, rows of one width.

use std::io::Read;

use super::error::printable;
use super::kind::{PREAMBLE_RECORDS_MAX, Sign, other_separator};
use super::plain::Plain;
use super::record::Record;
use super::records::Records;
use super::{FieldProblem, Limits, ReportError, ReportKind};

/// The shape of a kind of report.
pub(super) struct Shape<const N: usize> {
    pub(super) kind: ReportKind,
    /// The column whose name tells the header row.
    pub(super) mark: &'static str,
    /// The columns without which a row has no meaning.
    pub(super) names: [&'static str; N],
}

/// A report behind its header row.
pub(super) struct Table<R, const N: usize> {
    records: Records<Plain<R>>,
    limits: Limits,
    columns: [usize; N],
    extra: Vec<String>,
    width: usize,
    rows: u64,
}

impl<R: Read, const N: usize> Table<R, N> {
    /// Reads up to and with the header row; every record before it goes to `before`.
    pub(super) fn open(
        source: R,
        limits: Limits,
        shape: &Shape<N>,
        mut before: impl FnMut(&Record) -> Result<(), ReportError>,
    ) -> Result<Self, ReportError> {
        let plain = Plain::new(source).map_err(|source| ReportError::Read { line: 1, source })?;
        let mut records = Records::new(plain, limits);
        let mut record = Record::default();
        let mut found = ReportKind::Unknown;
        for seen in 0..PREAMBLE_RECORDS_MAX {
            let more = match records.read(&mut record) {
                Err(ReportError::Field { .. } | ReportError::TooManyFields { .. })
                    if found == ReportKind::Unknown =>
                {
                    return Err(ReportError::NotRecognised { expected: shape.kind, found });
                }
                read => read?,
            };
            if !more {
                return Err(match (seen, found == shape.kind) {
                    (0, _) => ReportError::Empty,
                    (_, true) => ReportError::Cut { line: record.line() },
                    (_, false) => ReportError::NotRecognised { expected: shape.kind, found },
                });
            }
            if record.iter().any(|field| field.trim() == shape.mark) {
                return Self::from_header(records, limits, shape, &record);
            }
            if let Some(separator) = other_separator(&record, shape.mark) {
                return Err(ReportError::Separator { line: record.line(), separator });
            }
            match Sign::of(&record) {
                Sign::Header(found) => {
                    return Err(ReportError::NotRecognised { expected: shape.kind, found });
                }
                Sign::Title(kind) => found = kind,
                Sign::None => {}
            }
            before(&record)?;
        }
        Err(ReportError::NotRecognised { expected: shape.kind, found })
    }

    fn from_header(
        mut records: Records<Plain<R>>,
        limits: Limits,
        shape: &Shape<N>,
        header: &Record,
    ) -> Result<Self, ReportError> {
        let mut names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let mut missing = Vec::new();
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(shape.names) {
            let mut places = names.iter().enumerate().filter(|(_, found)| *found == name);
            match (places.next(), places.next()) {
                (None, _) => missing.push(name),
                (Some((place, _)), None) => *column = place,
                (Some(_), Some(_)) => return Err(ReportError::ColumnRepeated { line: header.line(), name }),
            }
        }
        if !missing.is_empty() {
            return Err(ReportError::ColumnsMissing { line: header.line(), names: missing });
        }
        let extra = names.iter().filter(|name| !shape.names.contains(&name.as_str())).cloned().collect();
        let width = names.len();
        records.name_columns(names);
        Ok(Self { records, limits, columns, extra, width, rows: 0 })
    }

    /// For each required column its place in a record.
    pub(super) fn columns(&self) -> [usize; N] {
        self.columns
    }

    /// The names of the columns that no one asked for.
    pub(super) fn extra_columns(&self) -> &[String] {
        &self.extra
    }

    /// Fills `record` with the next row; `false` at the end.
    pub(super) fn read(&mut self, record: &mut Record) -> Result<bool, ReportError> {
        if !self.records.read(record)? {
            return Ok(false);
        }
        self.rows += 1;
        if self.rows > self.limits.rows {
            return Err(ReportError::TooManyRows { limit: self.limits.rows });
        }
        let found = record.len();
        if found != self.width
            && (found < self.width || (self.width..found).any(|at| !record.field(at).is_empty()))
        {
            return Err(ReportError::FieldCount { line: record.line(), found, expected: self.width });
        }
        Ok(true)
    }
}

/// The problem of a required column of a row.
pub(super) fn field_problem(line: u64, name: &str, found: &str, problem: FieldProblem) -> ReportError {
    ReportError::Field { line, column: name.to_owned(), found: printable(found.as_bytes()), problem }
}
