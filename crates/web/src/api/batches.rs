//! Batches that were handed out: listed, downloaded byte for byte, taken back, replaced, marked as processed.

use std::io;

use app::Permission;
use app::books::archive;
use app::books::batch::{self, Found};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use serde::Serialize;
use store::batches::{Batch, BatchFile};
use store::id::BatchId;
use utoipa::ToSchema;

use super::Operation;
use super::months::Span;
use super::shape::{List, known};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "batches";
const BYTES: &str = "application/octet-stream";

pub(super) fn routes() -> Vec<Route> {
    let (see, hand_out) = (Needs::Key(Permission::See), Needs::Key(Permission::Export));
    vec![
        Route::get("/api/v1/clients/{client}/batches", see, list).told(
            Operation::lists::<BatchView>(SUBJECT, "Every batch that ever left, the oldest first")
                .query::<Span>(),
        ),
        Route::get("/api/v1/clients/{client}/batches/{batch}", see, show)
            .told(Operation::gives::<WholeBatch>(SUBJECT, "A batch with its files")),
        Route::get("/api/v1/clients/{client}/batches/{batch}/archive", see, zip).told(Operation::bytes(
            SUBJECT,
            "All its files in one archive",
            "application/zip",
        )),
        Route::get("/api/v1/clients/{client}/batches/{batch}/files/{file}", see, bytes)
            .told(Operation::bytes(SUBJECT, "A file exactly as it was handed out, by its number", BYTES)),
        Route::get("/api/v1/clients/{client}/batches/{batch}/sheet", see, sheet).told(Operation::gives::<
            SheetView,
        >(
            SUBJECT,
            "The hand-over sheet",
        )),
        Route::post("/api/v1/clients/{client}/batches/{batch}/withdraw", hand_out, withdraw)
            .told(Operation::nothing(SUBJECT, "Takes a batch back before it is processed; its bytes stay")),
        Route::post("/api/v1/clients/{client}/batches/{batch}/processed", hand_out, processed).told(
            Operation::nothing(SUBJECT, "The adviser has processed it: what changes comes as a correction"),
        ),
        Route::post("/api/v1/clients/{client}/batches/{batch}/replace", hand_out, replace).told(
            Operation::gives::<BatchView>(
                SUBJECT,
                "Takes a batch back and hands out what its month is today",
            )
            .status(201),
        ),
    ]
}

/// A batch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BatchView {
    id: String,
    month: String,
    /// Null for all connections together.
    connection: Option<String>,
    format: String,
    /// 0 for the month itself, from 1 on its corrections.
    correction: u32,
    /// `exported`, `processed`, `withdrawn`.
    state: String,
    /// The version of the settings by which it was made.
    settings: i64,
    postings: u64,
    /// SHA-256 of the hashes of its files, each followed by a line feed.
    sha256: String,
    author: String,
    created_at: String,
    changed_by: Option<String>,
    changed_at: Option<String>,
}

impl BatchView {
    pub(super) fn of(batch: &Batch) -> Self {
        let begun = &batch.begun;
        Self {
            id: begun.id.to_string(),
            month: begun.month.to_string(),
            connection: begun.connection.as_ref().map(ToString::to_string),
            format: begun.format.clone(),
            correction: begun.correction,
            state: batch.state.name().to_owned(),
            settings: begun.settings,
            postings: batch.content.postings,
            sha256: batch.content.sha256.clone(),
            author: begun.author.clone(),
            created_at: begun.created_at.to_string(),
            changed_by: batch.changed_by.clone(),
            changed_at: batch.changed_at.map(|at| at.to_string()),
        }
    }
}

/// A file of a batch. Sums of Umsatz are in hundredths, whatever the currency.
#[derive(Debug, Serialize, ToSchema)]
struct FileView {
    number: i64,
    name: String,
    /// `postings`, `account-labels`, `debtors`, `single-fees`.
    kind: String,
    sha256: String,
    bytes: u64,
    postings: u64,
    debit: i64,
    credit: i64,
}

