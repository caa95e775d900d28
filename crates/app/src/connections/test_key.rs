//! Checks the key of a connection as it is kept: the command `kontor connection check`, and the button of its page.

use amazon_pay::client::Region;
use store::id::{ClientId, ConnectionId};

use super::{find, open_client};
use crate::App;
use crate::access::{Actor, Permission};
use crate::amazon_pay::told;
use crate::refusal::{AppError, Refusal};

/// Makes one signed call. Gives the region where the key works.
///
/// # Errors
/// A refusal says what Amazon says of the key.
pub async fn test_key(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &ConnectionId,
) -> Result<Region, AppError> {
    actor.may(Permission::Work, client)?;
    let connection = find(app, actor, client, id).await?;
    let amazon = open_client(app, &connection).await?;
    amazon.check().await.map_err(|error| Refusal::from(told(&error)))?;
    Ok(amazon.region())
}
