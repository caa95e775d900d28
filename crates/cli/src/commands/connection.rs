//! `kontor connection`: connections to payment providers, without a server.

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use app::connections::{self, ConnectForm, KeyForm, Overview};
use app::documents::Intake;
use app::jobs::{self, Job, JobState, Worker};
use app::{Actor, App, Language, say};
use clap::{Args, Subcommand};
use store::client::Client;
use store::id::JobId;

use super::client_choice::ClientChoice;
use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};
use crate::output::Output;

/// Connect clients to payment providers, and see how the connections are doing
#[derive(Debug, Args)]
pub(super) struct ConnectionArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    client: ClientChoice,
    #[command(subcommand)]
    command: ConnectionCommand,
}

#[derive(Debug, Subcommand)]
enum ConnectionCommand {
    /// Check a key with Amazon Pay, keep it sealed, and fetch everything
    Add {
        /// Bezeichnung
        #[arg(long, default_value = "Amazon Pay")]
        label: String,
        /// Verkäufer-ID
        #[arg(long)]
        seller_id: String,
        #[command(flatten)]
        key: KeyArguments,
        /// Fetch nothing older, e.g. 2026-10-01
        #[arg(long, default_value = "")]
        start_date: String,
        /// Another host than Amazon's, for the simulator
        #[arg(long)]
        endpoint: Option<String>,
        /// Only keep it; the server will fetch
        #[arg(long)]
        no_fetch: bool,
    },
    /// All connections with their state
    List {
        /// For programs
        #[arg(long)]
        json: bool,
    },
    /// Fetch nothing until it is resumed
    Pause { connection: String },
    /// Go on
    Resume { connection: String },
    /// Take another key in place of the one that is there
    ReplaceKey {
        connection: String,
        #[command(flatten)]
        key: KeyArguments,
    },
    /// Forget the key; what was fetched stays
    Remove { connection: String },
    /// Ask Amazon Pay whether the key works
    Check { connection: String },
}

#[derive(Debug, Args)]
struct KeyArguments {
    /// Public Key-ID
    #[arg(long)]
    public_key_id: String,
    /// The .pem file with the private key; `-` is standard input
    #[arg(long, value_name = "FILE")]
    private_key: PathBuf,
}

impl KeyArguments {
    fn read(&self, language: Language) -> anyhow::Result<KeyForm> {
        let mut bytes = Vec::new();
        if self.private_key.as_os_str() == "-" {
            io::stdin().lock().take(1 << 20).read_to_end(&mut bytes)?;
        } else {
            bytes = std::fs::read(&self.private_key).with_context(|| {
                let place = self.private_key.display();
                say!(language, "{} kann nicht gelesen werden", "{} cannot be read", place)
            })?;
        }
        Ok(KeyForm { public_key_id: self.public_key_id.clone(), private_key: bytes.into() })
    }
}

/// Runs the command.
pub(super) fn run(arguments: &ConnectionArguments, edge: Edge) -> anyhow::Result<Ending> {
    tokio::runtime::Runtime::new()?.block_on(perform(arguments, edge.language))
}

async fn perform(arguments: &ConnectionArguments, language: Language) -> anyhow::Result<Ending> {
    let mut app = arguments.house.open(language).await?;
    // Whoever has the data folder in hand may point a connection at a simulator.
    app.outside.other_endpoints = true;
    let client = arguments.client.find(&app, language).await?;
    let actor = &Actor::CommandLine;
    let told = |error| spoken(error, language);
    match &arguments.command {
        ConnectionCommand::Add { label, seller_id, key, start_date, endpoint, no_fetch } => {
            let form = ConnectForm {
                label: label.clone(),
                seller_id: seller_id.clone(),
                key: key.read(language)?,
                start_date: start_date.clone(),
                endpoint: endpoint.clone(),
            };
            let connected = connections::connect(&app, actor, &client.id, &form).await.map_err(told)?;
            println!(
                "{}",
                say!(language, "Schnittstelle {} angelegt.", "Connection {} made.", connected.connection)
            );
            if !no_fetch {
                return fetch_and_tell(&app, &connected.job, language).await;
            }
        }
        ConnectionCommand::List { json } => {
            let views = connections::overviews(&app, actor, &client.id).await.map_err(told)?;
            list(&views, *json, language)?;
        }
        ConnectionCommand::Pause { connection } => {
            let id = find(&app, &client, connection, language).await?.connection.id;
            connections::pause(&app, actor, &client.id, &id).await.map_err(told)?;
        }
        ConnectionCommand::Resume { connection } => {
            let id = find(&app, &client, connection, language).await?.connection.id;
            connections::resume(&app, actor, &client.id, &id).await.map_err(told)?;
        }
        ConnectionCommand::ReplaceKey { connection, key } => {
            let id = find(&app, &client, connection, language).await?.connection.id;
            let form = key.read(language)?;
            connections::replace_key(&app, actor, &client.id, &id, &form).await.map_err(told)?;
            println!("{}", language.pick("Der neue Schlüssel ist hinterlegt.", "The new key is in place."));
        }
        ConnectionCommand::Remove { connection } => {
            let id = find(&app, &client, connection, language).await?.connection.id;
            connections::remove(&app, actor, &client.id, &id).await.map_err(told)?;
        }
        ConnectionCommand::Check { connection } => {
            let id = find(&app, &client, connection, language).await?.connection.id;
            let region = connections::test_key(&app, actor, &client.id, &id).await.map_err(told)?;
            println!(
                "{}",
                say!(language, "Der Schlüssel gilt (Region {}).", "The key works (region {}).", region)
            );
        }
    }
    Ok(Ending::Done)
}

