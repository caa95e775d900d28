//! A journal for hledger; `hledger check --strict` accepts it (hledger manual, «Journal» and «check»).
//!
//! Accounts and commodities are declared in front of the first entry that uses them, so nothing has to be held back.
//! hledger reads the file in a UTF-8 locale only.

use std::io::{self, Write};

use ledger::assign::EntrySink;
use ledger::entry::Entry;
use ledger::money::{Currency, Money};
use ledger::rules::Rules;

use crate::journal::{AccountNames, Amounts, PROPERTIES, properties};
use crate::visible::visible;

/// Writes entries as an hledger journal; takes them in any order and holds none.
#[derive(Debug)]
pub struct Journal<W> {
    out: W,
    accounts: AccountNames,
    commodities: Vec<Currency>,
}

impl<W: Write> Journal<W> {
    /// Begins a journal of entries that are made by these rules.
    pub fn new(rules: &Rules, mut out: W) -> io::Result<Self> {
        writeln!(out, "decimal-mark .")?;
        for name in PROPERTIES {
            writeln!(out, "tag {name}")?;
        }
        Ok(Self { out, accounts: AccountNames::new(rules), commodities: Vec::new() })
    }

    /// Ends the journal and gives back what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    /// The declarations that the entry is the first to need, as a paragraph of their own.
    fn declare(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let mut gap = "\n";
        for account in [entry.account(), entry.contra_account()] {
            if let Some(name) = self.accounts.declare(account) {
                writeln!(self.out, "{gap}account {name}")?;
                gap = "";
            }
        }
        let amounts = [Some(entry.amount()), entry.base().map(|base| base.amount)];
        for currency in amounts.into_iter().flatten().map(Money::currency) {
            if !self.commodities.contains(&currency) {
                self.commodities.push(currency);
                writeln!(self.out, "{gap}commodity {} {currency}", sample(currency))?;
                gap = "";
            }
        }
        Ok(())
    }
}

impl<W: Write> EntrySink for Journal<W> {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.declare(entry)?;
        let (account, contra_account) =
            (self.accounts.name(entry.account())?, self.accounts.name(entry.contra_account())?);
        let details = entry.details();
        let text = without(';', details.text);
        let headline = format!("{} ({}) {text}", entry.date(), details.document_number);
        writeln!(self.out, "\n{}", headline.trim_end())?;
        for (name, value) in properties(entry) {
            writeln!(self.out, "    ; {name}: {}", without(',', &value))?;
        }
        let amounts = Amounts::of(entry);
        // Two spaces end the name of an account.
        writeln!(self.out, "    {account:<36}  {}", amounts.provider)?;
        writeln!(self.out, "    {contra_account:<36}  {}", amounts.contra)?;
        Ok(())
    }
}

/// A text without the character that would end it, on one line.
fn without(end: char, text: &str) -> String {
    text.chars().map(|character| if character == end { '_' } else { visible(character) }).collect()
}

/// How amounts of a currency look; hledger wants a decimal mark even where no places follow.
fn sample(currency: Currency) -> String {
    let figure = Money::new(10_i64.pow(currency.decimals()), currency).figure('.');
    if currency.decimals() == 0 { format!("{figure}.") } else { figure }
}
