//! Golden statements: files as banks write them, beside what an accountant reads in them.
//!
//! Each file under `golden/` has the statement in plain text beside it (`.read.txt`), each under `refused/` the German and the
//! English sentence (`.said.txt`). With `BANK_STATEMENT_GOLDEN=update` in the environment the texts are written anew, to be
//! read before they are kept.

#![expect(clippy::unwrap_used, reason = "a test fails by unwrapping")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bank_statement::{Amount, Details, Entry, Language, Limits, Statement, read};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let said = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        !name.ends_with(".read.txt") && !name.ends_with(".said.txt")
    };
    let mut files: Vec<PathBuf> = paths.filter(said).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// What differs from the text beside the file; nothing where it is the same.
fn difference(file: &Path, end: &str, found: &str) -> Option<String> {
    let beside = file.with_extension(end);
    if std::env::var_os("BANK_STATEMENT_GOLDEN").is_some_and(|mode| mode == "update") {
        fs::write(&beside, found).unwrap();
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    (expected != found).then(|| format!("{}:\nexpected\n{expected}\nfound\n{found}", beside.display()))
}

#[test]
fn statements_are_read_as_an_accountant_reads_them() {
    let wrong: Vec<String> = files("golden")
        .iter()
        .filter_map(|file| {
            let statements = read(&fs::read(file).unwrap(), &Limits::default())
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            difference(file, "read.txt", &statements.iter().map(text).collect::<Vec<_>>().join("\n"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_to_do() {
    let wrong: Vec<String> = files("refused")
        .iter()
        .filter_map(|file| {
            let read = read(&fs::read(file).unwrap(), &Limits::default());
            let Err(error) = read else { panic!("{} is accepted", file.display()) };
            let said = [Language::German, Language::English].map(|language| error.sentence(language) + "\n");
            difference(file, "said.txt", &said.concat())
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn text(statement: &Statement) -> String {
    let mut out = String::new();
    let Statement { account, currency, id, number, .. } = statement;
    writeln!(out, "{}, Auszug {number} ({id}), Konto {account} in {currency}", statement.format.name())
        .unwrap();
    for (name, balance) in [("Anfangssaldo", statement.opening), ("Endsaldo", statement.closing)] {
        let page = if balance.intermediate { " (Zwischensaldo)" } else { "" };
        writeln!(out, "{name:<14}{} {:>14}{page}", balance.date, figure(balance.amount)).unwrap();
    }
    for entry in &statement.entries {
        booking(&mut out, "Buchung", entry);
    }
    for entry in &statement.not_booked {
        booking(&mut out, "vorgemerkt", entry);
    }
    out
}

fn booking(out: &mut String, name: &str, entry: &Entry) {
    let Entry { booking_date, value_date, amount, booking_text, .. } = entry;
    let reversal = if entry.reversal { ", Storno" } else { "" };
    let amount = figure(*amount);
    writeln!(
        out,
        "{name:<14}{booking_date} {amount:>14}  Valuta {value_date}, {booking_text}{reversal} (Zeile {})",
        entry.line
    )
    .unwrap();
    details(out, "  ", &entry.details);
    for transaction in &entry.transactions {
        let amount = transaction.amount.map_or("–".to_owned(), figure);
        writeln!(out, "  Posten {amount:>30}").unwrap();
        details(out, "    ", &transaction.details);
    }
}

fn details(out: &mut String, indent: &str, details: &Details) {
    let party = &details.counterparty;
    let lines = [
        ("Name", &party.name),
        ("Konto", &party.account),
        ("Bank", &party.bank),
        ("Ende-zu-Ende", &details.end_to_end_id),
        ("Bankreferenz", &details.bank_reference),
        ("Referenz", &details.reference),
        ("Mandat", &details.mandate),
        ("Gläubiger-ID", &details.creditor_id),
        ("Art", &details.code),
        ("Rückgabe", &details.return_reason),
        ("Zweck", &details.text),
    ];
    for (name, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "{indent}{name:<14}{value}").unwrap();
    }
}

fn figure(amount: Amount) -> String {
    let decimals = amount.currency().decimals();
    let unit = 10_u64.pow(decimals);
    let (sign, digits) = (if amount.is_negative() { "-" } else { "" }, amount.minor().unsigned_abs());
    match decimals {
        0 => format!("{sign}{digits}"),
        _ => format!("{sign}{},{:02}", digits / unit, digits % unit),
    }
}
