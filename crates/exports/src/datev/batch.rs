//! Entries into booking batches, one file a month, and what had to be changed in their texts.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};

use datev::{BatchSplitter, Change, FileName, SplitOptions, WriteError, WrittenFile};
use jiff::civil::DateTime;
use ledger::assign::EntrySink;
use ledger::entry::Entry;
use ledger::rules::Rules;

use super::master_data::AccountsUsed;
use super::posting::posting;
use super::settings::DatevSettings;

/// How often a text was changed to fit, by the column's name and the sort of change.
pub type TextChanges = BTreeMap<(&'static str, Change), u64>;

/// Writes entries into the files of their months; `open` makes the files.
#[derive(Debug)]
pub struct BatchExport<W: Write, F: FnMut(&FileName) -> io::Result<W>> {
    splitter: BatchSplitter<W, F>,
    changes: TextChanges,
    accounts: AccountsUsed,
}

impl<W: Write, F: FnMut(&FileName) -> io::Result<W>> BatchExport<W, F> {
    /// Begins without a file. `created` is the time of the export in the client's zone.
    pub fn new(rules: &Rules, settings: &DatevSettings, created: DateTime, open: F) -> Self {
        let (client, years) = (settings.header(rules, created), settings.fiscal_years.clone());
        Self {
            splitter: BatchSplitter::new(client, years, SplitOptions::default(), open),
            changes: TextChanges::new(),
            accounts: AccountsUsed::new(rules.client().account_length),
        }
    }

    /// Completes the files; gives them with the changes of texts and the accounts that were used.
    pub fn finish(self) -> Result<(Vec<WrittenFile>, TextChanges, AccountsUsed), WriteError> {
        Ok((self.splitter.finish()?, self.changes, self.accounts))
    }
}

impl<W: Write, F: FnMut(&FileName) -> io::Result<W>> EntrySink for BatchExport<W, F> {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn Error + Send + Sync>> {
        for change in self.splitter.write(&posting(entry)?)? {
            *self.changes.entry((change.column.name, change.change)).or_default() += 1;
        }
        self.accounts.note(entry);
        Ok(())
    }
}
