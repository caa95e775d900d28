//! What DATEV knows of the accounts of its charts: automatic accounts and the tax keys that an account admits.

mod key;
mod skr03;
mod skr04;

pub use key::{KeyDirection, KeyFacts, KeyProblem, check_key};
use skr03::SKR03;
use skr04::SKR04;

use crate::{AccountLength, AccountNumber};

/// A chart of accounts of DATEV, state of 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Ordered by process.
    Skr03,
    /// Ordered by the balance sheet.
    Skr04,
}

/// What an account does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `F`, a general function, such as a bank account.
    General,
    /// `S`, filled by DATEV from other accounts; not to be posted.
    Collective,
    /// `AV`, takes input tax out of every amount.
    AutomaticInput,
    /// `AM`, takes output tax out of every amount.
    AutomaticOutput,
    /// `S/AV`.
    CollectiveAutomaticInput,
    /// `S/AM`.
    CollectiveAutomaticOutput,
    /// `R`, reserved by DATEV; not to be posted. Only those known here; the printed charts mark more.
    Reserved,
}

impl Function {
    /// Whether the account carries its tax by itself, so that no key may be added.
    pub const fn is_automatic(self) -> bool {
        matches!(
            self,
            Self::AutomaticInput
                | Self::AutomaticOutput
                | Self::CollectiveAutomaticInput
                | Self::CollectiveAutomaticOutput
        )
    }

    /// Whether DATEV fills the account from others.
    pub const fn is_collective(self) -> bool {
        matches!(self, Self::Collective | Self::CollectiveAutomaticInput | Self::CollectiveAutomaticOutput)
    }
}

/// Which tax keys an account admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyClass {
    /// `KU`, none.
    NoKey,
    /// `V`, keys of input tax only; self-assessed tax among them.
    InputOnly,
    /// `M`, keys of output tax only.
    OutputOnly,
}

/// The tables of one chart, by four-digit number, ascending.
struct Accounts {
    automatic: &'static [(u16, u16, Function)],
    key_classes: &'static [(u16, u16, KeyClass)],
    reserved: &'static [u16],
    named: &'static [(u16, Option<Function>, &'static str)],
}

/// The account to which opening balances are posted, in both charts: collective by name, and posted all the same.
const OPENING_BALANCES: u16 = 9000;

impl Chart {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Skr03, Self::Skr04];

    /// The number in header field 27.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Skr03 => "03",
            Self::Skr04 => "04",
        }
    }

    /// The chart with this number in header field 27.
    pub fn from_number(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chart| chart.number() == number)
    }

    /// What the account does by itself, where this crate knows it. Asked at any account length; accounts of the
    /// client's own between those of the chart (840001 at six digits) have no function known here.
    pub fn function(self, length: AccountLength, account: AccountNumber) -> Option<Function> {
        let account = length.chart_account(account).filter(|account| account.is_exact)?;
        let accounts = self.accounts();
        if accounts.reserved.contains(&account.number) {
            return Some(Function::Reserved);
        }
        in_ranges(accounts.automatic, account.number).or_else(|| accounts.named(account.number)?.1)
    }

    /// Whether the account carries its tax by itself.
    pub fn is_automatic(self, length: AccountLength, account: AccountNumber) -> bool {
        self.function(length, account).is_some_and(Function::is_automatic)
    }

    /// Whether the account may be posted: neither collective nor reserved, as far as this crate knows.
    pub fn is_postable(self, length: AccountLength, account: AccountNumber) -> bool {
        let opening = length.lengthened(OPENING_BALANCES) == Ok(account);
        let barred = |function: Function| function.is_collective() || function == Function::Reserved;
        opening || !self.function(length, account).is_some_and(barred)
    }

    /// Which keys the account admits; `None` where all are possible. Personal accounts admit all.
    pub fn key_class(self, length: AccountLength, account: AccountNumber) -> Option<KeyClass> {
        in_ranges(self.accounts().key_classes, length.chart_account(account)?.number)
    }

    /// The German name of the account, where this crate knows it.
    pub fn name(self, length: AccountLength, account: AccountNumber) -> Option<&'static str> {
        let account = length.chart_account(account).filter(|account| account.is_exact)?;
        self.accounts().named(account.number).map(|named| named.2)
    }

    const fn accounts(self) -> &'static Accounts {
        match self {
            Self::Skr03 => &SKR03,
            Self::Skr04 => &SKR04,
        }
    }
}

impl Accounts {
    fn named(&self, number: u16) -> Option<&(u16, Option<Function>, &'static str)> {
        let index = self.named.binary_search_by_key(&number, |named| named.0).ok()?;
        self.named.get(index)
    }
}

/// The value of the range that holds `number`.
fn in_ranges<T: Copy>(ranges: &[(u16, u16, T)], number: u16) -> Option<T> {
    let after = ranges.partition_point(|range| range.0 <= number);
    let range = ranges.get(after.checked_sub(1)?)?;
    (number <= range.1).then_some(range.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u32) -> AccountNumber {
        AccountNumber::new(number).unwrap()
    }

    #[test]
    fn functions_hold_at_every_account_length() {
        let four = AccountLength::FOUR;
        let six = AccountLength::new(6).unwrap();
        assert_eq!(Chart::Skr03.function(four, account(8400)), Some(Function::AutomaticOutput));
        assert_eq!(Chart::Skr03.function(six, account(840_000)), Some(Function::AutomaticOutput));
        assert_eq!(Chart::Skr03.function(six, account(840_001)), None);
        assert_eq!(Chart::Skr04.function(four, account(8400)), None);
        assert_eq!(Chart::Skr04.function(four, account(5923)), Some(Function::AutomaticInput));
        assert_eq!(Chart::Skr03.function(four, account(84_000)), None);
    }

    #[test]
    fn collective_and_reserved_accounts_are_not_postable_but_opening_balances_are() {
        let four = AccountLength::FOUR;
        for barred in [1400, 1600, 1776, 8195, 3730] {
            assert!(!Chart::Skr03.is_postable(four, account(barred)), "{barred}");
        }
        for open in [1210, 4970, 10_000, 9000, 8400, 1361] {
            assert!(Chart::Skr03.is_postable(four, account(open)), "{open}");
        }
        assert!(!Chart::Skr04.is_postable(four, account(4185)));
    }

    #[test]
    fn an_account_says_which_keys_it_admits() {
        let six = AccountLength::new(6).unwrap();
        assert_eq!(Chart::Skr03.key_class(six, account(497_012)), Some(KeyClass::InputOnly));
        assert_eq!(Chart::Skr03.key_class(six, account(121_000)), Some(KeyClass::NoKey));
        assert_eq!(Chart::Skr03.key_class(six, account(1_000_000)), None);
        assert_eq!(Chart::Skr04.key_class(AccountLength::FOUR, account(4400)), Some(KeyClass::OutputOnly));
        assert_eq!(Chart::Skr04.key_class(AccountLength::FOUR, account(6854)), None);
    }

    #[test]
    fn names_are_known_for_the_accounts_of_payments() {
        assert_eq!(
            Chart::Skr03.name(AccountLength::FOUR, account(4970)),
            Some("Nebenkosten des Geldverkehrs")
        );
        assert_eq!(Chart::Skr04.name(AccountLength::FOUR, account(1)), None);
    }
}
