//! Account numbers and the length that tells general ledger and personal accounts apart.

use std::fmt;

use thiserror::Error;

/// The length of general ledger accounts of a client (Sachkontenlänge, header field 14), 4 to 8 digits. Personal
/// accounts have exactly one digit more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountLength(u8);

impl AccountLength {
    /// Four digits, the length of the charts as printed.
    pub const FOUR: Self = Self(4);

    /// Takes the number of digits.
    ///
    /// # Errors
    /// Refuses all but 4 to 8.
    pub const fn new(digits: u8) -> Result<Self, AccountError> {
        if digits >= 4 && digits <= 8 { Ok(Self(digits)) } else { Err(AccountError::Length { digits }) }
    }

    /// The number of digits of a general ledger account.
    pub const fn digits(self) -> u8 {
        self.0
    }

    /// The account that a four-digit number of the chart has at this length: 8400 is 840000 at six digits.
    ///
    /// # Errors
    /// Refuses zero and numbers of more than four digits.
    pub fn lengthened(self, chart_account: u16) -> Result<AccountNumber, AccountError> {
        if chart_account > 9999 {
            return Err(AccountError::NotInChart { number: chart_account });
        }
        AccountNumber::new(u32::from(chart_account) * self.appended())
    }

    /// The four-digit number of the chart that `account` belongs to, if it is a general ledger account.
    pub(crate) fn chart_account(self, account: AccountNumber) -> Option<ChartAccount> {
        if account.kind(self) != Ok(AccountKind::GeneralLedger) {
            return None;
        }
        let number = u16::try_from(account.get() / self.appended()).ok()?;
        Some(ChartAccount { number, is_exact: account.get().is_multiple_of(self.appended()) })
    }

    /// What a four-digit number is multiplied with.
    fn appended(self) -> u32 {
        10_u32.pow(u32::from(self.0) - 4)
    }

    /// The first number with one digit too many for the general ledger.
    fn first_personal(self) -> u32 {
        10_u32.pow(u32::from(self.0))
    }
}

/// Where an account stands in the four-digit chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChartAccount {
    /// The first four digits.
    pub(crate) number: u16,
    /// Whether the digits behind them are zeros: an account of the chart itself, not one of the client's own.
    pub(crate) is_exact: bool,
}

/// The number of a general ledger or personal account, 1 to 999,999,999. Leading zeros are not kept: `0320` is 320.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(u32);

impl AccountNumber {
    /// Takes a number.
    ///
    /// # Errors
    /// Refuses zero and more than nine digits.
    pub const fn new(number: u32) -> Result<Self, AccountError> {
        if number == 0 || number > 999_999_999 {
            Err(AccountError::Number { number })
        } else {
            Ok(Self(number))
        }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// What the number is at this account length: up to `length` digits general ledger, exactly one digit more a
    /// customer (first digit 1 to 6) or a supplier (7 to 9).
    ///
    /// # Errors
    /// Refuses a number that is longer than a personal account.
    pub fn kind(self, length: AccountLength) -> Result<AccountKind, AccountError> {
        let first_personal = length.first_personal();
        if self.0 < first_personal {
            return Ok(AccountKind::GeneralLedger);
        }
        match self.0 / first_personal {
            1..=6 => Ok(AccountKind::Customer),
            7..=9 => Ok(AccountKind::Supplier),
            _ => Err(AccountError::TooLong { number: self.0, length: length.0 }),
        }
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What an account number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// Sachkonto.
    GeneralLedger,
    /// Debitor.
    Customer,
    /// Kreditor.
    Supplier,
}

impl AccountKind {
    /// Whether it is a customer or a supplier.
    pub const fn is_personal(self) -> bool {
        !matches!(self, Self::GeneralLedger)
    }
}

/// Why a number is no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AccountError {
    /// The account length is not 4 to 8.
    #[error("account length {digits}: general ledger accounts have 4 to 8 digits")]
    Length {
        /// The digits found.
        digits: u8,
    },
    /// Zero or more than nine digits.
    #[error("account {number}: an account has one to nine digits and is not zero")]
    Number {
        /// The number found.
        number: u32,
    },
    /// More than four digits where a number of the chart was expected.
    #[error("account {number}: an account of the chart has one to four digits")]
    NotInChart {
        /// The number found.
        number: u16,
    },
    /// Longer than a personal account at this account length.
    #[error(
        "account {number} is too long: with account length {length} general ledger accounts have at most {length} \
         digits and personal accounts exactly one more"
    )]
    TooLong {
        /// The number found.
        number: u32,
        /// The account length of the client.
        length: u8,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u32) -> AccountNumber {
        AccountNumber::new(number).unwrap()
    }

    #[test]
    fn the_length_tells_ledger_and_personal_accounts_apart() {
        let four = AccountLength::FOUR;
        assert_eq!(account(85).kind(four), Ok(AccountKind::GeneralLedger));
        assert_eq!(account(9999).kind(four), Ok(AccountKind::GeneralLedger));
        assert_eq!(account(10_000).kind(four), Ok(AccountKind::Customer));
        assert_eq!(account(69_999).kind(four), Ok(AccountKind::Customer));
        assert_eq!(account(70_000).kind(four), Ok(AccountKind::Supplier));
        assert_eq!(account(100_000).kind(four), Err(AccountError::TooLong { number: 100_000, length: 4 }));
        let eight = AccountLength::new(8).unwrap();
        assert_eq!(account(999_999_999).kind(eight), Ok(AccountKind::Supplier));
        assert_eq!(account(10_000).kind(eight), Ok(AccountKind::GeneralLedger));
    }

    #[test]
    fn a_chart_account_is_lengthened_with_zeros() {
        let six = AccountLength::new(6).unwrap();
        assert_eq!(six.lengthened(8400), Ok(account(840_000)));
        assert_eq!(six.chart_account(account(840_000)), Some(ChartAccount { number: 8400, is_exact: true }));
        assert_eq!(six.chart_account(account(840_001)), Some(ChartAccount { number: 8400, is_exact: false }));
        assert_eq!(six.chart_account(account(1_000_000)), None);
        assert!(six.lengthened(0).is_err() && six.lengthened(10_000).is_err());
    }

    #[test]
    fn lengths_and_numbers_outside_their_range_are_refused() {
        assert!(AccountLength::new(3).is_err() && AccountLength::new(9).is_err());
        assert!(AccountNumber::new(0).is_err() && AccountNumber::new(1_000_000_000).is_err());
    }
}
