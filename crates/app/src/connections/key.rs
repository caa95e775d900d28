//! The private key of a connection, in and out of the vault.

use amazon_pay::client::Client;
use amazon_pay::key::{Environment, PrivateKey};
use secrecy::ExposeSecret as _;
use store::connections::{self, Connection};
use store::id::{ClientId, ConnectionId};
use store::vault::Place;

use crate::amazon_pay::{Account, client};
use crate::refusal::AppError;
use crate::{App, Refusal, RefusalKind};

fn place<'a>(client: &'a ClientId, id: &'a ConnectionId) -> Place<'a> {
    Place { column: "connection.key_sealed", id: id.as_str(), client: Some(client) }
}

/// Seals a key for a connection, written anew in one form, whatever the file looked like.
pub(super) fn seal(
    app: &App,
    client: &ClientId,
    id: &ConnectionId,
    key: &PrivateKey,
) -> Result<Vec<u8>, AppError> {
    let pem = key.to_pem().map_err(AppError::failed("the private key could not be written"))?;
    app.vault
        .seal(app.machine.as_ref(), place(client, id), pem.expose_secret().as_bytes())
        .map_err(AppError::failed("the private key could not be sealed"))
}

/// A client of the API with the key of a connection.
pub(crate) async fn open_client(app: &App, connection: &Connection) -> Result<Client, AppError> {
    let sealed = connections::sealed_key(&mut app.database.read().await?, &connection.id).await?;
    let sealed = sealed.ok_or_else(no_key)?;
    let place = place(&connection.client, &connection.id);
    let pem = app
        .vault
        .open(place, &sealed)
        .map_err(AppError::failed("the private key of the connection could not be opened"))?;
    let unreadable = "what the vault holds for the connection is no key";
    let key = PrivateKey::from_pem(pem.expose_secret()).map_err(AppError::failed(unreadable))?;
    let key_id = connection.public_key_id.parse().map_err(AppError::failed("the Public Key ID is none"))?;
    let region = connection.region.parse().map_err(AppError::failed("the region is none"))?;
    let environments = [Environment::Live, Environment::Sandbox];
    let environment = environments.into_iter().find(|kind| kind.name() == connection.environment);
    let account = Account {
        key_id,
        region,
        environment: environment.unwrap_or(Environment::Live),
        endpoint: connection.endpoint.clone(),
    };
    client(app, &account, key)
}

fn no_key() -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "key-gone",
        "Für diese Schnittstelle ist kein Schlüssel mehr hinterlegt. Hinterlegen Sie einen neuen.",
        "There is no key for this connection any more. Give it a new one.",
    )
}
