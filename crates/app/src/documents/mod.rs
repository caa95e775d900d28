//! Documents: received, proved, kept once and for good; and the movements in them.
//!
//! `receive` takes bytes as they come, `import` brings them in, in the order `read` (proved before anything is written),
//! `known` (is it there already?), `write` (rows and bytes, unseen until the last statement). `library`, `movements` and
//! `chain` show what is there, `stored_source` hands it to the walk that makes entries.

mod belonging;
pub mod chain;
mod import;
mod intake;
mod known;
pub mod library;
mod limits;
pub mod movements;
mod read;
mod receive;
mod recheck;
mod recount;
mod refusals;
mod stored_bytes;
mod stored_payments;
mod stored_source;
mod unpack;
mod write;

pub use import::{Imported, import};
pub use intake::Intake;
pub use limits::{RECEIVED_BYTES_MAX, REPORT_LIMITS};
pub use receive::{Received, Receiver};
pub(crate) use recheck::{Misfit, recheck};
pub use recount::recount;
pub use store::documents::{Document, Source};
pub use stored_payments::StoredPayments;
pub use stored_source::StoredSource;
pub(crate) use stored_source::parts;

use store::Transaction;
use store::client::Client;
use store::id::ClientId;

use crate::refusal::{AppError, Refusal};

/// The provider's name in the database.
pub(crate) const AMAZON_PAY: &str = "amazon-pay";

/// The client, or «not found».
pub(crate) async fn client_of(transaction: &mut Transaction, id: &ClientId) -> Result<Client, AppError> {
    let client = store::client::find(transaction, id).await?;
    client.ok_or_else(|| Refusal::not_found().into())
}
