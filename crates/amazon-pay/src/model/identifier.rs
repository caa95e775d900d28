//! The identifiers that stand in paths, each a type of its own so that one is not taken for another.

/// Why a text cannot be an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing but blanks.
    #[error("the {name} is empty")]
    Empty {
        /// What the identifier is of, e.g. `report id`.
        name: &'static str,
    },
    /// Longer than any identifier.
    #[error("the {name} has {length} characters, more than 512")]
    TooLong {
        /// What the identifier is of.
        name: &'static str,
        /// Its length in bytes.
        length: usize,
    },
    /// A blank, a control character or a letter outside ASCII, or the path segments `.` and `..`.
    #[error("«{text}» is no {name}")]
    NotPossible {
        /// What the identifier is of.
        name: &'static str,
        /// What was given, shortened.
        text: String,
    },
}

/// `text` without blanks around it, if it can be an identifier.
fn checked(name: &'static str, text: &str) -> Result<String, IdentifierError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(IdentifierError::Empty { name });
    }
    if text.len() > 512 {
        return Err(IdentifierError::TooLong { name, length: text.len() });
    }
    // `.` and `..` would change the path of the request.
    if matches!(text, "." | "..") || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(IdentifierError::NotPossible { name, text: text.escape_debug().take(40).collect() });
    }
    Ok(text.to_owned())
}

macro_rules! identifiers {
    ($($(#[$about:meta])* $identifier:ident $name:literal)+) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        pub struct $identifier(String);

        impl $identifier {
            /// The identifier as the API writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $identifier {
            type Err = IdentifierError;

            fn from_str(text: &str) -> Result<Self, IdentifierError> {
                checked($name, text).map(Self)
            }
        }

        impl std::fmt::Display for $identifier {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $identifier {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

identifiers! {
    /// A report, e.g. `A08439021T39K6DTX4JS8`.
    ReportId "report id"
    /// The file of a report, e.g. `amzn1.tortuga.3.45ee712dc-3512-6cbd-ad71-ab3cb4cffef7.T3FKJJI01Y1E32`.
    ReportDocumentId "report document id"
    /// A schedule on which reports are made, e.g. `68973459224`.
    ReportScheduleId "report schedule id"
    /// A charge, e.g. `P01-5105180-3221187-C056351`.
    ChargeId "charge id"
    /// A refund, e.g. `P01-5105180-3221187-R017571`.
    RefundId "refund id"
    /// A charge permission, e.g. `P01-5105180-3221187` (`S` at the beginning is the sandbox's, `B` a recurring one).
    ChargePermissionId "charge permission id"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_the_path_is_refused() {
        for text in ["..", ".", "a b", "a\nb", "ä"] {
            assert!(matches!(text.parse::<ReportId>(), Err(IdentifierError::NotPossible { .. })), "{text}");
        }
        assert_eq!(" ".parse::<ReportId>(), Err(IdentifierError::Empty { name: "report id" }));
        assert_eq!(" A08439021T39K6DTX4JS8\n".parse::<ReportId>().unwrap().as_str(), "A08439021T39K6DTX4JS8");
    }
}
