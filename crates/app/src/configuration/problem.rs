//! What is wrong in a configuration file, where it stands, and what is allowed there.

mod review_text;
mod rule_text;
mod syntax_text;
mod text;

use exports::datev::review::{Remark, Severity};
use ledger::account::AccountError;
use ledger::rules::RuleProblem;
use ledger::template::TemplateError;

use super::position::Position;
use crate::language::Language;

/// One thing that is wrong or doubtful, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line and column.
    pub position: Position,
    /// The setting as it is called, `[client] berater`; empty where the file as a whole is meant.
    pub setting: String,
    /// The text that was found, as it stands in the file, cut after 60 characters; empty where something is missing.
    pub found: String,
    /// What is wrong, and what is allowed.
    pub what: What,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The file is not UTF-8.
    NotUtf8,
    /// The file says the same in a way that no form has.
    Shapeless,
    /// The file is larger than any configuration.
    TooLarge {
        /// The size that is allowed, in bytes.
        most: usize,
    },
    /// The file is not TOML.
    Syntax {
        /// What the TOML reader says.
        message: String,
    },
    /// A section or key that does not exist.
    UnknownKey {
        /// The one that was probably meant.
        nearest: Option<&'static str>,
        /// All that exist here.
        allowed: &'static [&'static str],
    },
    /// A section or key that must be there.
    Missing {
        /// What it is for.
        need: Need,
    },
    /// A value of another type.
    WrongType {
        /// The type that is wanted.
        wanted: Type,
    },
    /// None of the words that are allowed.
    NotOneOf {
        /// The words.
        allowed: Vec<String>,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// A number outside its range.
    OutOfRange {
        /// The smallest.
        least: u32,
        /// The largest.
        most: u32,
    },
    /// A text of the wrong form.
    Form(Form),
    /// Digits that are no account of this client.
    Account(AccountError),
    /// A text with a place in braces that does not exist or is not closed.
    Template(TemplateError),
    /// A time zone that does not exist.
    Zone {
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// A day outside the years that DATEV can write.
    Day {
        /// The last year that is possible; the first is 2000.
        last_year: i16,
    },
    /// The same store, rate or fiscal year twice.
    Twice {
        /// The line of the first.
        first_line: usize,
    },
    /// More tables of a kind than anyone has.
    TooMany {
        /// How many are allowed.
        most: usize,
    },
    /// A rate with both a day and a month, or with neither.
    DayOrMonth,
    /// A rate for the currency of the books.
    OwnCurrency,
    /// A setting that is there for an account, on a rule that says that nothing is booked.
    NothingBooked,
    /// A chart of one's own without an account for these: families of purposes, or single ones.
    NoAccounts {
        /// The names as `for` takes them.
        scopes: Vec<&'static str>,
    },
    /// What the ledger says about a rule.
    Rule(RuleProblem),
    /// What DATEV's charts and keys say about a rule.
    Review(Remark),
}

/// What a missing setting is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The section `[client]`.
    Client,
    /// The chart: nobody books into a wrong one by accident.
    Chart,
    /// What a rule is for.
    Scope,
    /// The account of a rule.
    Account,
    /// The name of a store.
    Name,
    /// The currency of a rate.
    Currency,
    /// The rate itself.
    Rate,
    /// Where a rate comes from.
    Source,
}

/// The types of TOML, as settings use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `[name]`.
    Table,
    /// `[[name]]`.
    Tables,
    /// `"text"`.
    Text,
    /// `123`.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// `2026-10-01`.
    Date,
    /// `[2026-07-01]`.
    Dates,
    /// `1210` or `"1210"`.
    Digits,
}

/// Texts with a form of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An ISO 4217 code.
    Currency,
    /// `2026-10`.
    Month,
    /// An exchange rate.
    Rate,
    /// The rate of a VAT.
    VatRate,
    /// Country and VAT id.
    VatId,
    /// KOST1.
    CostCentre,
    /// A prefix of document numbers.
    Prefix,
    /// Exportiert von.
    ExportedBy,
    /// Any text, but not an empty one.
    NotEmpty,
    /// Any text without control characters.
    Printable,
}

impl Problem {
    /// Is the file refused for it?
    pub fn severity(&self) -> Severity {
        match &self.what {
            What::Review(remark) => remark.severity(),
            _ => Severity::Refused,
        }
    }

    /// The problem in words: place, what was found, what is allowed.
    pub fn say(&self, language: Language) -> String {
        text::say(self, language)
    }

    /// What is wrong and what is allowed, without a place, for words that stand beside the field.
    pub fn say_at_field(&self, language: Language) -> String {
        text::at_field(self, language)
    }
}
