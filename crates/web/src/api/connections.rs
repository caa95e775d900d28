//! Connections to payment providers: made, checked, fetched, paused, removed. A private key goes in and never comes out.

use app::Permission;
use app::connections::{self, ConnectForm, KeyForm, Overview};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::id::ConnectionId;
use utoipa::ToSchema;

use super::Operation;
use super::shape::{List, Started, Words, known};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "connections";

pub(super) fn routes() -> Vec<Route> {
    let [see, work, connect] = [Permission::See, Permission::Work, Permission::Connect].map(Needs::Key);
    vec![
        Route::get("/api/v1/clients/{client}/connections", see, list).told(Operation::gives::<
            List<ConnectionView>,
        >(
            SUBJECT,
            "All connections with their state",
        )),
        Route::post("/api/v1/clients/{client}/connections", connect, create).told(
            Operation::gives::<Made>(
                SUBJECT,
                "Checks a key with the provider, keeps it sealed, and begins to fetch",
            )
            .takes::<NewConnection>()
            .status(201),
        ),
        Route::get("/api/v1/clients/{client}/connections/{connection}", see, show).told(Operation::gives::<
            ConnectionView,
        >(
            SUBJECT,
            "A connection with its state",
        )),
        Route::patch("/api/v1/clients/{client}/connections/{connection}", connect, rename)
            .told(Operation::nothing(SUBJECT, "Gives a connection another name").takes::<NewLabel>()),
        Route::delete("/api/v1/clients/{client}/connections/{connection}", connect, remove)
            .told(Operation::nothing(SUBJECT, "Forgets the key; what was fetched stays")),
        Route::put("/api/v1/clients/{client}/connections/{connection}/key", connect, replace_key).told(
            Operation::nothing(SUBJECT, "Takes another key in place of the one that is there")
                .takes::<NewKey>(),
        ),
        Route::post("/api/v1/clients/{client}/connections/{connection}/check", work, check)
            .told(Operation::gives::<Checked>(SUBJECT, "Asks the provider whether the key works")),
        Route::post("/api/v1/clients/{client}/connections/{connection}/fetch", work, fetch)
            .told(Operation::gives::<Started>(SUBJECT, "Fetches everything new, now").status(202)),
        Route::post("/api/v1/clients/{client}/connections/{connection}/pause", connect, pause)
            .told(Operation::nothing(SUBJECT, "Fetches nothing until it is resumed")),
        Route::post("/api/v1/clients/{client}/connections/{connection}/resume", connect, resume)
            .told(Operation::gives::<Started>(SUBJECT, "Goes on, with a fetch").status(202)),
    ]
}

/// A connection and how it is doing.
#[derive(Debug, Serialize, ToSchema)]
struct ConnectionView {
    id: String,
    label: String,
    provider: String,
    seller_id: String,
    public_key_id: String,
    region: String,
    /// `ok`, `waiting`, `running`, `error`, `paused`, `never`.
    state: String,
    start_date: Option<String>,
    last_success_at: Option<String>,
    next_run_at: Option<String>,
    /// The job that waits or runs.
    job: Option<String>,
    trouble: Option<Words>,
}

impl ConnectionView {
    fn of(view: &Overview) -> Self {
        let connection = &view.connection;
        Self {
            id: connection.id.to_string(),
            label: connection.label.clone(),
            provider: connection.provider.clone(),
            seller_id: connection.seller_id.clone(),
            public_key_id: connection.public_key_id.clone(),
            region: connection.region.clone(),
            state: view.shown.name().to_owned(),
            start_date: connection.start_date.map(|date| date.to_string()),
            last_success_at: connection.last_success_at.map(|at| at.to_string()),
            next_run_at: view.next_run_at().map(|at| at.to_string()),
            job: view.job.as_ref().map(|job| job.id.to_string()),
            trouble: connection.trouble.as_ref().map(Words::of),
        }
    }
}

/// A key of the provider.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewKey {
    public_key_id: String,
    /// The text of the .pem file.
    #[schema(write_only)]
    private_key: String,
}

impl NewKey {
    fn form(self) -> KeyForm {
        KeyForm { public_key_id: self.public_key_id, private_key: self.private_key.into_bytes().into() }
    }
}

/// A connection that is to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewConnection {
    /// What people call it; `Amazon Pay` where it is empty.
    #[serde(default)]
    label: String,
    seller_id: String,
    public_key_id: String,
    /// The text of the .pem file.
    #[schema(write_only)]
    private_key: String,
    /// Nothing older is fetched: `2026-10-01`.
    start_date: Option<String>,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
struct Made {
    connection: String,
    /// The first fetch.
    job: String,
}

/// Another name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLabel {
    label: String,
}

/// The key works.
#[derive(Debug, Serialize, ToSchema)]
struct Checked {
    region: String,
}

type Address = Path<(String, String)>;

fn id(Path((_, id)): Address) -> Result<ConnectionId, Problem> {
    Ok(known(ConnectionId::parse(&id))?)
}

async fn list(State(state): State<WebState>, at: AtClient) -> Result<Json<List<ConnectionView>>, Problem> {
    let views = connections::overviews(&state.app, &at.actor, &at.client.id).await?;
    Ok(Json(List::whole(views.iter().map(ConnectionView::of).collect())))
}

async fn create(
    State(state): State<WebState>,
    at: AtClient,
    Json(new): Json<NewConnection>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let key = NewKey { public_key_id: new.public_key_id, private_key: new.private_key };
    let form = ConnectForm {
        label: new.label,
        seller_id: new.seller_id,
        key: key.form(),
        start_date: new.start_date.unwrap_or_default(),
        endpoint: state.provider_endpoint.clone(),
    };
    let made = connections::connect(&state.app, &at.actor, &at.client.id, &form).await?;
    let made = Made { connection: made.connection.to_string(), job: made.job.to_string() };
    Ok((StatusCode::CREATED, Json(made)))
}

async fn show(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<Json<ConnectionView>, Problem> {
    let view = connections::overview(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok(Json(ConnectionView::of(&view)))
}

async fn rename(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
    Json(new): Json<NewLabel>,
) -> Result<StatusCode, Problem> {
    connections::rename(&state.app, &at.actor, &at.client.id, &id(address)?, &new.label).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<StatusCode, Problem> {
    connections::remove(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn replace_key(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
    Json(new): Json<NewKey>,
) -> Result<StatusCode, Problem> {
    connections::replace_key(&state.app, &at.actor, &at.client.id, &id(address)?, &new.form()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn check(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<Json<Checked>, Problem> {
    let region = connections::test_key(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok(Json(Checked { region: region.to_string() }))
}

async fn fetch(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<(StatusCode, Json<Started>), Problem> {
    let job = connections::fetch_now(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok((StatusCode::ACCEPTED, Json(Started { job: job.to_string() })))
}

async fn pause(State(state): State<WebState>, at: AtClient, address: Address) -> Result<StatusCode, Problem> {
    connections::pause(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resume(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<(StatusCode, Json<Started>), Problem> {
    let job = connections::resume(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok((StatusCode::ACCEPTED, Json(Started { job: job.to_string() })))
}
