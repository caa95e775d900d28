//! Which rule holds for a row: the most particular one that is valid on its day.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{AccountRule, Rules};
use crate::document_number::NumberRule;
use crate::kind::Purpose;
use crate::money::Currency;

impl Rules {
    /// The rule for a purpose in a shop, a currency and on a day: among the rules that match and are valid by then the
    /// most particular; among equals the one valid from the latest day; the client's own before the chart's proposal.
    pub fn rule(&self, purpose: Purpose, store: &str, currency: Currency, day: Date) -> Option<&AccountRule> {
        self.rule_of(purpose, Some(store), currency, day)
    }

    /// The same; no shop is one that no rule names.
    fn rule_of(
        &self,
        purpose: Purpose,
        store: Option<&str>,
        currency: Currency,
        day: Date,
    ) -> Option<&AccountRule> {
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
pub(crate) struct Lookup<'r> {
    rules: &'r Rules,
    /// The shops that any rule or setting names. All others are alike, so whatever shops a report names, little is kept.
    named: HashSet<&'r str>,
    known: HashMap<(Option<&'r str>, Currency), usize>,
    shops: Vec<ShopRules<'r>>,
    /// Neighbouring rows are mostly of one shop.
    last: Option<(Option<&'r str>, Currency, usize)>,
}

/// The rules of one shop and currency, for each purpose in the order of their days.
#[derive(Debug)]
pub(crate) struct ShopRules<'r> {
    purposes: [Vec<(Date, Option<&'r AccountRule>)>; Purpose::COUNT],
    numbers: &'r NumberRule,
}

impl<'r> ShopRules<'r> {
    /// The same answer as [`Rules::rule`].
    pub(crate) fn rule(&self, purpose: Purpose, day: Date) -> Option<&'r AccountRule> {
        let mut periods = self.purposes.get(purpose.index())?.iter().rev();
        periods.find(|(from, _)| *from <= day).and_then(|(_, rule)| *rule)
    }

    /// The first day on which a purpose has an account; none where it never has.
    pub(crate) fn begins(&self, purpose: Purpose) -> Option<Date> {
        let mut periods = self.purposes.get(purpose.index())?.iter();
        periods.find(|(_, rule)| rule.is_some_and(|rule| rule.assignment.is_some())).map(|(from, _)| *from)
    }

    /// The same answer as [`Rules::numbers`].
    pub(crate) fn numbers(&self) -> &'r NumberRule {
        self.numbers
    }
}

impl<'r> Lookup<'r> {
    /// Looks up in these rules.
    pub(crate) fn new(rules: &'r Rules) -> Self {
        let of_accounts = rules.own_accounts().iter().filter_map(|rule| rule.store.as_deref());
        let named = of_accounts.chain(rules.stores().map(|(name, _)| name)).collect();
        Self { rules, named, known: HashMap::new(), shops: Vec::new(), last: None }
    }

    /// The rules of a shop for rows in a currency.
    pub(crate) fn shop(&mut self, store: &str, currency: Currency) -> &ShopRules<'r> {
        let place = self.place(store, currency);
        &self.shops[place]
    }

    fn place(&mut self, store: &str, currency: Currency) -> usize {
        let last = self.last.filter(|(_, of, _)| *of == currency);
        if let Some((Some(name), _, place)) = last
            && name == store
        {
            return place;
        }
        let name = self.named.get(store).copied();
        if let (None, Some((None, _, place))) = (name, last) {
            return place;
        }
        let known = self.known.get(&(name, currency)).copied();
        let place = known.unwrap_or_else(|| self.make(name, currency));
        self.last = Some((name, currency, place));
        place
    }

    fn make(&mut self, name: Option<&'r str>, currency: Currency) -> usize {
        let rules = self.rules;
        let mut purposes = [const { Vec::new() }; Purpose::COUNT];
        for purpose in Purpose::ALL {
            let days = std::iter::once(Date::MIN).chain(rules.changes(purpose));
            let periods = days.map(|day| (day, rules.rule_of(purpose, name, currency, day))).collect();
            purposes[purpose.index()] = periods;
        }
        let numbers = name.map_or(&rules.numbers, |name| rules.numbers(name));
        let place = self.shops.len();
        self.shops.push(ShopRules { purposes, numbers });
        self.known.insert((name, currency), place);
        place
    }
}
