//! Which rule holds for a row: the most particular one that is valid on its day.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{AccountRule, Rules};
use crate::kind::Purpose;
use crate::money::Currency;

impl Rules {
    /// The rule for a purpose in a shop, a currency and on a day: among the rules that match and are valid by then the
    /// most particular; among equals the one valid from the latest day; the client's own before the chart's proposal.
    pub fn rule(&self, purpose: Purpose, store: &str, currency: Currency, day: Date) -> Option<&AccountRule> {
        let valid = |rule: &&AccountRule| rule.valid_from.is_none_or(|from| from <= day);
        let own = self.own_accounts().iter().filter(|rule| rule.matches(purpose, store, currency));
        let mut proposed =
            self.accounts[self.own_accounts..].iter().filter(|rule| rule.matches(purpose, store, currency));
        own.filter(valid).max_by_key(|rule| (rule.rank(), rule.valid_from)).or_else(|| proposed.next())
    }

    /// The days on which any rule of the purpose begins to hold, earliest first.
    fn changes(&self, purpose: Purpose) -> Vec<Date> {
        let covering = self.own_accounts().iter().filter(|rule| rule.scope.covers(purpose));
        let mut days: Vec<Date> = covering.filter_map(|rule| rule.valid_from).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// Remembers what [`Rules::rule`] said, because a report asks the same for every row.
#[derive(Debug)]
pub struct Lookup<'r> {
    rules: &'r Rules,
    known: HashMap<Currency, HashMap<String, usize>>,
    tables: Vec<Table<'r>>,
    last: Option<(String, Currency, usize)>,
}

/// The rules of one shop and currency, for each purpose in the order of their days.
#[derive(Debug)]
struct Table<'r> {
    purposes: Vec<Vec<(Date, Option<&'r AccountRule>)>>,
}

impl<'r> Lookup<'r> {
    /// Looks up in these rules.
    pub fn new(rules: &'r Rules) -> Self {
        Self { rules, known: HashMap::new(), tables: Vec::new(), last: None }
    }

    /// The same answer as [`Rules::rule`].
    pub fn rule(
        &mut self,
        purpose: Purpose,
        store: &str,
        currency: Currency,
        day: Date,
    ) -> Option<&'r AccountRule> {
        let table = self.table(store, currency);
        let periods = self.tables.get(table)?.purposes.get(purpose.index()?)?;
        periods.iter().rev().find(|(from, _)| *from <= day).and_then(|(_, rule)| *rule)
    }

    fn table(&mut self, store: &str, currency: Currency) -> usize {
        if let Some((last_store, last_currency, table)) = &self.last
            && last_store == store
            && *last_currency == currency
        {
            return *table;
        }
        let table = match self.known.get(&currency).and_then(|stores| stores.get(store)) {
            Some(table) => *table,
            None => self.make(store, currency),
        };
        self.last = Some((store.to_owned(), currency, table));
        table
    }

    fn make(&mut self, store: &str, currency: Currency) -> usize {
        let periods = |purpose| {
            let days = std::iter::once(Date::MIN).chain(self.rules.changes(purpose));
            days.map(|day| (day, self.rules.rule(purpose, store, currency, day))).collect()
        };
        let table = self.tables.len();
        self.tables.push(Table { purposes: Purpose::ALL.into_iter().map(periods).collect() });
        self.known.entry(currency).or_default().insert(store.to_owned(), table);
        table
    }
}
