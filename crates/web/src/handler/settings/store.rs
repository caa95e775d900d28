//! One shop with settings of its own.

use app::Refusal;
use app::settings::{Document, StoreForm};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};

use super::rule::{Asked, Line, taken};
use super::{ASSIGN, Asking, Sending, Sent};
use crate::address::Place;
use crate::handler::form::Confirmed;
use crate::page::Frame;
use crate::page::settings::{SettingsView, stores};
use crate::server::{AtClient, Page, Problem, Route, Visitor, WebState};

/// The fields of the form.
const KEYS: [&str; 5] = ["name", "prefix", "strip-prefix", "unfit", "order-key"];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{client}/settings/debtors/store", ASSIGN, form),
        Route::post("/clients/{client}/settings/debtors/store", ASSIGN, save),
        Route::post("/clients/{client}/settings/debtors/store/remove", ASSIGN, remove),
    ]
}

async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::Debtors };
    let view = asking.view(asking.current().await?).await?;
    let store = match asked.row {
        Some(row) => view.settings.document.stores.get(row).cloned().ok_or_else(Refusal::not_found)?,
        None => StoreForm::default(),
    };
    let frame = asking.frame("").await?;
    Ok(Page(stores::store_page(&frame, &view, (asked.row, &store), asked.row)).into_response())
}

async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::from(form);
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::Debtors };
    let mut document = asking.edited(&sent).await?.document;
    let mut store = StoreForm::default();
    sent.fill(&mut store, &KEYS);
    let index = if let Some(row) = sent.row() {
        *document.stores.get_mut(row).ok_or_else(Refusal::not_found)? = store.clone();
        row
    } else {
        document.stores.push(store.clone());
        document.stores.len() - 1
    };
    let (action, note) = (format!("{}/store", asking.here()), store.name.clone().unwrap_or_default());
    let sending = Sending { sent: &sent, action: &action, later: false };
    let again = |frame: &Frame, view: &SettingsView| {
        stores::store_page(frame, view, (Some(index), &store), sent.row())
    };
    asking.keep((document, &note), sending, again).await
}

async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(line): Query<Line>,
    Form(given): Form<Confirmed>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::Debtors };
    let take = |document: &mut Document| {
        (line.row < document.stores.len()).then(|| document.stores.remove(line.row).name.unwrap_or_default())
    };
    let name = |_: &Frame, name: &str| name.to_owned();
    taken(&asking, "store", &line, given.is_given(), take, name).await
}
