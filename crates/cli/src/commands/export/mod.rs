//! `kontor export`: months with their states, batches made, taken back, corrected, and their files.

mod files;
mod show;

use std::path::PathBuf;

use anyhow::anyhow;
use app::books::{batch, correct, export, months};
use app::{Actor, App, Language, say};
use clap::{Args, Subcommand};
use ledger::calendar::Month;
use store::batches::{Batch, BatchState};
use store::client::Client;
use store::id::{BatchId, ConnectionId};

use super::client_choice::ClientChoice;
use super::{Edge, Ending, connection};
use crate::edge::runtime;
use crate::house::{HouseArguments, spoken};

/// Export months as DATEV batches, and see what became of them
#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    client: ClientChoice,
    /// Only this connection, by name, merchant id or id [default: all together]
    #[arg(long, global = true, value_name = "NAME|ID")]
    connection: Option<String>,
    /// Prints JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: ExportCommand,
}

#[derive(Debug, Subcommand)]
enum ExportCommand {
    /// The months that hold anything, with their state and their batches, the newest first
    List {
        /// The first month, e.g. 2026-01
        #[arg(long, value_name = "MONTH", value_parser = month)]
        from: Option<Month>,
        /// The last month
        #[arg(long, value_name = "MONTH", value_parser = month)]
        to: Option<Month>,
    },
    /// Freeze a month as a batch
    Make {
        /// The month, e.g. 2026-10
        #[arg(value_parser = month)]
        month: Month,
        #[command(flatten)]
        to: Target,
    },
    /// Make the correction batch of a month that has changed since it left
    Correct {
        /// The month, e.g. 2026-10
        #[arg(value_parser = month)]
        month: Month,
        #[command(flatten)]
        to: Target,
    },
    /// Take a batch back before the adviser has processed it; its bytes stay
    Withdraw(One),
    /// Take a batch back and hand out what its month is today
    Replace {
        #[command(flatten)]
        one: One,
        #[command(flatten)]
        to: Target,
    },
    /// The adviser has processed the batch: what changes from now on comes as a correction
    Processed(One),
    /// Write the files of a batch as they were handed out
    Files {
        #[command(flatten)]
        one: One,
        /// The folder that gets them
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// The hand-over sheet of a batch
    Sheet(One),
}

#[derive(Debug, Args)]
struct One {
    /// The identifier of a batch, or a month: its last batch that was not withdrawn
    #[arg(value_name = "BATCH")]
    batch: String,
}

#[derive(Debug, Args)]
struct Target {
    /// The folder that gets the files [default: they are only kept]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "expected a month, e.g. 2026-10".to_owned())
}

/// Runs the command.
pub(super) fn run(arguments: &ExportArguments, edge: Edge) -> anyhow::Result<Ending> {
    runtime()?.block_on(async {
        let language = edge.language;
        let app = arguments.house.open(language).await?;
        let client = arguments.client.find(&app, language).await?;
        let connection = match &arguments.connection {
            Some(named) => Some(connection::find(&app, &client, named, language).await?.connection.id),
            None => None,
        };
        let desk = Desk { app, client, connection, json: arguments.json, language };
        let done = desk.perform(&arguments.command).await;
        desk.app.database.close().await;
        done
    })?;
    Ok(Ending::Done)
}

/// For whom the command works, and how it speaks.
struct Desk {
    app: App,
    client: Client,
    connection: Option<ConnectionId>,
    json: bool,
    language: Language,
}

impl Desk {
    async fn perform(&self, command: &ExportCommand) -> anyhow::Result<()> {
        let told = |error| spoken(error, self.language);
        let (app, actor, client) = (&self.app, &Actor::CommandLine, &self.client.id);
        let connection = self.connection.as_ref();
        match command {
            ExportCommand::List { from, to } => {
                let span = (from.unwrap_or(months::FIRST), to.unwrap_or(months::LAST));
                let mut listed = months::months(app, actor, client, span).await.map_err(told)?;
                if connection.is_some() {
                    for month in &mut listed {
                        month.overviews.retain(|overview| overview.connection.as_ref() == connection);
                    }
                }
                show::months(&listed, self.json, self.language)
            }
            ExportCommand::Make { month, to } => {
                let made = export::export(app, actor, client, *month, connection).await.map_err(told)?;
                self.hand_over(&made, to).await
            }
            ExportCommand::Correct { month, to } => {
                let made = correct::correct(app, actor, client, *month, connection).await.map_err(told)?;
                self.hand_over(&made, to).await
            }
            ExportCommand::Withdraw(one) => {
                let id = self.find(one).await?;
                batch::withdraw(app, actor, client, &id).await.map_err(told)?;
                self.tell(&id).await
            }
            ExportCommand::Replace { one, to } => {
                let id = self.find(one).await?;
                let made = batch::replace(app, actor, client, &id).await.map_err(told)?;
                self.hand_over(&made, to).await
            }
            ExportCommand::Processed(one) => {
                let id = self.find(one).await?;
                batch::mark_processed(app, actor, client, &id).await.map_err(told)?;
                self.tell(&id).await
            }
            ExportCommand::Files { one, out } => {
                let id = self.find(one).await?;
                let found = batch::find(app, actor, client, &id).await.map_err(told)?;
                files::write(app, &found, out, self.language).await?;
                show::batch(&found, Some(out), self.json, self.language)
            }
            ExportCommand::Sheet(one) => {
                let id = self.find(one).await?;
                let found = batch::find(app, actor, client, &id).await.map_err(told)?;
                show::sheet(&found, self.json, self.language)
            }
        }
    }

