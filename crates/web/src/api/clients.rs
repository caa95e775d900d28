//! The client of the key.

use app::Permission;
use axum::Json;
use serde::Serialize;
use store::client::Client;
use utoipa::ToSchema;

use super::Operation;
use super::shape::List;
use crate::server::{AtClient, Needs, Route};

const SUBJECT: &str = "clients";

pub(super) fn routes() -> Vec<Route> {
    let see = Needs::Key(Permission::See);
    vec![
        Route::get("/api/v1/clients", see, list)
            .told(Operation::lists::<ClientView>(SUBJECT, "The clients that the key opens: its own")),
        Route::get("/api/v1/clients/{client}", see, show)
            .told(Operation::gives::<ClientView>(SUBJECT, "A client")),
    ]
}

/// A client (Mandant).
#[derive(Debug, Serialize, ToSchema)]
struct ClientView {
    id: String,
    name: String,
    created_at: String,
}

impl ClientView {
    fn of(client: &Client) -> Self {
        let Client { id, name, created_at, .. } = client;
        Self { id: id.to_string(), name: name.clone(), created_at: created_at.to_string() }
    }
}

async fn list(at: AtClient) -> Json<List<ClientView>> {
    Json(List::whole(vec![ClientView::of(&at.client)]))
}

async fn show(at: AtClient) -> Json<ClientView> {
    Json(ClientView::of(&at.client))
}
