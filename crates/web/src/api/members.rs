//! Who works for the client. Users, roles and keys are changed by people only: no key makes another.

use app::Permission;
use app::people::member;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Operation;
use super::shape::List;
use crate::server::{AtClient, Needs, Problem, Route, WebState};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/clients/{client}/members", Needs::Key(Permission::See), list)
            .told(Operation::lists::<MemberView>("members", "The users of the client with their roles")),
    ]
}

/// A user of the client.
#[derive(Debug, Serialize, ToSchema)]
struct MemberView {
    user: String,
    email: String,
    name: String,
    /// `owner`, `bookkeeper`, `adviser`, `reader`.
    role: String,
    second_factor: bool,
    since: String,
}

async fn list(State(state): State<WebState>, at: AtClient) -> Result<Json<List<MemberView>>, Problem> {
    let found = member::list(&state.app, &at.actor, &at.client.id).await?;
    let view = |member: store::membership::Member| MemberView {
        user: member.user.to_string(),
        email: member.email,
        name: member.name,
        role: member.role,
        second_factor: member.second_factor,
        since: member.since.to_string(),
    };
    Ok(Json(List::whole(found.into_iter().map(view).collect())))
}
