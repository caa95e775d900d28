//! Who may pass to a handler. The use cases ask again; a route that forgot to would still be refused here.

use app::{Actor, AppError, Refusal, RefusalKind, Token, account::session::Visit, clients, people};
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use store::client::Client;
use store::id::ClientId;

use super::problem::Problem;
use super::route::Needs;
use super::state::WebState;
use super::visitor::Visitor;

/// What a route needs, with what is asked about it.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) state: WebState,
    pub(super) needs: Needs,
}

/// Lets a request through, or says why not.
pub(super) async fn check(
    State(guard): State<Guard>,
    visitor: Visitor,
    parameters: RawPathParams,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let client = parameters.iter().find(|(name, _)| *name == "client").map(|(_, id)| ClientId::parse(id));
    let visit = || visitor.visit.clone().ok_or_else(log_in);
    match guard.needs {
        Needs::Nobody => {}
        Needs::Login => drop(request.extensions_mut().insert(visit()?)),
        Needs::Account => {
            let visit = visit()?;
            if !matches!(visit.actor, Actor::User { .. }) {
                return Err(Refusal::not_found().into());
            }
            request.extensions_mut().insert(visit);
        }
        Needs::Operator => {
            let visit = visit()?;
            visit.actor.may_operate()?;
            request.extensions_mut().insert(visit);
        }
        Needs::Client(permission) => {
            let visit = visit()?;
            let id = client.flatten().ok_or_else(Refusal::not_found)?;
            visit.actor.may(permission, &id)?;
            let client = clients::list::find(&guard.state.app, &visit.actor, &id).await?;
            request.extensions_mut().insert(AtClient { actor: visit.actor.clone(), client });
            request.extensions_mut().insert(visit);
        }
        Needs::Key(permission) => {
            let key = key_of(request.headers());
            let actor = actor_of_key(&guard.state, key).await?;
            let id = match (client, &actor) {
                (Some(id), _) => id.ok_or_else(Refusal::not_found)?,
                (None, Actor::ApiKey { client, .. }) => client.clone(),
                (None, _) => return Err(Refusal::not_found().into()),
            };
            actor.may(permission, &id)?;
            let client = clients::list::find(&guard.state.app, &actor, &id).await?;
            request.extensions_mut().insert(AtClient { actor, client });
        }
    }
    Ok(next.run(request).await)
}

fn key_of(headers: &HeaderMap) -> Option<Token> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::of(token.trim()))
}

async fn actor_of_key(state: &WebState, key: Option<Token>) -> Result<Actor, AppError> {
    let key = key.ok_or_else(|| {
        Refusal::new(
            RefusalKind::Unknown,
            "key-missing",
            "Hier wird ein API-Schlüssel erwartet: Authorization: Bearer kontor_…",
            "An API key is expected here: Authorization: Bearer kontor_…",
        )
    })?;
    people::key::authenticate(&state.app, &key).await
}

fn log_in() -> Refusal {
    Refusal::new(RefusalKind::Unknown, "log-in", "Bitte zuerst anmelden.", "Please log in first.")
}

/// Somebody who is logged in: for handlers of routes that need a login.
#[derive(Clone, Debug)]
pub struct Member(pub Visit);

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(parts.extensions.get::<Visit>().cloned().ok_or_else(log_in)?))
    }
}

/// The client of the address and who is asking: for handlers of routes that need a permission for a client.
#[derive(Clone, Debug)]
pub struct AtClient {
    /// Who is asking.
    pub actor: Actor,
    /// The client.
    pub client: Client,
}

impl<S: Send + Sync> FromRequestParts<S> for AtClient {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(parts.extensions.get::<Self>().cloned().ok_or_else(Refusal::not_found)?)
    }
}
