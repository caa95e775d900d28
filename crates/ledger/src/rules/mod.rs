//! The client's rules: which account takes what, from which day on, for which shop and currency.

mod assignment;
mod client;
mod resolve;
mod review;
mod texts;

pub use assignment::{AccountRule, Assignment, RuleScope};
pub use client::{BookingMode, Client, FeeSumming, Taxation};
pub(crate) use resolve::{Lookup, ShopRules};
pub use review::{ClassWanted, RuleProblem};
pub use texts::{TextKey, Texts};

use std::collections::BTreeMap;

use crate::document_number::NumberRule;
use crate::kind::Purpose;
use crate::rate::Rates;

/// Everything that decides how movements become entries. Reviewed when made: what stands here can be posted.
#[derive(Clone, Debug)]
pub struct Rules {
    client: Client,
    /// The client's own rules first, the chart's proposals behind them.
    accounts: Vec<AccountRule>,
    own_accounts: usize,
    stores: BTreeMap<String, StoreRule>,
    numbers: NumberRule,
    texts: Texts,
    rates: Rates,
    stores_have_accounts: bool,
    fees_change: bool,
}

/// What is particular about one shop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreRule {
    /// How its order numbers become document numbers.
    pub numbers: NumberRule,
    /// Is the payment's own reference the key of its orders, instead of the order number?
    pub key_is_seller_reference: bool,
}

/// The parts from which rules are made.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The client.
    pub client: Client,
    /// The client's own account rules; what they leave open the chart proposes.
    pub accounts: Vec<AccountRule>,
    /// Shops with settings of their own, by name.
    pub stores: BTreeMap<String, StoreRule>,
    /// Document numbers of all other shops.
    pub numbers: NumberRule,
    /// Buchungstexte and the order number.
    pub texts: Texts,
    /// Exchange rates.
    pub rates: Rates,
}

impl Rules {
    /// Puts the parts together and reviews them; every problem is named, not just the first.
    pub fn new(parts: Parts) -> Result<Self, Vec<RuleProblem>> {
        let Parts { client, mut accounts, stores, numbers, texts, rates } = parts;
        let own_accounts = accounts.len();
        for rule in &mut accounts {
            // One provider account a currency: without a word it is the one of the books.
            if rule.scope == RuleScope::One(Purpose::Provider) {
                rule.currency.get_or_insert(client.base_currency);
            }
        }
        accounts
            .extend(Purpose::ALL.into_iter().filter_map(|purpose| AccountRule::proposed(purpose, &client)));
        let own = &accounts[..own_accounts];
        let stores_have_accounts =
            own.iter().any(|rule| rule.store.is_some() && rule.scope.concerns_customers());
        let fees_change = own.iter().any(|rule| rule.valid_from.is_some() && rule.scope.concerns_fees());
        let rules = Self {
            client,
            accounts,
            own_accounts,
            stores,
            numbers,
            texts,
            rates,
            stores_have_accounts,
            fees_change,
        };
        let problems = review::review(&rules);
        if problems.is_empty() { Ok(rules) } else { Err(problems) }
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// All account rules: the client's own in their order, then the chart's proposals.
    pub fn accounts(&self) -> &[AccountRule] {
        &self.accounts
    }

    /// The client's own account rules, in the order in which they were given.
    pub fn own_accounts(&self) -> &[AccountRule] {
        &self.accounts[..self.own_accounts]
    }

    /// The settings of a shop, where it has its own.
    pub fn store(&self, name: &str) -> Option<&StoreRule> {
        self.stores.get(name)
    }

    /// The shops with settings of their own.
    pub fn stores(&self) -> impl Iterator<Item = (&str, &StoreRule)> {
        self.stores.iter().map(|(name, rule)| (name.as_str(), rule))
    }

    /// How the order numbers of a shop become document numbers.
    pub fn numbers(&self, store: &str) -> &NumberRule {
        self.store(store).map_or(&self.numbers, |rule| &rule.numbers)
    }

    /// Buchungstexte.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Exchange rates.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// Does any rule name a shop, so that a shop without a rule is worth a finding?
    pub(crate) fn stores_have_accounts(&self) -> bool {
        self.stores_have_accounts
    }

    /// Do the rules of fees change on some day, so that a returned fee must know when it was charged?
    pub fn fees_change(&self) -> bool {
        self.fees_change
    }

    /// Must the key of an order be looked up in its payment, because a shop's key is the payment's own reference?
    pub fn keys_come_from_payments(&self) -> bool {
        self.stores.values().any(|store| store.key_is_seller_reference)
    }
}
