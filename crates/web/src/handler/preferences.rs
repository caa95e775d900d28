//! The switches of language and theme: remembered with the account, or in a cookie.

use app::account::preferences;
use app::{Actor, Language};
use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use serde::Deserialize;

use super::form::{back, see};
use crate::address;
use crate::page::Theme;
use crate::server::{Needs, Problem, Route, Visitor, WebState, language_cookie, theme_cookie};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::post(address::PREFERENCES, Needs::Nobody, remember)]
}

#[derive(Deserialize)]
struct Chosen {
    language: Option<String>,
    theme: Option<String>,
    #[serde(default)]
    back: String,
}

async fn remember(
    State(state): State<WebState>,
    visitor: Visitor,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Problem> {
    let account = visitor.visit.as_ref().map(|visit| &visit.actor);
    let account = account.filter(|actor| matches!(actor, Actor::User { .. }));
    let mut response = see(back(&chosen.back));
    if let Some(language) = chosen.language.as_deref().and_then(Language::of_code) {
        response.headers_mut().append(SET_COOKIE, language_cookie(&state.site, language));
        if let Some(actor) = account {
            preferences::set_language(&state.app, actor, language).await?;
        }
    }
    if let Some(theme) = chosen.theme.as_deref().map(Theme::parse) {
        response.headers_mut().append(SET_COOKIE, theme_cookie(&state.site, theme));
        if let Some(actor) = account {
            preferences::set_theme(&state.app, actor, theme.name()).await?;
        }
    }
    Ok(response)
}
