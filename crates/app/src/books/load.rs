//! Settings and sums of a client, brought together before anything is walked through.

use std::collections::HashMap;

use jiff::civil::Date;
use ledger::calendar::Month;
use ledger::sums::DaySum;
use providers::amazon_pay::{Period, SettlementSums};
use store::client::Client;
use store::id::{ClientId, ConnectionId};
use store::settlements::{self, Settlement};
use store::{Transaction, batches};

use crate::configuration::Configuration;
use crate::convert::HandedOut;
use crate::convert::movement_source::{Document, Head, StoredSums};
use crate::refusal::{AppError, Refusal};
use crate::settings::stored;

/// How many settlements are asked for at once.
const PAGE: u32 = 500;

/// A client's books.
#[derive(Clone, Debug)]
pub(super) struct Books {
    pub(super) client: Client,
    /// The version of the settings.
    pub(super) version: i64,
    pub(super) configuration: Configuration,
    pub(super) handed_out: HandedOut,
    /// One for each merchant.
    pub(super) chains: Vec<MerchantChain>,
}

/// The settlements of one merchant in the order of their periods.
#[derive(Clone, Debug)]
pub(super) struct MerchantChain {
    pub(super) seller: String,
    pub(super) connection: Option<ConnectionId>,
    pub(super) settlements: Vec<StoredSettlement>,
}

/// A settlement as it is stored, without its rows.
#[derive(Clone, Debug)]
pub(super) struct StoredSettlement {
    pub(super) number: i64,
    pub(super) name: String,
    pub(super) sums: StoredSums,
}

/// Which days' sums are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Days {
    /// All: a walk needs the whole history.
    All,
    /// Those of months, and what is carried into them from closed books.
    Of(Month, Month),
}

impl Books {
    /// Loads the books of a client, or of one of its connections. Who may see them must have been asked before.
    pub(super) async fn load(
        transaction: &mut Transaction,
        id: &ClientId,
        connection: Option<&ConnectionId>,
        days: Days,
    ) -> Result<Self, AppError> {
        let client = store::client::find(transaction, id).await?.ok_or_else(Refusal::not_found)?;
        let (version, configuration) = stored::engine(transaction, id).await?;
        let mut handed_out = HandedOut::default();
        let closed = configuration.rules.client().closed_until;
        if closed.is_some() {
            for (settlement, month) in batches::handed_out(transaction, id).await? {
                handed_out.note(&settlement, month);
            }
        }
        let (first, last) = match days {
            Days::Of(first, last) => {
                // What is late for closed books is booked on the first open day.
                let late = closed.filter(|closed| first.first() <= closed.tomorrow().unwrap_or(*closed));
                (late.map_or(first.first(), |_| Date::ZERO), last.last())
            }
            Days::All => (Date::ZERO, Date::MAX),
        };
        let mut sums: HashMap<i64, Vec<DaySum>> = HashMap::new();
        for (settlement, sum) in settlements::sums_between(transaction, client.number, first, last).await? {
            sums.entry(settlement).or_default().push(sum);
        }
        let chains = chains(transaction, client.number, connection, &mut sums).await?;
        Ok(Self { client, version, configuration, handed_out, chains })
    }
}

async fn chains(
    transaction: &mut Transaction,
    client: i64,
    connection: Option<&ConnectionId>,
    sums: &mut HashMap<i64, Vec<DaySum>>,
) -> Result<Vec<MerchantChain>, AppError> {
    let mut chains: Vec<MerchantChain> = Vec::new();
    let mut after = None;
    loop {
        let page = settlements::of_client(transaction, client, connection, None, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(chains) };
        after = Some((last.imported.start, last.number));
        for settlement in page {
            let days = sums.remove(&settlement.number).unwrap_or_default();
            let seller = settlement.imported.seller.clone();
            let connection = settlement.imported.connection.clone();
            let stored = of_settlement(settlement, days)?;
            match chains.iter_mut().find(|chain| chain.seller == seller) {
                Some(chain) => chain.settlements.push(stored),
                None => chains.push(MerchantChain { seller, connection, settlements: vec![stored] }),
            }
        }
    }
}

pub(super) fn of_settlement(settlement: Settlement, days: Vec<DaySum>) -> Result<StoredSettlement, AppError> {
    let Settlement { number, imported, document_name: name, sha256, bytes } = settlement;
    let chain: SettlementSums = serde_json::from_str(&imported.chain)
        .map_err(AppError::failed("reading the sums of a settlement"))?;
    let document = Document {
        name: name.clone(),
        sha256,
        settlement: Some(imported.identifier),
        rows: imported.rows,
        bytes,
    };
    Ok(StoredSettlement { number, name, sums: StoredSums { document, chain, days } })
}

impl Books {
    /// The same books of one connection alone; of all where none is named.
    pub(super) fn of_connection(&self, connection: Option<&ConnectionId>) -> Self {
        let own = |chain: &&MerchantChain| connection.is_none() || chain.connection.as_ref() == connection;
        Self { chains: self.chains.iter().filter(own).cloned().collect(), ..self.clone() }
    }
}

impl StoredSettlement {
    pub(super) fn period(&self) -> &Period {
        &self.sums.chain.period
    }

    pub(super) fn head(&self) -> Head {
        Head { name: self.name.clone(), period: Some(self.period().clone()), stored: Some(self.sums.clone()) }
    }
}
