//! A writer of MT940 for tests, in the structured form of the German banks.

use std::fmt::Write as _;

use bank_statement::{Amount, Balance, Entry, Statement};

/// In which encoding a file is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Encoding {
    Utf8,
    Windows,
    Dos,
}

/// A file with these statements, within SWIFT's blocks or without.
pub(crate) fn write(statements: &[Statement], encoding: Encoding, blocks: bool) -> Vec<u8> {
    let mut out = String::new();
    for statement in statements {
        if blocks {
            out.push_str(
                "{1:F01GENODEFFAXXX0000000000}{2:O9401200261102GENODEFFAXXX00000000002611021200N}{4:\r\n",
            );
        }
        message(&mut out, statement);
        out.push_str(if blocks { "-}\r\n" } else { "-\r\n" });
    }
    out.chars().flat_map(|letter| bytes(letter, encoding)).collect()
}

fn bytes(letter: char, encoding: Encoding) -> Vec<u8> {
    const LETTERS: [(char, u8, u8); 7] = [
        ('ä', 0xe4, 0x84),
        ('ö', 0xf6, 0x94),
        ('ü', 0xfc, 0x81),
        ('Ä', 0xc4, 0x8e),
        ('Ö', 0xd6, 0x99),
        ('Ü', 0xdc, 0x9a),
        ('ß', 0xdf, 0xe1),
    ];
    let letters = LETTERS.iter().find(|(umlaut, ..)| *umlaut == letter);
    match (encoding, letters) {
        (Encoding::Windows, Some((_, windows, _))) => vec![*windows],
        (Encoding::Dos, Some((_, _, dos))) => vec![*dos],
        _ => letter.to_string().into_bytes(),
    }
}

fn figure(amount: Amount) -> String {
    let minor = amount.minor().unsigned_abs();
    format!("{},{:02}", minor / 100, minor % 100)
}

fn message(out: &mut String, statement: &Statement) {
    write!(out, ":20:{}\r\n:25:{}EUR\r\n:28C:{}\r\n", statement.id, statement.account, statement.number)
        .unwrap();
    balance(out, "60F", &statement.opening);
    for entry in &statement.entries {
        booking(out, entry);
        text(out, entry);
    }
    balance(out, "62F", &statement.closing);
}

fn balance(out: &mut String, tag: &str, balance: &Balance) {
    let mark = if balance.amount.is_negative() { 'D' } else { 'C' };
    let day = balance.date.strftime("%y%m%d");
    write!(out, ":{tag}:{mark}{day}EUR{}\r\n", figure(balance.amount)).unwrap();
}

fn booking(out: &mut String, entry: &Entry) {
    let mark = match (entry.amount.is_negative(), entry.reversal) {
        (false, false) => "C",
        (true, false) => "D",
        (true, true) => "RC",
        (false, true) => "RD",
    };
    let (value, day) = (entry.value_date.strftime("%y%m%d"), entry.booking_date.strftime("%m%d"));
    let (code, _) = entry.details.code.split_once('+').unwrap();
    let (reference, bank) = (&entry.details.reference, &entry.details.bank_reference);
    write!(out, ":61:{value}{day}{mark}R{}{code}{reference}//{bank}\r\n", figure(entry.amount)).unwrap();
}

/// Field 86: sub-fields of 27 characters, the whole in lines of 65.
fn text(out: &mut String, entry: &Entry) {
    let details = &entry.details;
    let (_, business_code) = details.code.split_once('+').unwrap();
    let mut fields = vec![(0, entry.booking_text.clone())];
    let numbers = (20..=29).chain(60..=63);
    let words = [
        ("EREF+", &details.end_to_end_id),
        ("MREF+", &details.mandate),
        ("CRED+", &details.creditor_id),
        ("SVWZ+", &details.text),
    ];
    let values = words.into_iter().filter(|(_, value)| !value.is_empty());
    let lines = values.flat_map(|(word, value)| wrapped(&format!("{word}{value}"), 27));
    fields.extend(numbers.zip(lines));
    fields.extend([(30, details.counterparty.bank.clone()), (31, details.counterparty.account.clone())]);
    fields.extend([32, 33].into_iter().zip(wrapped(&details.counterparty.name, 27)));
    let mut whole = business_code.to_owned();
    for (number, value) in fields {
        write!(whole, "?{number:02}{value}").unwrap();
    }
    write!(out, ":86:{}\r\n", wrapped(&whole, 65).join("\r\n")).unwrap();
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(width).map(|line| line.iter().collect()).collect()
}
