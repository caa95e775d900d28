//! `kontor fetch`: fetch connections now, without a server.

use app::connections::{self, ConnectionState};
use app::{Actor, say};
use clap::Args;

use super::client_choice::ClientChoice;
use super::connection::{fetch_and_tell, find};
use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};

/// Fetch everything new from the payment providers, now
#[derive(Debug, Args)]
pub(super) struct FetchArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    client: ClientChoice,
    /// Only this connection, by name, merchant id or id
    #[arg(long)]
    connection: Option<String>,
}

/// Runs the command.
pub(super) fn run(arguments: &FetchArguments, edge: Edge) -> anyhow::Result<Ending> {
    tokio::runtime::Runtime::new()?.block_on(perform(arguments, edge))
}

async fn perform(arguments: &FetchArguments, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    let told = |error| spoken(error, language);
    let app = arguments.house.open(language).await?;
    let client = arguments.client.find(&app, language).await?;
    let actor = &Actor::CommandLine;
    let views = if let Some(named) = &arguments.connection {
        vec![find(&app, &client, named, language).await?]
    } else {
        let all = connections::overviews(&app, actor, &client.id).await.map_err(told)?;
        all.into_iter().filter(|view| view.connection.state == ConnectionState::Active).collect()
    };
    if views.is_empty() {
        println!(
            "{}",
            language.pick("Es gibt keine aktive Schnittstelle.", "There is no active connection.")
        );
    }
    let mut ending = Ending::Done;
    for view in views {
        let connection = view.connection;
        println!("{}", say!(language, "{} ({}):", "{} ({}):", connection.label, connection.seller_id));
        let job = connections::fetch_now(&app, actor, &client.id, &connection.id).await.map_err(told)?;
        let one = fetch_and_tell(&app, &job, language).await?;
        if one != Ending::Done {
            ending = one;
        }
    }
    Ok(ending)
}
