//! Jobs of a client: what waits, runs and was done.

use app::Permission;
use app::jobs::{self, Job};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Serialize;
use store::id::JobId;
use utoipa::ToSchema;

use super::Operation;
use super::shape::{Before, List, Words, given, known, most};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "jobs";

pub(super) fn routes() -> Vec<Route> {
    let see = Needs::Key(Permission::See);
    vec![
        Route::get("/api/v1/clients/{client}/jobs", see, list).told(
            Operation::lists::<JobView>(SUBJECT, "The newest jobs, the newest first").query::<Before>(),
        ),
        Route::get("/api/v1/clients/{client}/jobs/{job}", see, show)
            .told(Operation::gives::<JobView>(SUBJECT, "A job, how far it is and how it ended")),
        Route::post("/api/v1/clients/{client}/jobs/{job}/cancel", Needs::Key(Permission::Work), cancel)
            .told(Operation::nothing(SUBJECT, "Ends a job that waits or runs")),
    ]
}

/// A job.
#[derive(Debug, Serialize, ToSchema)]
struct JobView {
    id: String,
    /// `fetch` …
    kind: String,
    /// What it works on: the identifier of a connection, for instance.
    subject: String,
    /// `waiting`, `running`, `done`, `failed`, `cancelled`.
    state: String,
    attempts: u32,
    /// So much is done.
    done: u64,
    /// Of so much; 0 while nobody knows.
    total: u64,
    due_at: String,
    created_at: String,
    ended_at: Option<String>,
    outcome: Option<Words>,
}

impl JobView {
    fn of(job: &Job) -> Self {
        Self {
            id: job.id.to_string(),
            kind: job.kind.clone(),
            subject: job.subject.clone(),
            state: job.state.name().to_owned(),
            attempts: job.attempts,
            done: job.done,
            total: job.total,
            due_at: job.due_at.to_string(),
            created_at: job.created_at.to_string(),
            ended_at: job.ended_at.map(|at| at.to_string()),
            outcome: job.outcome.as_ref().map(Words::of),
        }
    }
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Query(asked): Query<Before>,
) -> Result<Json<List<JobView>>, Problem> {
    let most = most(asked.limit)?;
    let before = asked.before.map(|text| given("before", JobId::parse(&text))).transpose()?;
    let found = jobs::of_client(&state.app, &at.actor, &at.client.id, before.as_ref(), most).await?;
    let items = found.iter().map(JobView::of).collect();
    Ok(Json(List::part(items, most, |job: &JobView| job.id.clone())))
}

async fn show(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<JobView>, Problem> {
    let job = jobs::find(&state.app, &at.actor, &at.client.id, &known(JobId::parse(&id))?).await?;
    Ok(Json(JobView::of(&job)))
}

async fn cancel(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    jobs::cancel(&state.app, &at.actor, &at.client.id, &known(JobId::parse(&id))?).await?;
    Ok(StatusCode::NO_CONTENT)
}
