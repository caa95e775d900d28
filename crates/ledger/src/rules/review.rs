//! What a rule may not say, whatever the chart: refused before the first row is read.

use std::collections::BTreeMap;

use super::{AccountRule, Assignment, BookingMode, RuleScope, Rules, Taxation};
use crate::account::{AccountClass, AccountNumber};
use crate::kind::{MovementKind, Purpose};
use crate::money::Currency;
use crate::tax_key::TaxKey;

/// A rule that cannot be posted by. `rule` is its place among the client's own account rules, if it stands there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// No account where one is needed.
    #[error("no account is set for «{purpose}»; a chart of one's own proposes none")]
    Missing {
        /// The purpose without an account.
        purpose: &'static str,
    },
    /// Only the reserve may go without an account.
    #[error("«{purpose}» needs an account; only the reserve may stay on the provider account")]
    NotBooked {
        /// Place of the rule.
        rule: usize,
        /// What it is for.
        purpose: &'static str,
    },
    /// A key where none may stand.
    #[error(
        "key {key} on account {account}: a key on «{purpose}» is not allowed, it acts on expenses and sales only"
    )]
    KeyNotAllowed {
        /// Place of the rule.
        rule: usize,
        /// What it is for.
        purpose: &'static str,
        /// The account.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
    /// A key on a customer's row although the invoice makes the VAT due, or there is none.
    #[error(
        "key {key} on the debtor {account}: only with Ist-Versteuerung (§ 20 UStG) does the payment carry the key of the sale"
    )]
    KeyOnDebtor {
        /// Place of the rule.
        rule: usize,
        /// The account.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
    /// Ist-Versteuerung without the key of the sale.
    #[error(
        "with Ist-Versteuerung (§ 20 UStG) the debtor {account} needs the key of the sale: 3 for 19 %, 2 for 7 % …"
    )]
    KeyMissing {
        /// Place of the rule; none if it is the chart's proposal.
        rule: Option<usize>,
        /// The account.
        account: AccountNumber,
    },
    /// The account belongs to another family than its purpose asks for.
    #[error("account {account} cannot take «{purpose}»: {wanted}")]
    WrongClass {
        /// Place of the rule.
        rule: usize,
        /// What it is for.
        purpose: &'static str,
        /// The account.
        account: AccountNumber,
        /// What is allowed.
        wanted: ClassWanted,
    },
    /// One provider account for two currencies.
    #[error(
        "account {account} is the provider account of {first} and of {second}; each currency needs one of its own"
    )]
    SharedProvider {
        /// Place of the rule.
        rule: usize,
        /// The account.
        account: AccountNumber,
        /// One currency.
        first: Currency,
        /// The other.
        second: Currency,
    },
    /// An account that is contra account and provider account at once.
    #[error("account {account} is the provider account and cannot be its own contra account («{purpose}»)")]
    ProviderAsContra {
        /// Place of the rule.
        rule: usize,
        /// What it is for.
        purpose: &'static str,
        /// The account.
        account: AccountNumber,
    },
    /// The same rule twice.
    #[error("this rule and an earlier one say different things for the same shop, currency and day")]
    Twice {
        /// Place of the later rule.
        rule: usize,
    },
}

/// Which family of accounts a purpose takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassWanted {
    /// A debtor.
    Debtor,
    /// An account of the general ledger.
    GeneralLedger,
    /// An expense account or a creditor.
    ExpenseOrCreditor,
    /// Anything but a creditor.
    NoCreditor,
}

impl std::fmt::Display for ClassWanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Debtor => {
                "with the Buchungsweise Debitor it is a debtor (one digit more, the first 1 to 6)"
            }
            Self::GeneralLedger => "it is an account of the general ledger",
            Self::ExpenseOrCreditor => {
                "it is an expense account or a creditor (one digit more, the first 7 to 9)"
            }
            Self::NoCreditor => "a creditor cannot stand against a customer's payment",
        })
    }
}

pub(super) fn review(rules: &Rules) -> Vec<RuleProblem> {
    let mut problems = Vec::new();
    for purpose in Purpose::ALL {
        let needed = purpose != Purpose::Contra(MovementKind::Reserve);
        if needed && !rules.accounts.iter().any(|rule| rule.scope.covers(purpose) && rule.store.is_none()) {
            problems.push(RuleProblem::Missing { purpose: purpose.name() });
        }
    }
    for (place, rule) in rules.own_accounts().iter().enumerate() {
        let mut covered = Purpose::ALL.into_iter().filter(|purpose| rule.scope.covers(*purpose));
        // One problem a rule is enough: the purposes of a family share it.
        problems.extend(covered.find_map(|purpose| of_rule(rules, place, rule, purpose)));
        if rules.own_accounts()[..place].iter().any(|earlier| contradicts(earlier, rule)) {
            problems.push(RuleProblem::Twice { rule: place });
        }
    }
    problems.extend(shared_provider(rules));
    problems.extend(cash_without_key(rules));
    problems
}

fn contradicts(one: &AccountRule, other: &AccountRule) -> bool {
    one.scope == other.scope
        && one.store == other.store
        && one.currency == other.currency
        && one.valid_from == other.valid_from
}

