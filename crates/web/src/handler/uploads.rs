//! `Uploaddaten`: files of a form, one after the other; and one file at a time for pages with a script, which are told
//! how far it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::documents::{RECEIVED_BYTES_MAX, Received, Receiver, Source, import, library};
use app::{AppError, Permission, Progress, Silent};
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use tokio::sync::mpsc;
use tracing::error;

use super::documents::labels;
use crate::address::Place;
use crate::page::Frame;
use crate::page::documents::Labels;
use crate::page::uploads::{self, Outcome, UploadView, Uploads, Verdict};
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame};

/// So many files come at once.
const FILES: usize = 1_000;
/// The longest reason, in bytes.
const REASON_BYTES: usize = 2_000;
/// So many documents stand below the form.
const RECENT: u32 = 5;

pub(crate) fn routes() -> Vec<Route> {
    let work = Needs::Client(Permission::Work);
    let most = usize::try_from(RECEIVED_BYTES_MAX).unwrap_or(usize::MAX);
    vec![
        Route::get("/clients/{client}/uploads", work, show),
        Route::post("/clients/{client}/uploads", work, send).body(most),
        Route::post("/clients/{client}/uploads/one", work, send_one).body(most),
    ]
}

async fn show(State(state): State<WebState>, visitor: Visitor, at: AtClient) -> Result<Response, Problem> {
    page(&state, &visitor, &at, UploadView::default()).await
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    mut view: UploadView,
) -> Result<Response, Problem> {
    let frame = frame(state, visitor, Some(&at.client), Some(Place::Uploads)).await?;
    view.labels = labels(state, at).await?;
    view.recent = library::list(&state.app, &at.actor, &at.client.id, None, None, RECENT).await?;
    let refused = view.error.is_some()
        || (!view.verdicts.is_empty() && !view.verdicts.iter().any(|verdict| verdict.outcome.is_here()));
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Page(Uploads::new(frame, &view))).into_response())
}

/// A part of the form: a file that came whole (or was refused on its way), or something else.
enum Came {
    File {
        name: String,
        bytes: u64,
        received: Result<Received, AppError>,
    },
    /// The transfer broke off within this file.
    Cut(String),
    Reason(String),
    Nothing,
}

async fn take(mut field: Field<'_>) -> Came {
    let Some(name) = field.file_name().map(str::to_owned) else { return reason(field).await };
    let mut bytes = 0_u64;
    let mut tray = Receiver::new();
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => {
                bytes = bytes.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
                // What is refused already is read to its end and thrown away, so that the next file can come.
                tray = tray.and_then(|mut tray| tray.take(&chunk).map(|()| tray));
            }
            Ok(None) => break,
            Err(_) => return Came::Cut(name),
        }
    }
    if name.is_empty() && bytes == 0 {
        return Came::Nothing;
    }
    let received = tray.and_then(|tray| tray.finish(&name, Source::Upload));
    let name = received.as_ref().map_or(name, |received| received.name.clone());
    Came::File { name, bytes, received }
}

async fn reason(mut field: Field<'_>) -> Came {
    let is_reason = field.name() == Some("reason");
    let mut text = Vec::new();
    while let Ok(Some(chunk)) = field.chunk().await {
        if text.len() + chunk.len() <= REASON_BYTES {
            text.extend_from_slice(&chunk);
        }
    }
    let text = String::from_utf8_lossy(&text).trim().to_owned();
    if is_reason && !text.is_empty() { Came::Reason(text) } else { Came::Nothing }
}

/// Files that arrived, one after the other; what broke off ends the list.
async fn send(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    mut body: Multipart,
) -> Result<Response, Problem> {
    let mut view = UploadView::default();
    let words = crate::server::words(&state, visitor.language);
    loop {
        let came = match body.next_field().await {
            Ok(Some(field)) => take(field).await,
            Ok(None) => break,
            Err(_) => Came::Cut(words.upload_rest().to_owned()),
        };
        match came {
            Came::Nothing => {}
            Came::Reason(reason) => view.reason = reason,
            Came::Cut(name) => {
                view.verdicts.push(Verdict { name, outcome: Outcome::Cut });
                break;
            }
            Came::File { .. } if view.verdicts.len() >= FILES => {
                view.error = Some(words.upload_too_many(FILES));
                break;
            }
            Came::File { name, received, .. } => {
                let outcome = match received {
                    Ok(received) => bring_in(&state, &at, &view.reason, received, Arc::new(Silent)).await,
                    Err(error) => told(&name, Err(error)),
                };
                view.verdicts.push(Verdict { name, outcome });
            }
        }
    }
    if view.verdicts.is_empty() && view.error.is_none() {
        view.error = Some(words.upload_nothing().to_owned());
    }
    page(&state, &visitor, &at, view).await
}

