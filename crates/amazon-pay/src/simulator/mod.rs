//! A server that behaves like the Amazon Pay API v2, so that everything that talks to it can be tried without Amazon.
//!
//! It knows the twelve operations that a bookkeeper needs and the download of documents, verifies every signature,
//! judges dates, keys and environments, throttles, pages and remembers idempotency keys. Its world lies in memory: one
//! merchant or several ([`Builder::merchants`]), each with months of chained settlements made from a seed and a clock of its
//! own that can be moved forward. [`Builder::start`] is the short way to one inside a program of one's own. What goes wrong in reality goes wrong here on order: see [`Rule`].
//!
//! ```
//! use amazon_pay::simulator::Simulator;
//!
//! # let runtime = tokio::runtime::Runtime::new()?;
//! # runtime.block_on(async {
//! let clock = || "2026-11-23T08:00:00Z".parse().unwrap_or_default();
//! let simulator = Simulator::builder(clock).seed(7).months(1).faults(["download:3=cut:50%".parse()?]).build()?;
//! let running = simulator.serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?)?;
//! assert!(running.endpoint().starts_with("http://localhost:"));
//! assert!(running.merchant().pem().starts_with("-----BEGIN PRIVATE KEY-----"));
//! running.stop().await;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Where Amazon documents nothing, an assumption was made: a wrong signature answers 401, a date may be five minutes
//! old and never ahead, reports, schedules and disbursements share a bucket of twenty requests that fills by one a second.

mod admission;
mod builder;
mod certificate;
mod clock;
mod control;
mod fault;
mod fields;
mod idempotency;
mod keys;
mod letters;
mod log;
mod merchant;
mod operation;
mod page;
mod part;
mod query;
mod refusal;
mod reply;
mod route;
mod running;
mod server;
mod service;
mod storage;
mod throttle;
mod world;

pub use builder::{BuildError, Builder, ServeError, Simulator, StartError};
pub use certificate::CertificateError;
pub use control::{Access, Control, ReportFile};
pub use fault::{CATALOGUE, Fault, Occasion, Percent, Place, Rule, RuleError, Target};
pub use keys::{Credentials, ListedKey, NewKeyError};
pub use log::LogEntry;
pub use route::Operation;
pub use running::Running;
pub use world::{DeedError, Sale};
