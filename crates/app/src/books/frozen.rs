//! What a batch rests on, made again from the state that was frozen with it: its version of the settings, its settlements.

use std::collections::BTreeMap;

use ledger::entry::Side;
use ledger::money::Currency;
use store::batches::{self, Batch};
use store::{Transaction, settings, settlements};

use super::lines::{Line, lines, text};
use super::load::{Books, MerchantChain, of_settlement};
use super::refused;
use crate::configuration::Configuration;
use crate::convert::HandedOut;
use crate::convert::digest::sha256;
use crate::refusal::AppError;

/// More merchants than this in one batch are not put into every order.
const MERCHANTS_MAX: usize = 6;

/// The entries of a month as sums, from the frozen state.
#[derive(Clone, Debug)]
pub(crate) struct Frozen {
    /// The fingerprints that these entries may have: one for each order of the merchants.
    pub(crate) fingerprints: Vec<String>,
    /// Sums in Soll and Haben of each provider account and currency, in minor units.
    pub(crate) accounts: BTreeMap<(String, Currency), (i64, i64)>,
}

/// The entries that a batch rests on. None where the client's zone has changed since: rows lie on other days now, and
/// their old sums are gone.
pub(crate) async fn frozen(transaction: &mut Transaction, batch: &Batch) -> Result<Option<Frozen>, AppError> {
    let begun = &batch.begun;
    let version = settings::find(transaction, &begun.client, begun.settings).await?;
    let version = version.ok_or(store::StoreError::Content {
        expected: "the settings by which a batch was made",
        found: format!("no version {}", begun.settings),
    })?;
    let configuration =
        Configuration::read(&version.content).map_err(AppError::failed("reading stored settings"))?;
    let mut handed_out = HandedOut::default();
    if configuration.rules.client().closed_until.is_some() {
        for (settlement, month) in batches::handed_out_before(transaction, batch).await? {
            handed_out.note(&settlement, month);
        }
    }
    let zone = configuration.rules.client().zone.zone().iana_name().unwrap_or("UTC").to_owned();
    let mut chains: Vec<MerchantChain> = Vec::new();
    for settlement in settlements::of_batch(transaction, &begun.id).await? {
        if settlement.imported.zone != zone {
            return Ok(None);
        }
        let days = settlements::sums(transaction, settlement.number).await?;
        let (seller, connection) =
            (settlement.imported.seller.clone(), settlement.imported.connection.clone());
        let stored = of_settlement(settlement, days)?;
        match chains.iter_mut().find(|chain| chain.seller == seller) {
            Some(chain) => chain.settlements.push(stored),
            None => chains.push(MerchantChain { seller, connection, settlements: vec![stored] }),
        }
    }
    let client = store::client::Client {
        id: begun.client.clone(),
        number: 0,
        name: String::new(),
        created_at: begun.created_at,
    };
    let mut books = Books { client, version: begun.settings, configuration, handed_out, chains: Vec::new() };
    let mut texts = Vec::new();
    let mut accounts = BTreeMap::new();
    for chain in chains {
        books.chains = vec![chain];
        let lines = lines(&books, &books.configuration.rules, begun.month).map_err(refused)?;
        add(&lines, &mut accounts)?;
        texts.push(text(&lines));
    }
    let orders = if texts.len() > MERCHANTS_MAX { vec![texts] } else { orders(&texts) };
    let fingerprints = orders.iter().map(|texts| sha256(texts.concat().as_bytes())).collect();
    Ok(Some(Frozen { fingerprints, accounts }))
}

fn add(lines: &[Line], accounts: &mut BTreeMap<(String, Currency), (i64, i64)>) -> Result<(), AppError> {
    for line in lines {
        let key = (line.account.to_string(), line.amount.currency());
        let sums = accounts.entry(key).or_default();
        let sum = if line.side == Side::Debit { &mut sums.0 } else { &mut sums.1 };
        let large = AppError::failed("summing the entries of a batch");
        *sum = sum.checked_add(line.amount.minor()).ok_or("a sum is too large").map_err(large)?;
    }
    Ok(())
}

/// All orders of some texts.
fn orders(texts: &[String]) -> Vec<Vec<String>> {
    if texts.len() < 2 {
        return vec![texts.to_vec()];
    }
    let mut all = Vec::new();
    for place in 0..texts.len() {
        let mut rest = texts.to_vec();
        let first = rest.remove(place);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}
