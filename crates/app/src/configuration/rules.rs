//! The sections put together: what the ledger and DATEV's charts say about them is said at its line.

use std::collections::BTreeSet;

use exports::datev::DatevSettings;
use exports::datev::review::review;
use ledger::account::AccountNumber;
use ledger::kind::Purpose;
use ledger::rules::{AccountRule, Parts, RuleProblem, RuleScope, Rules};

use super::account::{self, RulePlace};
use super::client::{self, ClientSettings};
use super::document::{Problems, Section};
use super::problem::What;
use super::{rates, stores, texts};

/// Reads everything behind `[client]` and makes rules of it; nothing if there are none that could be used.
pub(super) fn read(
    root: &Section<'_>,
    client: ClientSettings,
    problems: &mut Problems<'_>,
) -> Option<(Rules, DatevSettings)> {
    let accounts = account::read(root, client.account_length, problems);
    let (numbers, stores) = stores::read(root, problems);
    let texts = texts::read(root, problems);
    let base = client.whole.as_ref().map(|(client, _)| client.base_currency);
    let rates = rates::read(root, base, problems);
    let (client, datev) = client.whole?;
    let parts = Parts { client, accounts: Vec::new(), stores, numbers, texts: texts?, rates };
    let places = Places { root, incomplete: accounts.incomplete };
    Some((places.rules(&parts, &accounts.rules, problems)?, datev))
}

/// Where problems of rules are noted.
struct Places<'a, 'd> {
    root: &'a Section<'d>,
    /// Some account tables could not be understood: what seems to be missing may stand there.
    incomplete: bool,
}

impl Places<'_, '_> {
    fn rules(
        &self,
        parts: &Parts,
        accounts: &[(AccountRule, RulePlace)],
        problems: &mut Problems<'_>,
    ) -> Option<Rules> {
        let with = |accounts: &[(AccountRule, RulePlace)]| Parts {
            accounts: accounts.iter().map(|(rule, _)| rule.clone()).collect(),
            ..parts.clone()
        };
        match Rules::new(with(accounts)) {
            Ok(rules) => {
                self.review(&rules, accounts, problems);
                Some(rules)
            }
            Err(refused) => {
                // The charts are asked about the rules that are left, so that nothing comes to light only later.
                let refused_places: BTreeSet<usize> = refused.iter().filter_map(rule_of).collect();
                let left = accounts.iter().enumerate().filter(|(place, _)| !refused_places.contains(place));
                let left: Vec<_> = left.map(|(_, account)| account.clone()).collect();
                if let Ok(rules) = Rules::new(with(&left)) {
                    self.review(&rules, &left, problems);
                }
                self.refuse(refused, accounts, problems);
                None
            }
        }
    }

    fn refuse(
        &self,
        refused: Vec<RuleProblem>,
        accounts: &[(AccountRule, RulePlace)],
        problems: &mut Problems<'_>,
    ) {
        let mut without_account = Vec::new();
        for problem in refused {
            match problem {
                RuleProblem::Missing { purpose } => without_account.push(purpose),
                RuleProblem::SharedProvider { rule, account, .. } if accounts.get(rule).is_none() => {
                    // The other one is the chart's proposal: the client's own is the one that can be changed.
                    let shares = |(rule, _): &(AccountRule, RulePlace)| {
                        rule.scope.covers(Purpose::Provider) && number(rule) == Some(account)
                    };
                    self.note(accounts.iter().position(shares), What::Rule(problem), accounts, problems);
                }
                problem => self.note(rule_of(&problem), What::Rule(problem), accounts, problems),
            }
        }
        if !without_account.is_empty() {
            let scopes = families(&without_account);
            self.note(None, What::NoAccounts { scopes }, accounts, problems);
        }
    }

    fn review(&self, rules: &Rules, accounts: &[(AccountRule, RulePlace)], problems: &mut Problems<'_>) {
        for problem in review(rules) {
            self.note(problem.rule, What::Review(problem.remark), accounts, problems);
        }
    }

    fn note(
        &self,
        rule: Option<usize>,
        what: What,
        accounts: &[(AccountRule, RulePlace)],
        problems: &mut Problems<'_>,
    ) {
        if let Some((_, place)) = rule.and_then(|rule| accounts.get(rule)) {
            return place.note(what, problems);
        }
        if self.incomplete {
            return;
        }
        let key =
            if matches!(what, What::Rule(RuleProblem::KeyMissing { .. })) { "taxation" } else { "chart" };
        let client = self.root.section("client", client::NAME, problems);
        if let Some(field) = client.and_then(|client| client.field(key)) {
            problems.add(field.span, field.setting, what);
        }
    }
}

fn number(rule: &AccountRule) -> Option<AccountNumber> {
    rule.assignment.as_ref().map(|assignment| assignment.account)
}

/// Purposes by the shortest names: a family where all of it is meant.
fn families(purposes: &[&'static str]) -> Vec<&'static str> {
    let meant = |purpose: Purpose| purposes.contains(&purpose.name());
    let mut taken: Vec<RuleScope> = Vec::new();
    let mut names = Vec::new();
    for name in RuleScope::names() {
        let Some(scope) = RuleScope::parse(name) else { continue };
        let mut covered = Purpose::ALL.into_iter().filter(|purpose| scope.covers(*purpose));
        if covered.all(|purpose| meant(purpose) && !taken.iter().any(|family| family.covers(purpose))) {
            taken.push(scope);
            names.push(name);
        }
    }
    names
}

/// The place of the rule that a problem is about, where it is about one.
fn rule_of(problem: &RuleProblem) -> Option<usize> {
    match problem {
        RuleProblem::Missing { .. } => None,
        RuleProblem::KeyMissing { rule, .. } => *rule,
        RuleProblem::NotBooked { rule, .. }
        | RuleProblem::KeyNotAllowed { rule, .. }
        | RuleProblem::KeyOnDebtor { rule, .. }
        | RuleProblem::WrongClass { rule, .. }
        | RuleProblem::SharedProvider { rule, .. }
        | RuleProblem::ProviderAsContra { rule, .. }
        | RuleProblem::Twice { rule } => Some(*rule),
    }
}
