//! Whose statement it is: an IBAN, or the number by which the bank knows the account.

use std::fmt;

/// An IBAN whose check digits are right (ISO 13616), without blanks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iban(String);

impl Iban {
    /// Reads an IBAN; blanks and small letters are taken, wrong check digits are not.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String =
            text.chars().filter(|letter| *letter != ' ').map(|letter| letter.to_ascii_uppercase()).collect();
        let bytes = text.as_bytes();
        let shape = (15..=34).contains(&bytes.len())
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..4].iter().all(u8::is_ascii_digit)
            && bytes.iter().all(u8::is_ascii_alphanumeric);
        // A German one has 22 characters; the lengths of all countries are the register's business.
        let length = !text.starts_with("DE") || bytes.len() == 22;
        (shape && length && remainder(bytes) == 1).then_some(Self(text))
    }

    /// The IBAN without blanks.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, as it is printed.
    pub fn grouped(&self) -> String {
        let mut text = String::new();
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push(' ');
            }
            text.push(letter);
        }
        text
    }
}

/// The number that the letters and digits make, country and check digits last, modulo 97 (ISO 7064).
fn remainder(iban: &[u8]) -> u32 {
    iban[4..].iter().chain(&iban[..4]).fold(0, |remainder, byte| {
        let value = char::from(*byte).to_digit(36).unwrap_or_default();
        let shifted = if value < 10 { remainder * 10 } else { remainder * 100 };
        (shifted + value) % 97
    })
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The account of a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// By its IBAN.
    Iban(Iban),
    /// By the bank's own number.
    Local {
        /// Bankleitzahl or BIC; empty where the statement names none.
        bank: String,
        /// The number.
        number: String,
    },
}

impl Account {
    /// The IBAN: its own, or the one that Bankleitzahl and number make by the German rule, which nearly all banks follow.
    pub fn iban(&self) -> Option<Iban> {
        match self {
            Self::Iban(iban) => Some(iban.clone()),
            Self::Local { bank, number } => german_iban(bank, number),
        }
    }
}

/// `DE`, two check digits, eight digits of the bank, ten of the account.
fn german_iban(bank: &str, number: &str) -> Option<Iban> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if bank.len() != 8 || number.is_empty() || number.len() > 10 || !digits(bank) || !digits(number) {
        return None;
    }
    let check = 98 - remainder(format!("DE00{bank}{number:0>10}").as_bytes());
    Iban::parse(&format!("DE{check:02}{bank}{number:0>10}"))
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iban(iban) => iban.fmt(f),
            Self::Local { bank, number } if bank.is_empty() => f.write_str(number),
            Self::Local { bank, number } => write!(f, "{bank}/{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        let iban = Iban::parse("DE89 3704 0044 0532 0130 00").unwrap();
        assert_eq!(
            (iban.as_str(), iban.grouped().as_str()),
            ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00")
        );
        assert!(Iban::parse("lu28 0019 4006 4475 0000").is_some());
        assert!(Iban::parse("GB82WEST12345698765432").is_some());
        for wrong in
            ["", "DE88370400440532013000", "DE8937040044053201300", "89DE370400440532013000", "DE89-3704"]
        {
            assert!(Iban::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn bank_and_number_make_the_german_iban() {
        let account = Account::Local { bank: "37040044".into(), number: "532013000".into() };
        assert_eq!(account.iban(), Iban::parse("DE89370400440532013000"));
        let abroad = Account::Local { bank: "BELADEBEXXX".into(), number: "12".into() };
        assert_eq!(abroad.iban(), None);
    }
}
