//! Which client a command works for: by its name or its identifier.

use app::clients::list;
use app::{Actor, App, Language, say};
use clap::Args;
use store::client::Client;

use crate::house::spoken;

/// For whom a command works
#[derive(Clone, Debug, Args)]
pub(super) struct ClientChoice {
    /// The client (Mandant), by name or identifier; not needed where there is only one
    #[arg(long, global = true, value_name = "NAME|ID")]
    client: Option<String>,
}

impl ClientChoice {
    /// The client that was meant. Between two nothing is guessed.
    pub(super) async fn find(&self, app: &App, language: Language) -> anyhow::Result<Client> {
        let clients = list::list(app, &Actor::CommandLine).await.map_err(|error| spoken(error, language))?;
        let mut clients: Vec<Client> = clients.into_iter().map(|(client, _)| client).collect();
        let known = names(&clients);
        if let Some(wanted) = &self.client {
            clients.retain(|client| {
                client.id.as_str() == wanted || client.name.to_lowercase() == wanted.to_lowercase()
            });
        }
        let count = clients.len();
        match (clients.pop(), count) {
            (Some(client), 1) => Ok(client),
            (None, _) if known.is_empty() => Err(anyhow::anyhow!(language.pick(
                "es gibt noch keinen Mandanten; «kontor client create» oder die Seite «Einrichtung» legt einen an",
                "there is no client yet; «kontor client create» or the page «Setup» makes one"
            ))),
            (None, _) => Err(anyhow::anyhow!(say!(
                language,
                "diesen Mandanten gibt es nicht; bekannt sind: {known}",
                "there is no such client; known are: {known}"
            ))),
            (Some(_), _) => Err(anyhow::anyhow!(say!(
                language,
                "welcher Mandant ist gemeint? Bitte mit --client nennen: {known}",
                "which client is meant? Name it with --client: {known}"
            ))),
        }
    }
}

fn names(clients: &[Client]) -> String {
    let names: Vec<String> =
        clients.iter().map(|client| format!("«{}» ({})", client.name, client.id)).collect();
    names.join(", ")
}
