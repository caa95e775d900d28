//! Making the files of a month. It blocks, so it runs on a thread that may, within the runtime.

use std::cell::RefCell;
use std::io;
use std::path::Path;

use datev::{FileName, WrittenFile};
use exports::datev::{BatchExport, TextChanges, write_account_labels, write_debtors};
use exports::fee_list::FeeList;
use jiff::Timestamp;
use ledger::calendar::Month;
use ledger::money::Money;
use ledger::proof::Equation;
use ledger::rules::FeeSumming;
use store::Database;
use store::batches::{BatchFile, Content};
use tokio::sync::mpsc::Sender;

use super::lines::{fingerprint, lines};
use super::load::Books;
use super::pieces::{Digests, Piece, PieceFile, PieceOutput};
use super::sheet::{Balance, Counted, ProviderAccount, SettledPart, Sheet, SheetFinding};
use super::walk::walk;
use crate::convert::digest::sha256;
use crate::convert::proof::{self, Proof};
use crate::convert::run::Run;
use crate::convert::{ConvertError, SINGLE_FEES};
use crate::language::Language;

/// What was made of a month.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) files: Vec<BatchFile>,
    pub(super) content: Content,
    pub(super) settlements: Vec<(i64, String)>,
}

/// The files in the order in which they were opened.
struct Opened {
    output: RefCell<PieceOutput>,
    names: RefCell<Vec<(String, &'static str)>>,
}

impl Opened {
    fn create(&self, name: &str, kind: &'static str) -> PieceFile {
        self.names.borrow_mut().push((name.to_owned(), kind));
        self.output.borrow_mut().create()
    }
}

/// Makes all files of a month; their pieces go to `out`.
pub(super) fn make(
    books: &Books,
    database: &Database,
    month: Month,
    created: Timestamp,
    scratch: &Path,
    out: Sender<Piece>,
) -> Result<Made, ConvertError> {
    let rules = &books.configuration.rules;
    let settings = &books.configuration.datev;
    let local = rules.client().zone.zone().to_datetime(created);
    let opened = Opened { output: RefCell::new(PieceOutput::new(out)), names: RefCell::new(Vec::new()) };
    let export = |error: datev::WriteError| ConvertError::Export(Box::new(error));
    let batches = BatchExport::new(rules, settings, local, |name: &FileName| {
        Ok(opened.create(name.as_str(), "postings"))
    });
    let summed = rules.client().fee_summing != FeeSumming::Single;
    let single: Box<dyn io::Write> =
        if summed { Box::new(opened.create(SINGLE_FEES, "single-fees")) } else { Box::new(io::sink()) };
    let (runs, counted, single) =
        walk(books, database, month, scratch, Counted::new(batches), FeeList::new(single))?;
    drop(single);
    let (batches, accounts, entries) = counted.into_parts();
    let (written, changes, used) = batches.finish().map_err(export)?;
    if used.first_day().is_some() {
        let labels = opened.create("EXTF_Kontenbeschriftungen.csv", "account-labels");
        drop(write_account_labels(labels, &used, rules, settings, local).map_err(export)?);
    }
    if used.has_personal_accounts() {
        let debtors = opened.create("EXTF_Debitoren.csv", "debtors");
        drop(write_debtors(debtors, &used, rules, settings, local).map_err(export)?);
    }
    let Opened { output, names } = opened;
    let digests = output.into_inner().finish().map_err(|error| ConvertError::Export(Box::new(error)))?;
    let files = files(&names.into_inner(), &digests, &written);
    prove(&runs, &written)?;
    let sheet = sheet(books, month, created, (&runs, &changes, entries, accounts, &files))?;
    let content = Content {
        postings: entries,
        fingerprint: fingerprint(&lines(books, rules, month)?),
        sheet: serde_json::to_string(&sheet).map_err(|error| ConvertError::Export(Box::new(error)))?,
        sha256: hash_of(&files),
    };
    Ok(Made { files, content, settlements: settlements(books, &runs, month) })
}

/// SHA-256 of the hashes of the files, each followed by a line feed.
pub(super) fn hash_of(files: &[BatchFile]) -> String {
    let mut list = String::new();
    for file in files {
        list.push_str(&file.sha256);
        list.push('\n');
    }
    sha256(list.as_bytes())
}

/// Files with their hashes; one that was opened and got nothing has none.
pub(super) fn files(
    names: &[(String, &'static str)],
    digests: &Digests,
    written: &[WrittenFile],
) -> Vec<BatchFile> {
    let empty = || (sha256(&[]), 0);
    let file = |(number, (name, kind)): (i64, &(String, &'static str))| {
        let (sha256, bytes) = digests.get(&number).cloned().unwrap_or_else(empty);
        let totals = written.iter().find(|file| file.name.as_str() == name).map(|file| file.totals);
        let sum = |sum: u64| i64::try_from(sum).unwrap_or(i64::MAX);
        BatchFile {
            number,
            name: name.clone(),
            kind: (*kind).to_owned(),
            sha256,
            bytes,
            postings: totals.map_or(0, |totals| totals.rows.into()),
            debit: totals.map_or(0, |totals| sum(totals.debit)),
            credit: totals.map_or(0, |totals| sum(totals.credit)),
        }
    };
    (0_i64..).zip(names).map(file).collect()
}

/// What stands in the files is what the rows changed on the provider accounts, each summed on its own way.
fn prove(runs: &[Run], written: &[WrittenFile]) -> Result<(), ConvertError> {
    let in_files: i128 =
        written.iter().map(|file| i128::from(file.totals.debit) - i128::from(file.totals.credit)).sum();
    let parts = runs.iter().flat_map(|run| &run.settlements).flat_map(ledger::proof::SettlementTally::parts);
    let counted: i128 = parts.map(|(_, part)| proof::hundredths(part.on_provider)).sum();
    if in_files == counted {
        return Ok(());
    }
    let money = |sum: i128| Money::new(i64::try_from(sum).unwrap_or(i64::MAX), ledger::money::Currency::EUR);
    let equation = Equation { name: "files", left: money(in_files), right: money(counted) };
    Err(ConvertError::Unproved { what: "files: debit less credit".to_owned(), equation: Box::new(equation) })
}

/// The settlements of which rows were booked in the month.
pub(super) fn settlements(books: &Books, runs: &[Run], month: Month) -> Vec<(i64, String)> {
    let tallies = runs.iter().flat_map(|run| &run.settlements);
    let booked = tallies.filter(|tally| tally.parts().any(|(own, part)| own == month && part.rows > 0));
    let booked: std::collections::BTreeSet<&str> = booked.map(|tally| tally.id.as_str()).collect();
    let all = books.chains.iter().flat_map(|chain| &chain.settlements);
    all.map(|settlement| (settlement.number, settlement.period().settlement.clone()))
        .filter(|(_, identifier)| booked.contains(identifier.as_str()))
        .collect()
}

/// What was made: the runs, what was changed in texts, how many postings, sums on provider accounts, files.
pub(super) type OnSheet<'m> = (&'m [Run], &'m TextChanges, u64, Vec<ProviderAccount>, &'m [BatchFile]);

/// The hand-over sheet of what was made.
pub(super) fn sheet(
    books: &Books,
    month: Month,
    created: Timestamp,
    (runs, changes, postings, accounts, files): OnSheet<'_>,
) -> Result<Sheet, ConvertError> {
    let mut sheet = Sheet {
        month: month.to_string(),
        postings,
        turnover: files.iter().map(|file| file.debit.saturating_add(file.credit)).sum(),
        foreign_currencies: foreign(books, &accounts),
        accounts,
        ..Sheet::default()
    };
    for (chain, run) in books.chains.iter().zip(runs) {
        let build = |language| {
            let made = proof::Made {
                run,
                seller: &chain.seller,
                repeated: Vec::new(),
                configuration: &books.configuration,
                period: month.days(),
                created,
                files: Vec::new(),
                changes: changes.clone(),
            };
            proof::build(made, language)
        };
        let (german, english) = (build(Language::De)?, build(Language::En)?);
        sheet.balances.extend(balances(&chain.seller, &german));
        sheet.findings.extend(findings(&german, &english));
    }
    Ok(sheet)
}

fn foreign(books: &Books, accounts: &[ProviderAccount]) -> Vec<String> {
    let base = books.configuration.rules.client().base_currency;
    accounts
        .iter()
        .map(|account| account.currency)
        .filter(|currency| *currency != base)
        .map(|currency| currency.to_string())
        .collect()
}

fn balances<'a>(seller: &'a str, proof: &'a Proof) -> impl Iterator<Item = Balance> + 'a {
    proof.months.iter().map(move |month| {
        let explained = &month.closing_explained;
        let part = |part: &proof::Settled| SettledPart {
            settlement: part.settlement.clone(),
            state: part.state.to_owned(),
            amount: part.amount.minor,
        };
        Balance {
            seller: seller.to_owned(),
            currency: month.currency.clone(),
            opening: month.opening.minor,
            closing: month.closing.minor,
            reserve: explained.reserve.minor,
            carried_over: explained.carried_over.minor,
            not_settled: explained.not_yet_settled.minor,
            settled: explained.settled.iter().map(part).collect(),
            covered_until: month.covered_until.clone(),
        }
    })
}

pub(super) fn findings<'a>(german: &'a Proof, english: &'a Proof) -> impl Iterator<Item = SheetFinding> + 'a {
    german.findings.iter().zip(&english.findings).map(|(finding, in_english)| SheetFinding {
        code: finding.code.to_owned(),
        severity: finding.severity.to_owned(),
        german: finding.text.clone(),
        english: in_english.text.clone(),
        count: finding.count,
        document: finding.document.clone(),
        line: finding.line,
    })
}
