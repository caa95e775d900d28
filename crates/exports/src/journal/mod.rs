//! What the journals in plain text share: names of accounts, the two amounts of an entry, what is told beside them.

mod accounts;
mod amounts;
mod properties;

pub(crate) use accounts::AccountNames;
pub use accounts::UnknownAccount;
pub(crate) use amounts::Amounts;
pub(crate) use properties::{PROPERTIES, properties};
