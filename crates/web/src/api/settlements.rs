//! Settlements in the order of their periods.

use app::Permission;
use app::documents::chain;
use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use store::id::ConnectionId;
use store::settlements::Settlement;
use utoipa::{IntoParams, ToSchema};

use super::Operation;
use super::shape::{List, given, most};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/clients/{client}/settlements", Needs::Key(Permission::See), list).told(
            Operation::lists::<SettlementView>("settlements", "Settlements in the order of their periods")
                .query::<Asked>(),
        ),
    ]
}

/// Which settlements are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only those of a connection.
    connection: Option<String>,
    /// Only those after this one: `next` of the answer before.
    after: Option<String>,
    /// So many at most, 200 where it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A settlement.
#[derive(Debug, Serialize, ToSchema)]
struct SettlementView {
    /// Its number here.
    number: i64,
    /// The provider's number of it.
    settlement: String,
    seller: String,
    connection: Option<String>,
    period_start: String,
    period_end: String,
    rows: u64,
    document: String,
    #[serde(skip)]
    place: String,
}

impl SettlementView {
    fn of(settlement: &Settlement) -> Self {
        let imported = &settlement.imported;
        Self {
            number: settlement.number,
            settlement: imported.identifier.clone(),
            seller: imported.seller.clone(),
            connection: imported.connection.as_ref().map(ToString::to_string),
            period_start: imported.start.to_string(),
            period_end: imported.end.to_string(),
            rows: imported.rows,
            document: imported.document.to_string(),
            place: format!("{}.{}", imported.start.as_microsecond(), settlement.number),
        }
    }
}

fn place(text: &str) -> Option<(jiff::Timestamp, i64)> {
    let (start, number) = text.split_once('.')?;
    Some((jiff::Timestamp::from_microsecond(start.parse().ok()?).ok()?, number.parse().ok()?))
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Json<List<SettlementView>>, Problem> {
    let most = most(asked.limit)?;
    let connection =
        asked.connection.map(|text| given("connection", ConnectionId::parse(&text))).transpose()?;
    let after = asked.after.map(|text| given("after", place(&text))).transpose()?;
    let client = &at.client.id;
    let found = chain::page(&state.app, &at.actor, client, connection.as_ref(), after, most).await?;
    let items = found.iter().map(SettlementView::of).collect();
    Ok(Json(List::part(items, most, |settlement: &SettlementView| settlement.place.clone())))
}
