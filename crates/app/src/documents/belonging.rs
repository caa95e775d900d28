//! To which connection a report belongs. A report of another merchant never enters.

use store::connections;
use store::id::{ClientId, ConnectionId};

use super::receive::Received;
use super::{AMAZON_PAY, refusals};
use crate::context::App;
use crate::refusal::{AppError, Refusal};

/// The connection of a report of a merchant; none where the client has no connection yet.
pub(super) async fn connection_of(
    app: &App,
    client: &ClientId,
    received: &Received,
    seller: &str,
) -> Result<Option<ConnectionId>, AppError> {
    let mut transaction = app.database.read().await?;
    let mut candidates = connections::of_client(&mut transaction, client).await?;
    candidates.retain(|connection| connection.provider == AMAZON_PAY);
    if let Some(chosen) = &received.connection {
        candidates.retain(|connection| connection.id == *chosen);
        if candidates.is_empty() {
            return Err(Refusal::not_found().into());
        }
    }
    if let Some(connection) = candidates.iter().find(|connection| connection.seller_id == seller) {
        return Ok(Some(connection.id.clone()));
    }
    if candidates.is_empty() {
        return Ok(None);
    }
    let expected: Vec<&str> = candidates.iter().map(|connection| connection.seller_id.as_str()).collect();
    Err(refusals::other_seller(&received.name, seller, &expected).into())
}
