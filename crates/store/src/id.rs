//! Identifiers of the few things that have an address: `UUIDv7` as text, so that they sort by the time they were made.

use std::fmt;

use crate::{Argument, Column, Machine, Row, StoreError};

/// A new `UUIDv7` of this moment.
pub fn new_uuid(machine: &dyn Machine) -> String {
    let mut random = [0_u8; 10];
    machine.fill(&mut random);
    let millis = u64::try_from(machine.now().as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().hyphenated().to_string()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// A new one, of this moment.
            pub fn new(machine: &dyn Machine) -> Self {
                Self(new_uuid(machine))
            }

            /// Takes the text of an identifier; none where it is no UUID in its usual form.
            pub fn parse(text: &str) -> Option<Self> {
                let uuid = uuid::Uuid::try_parse(text).ok()?;
                let canonical = uuid.hyphenated().to_string();
                (canonical == text).then_some(Self(canonical))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl From<&$name> for Argument {
            fn from(id: &$name) -> Self {
                Self::Text(Some(id.0.clone()))
            }
        }

        impl From<Option<&$name>> for Argument {
            fn from(id: Option<&$name>) -> Self {
                Self::Text(id.map(|id| id.0.clone()))
            }
        }

        impl Column for $name {
            fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
                String::read(row, index).map(Self)
            }
        }
    )*};
}

ids! {
    /// A client (Mandant).
    ClientId;
    /// A user.
    UserId;
    /// A session of a user.
    SessionId;
    /// A key for the REST API.
    ApiKeyId;
    /// A link that opens something without a login.
    LinkId;
    /// A connection to a payment provider (Schnittstelle).
    ConnectionId;
    /// A document as it was received.
    DocumentId;
    /// A batch that was handed out.
    BatchId;
    /// A job.
    JobId;
}
