//! Buchungen: the entries of a month as they will leave, each with its movement; and the totals per account.

use app::Permission;
use app::books::entries::{EntryView, Row};
use app::books::{entries, totals};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Serialize;
use store::id::ConnectionId;
use store::movements::{Filter, Walk};
use utoipa::{IntoParams, ToSchema};

use super::Operation;
use super::movements::MovementView;
use super::shape::{List, given, month, most};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "entries";

pub(super) fn routes() -> Vec<Route> {
    let see = Needs::Key(Permission::See);
    vec![
        Route::get("/api/v1/clients/{client}/months/{month}/entries", see, list).told(
            Operation::lists::<Posted>(
                SUBJECT,
                "The entries of a month as they will leave, each with its movement",
            )
            .query::<Asked>(),
        ),
        Route::get("/api/v1/clients/{client}/months/{month}/totals", see, sums)
            .told(Operation::lists::<Total>(SUBJECT, "The totals per account of a month").query::<Scope>()),
    ]
}

/// Of which connection, and from where on.
#[derive(Debug, Default, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only of this connection.
    connection: Option<String>,
    /// Where the list goes on: `next` of the answer before.
    after: Option<String>,
    /// So many movements at most, 200 where it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Of which connection.
#[derive(Debug, Default, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Scope {
    /// Only of this connection.
    connection: Option<String>,
}

/// An entry as the batch will have it. The amount is in minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
struct Entry {
    date: String,
    /// `S` or `H`.
    side: String,
    amount: i64,
    currency: String,
    account: String,
    contra_account: String,
    /// BU-Schlüssel.
    key: Option<u16>,
    document_number: String,
    text: String,
    order_number: String,
    settlement: String,
    kind: String,
}

impl Entry {
    fn of(entry: EntryView) -> Self {
        Self {
            date: entry.date.to_string(),
            side: entry.side.to_string(),
            amount: entry.amount,
            currency: entry.currency.to_string(),
            account: entry.account,
            contra_account: entry.contra_account,
            key: entry.key,
            document_number: entry.document_number,
            text: entry.text,
            order_number: entry.order_number,
            settlement: entry.settlement,
            kind: entry.kind.to_owned(),
        }
    }
}

/// A movement with its entries.
#[derive(Debug, Serialize, ToSchema)]
struct Posted {
    movement: MovementView,
    entries: Vec<Entry>,
    /// Why money of it made no entry: `reserve`, `carry-over`, `zero`, `before-start`.
    not_booked: Option<String>,
    /// What a person should look at.
    remarks: Vec<String>,
    /// Why it cannot be booked.
    refused: Option<String>,
}

impl Posted {
    fn of(row: Row) -> Self {
        Self {
            movement: MovementView::of(row.movement),
            entries: row.entries.into_iter().map(Entry::of).collect(),
            not_booked: row.not_booked.map(str::to_owned),
            remarks: row.remarks.into_iter().map(str::to_owned).collect(),
            refused: row.refused.map(|refusal| refusal.to_string()),
        }
    }
}

/// What a month posts to an account, in minor units.
#[derive(Debug, Serialize, ToSchema)]
struct Total {
    account: String,
    /// Is it the provider account?
    provider: bool,
    currency: String,
    debit: i64,
    credit: i64,
    entries: u64,
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, of)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Json<List<Posted>>, Problem> {
    let (of, most) = (month(&of)?, most(asked.limit)?);
    let connection =
        asked.connection.map(|text| given("connection", ConnectionId::parse(&text))).transpose()?;
    let after = asked.after.map(|text| given("after", text.parse().ok())).transpose()?;
    let client = &at.client.id;
    let zone = app::zone::of_client(&state.app, client).await?;
    let from = of.previous().map(|before| before.end_in(&zone));
    let filter = Filter { from, until: Some(of.end_in(&zone)), connection, ..Filter::default() };
    let page =
        entries::entries(&state.app, &at.actor, client, &Walk::Oldest, &filter, after.as_ref(), most).await?;
    let next = page.next.map(|next| next.to_string());
    Ok(Json(List { items: page.rows.into_iter().map(Posted::of).collect(), next }))
}

async fn sums(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, of)): Path<(String, String)>,
    Query(asked): Query<Scope>,
) -> Result<Json<List<Total>>, Problem> {
    let of = month(&of)?;
    let connection =
        asked.connection.map(|text| given("connection", ConnectionId::parse(&text))).transpose()?;
    let found = totals::totals(&state.app, &at.actor, &at.client.id, of, connection.as_ref()).await?;
    let total = |total: totals::AccountTotal| Total {
        account: total.account,
        provider: total.provider,
        currency: total.currency.to_string(),
        debit: total.debit,
        credit: total.credit,
        entries: total.entries,
    };
    Ok(Json(List::whole(found.into_iter().map(total).collect())))
}
