//! Each batch: the bytes of its files, what they say when they are read again, and its entries from the frozen state.

use std::io::{self, Read as _};
use std::sync::Arc;

use datev::{PostingReader, Side};
use store::batches::{self, Batch, BatchFile};
use store::{Database, StoreError};

use super::mismatch::{Mismatch, Said, restore};
use super::{Counted, PAGE, Stopped};
use crate::books::batch::StoredFile;
use crate::books::sheet::Sheet;
use crate::books::{Frozen, frozen};
use crate::convert::digest::{Hashing, sha256};
use crate::progress::{self, Progress};
use crate::refusal::AppError;

pub(super) async fn look(
    database: &Database,
    progress: &Arc<dyn Progress + Send + Sync>,
    counted: &mut Counted,
) -> Result<(), Stopped> {
    if let Some((id, sha256)) = batches::untold(&mut database.read().await?).await? {
        return Err(Mismatch {
            code: "batch-untold",
            place: Said::new(format!("Stapel {id}"), format!("batch {id}")),
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
        let page = batches::after(&mut database.read().await?, last.as_ref(), PAGE).await?;
        let Some(batch) = page.last() else { return Ok(()) };
        last = Some(batch.begun.id.clone());
        for batch in page {
            one(database, progress, &batch, counted).await?;
        }
    }
}

async fn one(
    database: &Database,
    progress: &Arc<dyn Progress + Send + Sync>,
    batch: &Batch,
    counted: &mut Counted,
) -> Result<(), Stopped> {
    let mut transaction = database.read().await?;
    let files = batches::files(&mut transaction, &batch.begun.id).await?;
    let frozen = frozen(&mut transaction, batch).await?;
    drop(transaction);
    let (sheet, postings) = (sheet(batch)?, files.iter().map(|file| file.postings).sum::<u64>());
    let mut hashes = String::new();
    for file in &files {
        hashes.push_str(&file.sha256);
        hashes.push('\n');
        let (database, progress) = (database.clone(), Arc::clone(progress));
        let (batch, file) = (batch.clone(), file.clone());
        let held = tokio::task::spawn_blocking(move || hold(&database, &batch, &file, &*progress));
        held.await.map_err(AppError::failed("verifying a batch"))??;
        counted.files += 1;
    }
    let check = |code, german: &str, english: &str, expected: String, found: String| {
        if expected == found {
            return Ok(());
        }
        let place = place(batch, german, english);
        let (expected, found) = (Said::same(expected), Said::same(found));
        Err(Stopped::from(Mismatch { code, place, expected, found, advice: restore() }))
    };
    let (content, hash) = (&batch.content, sha256(hashes.as_bytes()));
    check(
        "batch-hash",
        "SHA-256 über seine Dateien",
        "SHA-256 over its files",
        content.sha256.clone(),
        hash,
    )?;
    let count = |count: u64| count.to_string();
    check(
        "batch-postings",
        "Zahl der Buchungen",
        "number of postings",
        count(content.postings),
        count(postings),
    )?;
    check(
        "batch-sheet",
        "Buchungen auf dem Übergabeblatt",
        "postings on the sheet",
        count(postings),
        count(sheet.postings),
    )?;
    let turnover: i64 = files.iter().map(|file| file.debit.saturating_add(file.credit)).sum();
    check(
        "batch-sheet",
        "Kontrollsumme auf dem Übergabeblatt",
        "control sum on the sheet",
        turnover.to_string(),
        sheet.turnover.to_string(),
    )?;
    if let Some(frozen) = frozen {
        entries(batch, &sheet, &frozen)?;
    }
    counted.batches += 1;
    counted.postings += postings;
    Ok(())
}

fn place(batch: &Batch, german: &str, english: &str) -> Said {
    let (id, month, correction) = (&batch.begun.id, batch.begun.month, batch.begun.correction);
    let (of, of_english) = match correction {
        0 => (String::new(), String::new()),
        number => (format!(", Korrektur {number}"), format!(", correction {number}")),
    };
    Said::new(
        format!("Stapel {id} ({month}{of}): {german}"),
        format!("batch {id} ({month}{of_english}): {english}"),
    )
}

fn sheet(batch: &Batch) -> Result<Sheet, Stopped> {
    serde_json::from_str(&batch.content.sheet).map_err(|error| {
        Stopped::from(Mismatch {
            code: "batch-sheet",
            place: place(batch, "Übergabeblatt", "hand-over sheet"),
            expected: Said::new("ein lesbares Blatt", "a readable sheet"),
            found: Said::same(error.to_string()),
            advice: restore(),
        })
    })
}

/// The entries of the month as its settings and settlements make them today, against what was noted when it left.
fn entries(batch: &Batch, sheet: &Sheet, frozen: &Frozen) -> Result<(), Stopped> {
    let stored = &batch.content.fingerprint;
    if !frozen.fingerprints.contains(stored) {
        return Err(Mismatch {
            code: "batch-entries",
            place: place(
                batch,
                "seine Buchungen, aus eingefrorenen Einstellungen und Abrechnungen neu berechnet",
                "its entries, made again from the frozen settings and settlements",
            ),
            expected: Said::same(stored.clone()),
            found: Said::same(frozen.fingerprints.first().cloned().unwrap_or_default()),
            advice: restore(),
        }
        .into());
    }
    if batch.begun.correction > 0 {
        return Ok(());
    }
    for account in &sheet.accounts {
        let sums = frozen.accounts.get(&(account.account.clone(), account.currency));
        let (debit, credit) = sums.copied().unwrap_or_default();
        if (debit, credit) != (account.debit, account.credit) {
            let number = &account.account;
            return Err(Mismatch {
                code: "batch-account",
                place: place(
                    batch,
                    &format!("Soll und Haben auf Konto {number}"),
                    &format!("debit and credit of account {number}"),
                ),
                expected: Said::same(format!("{debit} / {credit} {}", account.currency)),
                found: Said::same(format!("{} / {} {}", account.debit, account.credit, account.currency)),
                advice: restore(),
            }
            .into());
        }
    }
    Ok(())
}

/// A file: its bytes, and what they say. It blocks.
fn hold(
    database: &Database,
    batch: &Batch,
    file: &BatchFile,
    progress: &dyn Progress,
) -> Result<(), Stopped> {
    let name = &file.name;
    let misfit = |code, german: &str, english: &str, expected: Said, found: Said| {
        let place = place(batch, &format!("Datei {name}, {german}"), &format!("file {name}, {english}"));
        Stopped::from(Mismatch { code, place, expected, found, advice: restore() })
    };
    let open = || StoredFile::new(database.clone(), &batch.begun.id, file.number);
    let mut bytes = Hashing::new(progress::Counted::new(open(), progress));
    if let Err(error) = io::copy(&mut bytes.by_ref(), &mut io::sink()) {
        let content = error.get_ref().and_then(|inner| inner.downcast_ref::<StoreError>());
        let Some(StoreError::Content { .. }) = content else {
            return Err(AppError::failed("reading a file of a batch")(error).into());
        };
        let readable = Said::new("lesbare Stücke", "readable pieces");
        return Err(misfit(
            "batch-damaged",
            "ihre Stücke",
            "its pieces",
            readable,
            Said::same(error.to_string()),
        ));
    }
    let (sha256, count) = bytes.digest();
    if (&sha256, count) != (&file.sha256, file.bytes) {
        let expected = Said::same(format!("{} ({})", file.sha256, file.bytes));
        let found = Said::same(format!("{sha256} ({count})"));
        return Err(misfit("batch-bytes", "SHA-256 (und Bytes)", "SHA-256 (and bytes)", expected, found));
    }
    if file.kind != "postings" {
        return Ok(());
    }
    let (mut postings, mut debit, mut credit) = (0_u64, 0_u64, 0_u64);
    let unreadable = |error: String| {
        let expected = Said::new("ein lesbarer Buchungsstapel", "a readable batch");
        misfit("batch-unreadable", "ihr Inhalt", "its content", expected, Said::same(error))
    };
    let reader =
        PostingReader::new(io::BufReader::new(open())).map_err(|error| unreadable(error.to_string()))?;
    for posting in reader {
        let posting = posting.map_err(|error| unreadable(error.to_string()))?;
        postings += 1;
        let sum = if posting.side == Side::Debit { &mut debit } else { &mut credit };
        *sum = sum.saturating_add(posting.amount.minor());
    }
    let read = format!("{postings} × {debit} / {credit}");
    let stored = format!("{} × {} / {}", file.postings, file.debit, file.credit);
    if read != stored {
        let (german, english) = ("Buchungen × Soll / Haben", "postings × debit / credit");
        return Err(misfit("batch-figures", german, english, Said::same(read), Said::same(stored)));
    }
    Ok(())
}