    async fn hand_over(&self, made: &Batch, to: &Target) -> anyhow::Result<()> {
        let id = &made.begun.id;
        let found = batch::find(&self.app, &Actor::CommandLine, &self.client.id, id).await;
        let found = found.map_err(|error| spoken(error, self.language))?;
        if let Some(folder) = &to.out {
            files::write(&self.app, &found, folder, self.language).await?;
        }
        show::batch(&found, to.out.as_deref(), self.json, self.language)
    }

    async fn tell(&self, id: &BatchId) -> anyhow::Result<()> {
        let found = batch::find(&self.app, &Actor::CommandLine, &self.client.id, id).await;
        show::batch(&found.map_err(|error| spoken(error, self.language))?, None, self.json, self.language)
    }

    /// The batch that was meant. Between those of two connections nothing is guessed.
    async fn find(&self, one: &One) -> anyhow::Result<BatchId> {
        let text = one.batch.as_str();
        if let Some(id) = BatchId::parse(text) {
            return Ok(id);
        }
        let month = Month::parse(text).ok_or_else(|| {
            anyhow!(say!(
                self.language,
                "«{text}» ist weder die Kennung eines Stapels noch ein Monat (z. B. 2026-10)",
                "«{text}» is neither the identifier of a batch nor a month (e.g. 2026-10)"
            ))
        })?;
        let history = batch::history(&self.app, &Actor::CommandLine, &self.client.id, (month, month)).await;
        let mut standing = history.map_err(|error| spoken(error, self.language))?;
        standing.retain(|batch| {
            let own = self.connection.is_none() || batch.begun.connection == self.connection;
            own && batch.state != BatchState::Withdrawn
        });
        standing.sort_by_key(|batch| batch.begun.correction);
        let scope = standing.first().map(|batch| batch.begun.connection.clone());
        let one_scope = standing.iter().all(|batch| Some(&batch.begun.connection) == scope.as_ref());
        match standing.pop() {
            Some(last) if one_scope => Ok(last.begun.id),
            None => Err(anyhow!(say!(
                self.language,
                "der Monat {month} ist nicht exportiert; `kontor export list` zeigt alle Monate",
                "{month} is not exported; `kontor export list` shows all months"
            ))),
            Some(_) => Err(anyhow!(say!(
                self.language,
                "der Monat {month} hat Stapel mehrerer Schnittstellen; bitte mit --connection eine nennen",
                "{month} has batches of several connections; name one with --connection"
            ))),
        }
    }
}