async fn bring_in(
    state: &WebState,
    at: &AtClient,
    reason: &str,
    mut received: Received,
    progress: Arc<dyn Progress + Send>,
) -> Outcome {
    received.accept_because = (!reason.is_empty()).then(|| reason.to_owned());
    let name = received.name.clone();
    told(&name, import(&state.app, &at.actor, &at.client.id, received, progress).await)
}

/// What is ours goes into the log; the page says that it is.
fn told(name: &str, imported: Result<app::documents::Imported, AppError>) -> Outcome {
    if let Err(problem) = &imported
        && problem.refusal().is_none()
    {
        let chain = std::iter::successors(std::error::Error::source(problem), |cause| cause.source());
        let causes: Vec<String> = chain.map(ToString::to_string).collect();
        error!(name, "an upload failed: {problem}: {}", causes.join(": "));
    }
    Outcome::of(imported)
}

/// How far an import is, told in whole percent.
struct Telling {
    sender: mpsc::UnboundedSender<String>,
    done: AtomicU64,
    total: u64,
}

impl Progress for Telling {
    fn advance(&self, bytes: u64) {
        let before = self.done.fetch_add(bytes, Ordering::Relaxed);
        let percent = |done: u64| done.saturating_mul(100) / self.total.max(1);
        let now = percent(before.saturating_add(bytes));
        if now > percent(before) {
            // Whoever listened may have gone; the import goes on.
            drop(self.sender.send(line(&json!({ "done": now.min(100) }))));
        }
    }
}

/// A line of `text/event-stream`, which is passed on at once.
fn line(value: &serde_json::Value) -> String {
    format!("data: {value}\n\n")
}

/// One file. The answer is a stream of how far it is, in percent, and at its end the row of the verdict as HTML.
async fn send_one(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    mut body: Multipart,
) -> Result<Response, Problem> {
    let mut reason = String::new();
    let mut file = None;
    while let Ok(Some(field)) = body.next_field().await {
        match take(field).await {
            Came::Reason(text) => reason = text,
            Came::Nothing => {}
            came => {
                file = Some(came);
                break;
            }
        }
    }
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Uploads)).await?;
    let labels = labels(&state, &at).await?;
    let (sender, lines) = mpsc::unbounded_channel();
    let working = async move {
        let (name, outcome) = match file {
            Some(Came::File { name, bytes, received: Ok(received) }) => {
                // Each byte is told twice: when it is proved, and when it is written.
                let total = bytes.saturating_mul(2);
                let progress = Telling { sender: sender.clone(), done: AtomicU64::new(0), total };
                (name, bring_in(&state, &at, &reason, received, Arc::new(progress)).await)
            }
            Some(Came::File { name, received: Err(error), .. }) => {
                let outcome = told(&name, Err(error));
                (name, outcome)
            }
            Some(Came::Cut(name)) => (name, Outcome::Cut),
            _ => (frame.t.upload_file().to_owned(), Outcome::Cut),
        };
        drop(sender.send(last(&frame, Verdict { name, outcome }, &labels)));
    };
    // Whoever closes the page does not stop what has begun.
    tokio::spawn(working);
    let told = stream::unfold(lines, |mut lines| async move {
        let line = lines.recv().await?;
        Some((Ok::<_, std::convert::Infallible>(line), lines))
    })
    .fuse();
    Ok(([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(told)).into_response())
}

fn last(frame: &Frame, verdict: Verdict, labels: &Labels) -> String {
    let contradicts =
        matches!(&verdict.outcome, Outcome::Refused(refusal) if refusal.code == "report-contradicts-itself");
    let table = uploads::table(frame, &[verdict], labels);
    let html = askama::Template::render(&table).unwrap_or_default();
    line(&json!({ "html": html, "reason": contradicts }))
}
