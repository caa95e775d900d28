//! `kontor documents`: what was received, with its proof, and its exact bytes.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use app::documents::{Document, library};
use app::{Actor, App, Language, say};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use store::client::Client;
use store::id::DocumentId;
use store::settlements::Neighbour;

use super::client_choice::ClientChoice;
use super::{Edge, Ending};
use crate::edge::runtime;
use crate::house::{HouseArguments, spoken};
use crate::output::Output;

/// Shows the documents of a client as they were received
#[derive(Debug, Args)]
pub(super) struct DocumentsArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    client: ClientChoice,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// All documents, the newest first
    List(List),
    /// One document with what proves it
    Show(One),
    /// The exact bytes of a document
    Get(Get),
}

#[derive(Debug, Args)]
struct List {
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct One {
    /// The identifier of the document
    #[arg(value_name = "ID", value_parser = document)]
    id: DocumentId,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Get {
    /// The identifier of the document
    #[arg(value_name = "ID", value_parser = document)]
    id: DocumentId,
    /// The file that gets the bytes; it must not be there yet [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn document(text: &str) -> Result<DocumentId, String> {
    DocumentId::parse(text).ok_or_else(|| "expected the identifier of a document".to_owned())
}

/// Runs the command.
pub(super) fn run(arguments: &DocumentsArguments, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    runtime()?.block_on(async {
        let app = arguments.house.open(language).await?;
        let client = arguments.client.find(&app, language).await?;
        match &arguments.what {
            What::List(list) => list_all(&app, &client, list.json, language).await,
            What::Show(one) => show(&app, &client, one, language).await,
            What::Get(get) => hand_out(&app, &client, get, language).await,
        }
    })?;
    Ok(Ending::Done)
}

async fn list_all(app: &App, client: &Client, json: bool, language: Language) -> anyhow::Result<()> {
    let mut before: Option<DocumentId> = None;
    let mut all = Vec::new();
    let mut out = Output::lock();
    loop {
        let (actor, most) = (Actor::CommandLine, library::PAGE_MAX);
        let page = library::list(app, &actor, &client.id, None, before.as_ref(), most).await;
        let page = page.map_err(|error| spoken(error, language))?;
        let Some(last) = page.last() else { break };
        before = Some(last.received.id.clone());
        if json {
            all.extend(page.iter().map(as_json));
        } else {
            page.iter().try_for_each(|document| writeln!(out, "{}", line(document, language)))?;
        }
    }
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    }
    Ok(())
}

fn line(document: &Document, language: Language) -> String {
    let received = &document.received;
    let settlement = document.settlement.as_ref().map_or("–", |settlement| settlement.identifier.as_str());
    let (id, rows, name) = (&received.id, received.rows, &received.file_name);
    let (start, end) = (received.period_start, received.period_end);
    say!(
        language,
        "{id}  Abrechnung {settlement}  {start} bis {end}  {rows} Zeilen  {name}",
        "{id}  settlement {settlement}  {start} to {end}  {rows} rows  {name}"
    )
}

fn as_json(document: &Document) -> Value {
    let received = &document.received;
    json!({
        "id": received.id.as_str(),
        "file_name": received.file_name,
        "provider": received.provider,
        "seller": received.seller,
        "settlement": document.settlement.as_ref().map(|settlement| &settlement.identifier),
        "source": received.source.name(),
        "provider_report": received.provider_report,
        "connection": received.connection.as_ref().map(store::id::ConnectionId::as_str),
        "sha256": received.sha256,
        "bytes": received.bytes,
        "rows": received.rows,
        "period_start": received.period_start.to_string(),
        "period_end": received.period_end.to_string(),
        "received_at": received.received_at.to_string(),
        "received_by": received.received_by,
        "accepted_because": received.accepted_because,
    })
}

async fn show(app: &App, client: &Client, one: &One, language: Language) -> anyhow::Result<()> {
    let shown = library::show(app, &Actor::CommandLine, &client.id, &one.id).await;
    let shown = shown.map_err(|error| spoken(error, language))?;
    let mut out = Output::lock();
    if one.json {
        let mut value = as_json(&shown.document);
        let sum = |sum: &library::KindSum| {
            json!({
                "kind": sum.kind.name(),
                "currency": sum.gross.currency().code(),
                "rows": sum.rows,
                "gross": sum.gross.figure('.'),
                "fees": sum.fees.figure('.'),
            })
        };
        value["sums"] = shown.sums.iter().map(sum).collect();
        value["proved"] = shown.equations.iter().all(ledger::proof::Equation::holds).into();
        value["before"] = shown.before.map(|before| before.identifier).into();
        value["after"] = shown.after.map(|after| after.identifier).into();
        return Ok(writeln!(out, "{}", serde_json::to_string_pretty(&value)?)?);
    }
    write_text(&shown, language, &mut out)?;
    Ok(())
}

fn write_text(shown: &library::Shown, language: Language, out: &mut impl Write) -> io::Result<()> {
    let received = &shown.document.received;
    writeln!(out, "{}", line(&shown.document, language))?;
    let (at, by, source) = (received.received_at, &received.received_by, received.source.name());
    let received_line =
        say!(language, "Empfangen {at} von {by} ({source})", "Received {at} by {by} ({source})");
    writeln!(out, "{received_line}")?;
    writeln!(out, "SHA-256 {} ({} Bytes)", received.sha256, received.bytes)?;
    if let Some(reason) = &received.accepted_because {
        let text = say!(
            language,
            "Trotz Widerspruch übernommen: {reason}",
            "Taken although it contradicts itself: {reason}"
        );
        writeln!(out, "{text}")?;
    }
    for sum in &shown.sums {
        let kind = language.pick(sum.kind.german(), sum.kind.name());
        let (rows, gross, fees) = (sum.rows, sum.gross, sum.fees);
        let text = say!(
            language,
            "{kind}: {rows} Zeilen, brutto {gross}, Gebühren {fees}",
            "{kind}: {rows} rows, gross {gross}, fees {fees}"
        );
        writeln!(out, "{text}")?;
    }
    for equation in &shown.equations {
        let (left, right) = (equation.left, equation.right);
        let sign = if equation.holds() { "=" } else { "≠" };
        let text = say!(language, "Nachweis: {left} {sign} {right}", "Proof: {left} {sign} {right}");
        writeln!(out, "{text}")?;
    }
    let place =
        |place: &Option<Neighbour>| place.as_ref().map_or("–".to_owned(), |of| of.identifier.clone());
    let (before, after) = (place(&shown.before), place(&shown.after));
    let text = say!(
        language,
        "Kette: davor {before}, danach {after}",
        "Chain: before it {before}, after it {after}"
    );
    writeln!(out, "{text}")
}

async fn hand_out(app: &App, client: &Client, get: &Get, language: Language) -> anyhow::Result<()> {
    let copied = match &get.out {
        None => library::copy_bytes(app, &Actor::CommandLine, &client.id, &get.id, io::stdout()).await,
        Some(path) => {
            let file = std::fs::File::create_new(path).with_context(|| path.display().to_string())?;
            let copied = library::copy_bytes(app, &Actor::CommandLine, &client.id, &get.id, file).await;
            if copied.is_err() {
                // Ours, made a moment ago, and not whole.
                std::fs::remove_file(path).with_context(|| path.display().to_string())?;
            }
            copied
        }
    };
    copied.map(drop).map_err(|error| spoken(error, language))
}
