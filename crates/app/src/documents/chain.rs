//! The chain of settlements: which are there, where time is not covered, and what does not fit.

use jiff::Timestamp;
use providers::amazon_pay::{Chain, SettlementSums};
use store::id::{ClientId, ConnectionId};
use store::settlements::{self, Settlement};

pub use providers::amazon_pay::{ChainWarning, Period};

use super::client_of;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::AppError;
use crate::zone;

/// How many settlements are asked for at once.
const PAGE: u32 = 500;

/// The settlements of one merchant in their order.
#[derive(Clone, Debug)]
pub struct MerchantChain {
    /// The merchant at the provider.
    pub seller: String,
    /// The connection, where there is one.
    pub connection: Option<ConnectionId>,
    /// The settlements in the order of their periods.
    pub settlements: Vec<Settlement>,
    /// Gaps, overlaps, payouts that differ, carry-overs that stand on one side only.
    pub warnings: Vec<ChainWarning>,
}

/// The chains of a client, one for each merchant; of one connection only where one is named.
pub async fn list(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    connection: Option<&ConnectionId>,
) -> Result<Vec<MerchantChain>, AppError> {
    since(app, actor, client, connection, Timestamp::MIN).await
}

/// The chains as [`list`] gives them, of the settlements that begin at an instant or later: what lies before the first of
/// them is not known. An auditor sees those that reach into his period.
pub async fn since(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    connection: Option<&ConnectionId>,
    from: Timestamp,
) -> Result<Vec<MerchantChain>, AppError> {
    actor.may(Permission::See, client)?;
    let period = zone::period(app, actor, client).await?;
    let seen = |settlement: &Settlement| {
        let (start, end) = (settlement.imported.start, settlement.imported.end);
        period.is_none_or(|(from, until)| end >= from && start < until)
    };
    let mut transaction = app.database.read().await?;
    let number = client_of(&mut transaction, client).await?.number;
    let mut chains: Vec<MerchantChain> = Vec::new();
    let mut after = Some((from, i64::MIN));
    loop {
        let page = settlements::of_client(&mut transaction, number, connection, None, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.imported.start, last.number));
        for settlement in page.into_iter().filter(&seen) {
            let seller = &settlement.imported.seller;
            match chains.iter_mut().find(|chain| chain.seller == *seller) {
                Some(chain) => chain.settlements.push(settlement),
                None => chains.push(MerchantChain {
                    seller: seller.clone(),
                    connection: settlement.imported.connection.clone(),
                    settlements: vec![settlement],
                    warnings: Vec::new(),
                }),
            }
        }
    }
    for chain in &mut chains {
        chain.warnings = warnings(&chain.settlements)?;
    }
    Ok(chains)
}

fn warnings(settlements: &[Settlement]) -> Result<Vec<ChainWarning>, AppError> {
    let mut chain = Chain::new();
    for settlement in settlements {
        let sums: SettlementSums = serde_json::from_str(&settlement.imported.chain)
            .map_err(AppError::failed("reading the sums of a settlement"))?;
        chain.pass(&sums, |day| day).map_err(AppError::failed("going through the chain"))?;
    }
    Ok(chain.finish().map_err(AppError::failed("going through the chain"))?.warnings)
}

/// Settlements of a client in the order of their periods, after one of them (none: from the first), at most `most`.
pub async fn page(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    connection: Option<&ConnectionId>,
    after: Option<(Timestamp, i64)>,
    most: u32,
) -> Result<Vec<Settlement>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let number = client_of(&mut transaction, client).await?.number;
    Ok(settlements::of_client(&mut transaction, number, connection, None, after, most).await?)
}
