//! Movements, paged by their key, filtered, and looked up by number or amount.

use app::documents::movements::{self, Identifier, Movement, Position, Query as Wanted, Walk};
use app::{AppError, Permission, Refusal};
use axum::Json;
use axum::extract::{Path, Query, State};
use ledger::kind::MovementKind;
use ledger::money::Currency;
use serde::{Deserialize, Serialize};
use store::id::ConnectionId;
use utoipa::{IntoParams, ToSchema};

use super::Operation;
use super::shape::{List, given, known, month, most};
use crate::address::read_movement;
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "movements";

pub(super) fn routes() -> Vec<Route> {
    let see = Needs::Key(Permission::See);
    vec![
        Route::get("/api/v1/clients/{client}/movements", see, list).told(
            Operation::lists::<MovementView>(SUBJECT, "Rows of settlements, the newest first")
                .query::<Asked>(),
        ),
        Route::get("/api/v1/clients/{client}/movements/{movement}", see, show).told(Operation::gives::<
            MovementView,
        >(
            SUBJECT,
            "A row by its settlement and line: `7.12`",
        )),
    ]
}

/// Which movements are wanted; what is left out matches all.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Booked in this month: `2026-10`.
    month: Option<String>,
    /// Of a kind: `payment`, `refund` …
    kind: Option<String>,
    /// Of a shop.
    store: Option<String>,
    /// Of a currency: `EUR`.
    currency: Option<String>,
    /// Of a connection.
    connection: Option<String>,
    /// Of a settlement, by its number here.
    settlement: Option<i64>,
    /// With this number of an order or transaction.
    number: Option<String>,
    /// With this gross amount in minor units, whatever its sign.
    amount: Option<u64>,
    /// Where the list goes on: `next` of the answer before.
    after: Option<String>,
    /// So many at most, 200 where it is left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// What was asked, read.
pub(super) struct Read {
    pub(super) walk: Walk,
    pub(super) wanted: Wanted,
    pub(super) after: Option<Position>,
    pub(super) most: u32,
}

impl Asked {
    pub(super) fn read(self) -> Result<Read, AppError> {
        let word =
            |field, german: &str, english: &str| Refusal::invalid(field, "unknown-word", german, english);
        let kind = self.kind.map(|text| {
            let unknown =
                word("kind", "Diese Art von Bewegung gibt es nicht.", "There is no such kind of movement.");
            MovementKind::parse(&text).ok_or(unknown)
        });
        let currency = self.currency.map(|text| {
            let unknown = word(
                "currency",
                "Eine Währung wird erwartet, z. B. EUR.",
                "A currency is expected, e.g. EUR.",
            );
            Currency::parse(&text).ok_or(unknown)
        });
        let texts = [self.store.as_ref(), self.number.as_ref()];
        if texts.into_iter().flatten().any(|text| text.contains('\0')) {
            return Err(word(
                "number",
                "Steuerzeichen sind nicht erlaubt.",
                "Control characters are not allowed.",
            )
            .into());
        }
        let walk = match (self.number, self.amount) {
            (Some(text), _) => Walk::Identifiers { names: Identifier::ALL.to_vec(), text, prefix: false },
            (None, Some(amount)) => Walk::Amount(amount),
            (None, None) => Walk::Newest,
        };
        let wanted = Wanted {
            month: self.month.as_deref().map(month).transpose()?,
            kind: kind.transpose()?,
            store: self.store,
            currency: currency.transpose()?,
            connection: self
                .connection
                .map(|text| given("connection", ConnectionId::parse(&text)))
                .transpose()?,
            settlement: self.settlement,
        };
        let after = self.after.map(|text| given("after", text.parse().ok())).transpose()?;
        Ok(Read { walk, wanted, after, most: most(self.limit)? })
    }
}

/// A row of a settlement. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MovementView {
    /// Settlement and line: `7.12`.
    id: String,
    settlement: i64,
    line: u64,
    posted_at: String,
    kind: String,
    currency: String,
    gross: i64,
    fee_variable: i64,
    fee_fixed: i64,
    seller_order: String,
    order_reference: String,
    provider_transaction: String,
    seller_reference: String,
    store: String,
    /// The provider's number of the settlement.
    settlement_identifier: String,
    document: String,
}

impl MovementView {
    pub(super) fn of(movement: Movement) -> Self {
        Self {
            id: crate::address::movement(movement.settlement, movement.line),
            settlement: movement.settlement,
            line: movement.line,
            posted_at: movement.posted_at.to_string(),
            kind: movement.kind,
            currency: movement.currency,
            gross: movement.gross,
            fee_variable: movement.fee_variable,
            fee_fixed: movement.fee_fixed,
            seller_order: movement.seller_order,
            order_reference: movement.order_reference,
            provider_transaction: movement.provider_transaction,
            seller_reference: movement.seller_reference,
            store: movement.store,
            settlement_identifier: movement.settlement_identifier,
            document: movement.document.to_string(),
        }
    }
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Json<List<MovementView>>, Problem> {
    let Read { walk, wanted, after, most } = asked.read()?;
    let client = &at.client.id;
    let page = movements::list(&state.app, &at.actor, client, &walk, &wanted, after.as_ref(), most).await?;
    let next = page.next.map(|next| next.to_string());
    Ok(Json(List { items: page.rows.into_iter().map(MovementView::of).collect(), next }))
}

async fn show(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<MovementView>, Problem> {
    let (settlement, line) = known(read_movement(&id))?;
    let shown = movements::show(&state.app, &at.actor, &at.client.id, settlement, line).await?;
    Ok(Json(MovementView::of(shown.movement)))
}
