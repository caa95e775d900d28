use std::io::Read;

use super::error::printable;
use super::preamble::PreambleLines;
use super::settlement_row::{SETTLEMENT_ID, SHAPE};
use super::table::{Table, field_problem};
use super::{FieldProblem, Limits, Preamble, ReportError, SettlementRow};

/// How a settlement report is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// What exceeds these bounds is refused.
    pub limits: Limits,
    /// What happens to a row whose figures contradict each other.
    pub identities: Identities,
}

/// What happens to a row whose figures contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Identities {
    /// The report is refused.
    #[default]
    Prove,
    /// The row is delivered; the caller judges its [`identities`](SettlementRow::identities).
    Declare,
}

/// A settlement report, read row by row.
pub struct SettlementReport<R> {
    table: Table<R, 15>,
    identities: Identities,
    preamble: Preamble,
    settlement_id: Option<String>,
}

impl<R: Read> SettlementReport<R> {
    /// Reads the lines before the rows, with the default [`Options`]. The source needs no buffer of its own.
    pub fn open(source: R) -> Result<Self, ReportError> {
        Self::open_with(source, Options::default())
    }

    /// Reads the lines before the rows.
    pub fn open_with(source: R, options: Options) -> Result<Self, ReportError> {
        let mut lines = PreambleLines::default();
        let table = Table::open(source, options.limits, &SHAPE, |record| lines.take(record))?;
        let preamble = lines.finish()?;
        Ok(Self { table, identities: options.identities, preamble, settlement_id: None })
    }

    /// Whose money, and of which period.
    pub fn preamble(&self) -> &Preamble {
        &self.preamble
    }

    /// The names of columns that the documentation does not know; their fields are not read.
    pub fn extra_columns(&self) -> &[String] {
        self.table.extra_columns()
    }

    /// The settlement that all rows belong to, once the first row was read.
    pub fn settlement_id(&self) -> Option<&str> {
        self.settlement_id.as_deref()
    }

    /// Fills `row` with the next row; `false` at the end, where `row` keeps what it held.
    ///
    /// After an error the report counts as refused: nothing of it should be used.
    pub fn read(&mut self, row: &mut SettlementRow) -> Result<bool, ReportError> {
        if !self.table.read(row.record_mut())? {
            return Ok(false);
        }
        row.interpret(self.table.columns())?;
        self.check_settlement_id(row)?;
        if self.identities == Identities::Prove
            && let Some(identity) = row.identities().into_iter().find(|identity| !identity.holds())
        {
            return Err(ReportError::Identity { line: row.line(), identity });
        }
        Ok(true)
    }

    fn check_settlement_id(&mut self, row: &SettlementRow) -> Result<(), ReportError> {
        let found = row.settlement_id();
        match &self.settlement_id {
            Some(expected) if expected == found => Ok(()),
            Some(expected) => Err(ReportError::SettlementChanged {
                line: row.line(),
                found: printable(found.as_bytes()),
                expected: printable(expected.as_bytes()),
            }),
            None if found.is_empty() => {
                Err(field_problem(row.line(), SHAPE.names[SETTLEMENT_ID], found, FieldProblem::Empty))
            }
            None => {
                self.settlement_id = Some(found.to_owned());
                Ok(())
            }
        }
    }
}
