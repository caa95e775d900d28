//! `[[account]]`: which account takes what, for which shop and currency, and from which day on.

use std::ops::Range;

use ledger::account::{AccountLength, AccountNumber};
use ledger::rules::{AccountRule, Assignment, RuleProblem, RuleScope};
use ledger::tax_key::{FactCode, TaxKey};
use ledger::template::Template;

use super::document::{Field, Problems, Section};
use super::problem::{Need, What};
use super::values;

pub(super) const NAME: &str = "[[account]]";

/// The keys of `[[account]]`.
pub(super) const KEYS: &[&str] = &[
    "for",
    "account",
    "from",
    "store",
    "currency",
    "key",
    "fact",
    "cost-centre",
    "vat-id",
    "eu-rate",
    "document",
];

/// What belongs to an account and makes no sense without one.
const OF_THE_ACCOUNT: [&str; 6] = ["key", "fact", "cost-centre", "vat-id", "eu-rate", "document"];

/// Nobody has more rules than this.
const MOST: usize = 2_000;

/// The word that says that nothing is booked.
const NONE: &str = "none";

/// What a rule books on.
enum Target {
    /// Nothing: the money stays on the provider account.
    Nothing,
    /// An account with what belongs to it.
    Account(Assignment),
}

/// Where a rule stands, so that what is said about it later is said there.
#[derive(Clone, Debug)]
pub(super) struct RulePlace {
    /// What the rule is for, as the file says it.
    scope: String,
    table: Range<usize>,
    account: Range<usize>,
    key: Option<Range<usize>>,
}

/// The rules of the file in their order, each with its place.
#[derive(Debug, Default)]
pub(super) struct AccountRules {
    pub(super) rules: Vec<(AccountRule, RulePlace)>,
    /// Is any missing because it could not be understood?
    pub(super) incomplete: bool,
}

impl RulePlace {
    /// Notes what the ledger says about the rule, at the setting it is about.
    pub(super) fn note(&self, what: What, problems: &mut Problems<'_>) {
        let on_key = match &what {
            What::Rule(RuleProblem::KeyNotAllowed { .. } | RuleProblem::KeyOnDebtor { .. }) => true,
            What::Review(remark) => remark.concerns_key(),
            _ => false,
        };
        let setting = |key: &str| format!("{NAME} for = \"{}\"{key}", self.scope);
        match (&self.key, &what) {
            (Some(key), _) if on_key => problems.add(key.clone(), setting(", key"), what),
            (_, What::Rule(RuleProblem::Twice { .. })) => {
                let position = problems.position(self.table.start);
                problems.add_at(position, setting(""), what);
            }
            _ => problems.add(self.account.clone(), setting(", account"), what),
        }
    }
}

/// Reads all account tables. Without a Sachkontenlänge the numbers are not judged, and nothing is given.
pub(super) fn read(
    root: &Section<'_>,
    length: Option<AccountLength>,
    problems: &mut Problems<'_>,
) -> AccountRules {
    let before = problems.count();
    let sections = root.sections("account", NAME, MOST, problems);
    let rules = sections.iter().filter_map(|section| rule(section, length, problems)).collect();
    AccountRules { rules, incomplete: problems.count() > before }
}

fn rule(
    section: &Section<'_>,
    length: Option<AccountLength>,
    problems: &mut Problems<'_>,
) -> Option<(AccountRule, RulePlace)> {
    let before = problems.count();
    section.refuse_unknown(KEYS, problems);
    let scope = section.need("for", Need::Scope, problems, scope);
    let target = target(section, length, problems);
    let rule = AccountRule {
        store: section.take("store", problems, values::words),
        currency: section.take("currency", problems, values::currency),
        valid_from: section.take("from", problems, values::day),
        scope: scope?,
        assignment: match target? {
            Target::Nothing => None,
            Target::Account(assignment) => Some(assignment),
        },
    };
    let place = RulePlace {
        scope: section.field("for")?.value.as_str()?.to_owned(),
        table: section.span.clone(),
        account: section.field("account")?.span,
        key: section.field("key").map(|field| field.span),
    };
    (problems.count() == before).then_some((rule, place))
}

fn scope(field: &Field<'_>) -> Result<RuleScope, What> {
    let name = values::text(field)?;
    let names: Vec<&str> = RuleScope::names().collect();
    RuleScope::parse(name).ok_or_else(|| values::not_one_of(name, names.iter().copied()))
}

/// The account with what belongs to it.
fn target(
    section: &Section<'_>,
    length: Option<AccountLength>,
    problems: &mut Problems<'_>,
) -> Option<Target> {
    let number = section.need("account", Need::Account, problems, |field| {
        let digits = values::digits(field)?;
        match length {
            _ if digits == NONE => Ok(None),
            Some(length) => AccountNumber::parse(&digits, length).map(Some).map_err(What::Account),
            None => Ok(None),
        }
    });
    let nothing = section.field("account").is_some_and(|field| field.value.as_str() == Some(NONE));
    if nothing {
        let idle = OF_THE_ACCOUNT.into_iter().filter_map(|key| section.field(key));
        idle.for_each(|field| problems.add(field.span, field.setting, What::NothingBooked));
        return Some(Target::Nothing);
    }
    let key = section.take("key", problems, |field| values::code(field, 9999));
    let fact = section.take("fact", problems, |field| values::code(field, 999));
    let cost_centre = section.take("cost-centre", problems, values::cost_centre);
    let eu_vat_id = section.take("vat-id", problems, values::vat_id);
    let eu_rate = section.take("eu-rate", problems, values::vat_rate);
    let document = section.take("document", problems, template);
    let account = number.flatten()?;
    Some(Target::Account(Assignment {
        account,
        tax_key: key.and_then(TaxKey::new),
        fact_code: fact.and_then(FactCode::new),
        cost_centre,
        eu_vat_id,
        eu_rate,
        document,
    }))
}

/// A text with places in braces.
pub(super) fn template(field: &Field<'_>) -> Result<Template, What> {
    Template::parse(values::printable(field)?).map_err(What::Template)
}
