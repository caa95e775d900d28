//! Belegtexte, with an example that follows what is typed: live with a script, by a button without one.

use app::settings::Document;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use ledger::rules::TextKey;

use super::{ASSIGN, Asking, SEE, Sending, Sent};
use crate::address::Place;
use crate::handler::form::Said;
use crate::page::Frame;
use crate::page::settings::{SettingsView, texts};
use crate::server::{AtClient, Page, Problem, Route, Visitor, WebState};

/// The fields of `[document-numbers]`.
const NUMBER_KEYS: [&str; 3] = ["unfit", "strip-prefix", "prefix"];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{client}/settings/texts", SEE, show),
        Route::post("/clients/{client}/settings/texts", ASSIGN, save),
        Route::post("/clients/{client}/settings/texts/example", ASSIGN, example),
    ]
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::VoucherTexts };
    let view = asking.view(asking.current().await?).await?;
    Ok(Page(texts::page(&asking.frame(&said.said).await?, &view)).into_response())
}

fn changed(mut document: Document, sent: &Sent) -> Document {
    for key in TextKey::all() {
        let name = key.name();
        match sent.get(&name) {
            Some(text) => drop(document.texts.insert(name, text.to_owned())),
            None => drop(document.texts.remove(&name)),
        }
    }
    sent.fill(&mut document.document_numbers, &NUMBER_KEYS);
    document
}

async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::from(form);
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::VoucherTexts };
    let document = changed(asking.edited(&sent).await?.document, &sent);
    if sent.is_ticked("example") {
        let view = asking.typed(document, sent.based_on()).await?;
        return Ok(Page(texts::page(&asking.frame("").await?, &view)).into_response());
    }
    let action = asking.here();
    let sending = Sending { sent: &sent, action: &action, later: false };
    let again = |frame: &Frame, view: &SettingsView| texts::page(frame, view);
    asking.keep((document, ""), sending, again).await
}

/// The example alone; nothing is kept.
async fn example(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::from(form);
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::VoucherTexts };
    let document = changed(asking.current().await?.document, &sent);
    let view = asking.typed(document, sent.based_on()).await?;
    Ok(Page(texts::example(&asking.frame("").await?.t, &view)).into_response())
}
