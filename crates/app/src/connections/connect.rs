//! Makes a connection: the key is checked with a real call, sealed, and the first fetch begins.

use store::connections::{self, Connection, ConnectionState};
use store::id::{ClientId, ConnectionId, JobId};
use store::{StoreError, Transaction, documents, transact};

use super::check::check;
use super::form::ConnectForm;
use super::{key, next_run};
use crate::access::{Actor, Permission};
use crate::amazon_pay::PROVIDER;
use crate::jobs::enqueue_fetch;
use crate::refusal::{AppError, Refusal, RefusalKind};
use crate::{App, zone};

/// More connections than this one client cannot have.
const MOST_CONNECTIONS: usize = 200;

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// The connection.
    pub connection: ConnectionId,
    /// Its first fetch.
    pub job: JobId,
}

/// Makes a connection of a client to Amazon Pay. Reports of its merchant that came by upload before belong to it from then
/// on.
///
/// # Errors
/// A refusal says in words which field is wrong, or what Amazon says of the key.
pub async fn connect(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    form: &ConnectForm,
) -> Result<Connected, AppError> {
    actor.may(Permission::Connect, client)?;
    let now = app.now();
    let zone = zone::of_client(app, client).await?;
    let entered = form.read(now.to_zoned(zone.clone()).date(), app.outside.other_endpoints)?;
    refuse_second(app, client, &entered.seller_id).await?;

    let id = ConnectionId::new(app.machine.as_ref());
    let key_sealed = key::seal(app, client, &id, &entered.key.key)?;
    let key_id = entered.key.id.as_str().to_owned();
    let environment = entered.key.environment;
    let region = check(app, entered.key, &entered.seller_id, entered.endpoint.as_deref()).await?;
    let connection = Connection {
        id: id.clone(),
        client: client.clone(),
        provider: PROVIDER.to_owned(),
        label: entered.label,
        seller_id: entered.seller_id,
        public_key_id: key_id,
        region: region.name().to_owned(),
        environment: environment.name().to_owned(),
        endpoint: entered.endpoint,
        start_date: entered.start_date,
        state: ConnectionState::Active,
        created_by: actor.name().to_owned(),
        created_at: now,
        last_started_at: None,
        last_success_at: None,
        fetched_until: None,
        next_run_at: next_run(&id, &zone, now),
        waiting_until: None,
        trouble: None,
        trouble_at: None,
        failures: 0,
    };
    let made: Result<JobId, AppError> = transact!(app.database, transaction => {
        connections::insert(transaction, &connection, &key_sealed).await?;
        app.journal(transaction, actor, Some(client), "connection.made", id.as_str(), "").await?;
        take_over(app, transaction, actor, &connection).await?;
        enqueue_fetch(app, transaction, actor, &connection, now).await
    });
    let job = made.map_err(|error| match &error {
        AppError::Store(store) if StoreError::is_taken(store) => second(&connection.seller_id).into(),
        _ => error,
    })?;
    Ok(Connected { connection: id, job })
}

/// Reports of the merchant that were uploaded before belong to the new connection, so that its months are whole.
async fn take_over(
    app: &App,
    transaction: &mut Transaction,
    actor: &Actor,
    connection: &Connection,
) -> Result<(), AppError> {
    let client =
        store::client::find(transaction, &connection.client).await?.ok_or_else(Refusal::not_found)?;
    let merchant = (connection.provider.as_str(), connection.seller_id.as_str());
    let given =
        documents::give_to(transaction, (&client.id, client.number), merchant, &connection.id).await?;
    if given > 0 {
        let subject = format!("{given} → {}", connection.id);
        app.journal(transaction, actor, Some(&client.id), "documents.assigned", &subject, "").await?;
    }
    Ok(())
}

/// A second connection of the same merchant would fetch everything twice.
async fn refuse_second(app: &App, client: &ClientId, seller_id: &str) -> Result<(), AppError> {
    let there = connections::of_client(&mut app.database.read().await?, client).await?;
    if there.iter().any(|connection| connection.provider == PROVIDER && connection.seller_id == seller_id) {
        return Err(second(seller_id).into());
    }
    if there.len() >= MOST_CONNECTIONS {
        return Err(Refusal::new(
            RefusalKind::Conflict,
            "too-many-connections",
            format!("Ein Mandant kann höchstens {MOST_CONNECTIONS} Schnittstellen haben."),
            format!("A client can have {MOST_CONNECTIONS} connections at most."),
        )
        .into());
    }
    Ok(())
}

fn second(seller_id: &str) -> Refusal {
    Refusal::invalid(
        "seller-id",
        "seller-connected",
        format!(
            "Der Verkäufer {seller_id} ist bei diesem Mandanten schon angebunden. Einen neuen Schlüssel hinterlegen Sie auf \
             der Seite der Schnittstelle unter «Schlüssel ersetzen»."
        ),
        format!(
            "The merchant {seller_id} is connected to this client already. A new key is entered on the page of the connection \
             under «Replace key»."
        ),
    )
}