impl FileView {
    fn of(file: &BatchFile) -> Self {
        Self {
            number: file.number,
            name: file.name.clone(),
            kind: file.kind.clone(),
            sha256: file.sha256.clone(),
            bytes: file.bytes,
            postings: file.postings,
            debit: file.debit,
            credit: file.credit,
        }
    }
}

/// A batch with its files.
#[derive(Debug, Serialize, ToSchema)]
struct WholeBatch {
    batch: BatchView,
    files: Vec<FileView>,
}

/// What the adviser compares with what his program shows.
#[derive(Debug, Serialize, ToSchema)]
struct SheetView {
    batch: String,
    /// Postings, accounts, balances and findings, as they were when the batch left.
    #[schema(value_type = Object)]
    sheet: serde_json::Value,
}

type Address = Path<(String, String)>;

fn id(Path((_, id)): Address) -> Result<BatchId, Problem> {
    Ok(known(BatchId::parse(&id))?)
}

async fn found(state: &WebState, at: &AtClient, id: &BatchId) -> Result<Found, Problem> {
    Ok(batch::find(&state.app, &at.actor, &at.client.id, id).await?)
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Query(span): Query<Span>,
) -> Result<Json<List<BatchView>>, Problem> {
    let history = batch::history(&state.app, &at.actor, &at.client.id, span.read()?).await?;
    Ok(Json(List::whole(history.iter().map(BatchView::of).collect())))
}

async fn show(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<Json<WholeBatch>, Problem> {
    let found = found(&state, &at, &id(address)?).await?;
    let files = found.files.iter().map(FileView::of).collect();
    Ok(Json(WholeBatch { batch: BatchView::of(&found.batch), files }))
}

async fn zip(State(state): State<WebState>, at: AtClient, address: Address) -> Result<Response, Problem> {
    let found = found(&state, &at, &id(address)?).await?;
    let blocks = archive::packed(&state.app, vec![(None, found)]);
    let blocks = stream::unfold(blocks, |mut blocks| async move {
        let block = blocks.recv().await?;
        Some((block.map(Bytes::from), blocks))
    })
    .fuse();
    let headers = [(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, "attachment")];
    Ok((headers, Body::from_stream(blocks)).into_response())
}

async fn bytes(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, id, number)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let found = found(&state, &at, &known(BatchId::parse(&id))?).await?;
    let number = known(number.parse::<i64>().ok())?;
    let file = known(found.files.iter().find(|file| file.number == number))?;
    let name = format!("attachment; filename=\"{}\"", file.name);
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let app = state.app.clone();
    let pieces = stream::unfold((app, found, 0_i64), move |(app, found, place)| async move {
        let piece = batch::piece(&app, &found, number, place).await.transpose()?;
        Some((piece.map(Bytes::from).map_err(io::Error::other), (app, found, place + 1)))
    })
    .fuse();
    let headers = [(CONTENT_TYPE, HeaderValue::from_static(BYTES)), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

async fn sheet(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<Json<SheetView>, Problem> {
    let found = found(&state, &at, &id(address)?).await?;
    let sheet = serde_json::from_str(&found.batch.content.sheet);
    let sheet = sheet.map_err(app::AppError::failed("reading a hand-over sheet"))?;
    Ok(Json(SheetView { batch: found.batch.begun.id.to_string(), sheet }))
}

async fn withdraw(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<StatusCode, Problem> {
    batch::withdraw(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn processed(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<StatusCode, Problem> {
    batch::mark_processed(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn replace(
    State(state): State<WebState>,
    at: AtClient,
    address: Address,
) -> Result<(StatusCode, Json<BatchView>), Problem> {
    let made = batch::replace(&state.app, &at.actor, &at.client.id, &id(address)?).await?;
    Ok((StatusCode::CREATED, Json(BatchView::of(&made))))
}
