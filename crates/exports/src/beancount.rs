//! A journal for beancount 3, which `bean-check` accepts (beancount language syntax).
//!
//! Each account is opened in front of the first entry that uses it, on a day before all others, so nothing has to be
//! held back. The links join what belongs to one order, the tags what belongs to one settlement.

use std::io::{self, Write};

use ledger::assign::EntrySink;
use ledger::entry::Entry;
use ledger::rules::Rules;

use crate::journal::{AccountNames, Amounts, properties};
use crate::visible::visible;

/// Writes entries as a beancount journal; takes them in any order and holds none.
#[derive(Debug)]
pub struct Journal<W> {
    out: W,
    accounts: AccountNames,
}

impl<W: Write> Journal<W> {
    /// Begins a journal of entries that are made by these rules.
    pub fn new(rules: &Rules, mut out: W) -> io::Result<Self> {
        writeln!(out, "option \"operating_currency\" \"{}\"", rules.client().base_currency)?;
        // beancount divides the price of a whole amount to get that of one unit; what the division leaves is nothing.
        writeln!(out, "option \"inferred_tolerance_default\" \"*:0.0001\"")?;
        Ok(Self { out, accounts: AccountNames::new(rules) })
    }

    /// Ends the journal and gives back what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    /// Opens the accounts that the entry is the first to use, as a paragraph of their own.
    fn open(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let mut gap = "\n";
        for account in [entry.account(), entry.contra_account()] {
            if let Some(name) = self.accounts.declare(account) {
                writeln!(self.out, "{gap}1970-01-01 open {name}")?;
                gap = "";
            }
        }
        Ok(())
    }
}

impl<W: Write> EntrySink for Journal<W> {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.open(entry)?;
        let (account, contra_account) =
            (self.accounts.name(entry.account())?, self.accounts.name(entry.contra_account())?);
        let details = entry.details();
        let document = details.document_number.as_str();
        write!(self.out, "\n{} * {} ^{}", entry.date(), quoted(details.text), word(document))?;
        if !details.settlement.is_empty() {
            write!(self.out, " #{}", word(details.settlement))?;
        }
        writeln!(self.out, "\n  document: {}", quoted(document))?;
        for (name, value) in properties(entry) {
            writeln!(self.out, "  {name}: {}", quoted(&value))?;
        }
        let amounts = Amounts::of(entry);
        writeln!(self.out, "  {account:<36}  {}", amounts.provider)?;
        writeln!(self.out, "  {contra_account:<36}  {}", amounts.contra)?;
        Ok(())
    }
}

/// A string of the language: in quotes, on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars().map(visible) {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    quoted
}

/// A word that a link or a tag can hold: letters and digits of ASCII, `-`, `_`, `/` and `.`.
fn word(text: &str) -> String {
    let fits =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '/' | '.');
    text.chars().map(|character| if fits(character) { character } else { '_' }).collect()
}
