//! Connections to payment providers (Schnittstellen): made with a key that was checked, paused, given another key,
//! removed; and how each of them is doing.

mod check;
mod connect;
mod fetch_now;
mod form;
mod key;
mod overview;
mod pause;
mod remove;
mod rename;
mod replace_key;
mod resume;
mod spread;
mod test_key;

pub use connect::{Connected, connect};
pub use fetch_now::fetch_now;
pub use form::{ConnectForm, KeyForm};
pub(crate) use key::open_client;
pub(crate) use overview::troubled;
pub use overview::{Overview, Shown, find, overview, overviews};
pub use pause::pause;
pub use remove::remove;
pub use rename::rename;
pub use replace_key::replace_key;
pub use resume::resume;
pub use spread::{FETCHES_A_DAY, next_run};
pub use test_key::test_key;

pub use store::connections::{Connection, ConnectionState, Trouble};

/// The longest name of a connection, in characters.
pub const LONGEST_LABEL: usize = 80;
