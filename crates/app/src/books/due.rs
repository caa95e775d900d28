//! Which months wait to be exported.

use jiff::Timestamp;
use ledger::calendar::Month;
use store::Transaction;
use store::client::Client;
use store::{batches, settings, settlements};

use crate::configuration::Configuration;
use crate::refusal::AppError;
use crate::zone;

/// What the settings of a client say about its exports, and which months wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Chart, provider account and debtor were confirmed, so that a month can leave at all.
    pub confirmed: bool,
    /// The months that are over and hold something, of which no batch stands; the oldest first.
    pub months: Vec<Month>,
}

/// The months of a client that wait to be exported at an instant. Those before its first day, and those of closed books,
/// do not wait.
pub(crate) async fn due(
    transaction: &mut Transaction,
    client: &Client,
    now: Timestamp,
) -> Result<Due, AppError> {
    let version = settings::newest(transaction, &client.id).await?;
    let configuration = version.and_then(|version| Configuration::read(&version.content).ok());
    let zone = match &configuration {
        Some(configuration) => configuration.rules.client().zone.zone().clone(),
        None => zone::usual()?,
    };
    let (start, closed) = configuration.as_ref().map_or((None, None), |configuration| {
        let rules = configuration.rules.client();
        (rules.start, rules.closed_until)
    });
    let left = batches::months_out(transaction, &client.id).await?;
    let mut months = settlements::months(transaction, client.number).await?;
    months.retain(|month| {
        let counts = start.is_none_or(|start| month.last() >= start)
            && closed.is_none_or(|closed| month.last() > closed);
        counts && month.end_in(&zone) <= now && !left.contains(month)
    });
    let confirmed = configuration.is_some_and(|configuration| configuration.handling.accounts_confirmed);
    Ok(Due { confirmed, months })
}
