//! Account names for journals in plain text: `Assets:Debitoren:10000`.
//!
//! A number alone says nothing to hledger and beancount; both want one of five roots in front. The root follows from
//! what the client's rules use the account for, so it is the same in every journal made by these rules.

use std::collections::BTreeMap;

use ledger::account::{AccountClass, AccountNumber};
use ledger::kind::{MovementKind, Purpose};
use ledger::rules::{BookingMode, Client, Rules};

/// An entry has an account that the rules do not know: it was made by other rules than the journal was begun with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("account {0} is in none of the rules that the journal was begun with")]
pub struct UnknownAccount(pub AccountNumber);

/// The names of all accounts of the rules, and which of them were declared.
#[derive(Debug)]
pub(crate) struct AccountNames {
    names: BTreeMap<AccountNumber, Name>,
}

#[derive(Debug)]
struct Name {
    text: String,
    declared: bool,
}

impl AccountNames {
    /// An account that serves several purposes is named by the first of them.
    pub(crate) fn new(rules: &Rules) -> Self {
        let mut names = BTreeMap::new();
        for purpose in Purpose::ALL {
            let covering = rules.accounts().iter().filter(|rule| rule.scope.covers(purpose));
            for account in
                covering.filter_map(|rule| rule.assignment.as_ref()).map(|assignment| assignment.account)
            {
                names.entry(account).or_insert_with(|| {
                    let text = format!("{}:{account}", family(purpose, account, rules.client()));
                    Name { text, declared: false }
                });
            }
        }
        Self { names }
    }

    /// The name of an account.
    pub(crate) fn name(&self, account: AccountNumber) -> Result<&str, UnknownAccount> {
        self.names.get(&account).map(|name| name.text.as_str()).ok_or(UnknownAccount(account))
    }

    /// The name of an account that was not asked for before, so that it is declared once.
    pub(crate) fn declare(&mut self, account: AccountNumber) -> Option<&str> {
        let name = self.names.get_mut(&account).filter(|name| !name.declared)?;
        name.declared = true;
        Some(&name.text)
    }
}

fn family(purpose: Purpose, account: AccountNumber, client: &Client) -> &'static str {
    use MovementKind::{Debt, Payment, Payout, Refund, Reserve};
    let class = account.class(client.account_length);
    match purpose {
        Purpose::Provider => "Assets:Zahlungsanbieter",
        Purpose::Fee(_) if class == AccountClass::Creditor => "Liabilities:Kreditoren",
        Purpose::Fee(_) => "Expenses:Gebühren",
        Purpose::Contra(_) if class == AccountClass::Debtor => "Assets:Debitoren",
        Purpose::Contra(kind) if kind.concerns_customer() => match (client.booking_mode, kind) {
            (BookingMode::Revenue, _) => "Income:Erlöse",
            (_, Payment | Refund) => "Assets:Forderungen",
            // Money taken back has an account of its own where it is written off.
            _ => "Expenses:Rückbuchungen",
        },
        Purpose::Contra(Payout | Debt) => "Assets:Geldtransit",
        Purpose::Contra(Reserve) => "Assets:Kontorücklage",
        // 1792 and 3630, Sonstige Verrechnungskonten, stand among the liabilities (DATEV Kontenrahmen 2026).
        Purpose::Contra(_) => "Liabilities:Klärung",
    }
}
