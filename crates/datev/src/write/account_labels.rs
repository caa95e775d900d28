//! Account labels: the names of accounts (category 20).

use std::{borrow::Cow, io::Write};

use super::{FieldChange, FieldProblem, PostingError, Template, WriteError};
use crate::{AccountNumber, Category, Header, HeaderError, column::ACCOUNT_LABELS, write::batch::ROWS_MAX};

/// The name of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLabel<'a> {
    /// Field 1.
    pub account: AccountNumber,
    /// Field 2, cut at 40 characters.
    pub label: Cow<'a, str>,
    /// Field 3.
    pub language: Language,
    /// Field 4, cut at 300 characters.
    pub long_label: Cow<'a, str>,
}

/// The language of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// `de-DE`.
    #[default]
    German,
    /// `en-GB`.
    English,
}

impl Language {
    /// The code in the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::German => "de-DE",
            Self::English => "en-GB",
        }
    }
}

/// Writes account labels, format version 3.
#[must_use = "the file is complete only after `finish`"]
#[derive(Debug)]
pub struct AccountLabelWriter<W: Write> {
    output: W,
    header: Header,
    template: Template,
    rows: u32,
    line: Vec<u8>,
}

impl<W: Write> AccountLabelWriter<W> {
    /// Begins a file with its header and names.
    ///
    /// # Errors
    /// Refuses a header that is not of account labels 3, or that DATEV would refuse.
    pub fn new(mut output: W, header: Header) -> Result<Self, WriteError> {
        let expected = Category::AccountLabels;
        if header.category != expected {
            let (found, expected) = (header.category.number(), expected.number());
            return Err(HeaderError::Category { found, expected }.into());
        }
        header.check()?;
        let mut line = Vec::new();
        header.write(&ACCOUNT_LABELS, &mut line);
        output.write_all(&line)?;
        Ok(Self { output, header, template: Template::new(&ACCOUNT_LABELS, &[]), rows: 0, line })
    }

    /// Writes one label and gives what was changed in its texts so that they fit.
    ///
    /// # Errors
    /// Refuses an account that is too long for the header's account length.
    pub fn write(&mut self, label: &AccountLabel<'_>) -> Result<Vec<FieldChange>, WriteError> {
        if self.rows == ROWS_MAX {
            return Err(WriteError::Full);
        }
        if let Err(error) = label.account.kind(self.header.account_length) {
            let error = PostingError { column: &ACCOUNT_LABELS[0], problem: FieldProblem::Account(error) };
            return Err(WriteError::Row { row: u64::from(self.rows) + 1, error });
        }
        self.rows += 1;
        self.line.clear();
        let mut row = self.template.row(&mut self.line);
        row.number(1, label.account.get().into());
        row.text(2, &label.label);
        row.plain_text(3, label.language.code());
        row.text(4, &label.long_label);
        let changes = row.finish();
        self.output.write_all(&self.line)?;
        Ok(changes)
    }

    /// Gives the output back.
    ///
    /// # Errors
    /// Fails where the output fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.output.flush()?;
        Ok(self.output)
    }
}
