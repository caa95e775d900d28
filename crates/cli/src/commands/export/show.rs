//! Months, batches and their sheets for people and for programs.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;
use app::books::batch::Found;
use app::books::months::{MonthOfClient, MonthOverview, MonthState};
use app::books::sheet::Sheet;
use app::{Language, say};
use ledger::money::{Currency, Money};
use serde_json::{Value, json};
use store::batches::{Batch, BatchState};
use store::id::ConnectionId;

use crate::output::Output;

fn word(state: MonthState, language: Language) -> &'static str {
    match state {
        MonthState::New => language.pick("neu", "new"),
        MonthState::Exported => language.pick("exportiert", "exported"),
        MonthState::Processed => language.pick("verarbeitet", "processed"),
        MonthState::Changed => language.pick("geändert seit Export", "changed since export"),
        MonthState::Withdrawn => language.pick("zurückgezogen", "withdrawn"),
    }
}

fn batch_word(state: BatchState, language: Language) -> &'static str {
    match state {
        BatchState::Writing => language.pick("entsteht", "being made"),
        BatchState::Exported => language.pick("exportiert", "exported"),
        BatchState::Processed => language.pick("verarbeitet", "processed"),
        BatchState::Withdrawn => language.pick("zurückgezogen", "withdrawn"),
        BatchState::Failed => language.pick("aufgegeben", "given up"),
    }
}

/// All months with their batches.
pub(super) fn months(months: &[MonthOfClient], json: bool, language: Language) -> anyhow::Result<()> {
    let mut out = Output::lock();
    if json {
        let list: Vec<Value> = months.iter().map(month_as_json).collect();
        return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&list)?)?);
    }
    for month in months {
        for overview in &month.overviews {
            month_line(month, overview, language, &mut out)?;
        }
    }
    Ok(())
}

fn month_line(
    month: &MonthOfClient,
    overview: &MonthOverview,
    language: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    let (name, rows, state) = (month.month, month.rows, word(overview.state, language));
    let scope = scope(overview.connection.as_ref(), language);
    let covered = match (month.coverage.complete, month.coverage.until) {
        (true, _) => language.pick("belegt", "covered").to_owned(),
        (false, Some(until)) => say!(language, "belegt bis {until}", "covered until {until}"),
        (false, None) => language.pick("nicht belegt", "not covered").to_owned(),
    };
    let line = say!(
        language,
        "{name}  {state:<20}  {rows} Zeilen  {covered}  {scope}",
        "{name}  {state:<20}  {rows} rows  {covered}  {scope}"
    );
    writeln!(out, "{line}")?;
    for batch in &overview.batches {
        writeln!(out, "    {}", batch_line(batch, language))?;
    }
    Ok(())
}

fn scope(connection: Option<&ConnectionId>, language: Language) -> String {
    connection.map_or_else(
        || language.pick("alle Schnittstellen", "all connections").to_owned(),
        ToString::to_string,
    )
}

fn batch_line(batch: &Batch, language: Language) -> String {
    let (id, state, postings) = (&batch.begun.id, batch_word(batch.state, language), batch.content.postings);
    let (author, at) = (&batch.begun.author, batch.begun.created_at);
    let correction = match batch.begun.correction {
        0 => String::new(),
        number => say!(language, "Korrektur {number}, ", "correction {number}, "),
    };
    say!(
        language,
        "{id}  {correction}{state}, {postings} Buchungen, {at} von {author}",
        "{id}  {correction}{state}, {postings} postings, {at} by {author}"
    )
}

fn month_as_json(month: &MonthOfClient) -> Value {
    let overview = |overview: &MonthOverview| {
        json!({
            "connection": overview.connection.as_ref().map(ConnectionId::as_str),
            "state": overview.state,
            "batches": overview.batches.iter().map(as_json).collect::<Vec<_>>(),
        })
    };
    json!({
        "month": month.month.to_string(),
        "rows": month.rows,
        "sums": month.sums,
        "covered_until": month.coverage.until.map(|until| until.to_string()),
        "complete": month.coverage.complete,
        "gap": month.coverage.gap,
        "scopes": month.overviews.iter().map(overview).collect::<Vec<_>>(),
    })
}