fn of_rule(rules: &Rules, place: usize, rule: &AccountRule, purpose: Purpose) -> Option<RuleProblem> {
    let reserve = purpose == Purpose::Contra(MovementKind::Reserve);
    match &rule.assignment {
        None if reserve => None,
        None => Some(RuleProblem::NotBooked { rule: place, purpose: purpose.name() }),
        Some(assignment) => wrong_class(rules, place, purpose, assignment)
            .or_else(|| wrong_key(rules, place, purpose, assignment))
            .or_else(|| provider_as_contra(rules, place, purpose, assignment)),
    }
}

fn wrong_class(
    rules: &Rules,
    place: usize,
    purpose: Purpose,
    assignment: &Assignment,
) -> Option<RuleProblem> {
    use AccountClass::{Creditor, Debtor, GeneralLedger};
    let class = assignment.account.class(rules.client.account_length);
    let sale = matches!(purpose, Purpose::Contra(MovementKind::Payment | MovementKind::Refund));
    let wanted = match (purpose, class) {
        (Purpose::Fee(_), Debtor) => ClassWanted::ExpenseOrCreditor,
        (Purpose::Fee(_), _) => return None,
        (Purpose::Contra(kind), Creditor) if kind.concerns_customer() => ClassWanted::NoCreditor,
        (_, GeneralLedger) if sale && rules.client.booking_mode == BookingMode::Debtor => ClassWanted::Debtor,
        (_, Debtor) if sale && rules.client.booking_mode != BookingMode::Debtor => ClassWanted::GeneralLedger,
        (Purpose::Contra(kind), _) if kind.concerns_customer() => return None,
        (_, GeneralLedger) => return None,
        _ => ClassWanted::GeneralLedger,
    };
    Some(RuleProblem::WrongClass {
        rule: place,
        purpose: purpose.name(),
        account: assignment.account,
        wanted,
    })
}

fn wrong_key(rules: &Rules, place: usize, purpose: Purpose, assignment: &Assignment) -> Option<RuleProblem> {
    let (key, account) = (assignment.tax_key?, assignment.account);
    let class = account.class(rules.client.account_length);
    let bears_keys = purpose.concerns_customer() || matches!(purpose, Purpose::Fee(_));
    if !bears_keys || class == AccountClass::Creditor {
        return Some(RuleProblem::KeyNotAllowed { rule: place, purpose: purpose.name(), account, key });
    }
    let no_key_of_sale = rules.client.taxation != Taxation::Cash && class == AccountClass::Debtor;
    let small_business = rules.client.taxation == Taxation::SmallBusiness && purpose.concerns_customer();
    (no_key_of_sale || small_business).then_some(RuleProblem::KeyOnDebtor { rule: place, account, key })
}

fn provider_as_contra(
    rules: &Rules,
    place: usize,
    purpose: Purpose,
    assignment: &Assignment,
) -> Option<RuleProblem> {
    let account = assignment.account;
    let taken =
        purpose != Purpose::Provider && providers(rules).any(|(_, rule)| rule_account(rule) == Some(account));
    taken.then_some(RuleProblem::ProviderAsContra { rule: place, purpose: purpose.name(), account })
}

fn rule_account(rule: &AccountRule) -> Option<AccountNumber> {
    rule.assignment.as_ref().map(|assignment| assignment.account)
}

/// The rules of the provider account that hold: a proposal gives way to the client's own for that currency.
fn providers(rules: &Rules) -> impl Iterator<Item = (usize, &AccountRule)> {
    let base = rules.client.base_currency;
    let provider = RuleScope::One(Purpose::Provider);
    let own_base = rules.own_accounts().iter().any(|rule| {
        rule.scope == provider && rule.valid_from.is_none() && rule.currency.is_none_or(|own| own == base)
    });
    let holds = move |place: usize| place < rules.own_accounts || !own_base;
    rules.accounts.iter().enumerate().filter(move |(place, rule)| rule.scope == provider && holds(*place))
}

fn shared_provider(rules: &Rules) -> Vec<RuleProblem> {
    let mut problems = Vec::new();
    let mut seen: BTreeMap<AccountNumber, Currency> = BTreeMap::new();
    for (place, rule) in providers(rules) {
        let Some(account) = rule_account(rule) else { continue };
        let currency = rule.currency.unwrap_or(rules.client.base_currency);
        let first = *seen.entry(account).or_insert(currency);
        if first != currency {
            problems.push(RuleProblem::SharedProvider { rule: place, account, first, second: currency });
        }
    }
    problems
}

fn cash_without_key(rules: &Rules) -> Vec<RuleProblem> {
    if rules.client.taxation != Taxation::Cash || rules.client.booking_mode != BookingMode::Debtor {
        return Vec::new();
    }
    let payment = Purpose::Contra(MovementKind::Payment);
    let refund = Purpose::Contra(MovementKind::Refund);
    let own_covers_all = rules.own_accounts().iter().any(|rule| {
        rule.scope.covers(payment)
            && rule.store.is_none()
            && rule.currency.is_none()
            && rule.valid_from.is_none()
    });
    let missing = |(place, rule): (usize, &AccountRule)| {
        let assignment = rule.assignment.as_ref()?;
        let own = place < rules.own_accounts;
        let concerned = rule.scope.covers(payment) || (own && rule.scope.covers(refund));
        let holds = own || !own_covers_all;
        let problem = RuleProblem::KeyMissing { rule: own.then_some(place), account: assignment.account };
        (concerned && holds && assignment.tax_key.is_none()).then_some(problem)
    };
    rules.accounts.iter().enumerate().filter_map(missing).collect()
}
