//! `Schnittstellen`: the list, one of them, and what can be done with it.

use app::connections::{self, KeyForm};
use app::documents::chain;
use app::{AppError, Permission, Refusal, fetch};
use axum::Form;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::HeaderName;
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::id::ConnectionId;

use super::form::{Confirmed, Said, see};
use super::list_file::{self, Format};
use super::upload::{self, Entries};
use crate::address::Place;
use crate::page::connect::{AmazonPayEntries, AmazonPayForm, Providers};
use crate::page::connection::{self, ConnectionView};
use crate::page::error::ConfirmPage;
use crate::page::status as pages;
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame, status};

/// How many fetches the page of a connection lists.
const LISTED: u32 = 30;
/// How far back its settlements are shown.
const SHOWN: SignedDuration = SignedDuration::from_hours(24 * 180);
/// A key file has some two thousand bytes.
const KEY_FORM_BYTES: usize = 64 * 1024;

pub(crate) fn routes() -> Vec<Route> {
    let see = Needs::Client(Permission::See);
    let work = Needs::Client(Permission::Work);
    let connect = Needs::Client(Permission::Connect);
    vec![
        Route::get("/clients/{client}/connections", see, list),
        Route::get("/clients/{client}/connections/status", see, status_page),
        Route::get("/clients/{client}/connections/new", connect, providers),
        Route::get("/clients/{client}/connections/new/amazon-pay", connect, form),
        Route::post("/clients/{client}/connections/new/amazon-pay", connect, make).body(KEY_FORM_BYTES),
        Route::get("/clients/{client}/connections/{connection}", see, show),
        Route::get("/clients/{client}/connections/{connection}/progress", see, progress),
        Route::post("/clients/{client}/connections/{connection}/fetch", work, fetch_now),
        Route::post("/clients/{client}/connections/{connection}/pause", connect, pause),
        Route::post("/clients/{client}/connections/{connection}/resume", connect, resume),
        Route::post("/clients/{client}/connections/{connection}/rename", connect, rename),
        Route::post("/clients/{client}/connections/{connection}/remove", connect, remove),
        Route::get("/clients/{client}/connections/{connection}/key", connect, key_form),
        Route::post("/clients/{client}/connections/{connection}/key", connect, replace_key)
            .body(KEY_FORM_BYTES),
    ]
}

async fn framed(state: &WebState, visitor: &Visitor, at: &AtClient) -> Result<crate::page::Frame, Problem> {
    frame(state, visitor, Some(&at.client), Some(Place::Connections)).await
}

fn id_of(text: &str) -> Result<ConnectionId, AppError> {
    ConnectionId::parse(text).ok_or_else(|| Refusal::not_found().into())
}

async fn list(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    let overviews = connections::overviews(&state.app, &at.actor, &at.client.id).await?;
    let mut frame = framed(&state, &visitor, &at).await?;
    frame.messages.extend(connection::said(&frame.t, &said.said));
    Ok(Page(connection::list(frame, &overviews)).into_response())
}

#[derive(Debug, Default, Deserialize)]
struct AsFile {
    format: Option<Format>,
}

async fn status_page(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<AsFile>,
) -> Result<Response, Problem> {
    let overviews = connections::overviews(&state.app, &at.actor, &at.client.id).await?;
    let chains = chain::list(&state.app, &at.actor, &at.client.id, None).await?;
    let frame = framed(&state, &visitor, &at).await?;
    if let Some(format) = asked.format {
        let table = pages::file(&frame.t, &overviews, &chains);
        return list_file::answer(&frame.t, &table, "kontor-schnittstellenstatus", format);
    }
    Ok(Page(pages::page(frame, &overviews, &chains)).into_response())
}

async fn providers(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
) -> Result<Response, Problem> {
    Ok(Page(Providers::new(framed(&state, &visitor, &at).await?)).into_response())
}

async fn form(State(state): State<WebState>, visitor: Visitor, at: AtClient) -> Result<Response, Problem> {
    let frame = framed(&state, &visitor, &at).await?;
    Ok(Page(AmazonPayForm::new(frame, &AmazonPayEntries::default(), None)).into_response())
}

