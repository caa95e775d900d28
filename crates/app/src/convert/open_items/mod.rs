//! Open items: what was paid and refunded under each document number, over all reports of a run.
//!
//! Two orders may meet in one number, and more may be refunded than was paid; neither can be seen in a single row. To
//! find them without holding every order in memory, a small note of each row is sorted on disk.

mod runs;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use ledger::account::AccountNumber;
use ledger::document_number::DocumentNumber;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money};
use ledger::movement::Movement;

use runs::{Names, Note, Runs};

/// Notes of all rows that concern a customer.
#[derive(Debug)]
pub struct OpenItems {
    runs: Runs,
    names: Names,
}

/// What is worth a look about an open item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenItemFinding {
    /// Two orders have the same document number on the same account.
    Shared {
        /// Belegfeld 1.
        document: String,
        /// The debtor.
        account: AccountNumber,
        /// The report and line of one of them.
        first: (usize, u64),
        /// The report and line of another.
        second: (usize, u64),
    },
    /// More went back than was paid.
    RefundAbovePayment {
        /// Belegfeld 1.
        document: String,
        /// What was paid.
        paid: Money,
        /// What went back, without sign.
        refunded: Money,
        /// The report and line of a row that goes back.
        place: (usize, u64),
    },
}

impl OpenItems {
    /// Keeps its notes in a folder, which the caller removes.
    pub fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self { runs: Runs::new(folder.to_owned()), names: Names::new(folder)? })
    }

    /// Notes a booked row of a customer. `order` is the order's own number, `place` the report and its line.
    pub fn note(
        &mut self,
        movement: &Movement<'_>,
        order: &str,
        document: DocumentNumber,
        account: AccountNumber,
        place: (usize, u64),
    ) -> io::Result<()> {
        let item = hash(&(account, document.as_str(), movement.currency().code()));
        let note = Note {
            item,
            order: hash(&(movement.store, order)),
            minor: movement.gross.minor(),
            currency: movement.currency(),
            payment: movement.kind == MovementKind::Payment,
            report: u32::try_from(place.0).unwrap_or(u32::MAX),
            line: place.1,
        };
        self.names.add(item, account, document.as_str())?;
        self.runs.add(note)
    }

    /// Goes through all notes, item by item, and names what is worth a look: at most `limit` of each sort, and how many
    /// there are in all.
    pub fn findings(mut self, limit: usize) -> io::Result<(Vec<OpenItemFinding>, usize)> {
        let mut suspects: Vec<Suspect> = Vec::new();
        let mut count = [0_usize; 2];
        let mut item = Item::default();
        let mut judge = |item: &Item| {
            for suspect in item.judge() {
                let sort = usize::from(matches!(suspect, Suspect::Refund { .. }));
                count[sort] += 1;
                if count[sort] <= limit {
                    suspects.push(suspect);
                }
            }
        };
        for note in self.runs.sorted()? {
            let note = note?;
            if item.key != Some(note.item) {
                judge(&item);
                item = Item::default();
            }
            item.add(&note);
        }
        judge(&item);
        let named = self.names.look_up(suspects.iter().map(Suspect::item))?;
        let findings = suspects.iter().filter_map(|suspect| {
            let (account, document) = named.get(&suspect.item())?;
            suspect.named(*account, document)
        });
        Ok((findings.collect(), count[0] + count[1]))
    }
}

/// The notes of one open item.
#[derive(Debug, Default)]
struct Item {
    key: Option<u64>,
    currency: Option<Currency>,
    order: Option<(u64, (usize, u64))>,
    other: Option<(usize, u64)>,
    paid: i64,
    back: i64,
    back_at: Option<(usize, u64)>,
}

/// Something found, before its name is looked up.
#[derive(Debug)]
enum Suspect {
    Shared { item: u64, first: (usize, u64), second: (usize, u64) },
    Refund { item: u64, paid: Money, refunded: Money, place: (usize, u64) },
}

impl Item {
    fn add(&mut self, note: &Note) {
        let place = (usize::try_from(note.report).unwrap_or(usize::MAX), note.line);
        self.key = Some(note.item);
        self.currency = Some(note.currency);
        match self.order {
            None => self.order = Some((note.order, place)),
            Some((order, _)) if order != note.order => self.other = self.other.or(Some(place)),
            Some(_) => {}
        }
        if note.payment {
            self.paid = self.paid.saturating_add(note.minor);
        } else {
            self.back = self.back.saturating_sub(note.minor);
            self.back_at = Some(place);
        }
    }

    fn judge(&self) -> impl Iterator<Item = Suspect> {
        let shared = || {
            let (item, (_, first), second) = (self.key?, self.order?, self.other?);
            Some(Suspect::Shared { item, first, second })
        };
        let refund = || {
            let (item, currency, place) = (self.key?, self.currency?, self.back_at?);
            let above = self.paid > 0 && self.back > self.paid && self.other.is_none();
            let (paid, refunded) = (Money::new(self.paid, currency), Money::new(self.back, currency));
            above.then_some(Suspect::Refund { item, paid, refunded, place })
        };
        shared().into_iter().chain(refund())
    }
}

impl Suspect {
    fn item(&self) -> u64 {
        match self {
            Self::Shared { item, .. } | Self::Refund { item, .. } => *item,
        }
    }

    fn named(&self, account: u32, document: &str) -> Option<OpenItemFinding> {
        let document = document.to_owned();
        Some(match *self {
            Self::Shared { first, second, .. } => {
                let account = AccountNumber::from_value(account)?;
                OpenItemFinding::Shared { document, account, first, second }
            }
            Self::Refund { paid, refunded, place, .. } => {
                OpenItemFinding::RefundAbovePayment { document, paid, refunded, place }
            }
        })
    }
}

/// Two items with one hash would at worst make a finding of two good orders; the entries do not depend on it.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
