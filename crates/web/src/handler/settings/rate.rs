//! One exchange rate, typed.

use app::settings::{Document, RateForm};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;

use super::rule::{Line, taken};
use super::{ASSIGN, Asking, Sending, Sent};
use crate::address::Place;
use crate::handler::form::Confirmed;
use crate::page::Frame;
use crate::page::settings::{SettingsView, rules};
use crate::server::{AtClient, Problem, Route, Visitor, WebState};

/// The fields of the form.
const KEYS: [&str; 5] = ["currency", "day", "month", "rate", "source"];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/clients/{client}/settings/payment-accounts/rate", ASSIGN, save),
        Route::post("/clients/{client}/settings/payment-accounts/rate/remove", ASSIGN, remove),
    ]
}

async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::from(form);
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::PaymentAccounts };
    let mut document = asking.edited(&sent).await?.document;
    let mut rate = RateForm::default();
    sent.fill(&mut rate, &KEYS);
    let note = format!(
        "{} {}",
        rate.currency.as_deref().unwrap_or_default(),
        rate.rate.as_deref().unwrap_or_default()
    );
    document.rates.push(rate);
    let action = format!("{}/rate", asking.here());
    let sending = Sending { sent: &sent, action: &action, later: false };
    let again = |frame: &Frame, view: &SettingsView| rules::page(frame, Place::PaymentAccounts, view);
    asking.keep((document, note.trim()), sending, again).await
}

async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(line): Query<Line>,
    Form(given): Form<Confirmed>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place: Place::PaymentAccounts };
    let take = |document: &mut Document| {
        (line.row < document.rates.len())
            .then(|| document.rates.remove(line.row).currency.unwrap_or_default())
    };
    let name = |_: &Frame, name: &str| name.to_owned();
    taken(&asking, "rate", &line, given.is_given(), take, name).await
}
