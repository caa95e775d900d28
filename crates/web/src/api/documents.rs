//! Originalberichte: listed, taken, and handed out byte for byte.

use std::io;
use std::sync::Arc;

use app::documents::{Document, Imported, RECEIVED_BYTES_MAX, Receiver, Source, import, library};
use app::{AppError, Permission, Silent};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};
use store::id::{ConnectionId, DocumentId};
use utoipa::{IntoParams, ToSchema};

use super::Operation;
use super::shape::{Before, List, given, known, most};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "documents";
/// What a report may be sent as. What it is shows in its bytes.
const KINDS: &[&str] = &["text/csv", "application/gzip", "application/octet-stream"];

pub(super) fn routes() -> Vec<Route> {
    let see = Needs::Key(Permission::See);
    let bytes = usize::try_from(RECEIVED_BYTES_MAX).unwrap_or(usize::MAX);
    vec![
        Route::get("/api/v1/clients/{client}/documents", see, list).told(
            Operation::lists::<DocumentView>(SUBJECT, "All documents, the newest first").query::<Before>(),
        ),
        Route::post("/api/v1/clients/{client}/documents", Needs::Key(Permission::Work), upload)
            .body(bytes)
            .told(
                Operation::gives::<Taken>(
                    SUBJECT,
                    "Takes a settlement report, plain or gzip; the same one twice is no harm",
                )
                .query::<Sent>()
                .takes_bytes(KINDS),
            ),
        Route::get("/api/v1/clients/{client}/documents/{document}", see, show).told(Operation::gives::<
            DocumentView,
        >(
            SUBJECT, "A document"
        )),
        Route::get("/api/v1/clients/{client}/documents/{document}/bytes", see, hand_out).told(
            Operation::bytes(SUBJECT, "The bytes exactly as they were received", "application/octet-stream"),
        ),
    ]
}

/// A document as it was received.
#[derive(Debug, Serialize, ToSchema)]
struct DocumentView {
    id: String,
    file_name: String,
    provider: String,
    seller: String,
    /// The provider's number of the settlement in it.
    settlement: Option<String>,
    connection: Option<String>,
    /// `api` or `upload`.
    source: String,
    /// SHA-256 of the bytes as received.
    sha256: String,
    bytes: u64,
    rows: u64,
    period_start: String,
    period_end: String,
    received_at: String,
    received_by: String,
    /// Why a person took it although some of its rows contradict themselves.
    accepted_because: Option<String>,
}

impl DocumentView {
    fn of(document: &Document) -> Self {
        let received = &document.received;
        Self {
            id: received.id.to_string(),
            file_name: received.file_name.clone(),
            provider: received.provider.clone(),
            seller: received.seller.clone(),
            settlement: document.settlement.as_ref().map(|settlement| settlement.identifier.clone()),
            connection: received.connection.as_ref().map(ToString::to_string),
            source: received.source.name().to_owned(),
            sha256: received.sha256.clone(),
            bytes: received.bytes,
            rows: received.rows,
            period_start: received.period_start.to_string(),
            period_end: received.period_end.to_string(),
            received_at: received.received_at.to_string(),
            received_by: received.received_by.clone(),
            accepted_because: received.accepted_because.clone(),
        }
    }
}

/// How a report is sent.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Sent {
    /// The name of the file.
    name: Option<String>,
    /// The connection to which it must belong.
    connection: Option<String>,
    /// Takes a report although some of its rows contradict themselves, for this reason.
    accept: Option<String>,
}

/// What became of a report.
#[derive(Debug, Serialize, ToSchema)]
struct Taken {
    /// False where it was there already.
    new: bool,
    document: DocumentView,
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Query(asked): Query<Before>,
) -> Result<Json<List<DocumentView>>, Problem> {
    let most = most(asked.limit)?;
    let before = asked.before.map(|text| given("before", DocumentId::parse(&text))).transpose()?;
    let found = library::list(&state.app, &at.actor, &at.client.id, None, before.as_ref(), most).await?;
    let items = found.iter().map(DocumentView::of).collect();
    Ok(Json(List::part(items, most, |document: &DocumentView| document.id.clone())))
}

async fn upload(
    State(state): State<WebState>,
    at: AtClient,
    Query(sent): Query<Sent>,
    body: Body,
) -> Result<Json<Taken>, Problem> {
    let connection =
        sent.connection.map(|text| given("connection", ConnectionId::parse(&text))).transpose()?;
    let mut tray = Receiver::new()?;
    let mut bytes = body.into_data_stream();
    while let Some(part) = bytes.next().await {
        tray.take(&part.map_err(AppError::failed("receiving a report"))?)?;
    }
    let mut received = tray.finish(sent.name.as_deref().unwrap_or_default(), Source::Upload)?;
    received.connection = connection;
    received.accept_because = sent.accept.filter(|reason| !reason.trim().is_empty());
    let imported = import(&state.app, &at.actor, &at.client.id, received, Arc::new(Silent)).await?;
    let new = matches!(imported, Imported::New(_));
    Ok(Json(Taken { new, document: DocumentView::of(imported.document()) }))
}

async fn show(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<DocumentView>, Problem> {
    let id = known(DocumentId::parse(&id))?;
    Ok(Json(DocumentView::of(&library::find(&state.app, &at.actor, &at.client.id, &id).await?)))
}

async fn hand_out(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = known(DocumentId::parse(&id))?;
    let document = library::find(&state.app, &at.actor, &at.client.id, &id).await?;
    let app = state.app.clone();
    let pieces = stream::unfold((app, document, 0_i64), |(app, document, number)| async move {
        let piece = library::piece(&app, &document, number).await.transpose()?;
        let piece = piece.map(Bytes::from).map_err(io::Error::other);
        Some((piece, (app, document, number + 1)))
    })
    .fuse();
    let headers = [(CONTENT_TYPE, "application/octet-stream"), (CONTENT_DISPOSITION, "attachment")];
    Ok((StatusCode::OK, headers, Body::from_stream(pieces)).into_response())
}
