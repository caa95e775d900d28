//! The entries to look at, instead of files.

use std::io::{self, Write};
use std::path::Path;

use exports::plain_text::PlainText;
use exports::{beancount, hledger, plain_text};
use ledger::assign::EntrySink;
use ledger::entry::Entry;
use providers::amazon_pay::NoEarlierPayments;

use super::error::ConvertError;
use super::proof::{self, Proof};
use super::run::{Run, run};
use super::{HandedOut, Order, ReportSource};
use crate::progress::Progress;

/// The form in which entries are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrintFormat {
    /// Readable text, one line an entry.
    #[default]
    Text,
    /// A journal for hledger.
    Hledger,
    /// A journal for beancount.
    Beancount,
}

/// Shows the entries of the reports and gives the proof, in which no files stand.
pub fn print(
    order: &Order<'_>,
    format: PrintFormat,
    scratch: &Path,
    out: &mut dyn Write,
    progress: &dyn Progress,
) -> Result<Proof, ConvertError> {
    let rules = &order.configuration.rules;
    let found = match format {
        PrintFormat::Text => {
            let language = order.language.pick(plain_text::Language::German, plain_text::Language::English);
            let (found, text) = walk(order, PlainText::new(rules, language, out), scratch, progress)?;
            text.finish().map(|_| found)
        }
        PrintFormat::Hledger => {
            let journal = hledger::Journal::new(rules, out).map_err(failed)?;
            let (found, journal) = walk(order, journal, scratch, progress)?;
            journal.finish().map(|_| found)
        }
        PrintFormat::Beancount => {
            let journal = beancount::Journal::new(rules, out).map_err(failed)?;
            let (found, journal) = walk(order, journal, scratch, progress)?;
            journal.finish().map(|_| found)
        }
    };
    prove(order, &found.map_err(failed)?)
}

fn walk<S: EntrySink>(
    order: &Order<'_>,
    entries: S,
    scratch: &Path,
    progress: &dyn Progress,
) -> Result<(Run, S), ConvertError> {
    let nobody = |_: &Entry<'_>| Ok(());
    let (found, entries, _) = run(
        ReportSource::new(order.reports, progress),
        order.way(&HandedOut::default(), scratch),
        &mut NoEarlierPayments,
        entries,
        nobody,
    )?;
    Ok((found, entries))
}

fn prove(order: &Order<'_>, found: &Run) -> Result<Proof, ConvertError> {
    let made = proof::Made {
        run: found,
        seller: &order.reports.seller,
        repeated: order.reports.repeated.iter().map(|source| source.name.clone()).collect(),
        configuration: order.configuration,
        period: order.period,
        created: order.created,
        files: Vec::new(),
        changes: exports::datev::TextChanges::new(),
    };
    proof::build(made, order.language)
}

fn failed(error: io::Error) -> ConvertError {
    ConvertError::Export(Box::new(error))
}
