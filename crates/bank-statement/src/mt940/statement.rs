//! The fields of a message into a statement.

use super::fields::Field;
use super::{balance, booking, purpose};
use crate::account::{Account, Iban};
use crate::check::{Tags, check};
use crate::error::{Place, Problem, ReadError};
use crate::limits::Limits;
use crate::money::Currency;
use crate::recognise::{Format, Left};
use crate::statement::{Balance, Entry, Statement};

const TAGS: Tags = Tags { balance: ":62F", entry: ":61" };

/// What was read of a message so far.
#[derive(Default)]
struct Found {
    account: Option<Account>,
    number: String,
    opening: Option<Balance>,
    closing: Option<Balance>,
    entries: Vec<Entry>,
}

/// Reads a message and checks its balances.
pub(super) fn read(message: &[Field<'_>], limits: &Limits, left: &mut Left) -> Result<Statement, ReadError> {
    let mut found = Found::default();
    let mut fields = message.iter().peekable();
    let first = message.first().ok_or_else(|| ReadError::of_file(Problem::Missing { what: ":20:" }))?;
    while let Some(field) = fields.next() {
        match field.tag {
            "25" | "25P" => once(field, &mut found.account, account(field))?,
            "28" | "28C" => field.value().clone_into(&mut found.number),
            "60F" | "60M" => once(field, &mut found.opening, balance::read(field)?)?,
            "62F" | "62M" => once(field, &mut found.closing, balance::read(field)?)?,
            "61" => {
                left.entry(limits).map_err(|problem| field.refuse(problem))?;
                let text = fields.next_if(|next| next.tag == "86");
                let entry = entry(field, text, &found)?;
                found.entries.push(entry);
            }
            _ => {}
        }
    }
    finish(first, found)
}

fn once<T>(field: &Field<'_>, place: &mut Option<T>, value: T) -> Result<(), ReadError> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(field.refuse(Problem::Twice)),
    }
}

fn entry(field: &Field<'_>, text: Option<&Field<'_>>, found: &Found) -> Result<Entry, ReadError> {
    if found.closing.is_some() {
        return Err(field.refuse(Problem::UnknownField));
    }
    let currency = found.opening.map(|opening| opening.amount.currency());
    let currency = currency.ok_or_else(|| field.refuse(Problem::Missing { what: ":60F:" }))?;
    let booking = booking::read(field, currency)?;
    let lines = text.map(|text| text.lines.as_slice()).unwrap_or_default();
    let supplement = field.lines.get(1..).unwrap_or_default();
    let (booking_text, details) = purpose::read(lines, &booking, supplement);
    Ok(Entry {
        line: field.line,
        booking_date: booking.entry_date,
        value_date: booking.value_date,
        amount: booking.amount,
        reversal: booking.reversal,
        booking_text,
        details,
        transactions: Vec::new(),
    })
}

fn finish(first: &Field<'_>, found: Found) -> Result<Statement, ReadError> {
    let here = Place { line: first.line, column: None };
    let missing = |what| ReadError::at(here, "", Problem::Missing { what });
    let account = found.account.ok_or_else(|| missing(":25:"))?;
    let opening = found.opening.ok_or_else(|| missing(":60F:"))?;
    let closing = found.closing.ok_or_else(|| missing(":62F:"))?;
    let statement = Statement {
        format: Format::Mt940,
        member: None,
        line: first.line,
        id: first.value().to_owned(),
        number: found.number,
        account,
        currency: opening.amount.currency(),
        opening,
        closing,
        entries: found.entries,
        not_booked: Vec::new(),
    };
    check(&statement, &TAGS)?;
    Ok(statement)
}

/// `BLZ/number`, `BIC/number` or an IBAN, perhaps with the currency behind it.
fn account(field: &Field<'_>) -> Account {
    let text = field.value();
    if let Some(iban) = Iban::parse(text).or_else(|| Iban::parse(without_currency(text))) {
        return Account::Iban(iban);
    }
    let (bank, number) = text.split_once('/').unwrap_or(("", text));
    if let Some(iban) = Iban::parse(number).or_else(|| Iban::parse(without_currency(number))) {
        return Account::Iban(iban);
    }
    let number = without_currency(number);
    // Some banks fill the number with zeros in front, others do not.
    let number =
        if bank.bytes().all(|byte| byte.is_ascii_digit()) { number.trim_start_matches('0') } else { number };
    Account::Local { bank: bank.trim().to_owned(), number: number.trim().to_owned() }
}

fn without_currency(text: &str) -> &str {
    let split = text.len().checked_sub(3).and_then(|place| text.split_at_checked(place));
    match split {
        Some((number, code))
            if Currency::parse(code).is_some()
                && number.trim_end().ends_with(|last: char| last.is_ascii_digit()) =>
        {
            number.trim_end()
        }
        _ => text,
    }
}