async fn make(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    body: Multipart,
) -> Result<Response, Problem> {
    let mut sent = upload::entries(body, KEY_FORM_BYTES).await?;
    let typed = AmazonPayEntries {
        label: sent.text("label"),
        seller_id: sent.text("seller-id"),
        public_key_id: sent.text("public-key-id"),
        start_date: sent.text("start-date"),
    };
    let outcome = match key_of(&mut sent, &typed.public_key_id) {
        Ok(key) => {
            let form = connections::ConnectForm {
                label: typed.label.clone(),
                seller_id: typed.seller_id.clone(),
                key,
                start_date: typed.start_date.clone(),
                endpoint: state.provider_endpoint.clone(),
            };
            connections::connect(&state.app, &at.actor, &at.client.id, &form).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(made) => {
            let place = Place::Connections.of(at.client.id.as_str());
            Ok(see(&format!("{place}/{}?said=connected", made.connection)))
        }
        Err(error) if error.refusal().is_some() => {
            let page = AmazonPayForm::new(framed(&state, &visitor, &at).await?, &typed, Some(&error));
            Ok((status(&error), Page(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn key_of(sent: &mut Entries, public_key_id: &str) -> Result<KeyForm, AppError> {
    let missing = || {
        Refusal::invalid(
            "private-key",
            "key-file-missing",
            "Es fehlt die .pem-Datei mit dem Private Key.",
            "The .pem file with the private key is missing.",
        )
    };
    let file = sent.file("private-key").filter(|bytes| !bytes.is_empty()).ok_or_else(missing)?;
    Ok(KeyForm { public_key_id: public_key_id.to_owned(), private_key: file.into() })
}

async fn view(
    state: &WebState,
    at: &AtClient,
    id: &ConnectionId,
    error: Option<String>,
) -> Result<ConnectionView, AppError> {
    let (app, client) = (&state.app, &at.client.id);
    let since = app.now().checked_sub(SHOWN).unwrap_or(Timestamp::MIN);
    Ok(ConnectionView {
        overview: connections::overview(app, &at.actor, client, id).await?,
        history: fetch::history(app, &at.actor, client, id, None, LISTED).await?,
        refused: fetch::refused_reports(app, &at.actor, client, id).await?,
        chain: chain::since(app, &at.actor, client, Some(id), since).await?.pop(),
        error,
    })
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    let view = view(&state, &at, &id_of(&id)?, None).await?;
    let mut frame = framed(&state, &visitor, &at).await?;
    frame.messages.extend(connection::said(&frame.t, &said.said));
    Ok(Page(connection::page(frame, &view)).into_response())
}

/// The part of the page that asks again and again; when the fetch is over, the page loads anew.
async fn progress(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let overview = connections::overview(&state.app, &at.actor, &at.client.id, &id_of(&id)?).await?;
    let frame = framed(&state, &visitor, &at).await?;
    Ok(match connection::progress(&frame, &overview) {
        Some(part) => Page(part).into_response(),
        None => [(HeaderName::from_static("hx-refresh"), "true")].into_response(),
    })
}

/// After a button: back to the page with what was done, or with why not.
async fn done<T>(
    outcome: Result<T, AppError>,
    (state, visitor, at): (&WebState, &Visitor, &AtClient),
    id: &ConnectionId,
    word: &str,
) -> Result<Response, Problem> {
    match outcome {
        Ok(_) => Ok(see(&format!("{}/{id}?said={word}", Place::Connections.of(at.client.id.as_str())))),
        Err(error) if error.refusal().is_some() => {
            let frame = framed(state, visitor, at).await?;
            let view = view(state, at, id, Some(connection::sentence(&frame.t, &error))).await?;
            Ok((status(&error), Page(connection::page(frame, &view))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn fetch_now(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let outcome = connections::fetch_now(&state.app, &at.actor, &at.client.id, &id).await;
    done(outcome, (&state, &visitor, &at), &id, "fetch").await
}

async fn pause(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let outcome = connections::pause(&state.app, &at.actor, &at.client.id, &id).await;
    done(outcome, (&state, &visitor, &at), &id, "paused").await
}

async fn resume(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let outcome = connections::resume(&state.app, &at.actor, &at.client.id, &id).await;
    done(outcome, (&state, &visitor, &at), &id, "resumed").await
}

#[derive(Debug, Deserialize)]
struct Label {
    label: String,
}

async fn rename(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
    Form(given): Form<Label>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let outcome = connections::rename(&state.app, &at.actor, &at.client.id, &id, &given.label).await;
    done(outcome, (&state, &visitor, &at), &id, "renamed").await
}

/// Takes something away, so it asks; a browser without scripts gets the question as a page.
async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
    Form(given): Form<Confirmed>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let list = Place::Connections.of(at.client.id.as_str());
    if given.is_given() {
        connections::remove(&state.app, &at.actor, &at.client.id, &id).await?;
        return Ok(see(&format!("{list}?said=removed")));
    }
    let found = connections::find(&state.app, &at.actor, &at.client.id, &id).await?;
    let frame = framed(&state, &visitor, &at).await?;
    let [button, question, text] = connection::remove_texts(&frame.t, &found.label);
    let t = frame.t.clone();
    let (action, back) = (format!("{list}/{id}/remove"), format!("{list}/{id}"));
    Ok(Page(ConfirmPage { t, frame, question, text, action, button, danger: true, back }).into_response())
}

async fn key_form(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    connections::find(&state.app, &at.actor, &at.client.id, &id).await?;
    let frame = framed(&state, &visitor, &at).await?;
    Ok(Page(AmazonPayForm::another_key(frame, id.as_str(), "", None)).into_response())
}

async fn replace_key(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
    body: Multipart,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let mut sent = upload::entries(body, KEY_FORM_BYTES).await?;
    let key_id = sent.text("public-key-id");
    let outcome = match key_of(&mut sent, &key_id) {
        Ok(key) => connections::replace_key(&state.app, &at.actor, &at.client.id, &id, &key).await,
        Err(error) => Err(error),
    };
    match outcome {
        Err(error) if error.refusal().is_some() => {
            let frame = framed(&state, &visitor, &at).await?;
            let page = AmazonPayForm::another_key(frame, id.as_str(), &key_id, Some(&error));
            Ok((status(&error), Page(page)).into_response())
        }
        other => done(other, (&state, &visitor, &at), &id, "key").await,
    }
}
