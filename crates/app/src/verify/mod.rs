//! Recomputing everything that is kept, and naming the first thing that does not fit.
//!
//! In this order: the journal, line by line, and that what it tells of is there; each version of the settings; each document:
//! its bytes, its rows read again from them, its sums made again from its rows; each batch: its bytes, its figures read
//! again from them, and its entries made again from the state that was frozen with it. One thing at a time is in memory.

mod batches;
mod documents;
mod journal;
mod mismatch;
mod settings;

use std::sync::Arc;

use serde::Serialize;
use store::{Database, StoreError};

pub use mismatch::{Mismatch, Said};

use crate::progress::Progress;
use crate::refusal::AppError;

/// How many things are asked for at once.
const PAGE: u32 = 200;

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Lines of the journal.
    pub journal_lines: u64,
    /// Versions of settings.
    pub settings: u64,
    /// Documents.
    pub documents: u64,
    /// Their bytes.
    pub document_bytes: u64,
    /// Rows of settlements.
    pub rows: u64,
    /// Sums of settlements by day and kind.
    pub sums: u64,
    /// Batches.
    pub batches: u64,
    /// Their files.
    pub files: u64,
    /// Postings in them.
    pub postings: u64,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How much fits.
    pub counted: Counted,
    /// The first thing that does not; none where all fits.
    pub mismatch: Option<Mismatch>,
}

/// Why looking ended early.
enum Stopped {
    Misfit(Box<Mismatch>),
    Failed(AppError),
}

impl From<Mismatch> for Stopped {
    fn from(mismatch: Mismatch) -> Self {
        Self::Misfit(Box::new(mismatch))
    }
}

impl<E: Into<AppError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// How many bytes [`verify`] will read, for showing how far it is.
pub async fn size(database: &Database) -> Result<u64, AppError> {
    let mut transaction = database.read().await?;
    let documents = store::documents::total_bytes(&mut transaction).await?;
    Ok(documents + store::batches::total_bytes(&mut transaction).await?)
}

/// Recomputes everything. Others may work meanwhile: what was handed in or out stays as it is.
pub async fn verify(
    database: &Database,
    progress: Arc<dyn Progress + Send + Sync>,
) -> Result<Verified, AppError> {
    let mut counted = Counted::default();
    let looked = all(database, &progress, &mut counted).await;
    match looked {
        Ok(()) => Ok(Verified { counted, mismatch: None }),
        Err(Stopped::Misfit(mismatch)) => Ok(Verified { counted, mismatch: Some(*mismatch) }),
        Err(Stopped::Failed(AppError::Store(error @ StoreError::Content { .. }))) => {
            Ok(Verified { counted, mismatch: Some(mismatch::unreadable(&error)) })
        }
        Err(Stopped::Failed(error)) => Err(error),
    }
}

async fn all(
    database: &Database,
    progress: &Arc<dyn Progress + Send + Sync>,
    counted: &mut Counted,
) -> Result<(), Stopped> {
    journal::look(database, counted).await?;
    settings::look(database, counted).await?;
    documents::look(database, progress, counted).await?;
    batches::look(database, progress, counted).await
}
