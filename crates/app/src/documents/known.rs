//! Whether a report is here already: by its bytes, or by its settlement with the same rows.

use std::fs::File;
use std::path::Path;

use amazon_pay::report::{Identities, Options, SettlementReport};
use store::documents::{self, Document};
use store::settlements;

use super::import::Owner;
use super::limits::REPORT_LIMITS;
use super::read::ReadThrough;
use super::receive::Received;
use super::refusals;
use super::stored_bytes::StoredBytes;
use super::unpack::Unpacked;
use crate::context::App;
use crate::convert::difference::{Side, first_difference};
use crate::convert::error::Difference;
use crate::refusal::AppError;

/// The document that holds the same already. The same settlement with other rows is refused, and the first difference named.
pub(super) async fn known(
    app: &App,
    owner: &Owner,
    received: &Received,
    read: &ReadThrough,
) -> Result<Option<Document>, AppError> {
    let there = {
        let mut transaction = app.database.read().await?;
        if let Some(there) = documents::with_bytes(&mut transaction, &owner.client, &read.sha256).await? {
            return Ok(Some(there));
        }
        let Some(identifier) = &read.settlement else { return Ok(None) };
        let seller = &read.preamble.seller_id;
        let settlement = settlements::find(&mut transaction, owner.number, seller, identifier).await?;
        let Some(settlement) = settlement else { return Ok(None) };
        let document = settlement.imported.document;
        documents::find(&mut transaction, &owner.client, &document).await?.ok_or(
            store::StoreError::Content {
                expected: "the document of a settlement",
                found: document.to_string(),
            },
        )?
    };
    let (database, document, path) =
        (app.database.clone(), there.received.id.clone(), received.path().to_owned());
    let compared =
        tokio::task::spawn_blocking(move || compare(StoredBytes::new(database, document), &path)).await;
    let difference = compared.map_err(AppError::failed("comparing two reports"))??;
    match (difference, &read.settlement) {
        (Some(difference), Some(settlement)) => {
            Err(refusals::other_rows(&received.name, settlement, &there, &difference).into())
        }
        _ => Ok(Some(there)),
    }
}

fn compare(stored: StoredBytes, path: &Path) -> Result<Option<Difference>, AppError> {
    const COMPARING: &str = "comparing two reports";
    let options = Options { limits: REPORT_LIMITS, identities: Identities::Declare };
    let stored = Unpacked::new(stored).map_err(AppError::failed(COMPARING))?;
    let stored = SettlementReport::open_with(stored, options).map_err(AppError::failed(COMPARING))?;
    let new = Unpacked::new(File::open(path).map_err(AppError::failed(COMPARING))?)
        .map_err(AppError::failed(COMPARING))?;
    let new = SettlementReport::open_with(new, options).map_err(AppError::failed(COMPARING))?;
    first_difference(stored, new).map_err(|side| match side {
        Side::First(error) | Side::Second(error) => AppError::failed(COMPARING)(error),
    })
}
