//! Settlement reports of realistic shape, made up by lot from a seed: the same seed gives the same bytes on
//! every machine. And the [`Account`] behind them, which can be driven by hand as well.
//!
//! ```
//! use amazon_pay::generate::{Settings, Style, World, write_csv};
//! use amazon_pay::report::{SettlementReport, SettlementRow};
//!
//! let world = World::new(Settings { months: 1, rows: 500, ..Settings::default() })?;
//! let mut rows = 0;
//! for settlement in world {
//!     let file = write_csv(&settlement, Vec::new(), Style::default())?;
//!     let mut report = SettlementReport::open(file.as_slice())?;
//!     let mut row = SettlementRow::default();
//!     while report.read(&mut row)? {
//!         rows += 1;
//!     }
//! }
//! assert_eq!(rows, 500);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A settlement of millions of rows is written without being held in memory by
//! [`World::next_settlement`] and [`ReportWriter`].

mod account;
mod calendar;
mod chance;
mod event;
mod fees;
mod numbers;
mod posting;
mod settings;
mod settlement;
mod shop;
mod trade;
mod transaction;
mod world;
mod write;

pub use account::{Account, AccountSettings};
pub use fees::Fees;
pub use posting::{AuthorizationFee, FeeReturn};
pub use settings::{Settings, SettingsError};
pub use settlement::{Disbursement, Settlement, SettlementHead};
pub use transaction::{Order, Payment, Transaction};
pub use world::{RunningSettlement, World};
pub use write::{ReportWriter, Style, write_csv};
