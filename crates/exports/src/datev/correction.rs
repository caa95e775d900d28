//! Corrections of what was handed out: general reversals and new rows, never a rewritten file.
//!
//! A wrongly exported posting is taken back by a Generalumkehr: the same row with sides exchanged and field 118 `1`, the
//! same key (DATEV help 1080697 and 1070379). It reduces the turnover figures of the accounts instead of adding to both
//! sides.

use std::collections::HashMap;
use std::hash::Hash;
use std::io::{self, Write};

use datev::{
    AccountNumber, Amount, BatchSplitter, Currency, ExchangeRate, FileName, Percent, Posting, Side,
    SplitOptions, TaxKey, WriteError, WrittenFile,
};
use jiff::civil::{Date, DateTime};
use ledger::rules::Rules;

use super::batch::TextChanges;
use super::settings::DatevSettings;

/// Whether a document number that has changed, and nothing else, is a reason to correct.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentNumbers {
    /// It is none: the books are right, and the open items were matched by the number they have.
    #[default]
    Keep,
    /// «Belegnummer nachziehen»: the row is reversed and written anew.
    Follow,
}

/// Why there is no correction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// What was handed out takes back something that was never handed out.
    #[error(
        "a general reversal of {date} with document number {document_number:?} reverses no earlier posting; give all files of the month, oldest first"
    )]
    NothingToReverse {
        /// Belegdatum.
        date: Date,
        /// Belegfeld 1.
        document_number: String,
    },
}

/// What stands in the books after everything that was handed out: the batch and its corrections, oldest first. A row that
/// a general reversal takes back is gone, and so is the reversal.
pub fn standing<'a>(
    handed_out: impl IntoIterator<Item = Posting<'a>>,
) -> Result<Vec<Posting<'a>>, CorrectionError> {
    let mut rows: Vec<Option<Posting<'a>>> = Vec::new();
    let mut places: HashMap<Fingerprint, Vec<usize>> = HashMap::new();
    for posting in handed_out {
        if !posting.general_reversal {
            places.entry(Fingerprint::of(&posting, Likeness::Numbers)).or_default().push(rows.len());
            rows.push(Some(posting));
            continue;
        }
        let original = Posting { general_reversal: false, side: posting.side.opposite(), ..posting };
        let reversed = places.get_mut(&Fingerprint::of(&original, Likeness::Numbers)).and_then(Vec::pop);
        let Some(place) = reversed else {
            let document_number = original.document_number.as_str().to_owned();
            return Err(CorrectionError::NothingToReverse { date: original.date, document_number });
        };
        rows[place] = None;
    }
    Ok(rows.into_iter().flatten().collect())
}

/// The rows of the correction batch that carries what was handed out (the batch and its earlier corrections, oldest
/// first) to `now`, what the same reports and rules give today. A row that is new is written plainly; a row that is no
/// longer the same is reversed in its last state and written anew; a row that stayed is left alone, whatever became of its
/// text. Ascending by date and document number, a reversal before what replaces it; nothing to correct gives no row.
pub fn correction<'a>(
    handed_out: impl IntoIterator<Item = Posting<'a>>,
    now: impl IntoIterator<Item = Posting<'a>>,
    document_numbers: DocumentNumbers,
) -> Result<Vec<Posting<'a>>, CorrectionError> {
    let mut before = standing(handed_out)?;
    let mut after: Vec<Posting<'a>> = now.into_iter().collect();
    // The likest rows find each other first, so that of two orders with equal amounts the right one counts as new.
    let likenesses: &[Likeness] = match document_numbers {
        DocumentNumbers::Keep => &[Likeness::Numbers, Likeness::Order, Likeness::Effect],
        DocumentNumbers::Follow => &[Likeness::Numbers, Likeness::Document],
    };
    for likeness in likenesses {
        (before, after) = without_pairs(before, after, *likeness);
    }
    let mut rows: Vec<Posting<'a>> = before.into_iter().map(reversal).chain(after).collect();
    rows.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok(rows)
}

