//! `kontor client`: clients, made and listed.

use app::{Actor, clients, say};
use clap::{Args, Subcommand};
use web::server::Site;

use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};

/// Create and list clients (Mandanten)
#[derive(Debug, Args)]
pub(super) struct ClientArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// The address under which browsers reach Kontor, for links
    #[arg(long, value_name = "URL", env = "KONTOR_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    public_url: String,
    #[command(subcommand)]
    command: ClientCommand,
}

#[derive(Debug, Subcommand)]
enum ClientCommand {
    /// Make a client; an owner without an account is invited by a link
    Create {
        /// Its name
        name: String,
        /// The owner's mail address
        #[arg(long, value_name = "EMAIL")]
        owner: String,
    },
    /// List all clients: id, name, day
    List,
}

/// Runs the command.
pub(super) fn run(arguments: &ClientArguments, edge: Edge) -> anyhow::Result<Ending> {
    tokio::runtime::Runtime::new()?.block_on(act(arguments, edge))
}

async fn act(arguments: &ClientArguments, edge: Edge) -> anyhow::Result<Ending> {
    let (by, language) = (Actor::CommandLine, edge.language);
    let app = arguments.house.open(language).await?;
    match &arguments.command {
        ClientCommand::Create { name, owner } => {
            let created = clients::create::create(&app, &by, name, Some(owner))
                .await
                .map_err(|error| spoken(error, language))?;
            println!("{}\t{}", created.client.id, created.client.name);
            if let Some(token) = created.invitation {
                let site = Site::new(&arguments.public_url, false)?;
                let link = site.link(&format!("{}?code={}", web::address::INVITATION, token.reveal()));
                let text = say!(
                    language,
                    "Einladung für {} (einmal, 7 Tage gültig): {}",
                    "Invitation for {} (once, within 7 days): {}",
                    owner,
                    link
                );
                println!("{text}");
            }
        }
        ClientCommand::List => {
            let clients = clients::list::list(&app, &by).await.map_err(|error| spoken(error, language))?;
            for (client, _) in clients {
                println!("{}\t{}\t{}", client.id, client.name, client.created_at.strftime("%F"));
            }
        }
    }
    Ok(Ending::Done)
}
