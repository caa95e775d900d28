//! Statements by lot that prove themselves.

use bank_statement::{
    Account, Amount, Balance, Currency, Details, Entry, Format, Iban, Party, Statement, Transaction,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A statement of camt whose version is chosen later.
#[derive(Clone, Debug)]
pub(crate) struct Made(Statement);

impl Made {
    pub(crate) fn statement(&self, version: u8) -> Statement {
        Statement { format: Format::Camt053(version), ..self.0.clone() }
    }
}

/// Words with everything that XML has to escape, and umlauts.
fn text(letters: &'static str, words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(letters, words).prop_map(|words| words.join(" "))
}

const XML_WORD: &str = "[a-zA-Z0-9äöüÄÖÜß&<>\"'€?:+/-]{1,12}";
const SWIFT_WORD: &str = "[a-zA-Z0-9äöüÄÖÜß.,&/()]{1,12}";

fn iban() -> impl Strategy<Value = Iban> {
    ("[1-9][0-9]{7}", "[1-9][0-9]{0,9}")
        .prop_map(|(bank, number)| Account::Local { bank, number }.iban().unwrap())
}

fn day() -> impl Strategy<Value = Date> {
    (0_i64..730).prop_map(|days| date(2026, 1, 1).checked_add(days.days()).unwrap())
}

fn party(word: &'static str) -> impl Strategy<Value = Party> {
    // «Köln» keeps a file of code page 850 from being UTF-8 by accident.
    (text(word, 1..3), iban(), "[A-Z]{6}[A-Z2-9][A-NP-Z1-9]").prop_map(|(name, iban, bank)| Party {
        name: format!("{name} Köln"),
        account: iban.as_str().to_owned(),
        bank,
    })
}

fn details(word: &'static str) -> impl Strategy<Value = Details> {
    let references = ("[A-Z0-9]{0,35}", "[A-Z0-9]{1,16}", "[A-Z0-9]{1,12}", "[A-Z0-9]{0,12}");
    (party(word), references, text(word, 0..8), "N[A-Z]{3}\\+[0-9]{3}").prop_map(
        |(counterparty, (end_to_end_id, bank_reference, reference, mandate), text, code)| Details {
            counterparty,
            end_to_end_id,
            bank_reference,
            reference,
            mandate,
            text,
            code,
            ..Details::default()
        },
    )
}

prop_compose! {
    fn entry(word: &'static str)(
        booking_date in day(),
        days in -5_i64..6,
        minor in prop_oneof![-1_000_000_i64..0, 1_i64..1_000_000],
        reversal in any::<bool>(),
        booking_text in "[A-Z]{0,20}",
        details in details(word),
        creditor_id in "DE98ZZZ[0-9]{11}",
    ) -> Entry {
        let mut details = details;
        if minor < 0 {
            details.creditor_id = creditor_id;
        }
        Entry {
            line: 0,
            booking_date,
            value_date: booking_date.checked_add(days.days()).unwrap(),
            amount: Amount::new(minor, Currency::EUR),
            reversal,
            booking_text,
            details,
            transactions: Vec::new(),
        }
    }
}

/// An entry, or a batch of some whose amounts make its own.
fn batch() -> impl Strategy<Value = Entry> {
    let transaction = (1_i64..100_000, details(XML_WORD));
    (entry(XML_WORD), proptest::collection::vec(transaction, 0..5)).prop_map(|(mut entry, transactions)| {
        if transactions.len() > 1 {
            let sign = entry.amount.minor().signum();
            let total: i64 = transactions.iter().map(|(minor, _)| minor * sign).sum();
            entry.amount = Amount::new(total, Currency::EUR);
            let Details { bank_reference, code, .. } = entry.details;
            entry.details = Details { bank_reference, code, ..Details::default() };
            let made = |(minor, details)| Transaction {
                line: 0,
                amount: Some(Amount::new(minor * sign, Currency::EUR)),
                details,
            };
            entry.transactions = transactions.into_iter().map(made).collect();
        }
        entry
    })
}

fn statement(format: Format, entries: impl Strategy<Value = Vec<Entry>>) -> impl Strategy<Value = Statement> {
    let head = ("[A-Z0-9]{1,16}", "[1-9][0-9]{0,4}", iban(), day(), -1_000_000_i64..1_000_000);
    (head, entries).prop_map(move |((id, number, iban, day, opening), entries)| {
        let closing = entries.iter().fold(opening, |sum, entry| sum + entry.amount.minor());
        let balance = |minor| Balance {
            line: 0,
            date: day,
            amount: Amount::new(minor, Currency::EUR),
            intermediate: false,
        };
        Statement {
            format,
            member: None,
            line: 0,
            id,
            number,
            account: Account::Iban(iban),
            currency: Currency::EUR,
            opening: balance(opening),
            closing: balance(closing),
            entries,
            not_booked: Vec::new(),
        }
    })
}

pub(crate) fn camt() -> impl Strategy<Value = Made> {
    statement(Format::Camt053(8), proptest::collection::vec(batch(), 0..8)).prop_map(Made)
}

pub(crate) fn mt940() -> impl Strategy<Value = Statement> {
    statement(Format::Mt940, proptest::collection::vec(entry(SWIFT_WORD), 0..8))
}
