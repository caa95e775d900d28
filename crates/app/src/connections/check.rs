//! Checks a key with real signed calls: in which region it works, and whose it is.

use amazon_pay::client::{Client, DisbursementQuery, Region};
use jiff::SignedDuration;

use super::form::EnteredKey;
use crate::App;
use crate::amazon_pay::{Account, client, no_region};
use crate::refusal::{AppError, Refusal};

/// How far back payouts are asked for to see whose they are: as far as reports are kept.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Tries the three regions with a key, then looks whose payouts it shows. Gives the region where it works.
pub(super) async fn check(
    app: &App,
    entered: EnteredKey,
    seller_id: &str,
    endpoint: Option<&str>,
) -> Result<Region, AppError> {
    let account = Account {
        key_id: entered.id,
        region: Region::Europe,
        environment: entered.environment,
        endpoint: endpoint.map(str::to_owned),
    };
    let client = client(app, &account, entered.key)?;
    let found = client.find_region().await.map_err(|failed| Refusal::from(no_region(&failed)))?;
    refuse_another_seller(app, &found, seller_id).await?;
    Ok(found.region())
}

/// The list of payouts names the merchant. A key without the right to see it, and a merchant without payouts, say nothing;
/// then the first report does.
async fn refuse_another_seller(app: &App, client: &Client, seller_id: &str) -> Result<(), AppError> {
    let now = app.now();
    let Ok(page) = client.disbursements_page(&DisbursementQuery::of(now - LOOK_BACK, now)).await else {
        return Ok(());
    };
    let other =
        page.items.iter().find_map(|payout| payout.seller_id.as_deref().filter(|id| *id != seller_id));
    other.map_or(Ok(()), |other| Err(of_another_seller(seller_id, other).into()))
}

/// A key shows another merchant's money than the connection is for.
pub(crate) fn of_another_seller(seller_id: &str, other: &str) -> Refusal {
    Refusal::invalid(
        "seller-id",
        "other-seller",
        format!(
            "Der Schlüssel gehört zum Verkäufer {other}, angegeben ist {seller_id}. Prüfen Sie die Verkäufer-ID, oder nehmen \
             Sie den Schlüssel dieses Verkäufers."
        ),
        format!(
            "The key belongs to the merchant {other}; {seller_id} was given. Check the merchant id, or take the key of that \
             merchant."
        ),
    )
}