/// Writes the rows of a correction into files of their months: `EXTF_Buchungsstapel_2026-10_K1.csv` for the first, with
/// the label «Korrektur 10-2026». `number` counts the corrections of a client from 1, `created` is in the client's zone;
/// `open` makes the files. Gives the files and what had to be changed in texts.
pub fn write_correction<W: Write>(
    rows: &[Posting<'_>],
    number: u16,
    rules: &Rules,
    settings: &DatevSettings,
    created: DateTime,
    open: impl FnMut(&FileName) -> io::Result<W>,
) -> Result<(Vec<WrittenFile>, TextChanges), WriteError> {
    let client =
        datev::Client { label: "Korrektur {month}-{year}".to_owned(), ..settings.header(rules, created) };
    let options = SplitOptions { correction: Some(number), ..SplitOptions::default() };
    let mut splitter = BatchSplitter::new(client, settings.fiscal_years.clone(), options, open);
    let mut changes = TextChanges::new();
    for row in rows {
        for change in splitter.write(row)? {
            *changes.entry((change.column.name, change.change)).or_default() += 1;
        }
    }
    Ok((splitter.finish()?, changes))
}

/// Where a row stands in the correction.
fn place<'p>(posting: &'p Posting<'_>) -> (Date, &'p str, bool) {
    (posting.date, posting.document_number.as_str(), !posting.general_reversal)
}

fn reversal(posting: Posting<'_>) -> Posting<'_> {
    Posting { general_reversal: true, side: posting.side.opposite(), ..posting }
}

/// What is left of both sides when rows that are alike are taken away in pairs.
fn without_pairs<'a>(
    before: Vec<Posting<'a>>,
    after: Vec<Posting<'a>>,
    likeness: Likeness,
) -> (Vec<Posting<'a>>, Vec<Posting<'a>>) {
    let mut stock: HashMap<Fingerprint, usize> = HashMap::new();
    for posting in &before {
        *stock.entry(Fingerprint::of(posting, likeness)).or_default() += 1;
    }
    let mut paired: HashMap<Fingerprint, usize> = HashMap::new();
    let added = after.into_iter().filter(|posting| {
        let fingerprint = Fingerprint::of(posting, likeness);
        let found = take_one(&mut stock, &fingerprint);
        if found {
            *paired.entry(fingerprint).or_default() += 1;
        }
        !found
    });
    let added: Vec<_> = added.collect();
    let gone =
        before.into_iter().filter(|posting| !take_one(&mut paired, &Fingerprint::of(posting, likeness)));
    (gone.collect(), added)
}

fn take_one<K: Hash + Eq>(stock: &mut HashMap<K, usize>, key: &K) -> bool {
    match stock.get_mut(key) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// How alike two rows must be to be taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// The same effect on the books, document number and order number.
    Numbers,
    /// The same effect and document number.
    Document,
    /// The same effect and order number.
    Order,
    /// The same effect.
    Effect,
}

/// What of a posting is compared: everything that moves money or tax, and the numbers as far as the likeness asks.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Fingerprint {
    date: Date,
    amount: Amount,
    side: Side,
    foreign: Option<(Currency, ExchangeRate, Amount)>,
    accounts: (AccountNumber, AccountNumber),
    key: Option<TaxKey>,
    reverse_charge_case: Option<u16>,
    cost_centres: (String, String),
    eu_destination: Option<(String, Option<Percent>)>,
    tax_rate: Option<Percent>,
    document_number: Option<String>,
    order_number: Option<String>,
}

impl Fingerprint {
    fn of(posting: &Posting<'_>, likeness: Likeness) -> Self {
        let document = matches!(likeness, Likeness::Numbers | Likeness::Document);
        let order = matches!(likeness, Likeness::Numbers | Likeness::Order);
        let eu_destination = posting.eu_destination.as_ref();
        Self {
            date: posting.date,
            amount: posting.amount,
            side: posting.side,
            foreign: posting.foreign.map(|foreign| (foreign.currency, foreign.rate, foreign.base_amount)),
            accounts: (posting.account, posting.contra_account),
            key: posting.key,
            reverse_charge_case: posting.reverse_charge_case,
            cost_centres: (posting.cost_centre_1.to_string(), posting.cost_centre_2.to_string()),
            eu_destination: eu_destination.map(|tax| (tax.vat_id.as_str().to_owned(), tax.rate)),
            tax_rate: posting.tax_rate.map(|tax| tax.rate),
            document_number: document.then(|| posting.document_number.as_str().to_owned()),
            order_number: order.then(|| posting.order_number.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
