//! The Public Key ID.

use std::fmt;
use std::str::FromStr;

use super::KeyIdError;

const LONGEST_ID: usize = 128;

/// Real money or play money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Environment {
    /// Real payments.
    Live,
    /// Amazon's test environment.
    Sandbox,
}

impl Environment {
    /// `live` or `sandbox`, as in the paths of unprefixed keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "sandbox",
        }
    }
}

/// The id under which Amazon knows a key, e.g. `SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B`.
///
/// Newer ids name their environment at the beginning (in any letter case); older ones do not and work in either, so the
/// environment then stands in the path (Amazon Pay API v2, "Reports").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicKeyId(String);

impl PublicKeyId {
    /// The environment that the id names, if it does.
    pub fn environment(&self) -> Option<Environment> {
        let starts_with =
            |prefix: &str| self.0.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if starts_with("LIVE") {
            Some(Environment::Live)
        } else if starts_with("SANDBOX") {
            Some(Environment::Sandbox)
        } else {
            None
        }
    }

    /// The id as it was given, without blanks around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicKeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, KeyIdError> {
        let id = text.trim();
        if id.is_empty() {
            return Err(KeyIdError::Empty);
        }
        if id.len() > LONGEST_ID {
            return Err(KeyIdError::TooLong { length: id.len(), longest: LONGEST_ID });
        }
        let is_possible =
            |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
        if let Some((index, found)) = id.chars().enumerate().find(|(_, character)| !is_possible(*character)) {
            return Err(KeyIdError::WrongCharacter { found, position: index + 1 });
        }
        Ok(Self(id.to_owned()))
    }
}

impl fmt::Display for PublicKeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_names_the_environment_in_any_letter_case() {
        let environment = |id: &str| id.parse::<PublicKeyId>().unwrap().environment();
        assert_eq!(environment("SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B"), Some(Environment::Sandbox));
        assert_eq!(environment(" live-AFVX7 \n"), Some(Environment::Live));
        assert_eq!(environment("AFVX7ULWSGBZ5535PCUQOY7B"), None);
    }

    #[test]
    fn what_cannot_be_an_id_is_refused_by_name() {
        let refused = |id: &str| id.parse::<PublicKeyId>().unwrap_err();
        assert_eq!(refused("  "), KeyIdError::Empty);
        assert_eq!(refused("AmazonPay_LIVE-A.pem"), KeyIdError::WrongCharacter { found: '.', position: 17 });
        assert_eq!(refused(&"A".repeat(129)), KeyIdError::TooLong { length: 129, longest: 128 });
    }
}
