//! The client against a server on this machine that answers as each test wants it to.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod clock;
mod documents;
mod errors;
mod operations;
mod pages;
mod retries;
mod secrets;
mod server;

use amazon_pay::client::{Client, ClientBuilder};
use amazon_pay::key::PrivateKey;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;

use clock::TestClock;
use server::Server;

const KEY: &str = include_str!("../keys/rsa-pkcs8.pem");

fn builder(server: &Server) -> ClientBuilder {
    let key = PrivateKey::from_pem(KEY.as_bytes()).unwrap();
    Client::builder("SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B".parse().unwrap(), key).endpoint(server.address())
}

/// A client of `server` whose time is `clock`'s.
fn client(server: &Server, clock: &TestClock) -> Client {
    builder(server).build(clock.clone(), SmallRng::seed_from_u64(7)).unwrap()
}
