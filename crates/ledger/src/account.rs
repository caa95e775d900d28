//! Account numbers and the lengths they may have.

use std::fmt;

/// Sachkontenlänge: how many digits a general ledger account of this client has, 4 to 8.
///
/// Personal accounts (debtors, creditors) have one digit more (DATEV, charts of accounts, general notes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountLength(u32);

impl AccountLength {
    /// Four digits, the length in which the charts are printed.
    pub const FOUR: Self = Self(4);

    /// Takes 4 to 8.
    pub fn new(digits: u32) -> Option<Self> {
        (4..=8).contains(&digits).then_some(Self(digits))
    }

    /// The number of digits of a general ledger account.
    pub fn digits(self) -> u32 {
        self.0
    }

    /// What a four-digit number of the printed chart is multiplied with: 8400 is 840000 at length 6.
    fn stretch(self) -> u32 {
        10_u32.pow(self.0 - 4)
    }

    fn first_personal(self) -> u32 {
        10_u32.pow(self.0)
    }
}

/// The three families of accounts that the number itself tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountClass {
    /// Sachkonto: as many digits as the client's Sachkontenlänge.
    GeneralLedger,
    /// Debitor: one digit more, the first 1 to 6.
    Debtor,
    /// Kreditor: one digit more, the first 7 to 9.
    Creditor,
}

/// An account number as it is posted, at the client's full length.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(u32);

/// Why digits are no account number of this client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// Something else than digits.
    #[error("«{0}» is not an account number: digits only")]
    NotDigits(String),
    /// Account zero.
    #[error("an account number cannot be zero")]
    Zero,
    /// Too many or too few digits for the Sachkontenlänge.
    #[error(
        "«{text}» has {found} digits; with Sachkontenlänge {length} a general ledger account has {length} (or 4, which is \
         lengthened with zeros) and a debtor or creditor {personal}"
    )]
    Length {
        /// The number as it was written.
        text: String,
        /// How many digits it has.
        found: usize,
        /// The client's Sachkontenlänge.
        length: u32,
        /// The digits of a personal account.
        personal: u32,
    },
}

impl AccountNumber {
    /// Reads an account of a client: a full general ledger number, a four-digit one (lengthened with zeros), or a
    /// personal account of one digit more. Nothing else is guessed at: `10000` at length 6 is refused.
    pub fn parse(text: &str, length: AccountLength) -> Result<Self, AccountError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(AccountError::NotDigits(text.to_owned()));
        }
        let digits = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let wrong_length = || AccountError::Length {
            text: text.to_owned(),
            found: text.len(),
            length: length.digits(),
            personal: length.digits() + 1,
        };
        if digits != 4 && digits != length.digits() && digits != length.digits() + 1 {
            return Err(wrong_length());
        }
        let number: u32 = text.parse().map_err(|_| wrong_length())?;
        if number == 0 {
            return Err(AccountError::Zero);
        }
        if digits == length.digits() + 1 && number < length.first_personal() {
            return Err(wrong_length());
        }
        Ok(if digits == 4 { Self::general_ledger(number, length) } else { Self(number) })
    }

    /// A general ledger account of the printed chart (four digits) at the client's length.
    pub fn general_ledger(printed: u32, length: AccountLength) -> Self {
        Self(printed.saturating_mul(length.stretch()))
    }

    /// A personal account as printed for length 4 (five digits) at the client's length: 10000 is 1000000 at length 6.
    pub fn personal(printed: u32, length: AccountLength) -> Self {
        Self(printed.saturating_mul(length.stretch()))
    }

    /// Takes a number at full length that was an account number before: from a store or a file of one's own.
    pub fn from_value(number: u32) -> Option<Self> {
        (1..1_000_000_000).contains(&number).then_some(Self(number))
    }

    /// The number.
    pub fn value(self) -> u32 {
        self.0
    }

    /// Which family the number belongs to.
    pub fn class(self, length: AccountLength) -> AccountClass {
        let personal = length.first_personal();
        if self.0 < personal {
            AccountClass::GeneralLedger
        } else if self.0 < 7 * personal {
            AccountClass::Debtor
        } else {
            AccountClass::Creditor
        }
    }

    /// The four-digit number of the printed chart, where the account is a lengthened one; a subdivision has none.
    pub fn printed(self, length: AccountLength) -> Option<u32> {
        let general = self.class(length) == AccountClass::GeneralLedger;
        (general && self.0.is_multiple_of(length.stretch())).then(|| self.0 / length.stretch())
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl fmt::Debug for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, digits: u32) -> Result<u32, AccountError> {
        AccountNumber::parse(text, AccountLength::new(digits).unwrap()).map(AccountNumber::value)
    }

    #[test]
    fn four_digits_are_lengthened_and_full_numbers_stay() {
        assert_eq!(at("1210", 4), Ok(1210));
        assert_eq!(at("1210", 6), Ok(121_000));
        assert_eq!(at("121007", 6), Ok(121_007));
        assert_eq!(at("0085", 4), Ok(85));
    }

    #[test]
    fn a_debtor_of_another_length_is_refused() {
        assert_eq!(at("10000", 4), Ok(10_000));
        assert!(matches!(at("10000", 6), Err(AccountError::Length { personal: 7, .. })));
        assert_eq!(at("1000000", 6), Ok(1_000_000));
        assert!(at("012345", 5).is_err(), "a personal account never begins with zero");
    }

    #[test]
    fn junk_is_no_account() {
        assert!(matches!(at("12a0", 4), Err(AccountError::NotDigits(_))));
        assert!(matches!(at("", 4), Err(AccountError::NotDigits(_))));
        assert_eq!(at("0000", 4), Err(AccountError::Zero));
        assert!(at("99999999999", 8).is_err());
    }

    #[test]
    fn the_first_digit_tells_debtors_from_creditors() {
        let length = AccountLength::FOUR;
        let class = |text| AccountNumber::parse(text, length).unwrap().class(length);
        assert_eq!(class("9999"), AccountClass::GeneralLedger);
        assert_eq!(class("69999"), AccountClass::Debtor);
        assert_eq!(class("70000"), AccountClass::Creditor);
    }
}
