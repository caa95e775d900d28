//! What DATEV would refuse or misread in a month, each with the way to the setting that mends it.

use app::books::check::CheckFinding;
use ledger::calendar::Month;

use crate::address::Place;
use crate::component::{Finding, Findings, Form, Message, Part, Section, Tone};
use crate::page::{Frame, Sheet};

/// What the page of the check shows.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// The month.
    pub month: Month,
    /// How many rows it has.
    pub rows: u64,
    /// What was found; none where nothing was checked yet.
    pub findings: Option<Vec<CheckFinding>>,
    /// Why the month cannot be booked at all.
    pub refused: Option<String>,
}

/// The page.
pub fn check_page(frame: &Frame, view: &CheckView) -> Sheet {
    let t = &frame.t;
    let month = t.month(view.month);
    let entries = frame.below(Place::Entries, &format!("?month={}", view.month));
    let sheet = Sheet::new(frame.clone(), t.check_title(&month), t.check_lead())
        .under(t.place_entries(), frame.at(Place::Entries))
        .under(month, entries);
    if let Some(refused) = &view.refused {
        let message = Message::new(Tone::Bad, t.check_refused()).line(refused);
        return sheet.card(Section::untitled(vec![Part::Message(message)]));
    }
    let Some(findings) = &view.findings else {
        let action = frame.below(Place::Entries, &format!("/check?month={}", view.month));
        let form = Form::new(action, t.check_run(), Vec::new());
        let parts = vec![Part::Text(t.check_large(view.rows)), Part::Form(Box::new(form))];
        return sheet.card(Section::untitled(parts));
    };
    let shown = if findings.is_empty() {
        vec![Finding::new(Tone::Good, t.check_clean())]
    } else {
        grouped(findings).into_iter().map(|(first, lines)| told(frame, first, lines)).collect()
    };
    sheet.card(Section::untitled(vec![Part::Findings(Findings(shown))]))
}

/// The same finding in many lines is told once.
fn grouped(findings: &[CheckFinding]) -> Vec<(&CheckFinding, u64)> {
    let mut groups: Vec<(&CheckFinding, u64)> = Vec::new();
    for finding in findings {
        let same = |(first, _): &&mut (&CheckFinding, u64)| {
            first.code == finding.code && first.field == finding.field
        };
        match groups.iter_mut().find(same) {
            Some((_, lines)) => *lines += 1,
            None => groups.push((finding, 1)),
        }
    }
    groups.sort_by_key(|(first, _)| !first.error);
    groups
}

fn told(frame: &Frame, first: &CheckFinding, lines: u64) -> Finding {
    let t = &frame.t;
    let tone = if first.error { Tone::Bad } else { Tone::Warn };
    let mut note: Vec<String> = Vec::new();
    if let Some(field) = first.field {
        note.push(t.check_found(field, &first.found));
    }
    note.push(t.check_lines(lines));
    if let Some(line) = first.line {
        note.push(t.check_first_line(&first.file, line));
    }
    Finding::new(tone, t.pick(first.german, first.english))
        .note(note.join(" · "))
        .mend(t.check_mend(), frame.at(place_of(first.field.unwrap_or_default())))
}

/// Where a field of the batch is set.
fn place_of(field: &str) -> Place {
    let begins = |names: &[&str]| names.iter().any(|name| field.starts_with(name));
    if begins(&["Konto", "Gegenkonto", "WKZ", "Kurs", "Basis"]) {
        Place::PaymentAccounts
    } else if begins(&["BU-", "KOST", "EU-", "Sachverhalt", "Steuersatz"]) {
        Place::ExpenseAccounts
    } else if begins(&["Belegfeld", "Buchungstext", "Auftragsnummer"]) {
        Place::VoucherTexts
    } else {
        Place::ClientSettings
    }
}
