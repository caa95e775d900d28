//! Files of batches, sent while they are read: the bytes as they were handed out.

use std::io;

use app::books::archive::packed;
use app::books::batch::{self, Found};
use app::{App, Refusal};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use store::batches::BatchState;

use super::{SEE, found, month_of, view};
use crate::server::{AtClient, Problem, Route, WebState};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{client}/export/{month}/archive", SEE, month_archive),
        Route::get("/clients/{client}/export/{month}/{batch}/archive", SEE, batch_archive),
        Route::get("/clients/{client}/export/{month}/{batch}/files/{file}", SEE, file),
    ]
}

async fn file(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, month, id, number)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let found = found(&state, &at, month_of(&at.actor, &month)?, &id).await?;
    let number: i64 = number.parse().map_err(|_| Refusal::not_found())?;
    let file = found.files.iter().find(|file| file.number == number).ok_or_else(Refusal::not_found)?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=windows-1252".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
        (CONTENT_LENGTH, file.bytes.to_string()),
    ];
    Ok((headers, pieces(state.app.clone(), found, number)).into_response())
}

/// A file piece by piece; each is read when the one before is gone.
fn pieces(app: App, found: Found, file: i64) -> Body {
    let next = move |(app, found, number): (App, Found, i64)| async move {
        match batch::piece(&app, &found, file, number).await {
            Ok(Some(piece)) => Ok(Some((piece, (app, found, number + 1)))),
            Ok(None) => Ok(None),
            Err(error) => Err(io::Error::other(error)),
        }
    };
    Body::from_stream(stream::try_unfold((app, found, 0), next))
}

async fn batch_archive(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, month, id)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let found = found(&state, &at, month_of(&at.actor, &month)?, &id).await?;
    let name = match found.batch.begun.correction {
        0 => format!("kontor-{month}"),
        number => format!("kontor-{month}-korrektur-{number}"),
    };
    Ok(archive(&state.app, &name, vec![(None, found)]))
}

/// Everything of a month that stands, each batch in a folder of its own.
async fn month_archive(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, month)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    let view = view(&state, &at, month).await?;
    let mut standing: Vec<Found> = view.batches;
    standing.retain(|found| found.batch.state != BatchState::Withdrawn);
    standing.reverse();
    if standing.is_empty() {
        return Err(Refusal::not_found().into());
    }
    let several = standing.len() > 1;
    let folder = |place: usize, found: &Found| match found.batch.begun.correction {
        0 => format!("{}", place + 1),
        number => format!("{}-korrektur-{number}", place + 1),
    };
    let batches = standing.into_iter().enumerate();
    let batches = batches.map(|(place, found)| (several.then(|| folder(place, &found)), found)).collect();
    Ok(archive(&state.app, &format!("kontor-{month}"), batches))
}

fn archive(app: &App, name: &str, batches: Vec<(Option<String>, Found)>) -> Response {
    let blocks = packed(app, batches);
    let next = |mut blocks: tokio::sync::mpsc::Receiver<io::Result<Vec<u8>>>| async move {
        let block = blocks.recv().await?;
        Some((block, blocks))
    };
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.zip\"")),
    ];
    (headers, Body::from_stream(stream::unfold(blocks, next).fuse())).into_response()
}
