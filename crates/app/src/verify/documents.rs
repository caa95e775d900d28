//! Each document: its bytes, its rows, its sums.

use std::sync::Arc;

use store::documents::Document;
use store::{Database, documents, settlements};

use super::mismatch::{Mismatch, Said, restore};
use super::{Counted, PAGE, Stopped};
use crate::documents::{Misfit, recheck};
use crate::progress::Progress;
use crate::refusal::AppError;

pub(super) async fn look(
    database: &Database,
    progress: &Arc<dyn Progress + Send + Sync>,
    counted: &mut Counted,
) -> Result<(), Stopped> {
    if let Some((id, sha256)) = documents::untold(&mut database.read().await?).await? {
        return Err(Mismatch {
            code: "document-untold",
            place: Said::new(format!("Dokument {id}"), format!("document {id}")),
            expected: Said::new(
                format!("eine Zeile im Journal mit SHA-256 {sha256}"),
                format!("a line of the journal with SHA-256 {sha256}"),
            ),
            found: Said::new("keine", "none"),
            advice: restore(),
        }
        .into());
    }
    let mut last = None;
    loop {
        let page = documents::after(&mut database.read().await?, last.as_ref(), PAGE).await?;
        let Some(document) = page.last() else { return Ok(()) };
        last = Some(document.received.id.clone());
        for document in page {
            one(database, progress, document, counted).await?;
        }
    }
}

async fn one(
    database: &Database,
    progress: &Arc<dyn Progress + Send + Sync>,
    document: Document,
    counted: &mut Counted,
) -> Result<(), Stopped> {
    let settlement = match &document.settlement {
        None => None,
        Some(of) => {
            let mut transaction = database.read().await?;
            let settlement = settlements::by_number(&mut transaction, of.number).await?;
            match settlement {
                Some(settlement) => Some((settlement, settlements::sums(&mut transaction, of.number).await?)),
                None => None,
            }
        }
    };
    let (database, progress) = (database.clone(), Arc::clone(progress));
    let held = tokio::task::spawn_blocking(move || {
        let settled = settlement.as_ref().map(|(settlement, sums)| (settlement, sums.as_slice()));
        recheck(&database, &document, settled, &progress).map(|outcome| (document, outcome))
    });
    let (document, outcome) = held.await.map_err(AppError::failed("verifying a document"))??;
    match outcome {
        Ok(looked) => {
            counted.documents += 1;
            counted.document_bytes += document.received.bytes;
            counted.rows += looked.rows;
            counted.sums += looked.sums;
            Ok(())
        }
        Err(misfit) => Err(in_words(&document, misfit).into()),
    }
}

fn in_words(document: &Document, misfit: Misfit) -> Mismatch {
    let (id, name) = (&document.received.id, &document.received.file_name);
    let settlement = document.settlement.as_ref().map_or("–", |settlement| settlement.identifier.as_str());
    let place = |german: &str, english: &str| {
        Said::new(
            format!("Dokument {id} ({name}, Abrechnung {settlement}): {german}"),
            format!("document {id} ({name}, settlement {settlement}): {english}"),
        )
    };
    let or_nothing = |text: String| {
        if text.is_empty() {
            Said::new("keine Zeile", "no row")
        } else {
            Said::same(text.replace('\t', " | "))
        }
    };
    let (code, place, expected, found) = match misfit {
        Misfit::Bytes { expected, found } => (
            "document-bytes",
            place("SHA-256 seiner Bytes (und ihre Zahl)", "SHA-256 of its bytes (and their number)"),
            Said::same(expected),
            Said::same(found),
        ),
        Misfit::Damaged(damage) => (
            "document-damaged",
            place("seine gespeicherten Stücke", "its stored pieces"),
            Said::new("lesbare Stücke", "readable pieces"),
            Said::same(damage),
        ),
        Misfit::Unreadable(reason) => (
            "document-unreadable",
            place("sein Inhalt", "its content"),
            Said::new("ein Bericht, der sich beweist", "a report that proves itself"),
            Said::same(reason),
        ),
        Misfit::Figure { name, stored, read } => (
            "document-figure",
            place(&format!("Angabe «{name}»"), &format!("figure «{name}»")),
            Said::new(format!("im Bericht {read}"), format!("in the report {read}")),
            Said::new(format!("gespeichert {stored}"), format!("stored {stored}")),
        ),
        Misfit::NoSettlement { identifier } => (
            "settlement-missing",
            place("seine Abrechnung", "its settlement"),
            Said::same(identifier),
            Said::new("nicht vorhanden", "not there"),
        ),
        Misfit::Row { line, report, stored } => (
            "row",
            place(&format!("Zeile {line}"), &format!("line {line}")),
            or_nothing(report),
            or_nothing(stored),
        ),
        Misfit::Sum { rows, stored } => (
            "sum",
            place("Tagessumme aus seinen Zeilen", "sum of a day from its rows"),
            Said::same(rows),
            Said::same(stored),
        ),
        Misfit::Chain { rows, stored } => (
            "chain",
            place("Summen für die Kette der Abrechnungen", "sums for the chain of settlements"),
            Said::same(rows),
            Said::same(stored),
        ),
    };
    Mismatch { code, place, expected, found, advice: restore() }
}
