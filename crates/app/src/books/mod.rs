//! The books of a client: what its stored settlements become by its settings, month by month.
//!
//! `load` brings settings and sums together, `stored` hands settlements to the walk, `lines` says from sums alone what a
//! month's entries are, `totals` and `months` show it. `entries` shows single entries, `check` what DATEV would say.
//! `settled` proves one settlement. `due` is which months wait, `export` freezes a month, `correct` what changed after,
//! `batch` is what became of a batch, `archive` packs several. `statement` is the provider account month by month.

pub mod archive;
pub mod batch;
pub mod check;
pub mod correct;
pub mod coverage;
mod due;
pub mod entries;
pub mod export;
mod frozen;
mod lines;
mod load;
mod make;
pub mod months;
mod pieces;
mod settled;
pub mod sheet;
pub mod statement;
mod stored;
pub mod totals;
mod walk;

pub use due::Due;
pub(crate) use due::due;
pub(crate) use frozen::{Frozen, frozen};
pub use settled::{Settled, settled};

use crate::convert::{ConvertError, error_text};
use crate::language::Language;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// What could not be booked, in the words that the one-shot command has for it.
fn refused(error: ConvertError) -> AppError {
    let code = match &error {
        ConvertError::Assign { source, .. } => match &**source {
            ledger::assign::AssignError::NoRate { .. } => "rate-missing",
            ledger::assign::AssignError::NoAccount { .. } => "account-missing",
            _ => "cannot-be-booked",
        },
        ConvertError::Stored { .. } | ConvertError::Write { .. } | ConvertError::NoSettlement => {
            return AppError::failed("walking through a month")(error);
        }
        ConvertError::Unproved { .. } => "unproved",
        _ => "cannot-be-booked",
    };
    let (german, english) = (error_text(&error, Language::De), error_text(&error, Language::En));
    Refusal::new(RefusalKind::Conflict, code, german, english).into()
}
