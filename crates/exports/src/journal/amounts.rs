//! The two amounts of an entry: what the provider account gets and what the contra account gives.

use ledger::entry::{Entry, Side};
use ledger::money::Money;

/// Figures with a decimal point, signed: above zero in Soll, below in Haben.
///
/// Soll and Haben are the same amount with two signs, so the entry balances. One in a foreign currency stands on the
/// provider account in that currency with the base amount as the price of all of it, on the contra account in the
/// currency of the books.
#[derive(Debug)]
pub(crate) struct Amounts {
    /// On the provider account: `119.00 EUR`, `-119.00 USD @@ 109.68 EUR`.
    pub(crate) provider: String,
    /// On the contra account: `-119.00 EUR`, `109.68 EUR`.
    pub(crate) contra: String,
}

impl Amounts {
    pub(crate) fn of(entry: &Entry<'_>) -> Self {
        let (provider, contra) = match entry.side() {
            Side::Debit => ("", "-"),
            Side::Credit => ("-", ""),
        };
        let amount = entry.amount();
        match entry.base().map(|base| base.amount) {
            None => Self { provider: signed(provider, amount), contra: signed(contra, amount) },
            Some(base) => Self {
                provider: format!("{} @@ {} {}", signed(provider, amount), base.figure('.'), base.currency()),
                contra: signed(contra, base),
            },
        }
    }
}

/// Figures stand to the right, so that their points lie below each other.
fn signed(sign: &str, money: Money) -> String {
    format!("{:>14} {}", format!("{sign}{}", money.figure('.')), money.currency())
}
