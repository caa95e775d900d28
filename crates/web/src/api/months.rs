//! The months of the Export-Dashboard: their state, and making their batches.

use app::Permission;
use app::books::months::{self, MonthOfClient, MonthState};
use app::books::{correct, export};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::id::ConnectionId;
use utoipa::{IntoParams, ToSchema};

use super::Operation;
use super::batches::BatchView;
use super::shape::{List, given, known, month};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "months";

pub(super) fn routes() -> Vec<Route> {
    let (see, hand_out) = (Needs::Key(Permission::See), Needs::Key(Permission::Export));
    vec![
        Route::get("/api/v1/clients/{client}/months", see, list).told(
            Operation::lists::<MonthView>(SUBJECT, "The months that hold anything, the newest first")
                .query::<Span>(),
        ),
        Route::get("/api/v1/clients/{client}/months/{month}", see, show).told(Operation::gives::<MonthView>(
            SUBJECT,
            "A month: what it holds, how far it is covered, where it stands",
        )),
        Route::post("/api/v1/clients/{client}/months/{month}/export", hand_out, make).told(
            Operation::gives::<BatchView>(SUBJECT, "Freezes a month as a batch")
                .takes::<OfConnection>()
                .status(201),
        ),
        Route::post("/api/v1/clients/{client}/months/{month}/correct", hand_out, amend).told(
            Operation::gives::<BatchView>(
                SUBJECT,
                "Makes the correction batch of a month that has changed since it left",
            )
            .takes::<OfConnection>()
            .status(201),
        ),
    ]
}

/// From one month to another.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Span {
    /// The first month: `2026-01`.
    from: Option<String>,
    /// The last month.
    to: Option<String>,
}

impl Span {
    pub(super) fn read(&self) -> Result<(ledger::calendar::Month, ledger::calendar::Month), app::AppError> {
        let from = self.from.as_deref().map(month).transpose()?.unwrap_or(months::FIRST);
        Ok((from, self.to.as_deref().map(month).transpose()?.unwrap_or(months::LAST)))
    }
}

/// Of which connection.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OfConnection {
    /// One connection alone; null for all together.
    connection: Option<String>,
}

/// The rows of a kind, in minor units of the currency.
#[derive(Debug, Serialize, ToSchema)]
struct KindSum {
    kind: String,
    currency: String,
    rows: u64,
    gross: i64,
    fees: i64,
}

/// Where a month stands for one connection, or for all together.
#[derive(Debug, Serialize, ToSchema)]
struct ScopeView {
    /// Null where the month leaves for all of them together.
    connection: Option<String>,
    /// `new`, `exported`, `processed`, `changed`, `withdrawn`.
    state: String,
    /// Every batch that ever left, the oldest first.
    batches: Vec<BatchView>,
}

/// A month.
#[derive(Debug, Serialize, ToSchema)]
struct MonthView {
    month: String,
    rows: u64,
    sums: Vec<KindSum>,
    /// Until when settlements cover it.
    covered_until: Option<String>,
    /// Is it covered to its last instant?
    complete: bool,
    /// Does time lie between settlements that no report covers?
    gap: bool,
    scopes: Vec<ScopeView>,
}

fn word(state: MonthState) -> &'static str {
    match state {
        MonthState::New => "new",
        MonthState::Exported => "exported",
        MonthState::Processed => "processed",
        MonthState::Changed => "changed",
        MonthState::Withdrawn => "withdrawn",
    }
}

impl MonthView {
    fn of(month: &MonthOfClient) -> Self {
        let sum = |sum: &months::KindTotal| KindSum {
            kind: sum.kind.name().to_owned(),
            currency: sum.currency.to_string(),
            rows: sum.rows,
            gross: sum.gross,
            fees: sum.fees,
        };
        let scope = |overview: &months::MonthOverview| ScopeView {
            connection: overview.connection.as_ref().map(ToString::to_string),
            state: word(overview.state).to_owned(),
            batches: overview.batches.iter().map(BatchView::of).collect(),
        };
        Self {
            month: month.month.to_string(),
            rows: month.rows,
            sums: month.sums.iter().map(sum).collect(),
            covered_until: month.coverage.until.map(|until| until.to_string()),
            complete: month.coverage.complete,
            gap: month.coverage.gap,
            scopes: month.overviews.iter().map(scope).collect(),
        }
    }
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Query(span): Query<Span>,
) -> Result<Json<List<MonthView>>, Problem> {
    let found = months::months(&state.app, &at.actor, &at.client.id, span.read()?).await?;
    Ok(Json(List::whole(found.iter().map(MonthView::of).collect())))
}

async fn show(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, of)): Path<(String, String)>,
) -> Result<Json<MonthView>, Problem> {
    let of = month(&of)?;
    let found = months::months(&state.app, &at.actor, &at.client.id, (of, of)).await?;
    Ok(Json(MonthView::of(known(found.first())?)))
}

fn scope(body: OfConnection) -> Result<Option<ConnectionId>, Problem> {
    Ok(body.connection.map(|text| given("connection", ConnectionId::parse(&text))).transpose()?)
}

async fn make(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, of)): Path<(String, String)>,
    Json(body): Json<OfConnection>,
) -> Result<(StatusCode, Json<BatchView>), Problem> {
    let (of, connection) = (month(&of)?, scope(body)?);
    let made = export::export(&state.app, &at.actor, &at.client.id, of, connection.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(BatchView::of(&made))))
}

async fn amend(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, of)): Path<(String, String)>,
    Json(body): Json<OfConnection>,
) -> Result<(StatusCode, Json<BatchView>), Problem> {
    let (of, connection) = (month(&of)?, scope(body)?);
    let made = correct::correct(&state.app, &at.actor, &at.client.id, of, connection.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(BatchView::of(&made))))
}
