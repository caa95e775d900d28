//! Mandantendaten: chart and numbers, copying from another client, and the versions as files.

use app::clients;
use app::settings::stored::{self, Settings};
use app::settings::{Document, Section as _};
use app::{AppError, Refusal};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ledger::account::AccountLength;
use ledger::chart::Chart;
use ledger::rules::{BookingMode, Taxation};
use serde::Deserialize;
use store::id::ClientId;
use store::settings::Version;

use super::{ASSIGN, Asking, SEE, Sending, Sent};
use crate::address::Place;
use crate::handler::form::{Said, see};
use crate::page::Frame;
use crate::page::error::ConfirmPage;
use crate::page::settings::{SettingsView, client};
use crate::server::{AtClient, Page, Problem, Route, Visitor, WebState};

/// So many versions are listed.
const VERSIONS: u32 = 20;

/// The fields of the form that are texts.
const CLIENT_KEYS: [&str; 14] = [
    "berater",
    "mandant",
    "chart",
    "account-length",
    "fiscal-years",
    "zone",
    "currency",
    "booking",
    "taxation",
    "fees",
    "start",
    "closed-until",
    "format",
    "exported-by",
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{client}/settings/client", SEE, show),
        Route::post("/clients/{client}/settings/client", ASSIGN, save),
        Route::post("/clients/{client}/settings/client/copy", ASSIGN, copy),
        Route::get("/clients/{client}/settings/client/versions/{version}", SEE, version),
    ]
}

async fn versions(asking: &Asking<'_>) -> Result<Vec<Version>, AppError> {
    let (app, at) = (&asking.state.app, asking.at);
    stored::versions(app, &at.actor, &at.client.id, None, VERSIONS).await
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::ClientSettings };
    let view = asking.view(asking.current().await?).await?;
    let versions = versions(&asking).await?;
    Ok(Page(client::page(&asking.frame(&said.said).await?, &view, &versions)).into_response())
}

async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::from(form);
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::ClientSettings };
    let edited = asking.edited(&sent).await?;
    let document = changed(edited, &sent);
    let versions = versions(&asking).await?;
    let action = asking.here();
    let sending = Sending { sent: &sent, action: &action, later: false };
    let again = |frame: &Frame, view: &SettingsView| client::page(frame, view, &versions);
    asking.keep((document, ""), sending, again).await
}

fn changed(edited: Settings, sent: &Sent) -> Document {
    let is_first = edited.version == 0;
    let mut document = edited.document;
    sent.fill(&mut document.client, &CLIENT_KEYS);
    sent.tick(&mut document.client, "locked");
    if is_first || sent.is_ticked("propose") {
        propose(&mut document);
    }
    for key in ["accounts-confirmed", "reverse-charge-confirmed", "follow-document-numbers"] {
        sent.tick(&mut document.kontor, key);
    }
    document.kontor.set("export-day", sent.get("export-day").map(str::to_owned));
    document
}

/// Sets the accounts as the chart proposes them, as far as chart and ways are told.
fn propose(document: &mut Document) {
    let client = &document.client;
    let Some(chart) = client.chart.as_deref().and_then(Chart::parse) else { return };
    let mode = match client.booking.as_deref() {
        Some("revenue") => BookingMode::Revenue,
        Some("receivables") => BookingMode::Receivables,
        _ => BookingMode::Debtor,
    };
    let taxation = match client.taxation.as_deref() {
        Some("ist") => Taxation::Cash,
        Some("kleinunternehmer") => Taxation::SmallBusiness,
        _ => Taxation::Accrual,
    };
    let length = client.account_length.as_deref().and_then(|digits| digits.parse().ok());
    let length = length.and_then(AccountLength::new).unwrap_or(AccountLength::FOUR);
    document.propose_accounts(chart, mode, taxation, length);
    if taxation == Taxation::Cash {
        // The payment makes the VAT due: most sales are of 19 %, and the form says where to change it.
        let debtor = |rule: &&mut app::settings::AccountForm| rule.scope.as_deref() == Some("debtor");
        if let Some(rule) = document.accounts.iter_mut().find(debtor) {
            rule.key = Some("3".to_owned());
        }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Copied {
    #[serde(default)]
    other: String,
}

/// Replaces all settings, so it asks.
async fn copy(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Copied>,
    Form(given): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::ClientSettings };
    let sent = Sent(given);
    let other = sent.get("other").unwrap_or(&asked.other);
    let other = ClientId::parse(other).ok_or_else(Refusal::not_found)?;
    let name = clients::list::find(&state.app, &at.actor, &other).await?.name;
    if sent.is_ticked("confirmed") {
        let based_on = asking.current().await?.version;
        stored::copy_from(&state.app, &at.actor, &at.client.id, &other, based_on).await?;
        return Ok(see(&format!("{}?said=copied", asking.here())));
    }
    let frame = asking.frame("").await?;
    let t = frame.t.clone();
    let back = asking.here();
    let (action, question) = (format!("{back}/copy?other={other}"), t.copy_question(name));
    let (text, button) = (t.copy_text().to_owned(), t.copy_button().to_owned());
    Ok(Page(ConfirmPage { t, frame, question, text, action, button, danger: false, back }).into_response())
}

/// A version as the file that `kontor convert --config` takes.
async fn version(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let number: i64 = number.parse().map_err(|_| Refusal::not_found())?;
    let settings = stored::version(&state.app, &at.actor, &at.client.id, number).await?;
    let disposition = format!("attachment; filename=\"kontor-kontierung-{number}.toml\"");
    let headers =
        [(CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, settings.document.to_toml()).into_response())
}