/// The connection of a name, a merchant id or an id.
pub(super) async fn find(
    app: &App,
    client: &Client,
    named: &str,
    language: Language,
) -> anyhow::Result<Overview> {
    let views = connections::overviews(app, &Actor::CommandLine, &client.id).await;
    let views = views.map_err(|error| spoken(error, language))?;
    let mut fitting = views.into_iter().filter(|view| {
        let connection = &view.connection;
        [connection.label.as_str(), connection.seller_id.as_str(), connection.id.as_str()].contains(&named)
    });
    match (fitting.next(), fitting.next()) {
        (Some(view), None) => Ok(view),
        (None, _) => Err(anyhow!(say!(
            language,
            "Eine Schnittstelle «{}» gibt es nicht; `kontor connection list` zeigt alle.",
            "There is no connection «{}»; `kontor connection list` shows all.",
            named
        ))),
        (Some(_), Some(_)) => Err(anyhow!(say!(
            language,
            "«{}» heißen mehrere Schnittstellen; nennen Sie die Verkäufer-ID.",
            "Several connections are called «{}»; name the merchant id.",
            named
        ))),
    }
}

/// Does a fetch here and now and says what came. A server that runs meanwhile may be doing it already.
pub(super) async fn fetch_and_tell(app: &App, job: &JobId, language: Language) -> anyhow::Result<Ending> {
    let told = |error| spoken(error, language);
    let worker = Worker::new(app.clone(), std::sync::Arc::new(Intake));
    let ours = worker.work_on(job).await.map_err(told)?;
    let job = jobs::by_id(app, &Actor::CommandLine, job).await.map_err(told)?;
    if !ours && !job.state.is_over() {
        println!(
            "{}",
            language.pick("Wird gerade von einem Server abgerufen.", "A server is fetching it right now.")
        );
        return Ok(Ending::Done);
    }
    Ok(tell(&job, language))
}

fn tell(job: &Job, language: Language) -> Ending {
    let words = job.outcome.as_ref().map_or("", |words| language.pick(&words.german, &words.english));
    if job.state == JobState::Done {
        println!("{words}");
        Ending::Done
    } else {
        eprintln!("kontor: {words}");
        Ending::Refused
    }
}

fn list(views: &[Overview], json: bool, language: Language) -> anyhow::Result<()> {
    let mut out = Output::lock();
    if json {
        let rows: Vec<_> = views.iter().map(as_json).collect();
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
        return Ok(());
    }
    for Overview { connection, shown, .. } in views {
        let (label, seller, id) = (&connection.label, &connection.seller_id, &connection.id);
        writeln!(out, "{id}  {:14} {seller:15} {label}", shown.text(language))?;
        if let Some(trouble) = &connection.trouble {
            writeln!(out, "    {}", language.pick(&trouble.german, &trouble.english))?;
        }
    }
    Ok(())
}

fn as_json(view: &Overview) -> serde_json::Value {
    let connection = &view.connection;
    serde_json::json!({
        "id": connection.id.as_str(),
        "label": connection.label,
        "provider": connection.provider,
        "sellerId": connection.seller_id,
        "publicKeyId": connection.public_key_id,
        "region": connection.region,
        "state": view.shown.name(),
        "lastSuccess": connection.last_success_at.map(|at| at.to_string()),
        "nextRun": view.next_run_at().map(|at| at.to_string()),
        "trouble": connection.trouble.as_ref().map(|trouble| serde_json::json!({
            "code": trouble.code, "de": trouble.german, "en": trouble.english,
        })),
    })
}
