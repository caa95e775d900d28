//! The accountant's tables against what was written, column by column, read by nothing but field numbers.

use std::fmt::Write as _;

use datev::{CheckOptions, Reader, check};

use serde_json::Value;

use super::case::ChartFolder;
use super::outcome::Outcome;

/// What is not as the accountant says.
pub(super) fn differences(chart: &ChartFolder, outcome: &Outcome) -> Vec<String> {
    let place = chart.folder.display().to_string();
    let mut wrong = Vec::new();
    let refused = chart.typed("refused.txt");
    if refused.as_deref().map(str::trim_end) != outcome.refused.as_deref().map(str::trim_end) {
        wrong.push(format!("{place}/refused.txt:\n  expected {refused:?}\n  found    {:?}", outcome.refused));
    }
    if refused.is_some() || outcome.refused.is_some() {
        return wrong;
    }
    for stage in 0.. {
        let (name, correction) = match stage {
            0 => ("expected.csv".to_owned(), None),
            _ => (format!("expected.k{stage}.csv"), Some(stage)),
        };
        let Some(table) = chart.typed(&name) else { break };
        let found: Vec<_> = outcome.batches(correction).flat_map(|(_, bytes)| rows(bytes)).collect();
        wrong.extend(against_table(&format!("{place}/{name}"), &table, &found));
    }
    if chart.typed("expected.csv").is_none() {
        wrong.push(format!("{place}: no expected.csv"));
    }
    if let Some(table) = chart.typed("balances.csv") {
        let found = balances(outcome);
        if table.trim_end() != found.trim_end() {
            wrong.push(format!("{place}/balances.csv:\n  expected {table}\n  found    {found}"));
        }
    }
    wrong.extend(refused_by_datev(&place, outcome));
    wrong
}

/// A row of a batch with the header line of its file.
struct WrittenRow {
    header: Vec<String>,
    fields: Vec<String>,
}

fn rows(bytes: &[u8]) -> Vec<WrittenRow> {
    let mut reader = Reader::new(bytes).unwrap();
    let mut lines = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        lines.push(row.fields().map(|field| field.text().into_owned()).collect::<Vec<_>>());
    }
    let header = lines[0].clone();
    lines.drain(..2);
    lines.into_iter().map(|fields| WrittenRow { header: header.clone(), fields }).collect()
}

impl WrittenRow {
    /// The value of a column of the accountant's table.
    fn value(&self, column: &str) -> String {
        let field = |position: usize| self.fields[position - 1].clone();
        if let Some(position) = column.strip_prefix("Kopf ") {
            return self.header[position.parse::<usize>().unwrap() - 1].clone();
        }
        match column {
            "Umsatz" => field(1),
            "S/H" => field(2),
            "WKZ" => field(3),
            "Kurs" => field(4),
            "Basisumsatz" => field(5),
            "Konto" => field(7),
            "Gegenkonto" => field(8),
            "BU" => field(9),
            "Belegdatum" => {
                let (day_month, from) = (field(10), &self.header[14]);
                format!("{}.{}.{}", &day_month[..2], &day_month[2..], &from[..4])
            }
            "Belegfeld 1" => field(11),
            "Buchungstext" => field(14),
            position => field(position.parse().unwrap()),
        }
    }
}

fn against_table(place: &str, table: &str, found: &[WrittenRow]) -> Vec<String> {
    let mut lines = table.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(';').collect();
    let expected: Vec<&str> = lines.collect();
    let mut wrong = Vec::new();
    if expected.len() != found.len() {
        wrong.push(format!("{place}: {} rows expected, {} written", expected.len(), found.len()));
    }
    for (number, (expected, row)) in expected.iter().zip(found).enumerate() {
        let written: Vec<String> = columns.iter().map(|column| row.value(column)).collect();
        if written.join(";") != *expected {
            wrong.push(format!(
                "{place}, row {}:\n  expected {expected}\n  written  {}",
                number + 1,
                written.join(";")
            ));
        }
        // On every row: not locked, no reversal outside of corrections, field 96 empty.
        let corrects = columns.contains(&"118");
        if row.value("114") != "0" || !row.value("96").is_empty() || (!corrects && row.value("118") != "0") {
            wrong.push(format!("{place}, row {}: field 96, 114 or 118", number + 1));
        }
    }
    wrong
}

/// The provider account at the end of each month, as the proof explains it.
fn balances(outcome: &Outcome) -> String {
    let mut text =
        "Monat;Endsaldo P;Kontorücklage;vorgetragen;noch nicht abgerechnet;nicht ausgezahlt;Zeilen;davon gebucht;Buchungen\n".to_owned();
    for month in outcome.proof()["months"].as_array().unwrap() {
        let explained = &month["closing_explained"];
        let settled = explained["settled"].as_array().unwrap().iter().map(|settled| {
            format!("{} {}", settled["settlement"].as_str().unwrap_or("davor"), figure(&settled["amount"]))
        });
        let settled: Vec<String> = settled.collect();
        writeln!(
            text,
            "{};{};{};{};{};{};{};{};{}",
            month["month"].as_str().unwrap(),
            figure(&month["closing"]),
            figure(&explained["reserve"]),
            figure(&explained["carried_over"]),
            figure(&explained["not_yet_settled"]),
            settled.join(", "),
            month["rows"],
            month["booked_rows"],
            month["entries"]
        )
        .unwrap();
    }
    text
}

/// `174,41` for an amount of the proof.
fn figure(amount: &Value) -> String {
    let minor = amount["minor"].as_i64().unwrap();
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{},{:02}", minor.abs() / 100, minor.abs() % 100)
}

/// No file that is handed out has a finding of the checker.
fn refused_by_datev(place: &str, outcome: &Outcome) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, bytes) in outcome.files.iter().filter(|(name, _)| name.starts_with("EXTF_")) {
        let report = check(bytes.as_slice(), Some(name), &CheckOptions::default()).unwrap();
        let findings = report.findings().iter();
        wrong.extend(
            findings.map(|finding| format!("{place}/{name}: {}", finding.sentence(datev::Language::German))),
        );
    }
    wrong
}
