//! `kontor key`: keys for the REST API.

use anyhow::{Context as _, bail};
use app::people::key;
use app::{Actor, Scope};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use store::id::ApiKeyId;

use super::client_choice::ClientChoice;
use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};

/// Create, list and revoke keys for the REST API
#[derive(Debug, Args)]
pub(super) struct KeyArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    client: ClientChoice,
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key; its text is printed once
    Create {
        /// What it is for
        #[arg(long)]
        name: String,
        /// What it may do; every scope includes reading
        #[arg(long = "scope", value_parser = PossibleValuesParser::new(Scope::ALL.map(Scope::name)), default_value = "read")]
        scopes: Vec<String>,
        /// The last day on which it holds
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
    },
    /// List the keys of a client
    List,
    /// Revoke a key at once
    Revoke {
        /// The key's id, or its first characters as the list shows them
        key: String,
    },
}

/// Runs the command.
pub(super) fn run(arguments: &KeyArguments, edge: Edge) -> anyhow::Result<Ending> {
    tokio::runtime::Runtime::new()?.block_on(act(arguments, edge))
}

async fn act(arguments: &KeyArguments, edge: Edge) -> anyhow::Result<Ending> {
    let (by, language) = (Actor::CommandLine, edge.language);
    let app = arguments.house.open(language).await?;
    let client = arguments.client.find(&app, language).await?.id;
    let spoken = |error| spoken(error, language);
    match &arguments.command {
        KeyCommand::Create { name, scopes, until } => {
            let scopes: Vec<Scope> = scopes.iter().filter_map(|word| Scope::parse(word)).collect();
            let until = until.map(end_of).transpose()?;
            let (token, _) = key::create(&app, &by, &client, name, &scopes, until).await.map_err(spoken)?;
            println!("{}", token.reveal());
        }
        KeyCommand::List => {
            for key in key::list(&app, &by, &client).await.map_err(spoken)? {
                let state = if key.revoked_at.is_some() { "revoked" } else { "-" };
                println!("{}\t{}\t{}\t{}\t{state}", key.id, key.prefix, key.name, key.scopes.join(" "));
            }
        }
        KeyCommand::Revoke { key } => {
            let keys = key::list(&app, &by, &client).await.map_err(spoken)?;
            let mut found = keys.iter().filter(|one| one.id.as_str() == key || one.prefix == *key);
            let id: ApiKeyId = match (found.next(), found.next()) {
                (Some(one), None) => one.id.clone(),
                (None, _) => bail!(language.pick("Diesen Schlüssel gibt es nicht", "there is no such key")),
                (Some(_), Some(_)) => bail!(language.pick(
                    "Mehrere Schlüssel beginnen so; bitte die id angeben",
                    "several keys begin like this; please give the id"
                )),
            };
            key::revoke(&app, &by, &client, &id).await.map_err(spoken)?;
        }
    }
    Ok(Ending::Done)
}

fn end_of(day: Date) -> anyhow::Result<Timestamp> {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    Ok(day.checked_add(1.day()).context("--until")?.to_zoned(zone)?.timestamp())
}
