//! `kontor upload`: settlement reports into the documents of a client.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use app::documents::{Imported, Received, Receiver, Source, import};
use app::{Actor, App, AppError, Language, say};
use clap::Args;
use store::client::Client;
use store::id::ConnectionId;

use super::client_choice::ClientChoice;
use super::{Edge, Ending};
use crate::edge::{Bar, runtime};
use crate::house::{HouseArguments, spoken};
use crate::output::Output;

/// Takes settlement reports into the documents of a client
#[derive(Debug, Args)]
pub(super) struct UploadArguments {
    /// Settlement reports, plain or gzip; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    client: ClientChoice,
    /// The connection to which they must belong [default: that of the report's merchant]
    #[arg(long, value_name = "ID", value_parser = connection)]
    connection: Option<ConnectionId>,
    /// Takes a report although some of its rows contradict themselves, for this reason; the difference goes to the
    /// clarification account and the reason into the journal
    #[arg(long, value_name = "REASON")]
    accept: Option<String>,
}

fn connection(text: &str) -> Result<ConnectionId, String> {
    ConnectionId::parse(text).ok_or_else(|| "expected the identifier of a connection".to_owned())
}

/// Runs the command.
pub(super) fn run(arguments: &UploadArguments, edge: Edge) -> anyhow::Result<Ending> {
    runtime()?.block_on(upload(arguments, edge.language))
}

async fn upload(arguments: &UploadArguments, language: Language) -> anyhow::Result<Ending> {
    let app = arguments.house.open(language).await?;
    let client = arguments.client.find(&app, language).await?;
    // Each byte is read twice: when it is proved, and when it is written.
    let files = arguments.files.iter().chain(&arguments.files).map(PathBuf::as_path);
    let bar = Arc::new(Bar::of_files(files, language));
    let mut ending = Ending::Done;
    let mut told = Vec::new();
    for file in &arguments.files {
        match take(&app, &client, arguments, file, Arc::clone(&bar), language).await {
            Ok(imported) => told.push(line(file, &imported, language)),
            Err(Stopped::Refused(text)) => {
                eprintln!("kontor: {text}");
                ending = Ending::Refused;
            }
            Err(Stopped::Failed(error)) => return Err(error),
        }
    }
    bar.clear();
    let mut out = Output::lock();
    for line in told {
        writeln!(out, "{line}")?;
    }
    app.database.close().await;
    Ok(ending)
}

/// Why a file was not taken.
enum Stopped {
    /// The file's own fault; the next one may be good.
    Refused(String),
    /// Ours.
    Failed(anyhow::Error),
}

async fn take(
    app: &App,
    client: &Client,
    arguments: &UploadArguments,
    file: &Path,
    bar: Arc<Bar>,
    language: Language,
) -> Result<Imported, Stopped> {
    let stopped = |error: AppError| match error.refusal() {
        Some(refusal) => Stopped::Refused(refusal.text(language).to_owned()),
        None => Stopped::Failed(spoken(error, language)),
    };
    let mut received = receive(file).map_err(|error| match error.downcast::<AppError>() {
        Ok(error) => stopped(error),
        Err(error) => Stopped::Refused(format!("{error:#}")),
    })?;
    received.connection.clone_from(&arguments.connection);
    received.accept_because.clone_from(&arguments.accept);
    import(app, &Actor::CommandLine, &client.id, received, bar).await.map_err(stopped)
}

fn receive(file: &Path) -> anyhow::Result<Received> {
    let mut receiver = Receiver::new()?;
    if file.as_os_str() == "-" {
        receiver.take_all(io::stdin().lock())?;
        return Ok(receiver.finish("standard-input.csv", Source::Upload)?);
    }
    let place = || file.display().to_string();
    if file.is_dir() {
        return Err(anyhow!(io::Error::from(io::ErrorKind::IsADirectory)).context(place()));
    }
    receiver.take_all(File::open(file).with_context(place)?)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(receiver.finish(&name, Source::Upload)?)
}

fn line(file: &Path, imported: &Imported, language: Language) -> String {
    let (file, document) = (file.display(), imported.document());
    let (rows, id) = (document.received.rows, &document.received.id);
    let settlement = document.settlement.as_ref().map_or("–", |settlement| settlement.identifier.as_str());
    match imported {
        Imported::New(_) => say!(
            language,
            "{file}: übernommen, Abrechnung {settlement}, {rows} Zeilen, Dokument {id}",
            "{file}: taken, settlement {settlement}, {rows} rows, document {id}"
        ),
        Imported::AlreadyThere(_) => say!(
            language,
            "{file}: schon da, Abrechnung {settlement}, {rows} Zeilen, Dokument {id}",
            "{file}: already there, settlement {settlement}, {rows} rows, document {id}"
        ),
    }
}
