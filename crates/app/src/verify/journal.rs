//! The journal: each line's hash, the chain from the first to the last, and that what it tells of is there.

use store::id::BatchId;
use store::journal::{self, Line};
use store::{Database, Transaction, batches, documents, settings};

use super::mismatch::{Mismatch, Said, restore};
use super::{Counted, Stopped};

/// How many lines are asked for at once.
const LINES: u32 = 1000;

pub(super) async fn look(database: &Database, counted: &mut Counted) -> Result<(), Stopped> {
    let mut previous = String::new();
    loop {
        let mut transaction = database.read().await?;
        let lines = journal::from(&mut transaction, counted.journal_lines + 1, LINES).await?;
        if lines.is_empty() {
            return Ok(());
        }
        for line in lines {
            chained(&line, counted.journal_lines + 1, &previous)?;
            is_there(&mut transaction, &line).await?;
            counted.journal_lines += 1;
            previous = line.hash;
        }
    }
}

fn chained(line: &Line, number: u64, previous: &str) -> Result<(), Stopped> {
    let mismatch = |code, number: u64, expected: Said, found: Said| {
        Stopped::from(Mismatch {
            code,
            place: Said::new(format!("Journal, Zeile {number}"), format!("journal, line {number}")),
            expected,
            found,
            advice: restore(),
        })
    };
    if line.number != number {
        let expected = Said::new(format!("Zeile {number}"), format!("line {number}"));
        let found =
            Said::new(format!("als nächste Zeile {}", line.number), format!("line {} next", line.number));
        return Err(mismatch("journal-gap", number, expected, found));
    }
    if line.previous != previous {
        let hash = |hash: &str| {
            let hash = if hash.is_empty() { "–" } else { hash };
            Said::new(format!("davor {hash}"), format!("before it {hash}"))
        };
        return Err(mismatch("journal-chain", number, hash(previous), hash(&line.previous)));
    }
    let computed = line.computed();
    if line.hash != computed {
        return Err(mismatch("journal-hash", number, Said::same(line.hash.clone()), Said::same(computed)));
    }
    Ok(())
}

/// What was handed in or out stays: the line tells its hash.
async fn is_there(transaction: &mut Transaction, line: &Line) -> Result<(), Stopped> {
    let Some(client) = &line.client else { return Ok(()) };
    let found = match line.action.as_str() {
        "document.received" | "document.accepted" => {
            documents::with_bytes(transaction, client, &line.content).await?.map(|_| line.content.clone())
        }
        "batch.exported" | "batch.corrected" => {
            let id = line.subject.rsplit(' ').next().and_then(BatchId::parse);
            match id {
                Some(id) => batches::find(transaction, client, &id).await?.map(|batch| batch.content.sha256),
                None => None,
            }
        }
        "settings.saved" => {
            let number = line.subject.rsplit(' ').next().and_then(|number| number.parse().ok());
            match number {
                Some(number) => settings::find(transaction, client, number).await?.map(|saved| saved.sha256),
                None => None,
            }
        }
        _ => return Ok(()),
    };
    if found.as_ref() == Some(&line.content) {
        return Ok(());
    }
    let Line { number, action, subject, .. } = line;
    Err(Mismatch {
        code: "journal-content",
        place: Said::new(
            format!("Journal, Zeile {number}: {action} {subject}"),
            format!("journal, line {number}: {action} {subject}"),
        ),
        expected: Said::same(format!("SHA-256 {}", line.content)),
        found: found.map_or_else(
            || Said::new("nicht vorhanden", "not there"),
            |sha256| Said::same(format!("SHA-256 {sha256}")),
        ),
        advice: restore(),
    }
    .into())
}