fn as_json(batch: &Batch) -> Value {
    let (begun, content) = (&batch.begun, &batch.content);
    json!({
        "id": begun.id.as_str(),
        "month": begun.month.to_string(),
        "connection": begun.connection.as_ref().map(ConnectionId::as_str),
        "format": begun.format,
        "correction": begun.correction,
        "state": batch.state.name(),
        "settings": begun.settings,
        "postings": content.postings,
        "sha256": content.sha256,
        "author": begun.author,
        "created_at": begun.created_at.to_string(),
        "changed_by": batch.changed_by,
        "changed_at": batch.changed_at.map(|at| at.to_string()),
    })
}

/// A batch with its files.
pub(super) fn batch(
    found: &Found,
    folder: Option<&Path>,
    json: bool,
    language: Language,
) -> anyhow::Result<()> {
    let mut out = Output::lock();
    if json {
        let mut value = as_json(&found.batch);
        let file = |file: &store::batches::BatchFile| {
            json!({
                "number": file.number, "name": file.name, "kind": file.kind, "sha256": file.sha256,
                "bytes": file.bytes, "postings": file.postings, "debit": file.debit, "credit": file.credit,
            })
        };
        value["files"] = found.files.iter().map(file).collect();
        value["folder"] = folder.map(|folder| folder.display().to_string()).into();
        return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&value)?)?);
    }
    writeln!(out, "{}  {}", found.batch.begun.month, batch_line(&found.batch, language))?;
    for file in &found.files {
        let place =
            folder.map_or_else(|| file.name.clone(), |folder| folder.join(&file.name).display().to_string());
        writeln!(out, "    {place}  {} Bytes  SHA-256 {}", file.bytes, file.sha256)?;
    }
    Ok(())
}

/// The hand-over sheet.
pub(super) fn sheet(found: &Found, json: bool, language: Language) -> anyhow::Result<()> {
    let mut out = Output::lock();
    let sheet: Sheet =
        serde_json::from_str(&found.batch.content.sheet).context("the sheet of this batch cannot be read")?;
    if json {
        return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&sheet)?)?);
    }
    writeln!(out, "{}  {}", found.batch.begun.month, batch_line(&found.batch, language))?;
    Ok(write_sheet(&sheet, language, &mut out)?)
}

fn write_sheet(sheet: &Sheet, language: Language, out: &mut impl Write) -> io::Result<()> {
    let money = |minor: i64, currency: Currency| Money::new(minor, currency);
    let control = Money::new(sheet.turnover, Currency::EUR).figure(',');
    let postings = sheet.postings;
    let line = say!(
        language,
        "Buchungen {postings}, Kontrollsumme der Umsätze {control}",
        "Postings {postings}, control sum of the amounts {control}"
    );
    writeln!(out, "{line}")?;
    for account in &sheet.accounts {
        let (debit, credit) =
            (money(account.debit, account.currency), money(account.credit, account.currency));
        let number = &account.account;
        let line = say!(
            language,
            "Konto {number}: Soll {debit}, Haben {credit}",
            "Account {number}: debit {debit}, credit {credit}"
        );
        writeln!(out, "{line}")?;
    }
    for balance in &sheet.balances {
        let currency = Currency::parse(&balance.currency).unwrap_or(Currency::EUR);
        let (old, new) = (money(balance.opening, currency), money(balance.closing, currency));
        let seller = &balance.seller;
        let line = say!(
            language,
            "{seller}: Saldo alt {old}, neu {new}",
            "{seller}: balance before {old}, after {new}"
        );
        writeln!(out, "{line}")?;
    }
    for finding in &sheet.findings {
        let (text, count) = (language.pick(&finding.german, &finding.english), finding.count);
        writeln!(out, "[{}] {text} ({count})", finding.code)?;
    }
    Ok(())
}
