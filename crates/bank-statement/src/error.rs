//! Why a file is refused: where, what was found, what was expected. Nothing of a refused file is handed out.

use std::fmt;

use crate::money::{Amount, Currency};
use crate::sentence::Language;

/// Where something stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1.
    pub line: u64,
    /// The column in characters, counted from 1; none where the whole line is meant.
    pub column: Option<u64>,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The archive's member; none where the file is no archive.
    pub member: Option<String>,
    /// Where; none where the whole file is meant.
    pub place: Option<Place>,
    /// The element (`Stmt/Ntry/Amt`) or the field (`:61:`); empty where the whole file is meant.
    pub tag: String,
    /// What is wrong.
    pub problem: Box<Problem>,
}

/// What a file is that is no bank statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksLike {
    /// A PDF.
    Pdf,
    /// A table as text.
    Csv,
    /// Packed with gzip.
    Gzip,
    /// Some other XML.
    Xml,
    /// A spreadsheet or a document of an office program.
    Office,
    /// Nothing that is known.
    Unknown,
}

/// What a value should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An amount without a sign, with the given decimal mark.
    Amount(char),
    /// A three-letter currency.
    Currency,
    /// An ISO date.
    Date,
    /// `JJMMTT`.
    ShortDate,
    /// `CRDT` or `DBIT`.
    CreditOrDebit,
    /// `C`, `D`, `RC` or `RD`.
    Mark,
    /// An IBAN with right check digits.
    Iban,
    /// `true` or `false`.
    Boolean,
    /// `BOOK`, `PDNG` or `INFO`.
    Status,
    /// Value date, mark, amount and type of a booking.
    BookingLine,
    /// Mark, date, currency, amount.
    BalanceLine,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No bytes.
    Empty,
    /// More bytes than are read.
    TooLarge {
        /// How many are.
        most: usize,
    },
    /// Something else.
    NoStatement {
        /// What it seems to be.
        looks_like: LooksLike,
    },
    /// Another message of the bank, such as camt.052 or camt.054.
    OtherMessage {
        /// Its namespace or the name of its root.
        found: String,
    },
    /// A version of camt.053 that is not read.
    Version {
        /// Its namespace.
        found: String,
    },
    /// No XML as it should be.
    Xml {
        /// The parser's words.
        message: String,
    },
    /// The file ends in the middle.
    CutOff,
    /// A document type declaration, which a statement never has and which could do harm.
    DocumentType,
    /// An entity other than the five of XML.
    Entity {
        /// Its name.
        name: String,
    },
    /// An encoding that is not known.
    Encoding {
        /// Its name.
        name: String,
    },
    /// Bytes that are no text in the encoding of the file.
    Bytes,
    /// Elements stand too deep in one another.
    TooDeep {
        /// How deep is allowed.
        most: usize,
    },
    /// Elements or text where the other is expected.
    Content,
    /// More statements or entries than are read.
    TooMany {
        /// How many are.
        most: usize,
    },
    /// Something that has to be there is not.
    Missing {
        /// The element or field.
        what: &'static str,
    },
    /// Something stands a second time.
    Twice,
    /// A field that does not exist, or not here.
    UnknownField,
    /// A value that cannot be understood.
    Value {
        /// The text.
        found: String,
        /// What it should be.
        wanted: Wanted,
    },
    /// More decimal places than the currency has.
    Places {
        /// The text.
        found: String,
        /// The currency.
        currency: Currency,
    },
    /// An amount that does not fit.
    SumTooLarge,
    /// An amount in another currency than the account's.
    Currency {
        /// Its currency.
        found: Currency,
        /// The account's.
        account: Currency,
    },
    /// The entries do not lead from the opening to the closing balance.
    Balance {
        /// The opening balance.
        opening: Amount,
        /// How many entries there are.
        entries: usize,
        /// What opening balance and entries make.
        computed: Amount,
        /// The closing balance.
        closing: Amount,
    },
    /// The archive is broken.
    Archive {
        /// The reader's words.
        message: String,
    },
    /// The archive is protected by a password.
    Encrypted,
    /// More files in the archive than are read.
    TooManyMembers {
        /// How many are.
        most: usize,
    },
    /// The files of the archive are larger, unpacked, than is read.
    ArchiveTooLarge {
        /// How many bytes are.
        most: usize,
    },
    /// An archive in the archive.
    Nested,
    /// No file in the archive.
    EmptyArchive,
}

impl ReadError {
    pub(crate) fn at(place: Place, tag: &str, problem: Problem) -> Self {
        Self { member: None, place: Some(place), tag: tag.to_owned(), problem: Box::new(problem) }
    }

    pub(crate) fn of_file(problem: Problem) -> Self {
        Self { member: None, place: None, tag: String::new(), problem: Box::new(problem) }
    }

    pub(crate) fn in_member(self, name: &str) -> Self {
        Self { member: Some(name.to_owned()), ..self }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Language::English))
    }
}

impl std::error::Error for ReadError {}

/// An offending text, short enough to be shown, without what cannot be printed.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut short: String = text.chars().take(MOST).map(clean).collect();
    if text.chars().nth(MOST).is_some() {
        short.pop();
        short.push('…');
    }
    short
}
