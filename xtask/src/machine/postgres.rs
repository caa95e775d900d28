//! A throw-away PostgreSQL for the tests.

use anyhow::{Context as _, Result};
use testkit::postgres::Server;

use crate::command::step;

/// Where the tests look for the address (see `testkit::database`).
pub(crate) const ADDRESS: &str = "KONTOR_TEST_POSTGRES";

/// Starts it.
pub(crate) fn start() -> Result<Server> {
    step("PostgreSQL for the tests");
    let server = Server::start().context("no PostgreSQL could be started")?;
    println!("{ADDRESS}={}", server.address);
    Ok(server)
}

/// `cargo xtask postgres`: for a plain `cargo test` beside it.
pub(crate) fn wait() -> Result<()> {
    let server = start()?;
    println!("export {ADDRESS}={}\nPress Enter to stop it and remove its data.", server.address);
    std::io::stdin().read_line(&mut String::new())?;
    Ok(())
}
