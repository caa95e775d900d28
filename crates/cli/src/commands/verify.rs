//! `kontor verify`: everything that is kept is recomputed, and the first thing that does not fit is named.

use std::io::Write as _;
use std::sync::Arc;

use app::verify::{self, Verified};
use app::{Language, say};
use clap::Args;
use serde_json::json;
use store::Database;

use super::{Edge, Ending};
use crate::edge::{Bar, runtime};
use crate::house::{HouseArguments, spoken};
use crate::output::Output;

/// Recompute journal, documents, sums and batches, and name the first thing that does not fit
#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &VerifyArguments, edge: Edge) -> anyhow::Result<Ending> {
    runtime()?.block_on(async {
        let language = edge.language;
        // Neither the master key nor an account is needed to recompute what anybody could.
        let database = arguments.house.existing_database(language).await?;
        let verified = look(&database, language).await?;
        database.close().await;
        if arguments.json {
            let value = json!({
                "format": "kontor.verify", "version": 1, "fits": verified.mismatch.is_none(),
                "counted": verified.counted, "mismatch": verified.mismatch,
            });
            let mut out = Output::lock();
            writeln!(out, "{}", serde_json::to_string_pretty(&value)?)?;
            return Ok(ending(&verified));
        }
        tell(&verified, language)
    })
}

/// Verifies a database, with a bar on a terminal.
pub(super) async fn look(database: &Database, language: Language) -> anyhow::Result<Verified> {
    let told = |error| spoken(error, language);
    let bytes = verify::size(database).await.map_err(told)?;
    let bar = Arc::new(Bar::of_bytes(bytes, language));
    let verified = verify::verify(database, bar.clone()).await.map_err(told);
    bar.clear();
    verified
}

/// Says how much fits, or what does not.
pub(super) fn tell(verified: &Verified, language: Language) -> anyhow::Result<Ending> {
    let verify::Counted { journal_lines, documents, rows, batches, files, postings, .. } = verified.counted;
    match &verified.mismatch {
        None => {
            let text = say!(
                language,
                "Alles stimmt: {journal_lines} Zeilen im Journal, {documents} Dokumente mit {rows} Zeilen, {batches} Stapel mit {files} Dateien und {postings} Buchungen.",
                "All fits: {journal_lines} lines of the journal, {documents} documents with {rows} rows, {batches} batches with {files} files and {postings} postings."
            );
            writeln!(Output::lock(), "{text}")?;
        }
        Some(mismatch) => {
            let text = mismatch.text(language);
            eprintln!("kontor: {}", say!(language, "Das stimmt nicht: {text}", "This does not fit: {text}"));
        }
    }
    Ok(ending(verified))
}

fn ending(verified: &Verified) -> Ending {
    if verified.mismatch.is_none() { Ending::Done } else { Ending::Refused }
}
