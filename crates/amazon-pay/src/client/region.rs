use std::fmt;
use std::str::FromStr;

/// Where the merchant's account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Region {
    /// Europe, with Germany and the United Kingdom.
    Europe,
    /// North America.
    NorthAmerica,
    /// Japan.
    Japan,
}

/// The text names no region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{found}» is no region of Amazon Pay; there are eu (also de, uk), na (also us) and jp")]
pub struct UnknownRegion {
    /// What was given, shortened.
    pub found: String,
}

impl Region {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Europe, Self::NorthAmerica, Self::Japan];

    /// The name that is sent in `x-amz-pay-region`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Europe => "eu",
            Self::NorthAmerica => "na",
            Self::Japan => "jp",
        }
    }

    /// The host of its API (Amazon Pay API v2, "Reports").
    pub const fn host(self) -> &'static str {
        match self {
            Self::Europe => "pay-api.amazon.eu",
            Self::NorthAmerica => "pay-api.amazon.com",
            Self::Japan => "pay-api.amazon.jp",
        }
    }
}

/// Reads the names that the official SDKs take, in any letter case.
impl FromStr for Region {
    type Err = UnknownRegion;

    fn from_str(text: &str) -> Result<Self, UnknownRegion> {
        match text.trim().to_ascii_lowercase().as_str() {
            "eu" | "de" | "uk" => Ok(Self::Europe),
            "na" | "us" => Ok(Self::NorthAmerica),
            "jp" => Ok(Self::Japan),
            _ => Err(UnknownRegion { found: text.escape_debug().take(40).collect() }),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_official_sdks_are_read() {
        for (text, region) in [
            ("eu", Region::Europe),
            ("DE", Region::Europe),
            (" uk ", Region::Europe),
            ("na", Region::NorthAmerica),
            ("us", Region::NorthAmerica),
            ("JP", Region::Japan),
        ] {
            assert_eq!(text.parse(), Ok(region), "{text}");
        }
        assert_eq!("mars".parse::<Region>(), Err(UnknownRegion { found: "mars".to_owned() }));
    }
}
