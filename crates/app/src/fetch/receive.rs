//! Who takes a report that was fetched.

use std::fmt::Debug;
use std::path::Path;
use std::pin::Pin;

use store::connections::Connection;
use store::id::DocumentId;

use crate::App;
use crate::refusal::{AppError, Refusal};

/// A report that was fetched.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The connection by which it came.
    pub connection: &'a Connection,
    /// The provider's id of it.
    pub report: &'a str,
    /// The file with its bytes.
    pub file: &'a Path,
    /// The name under which it is kept.
    pub name: &'a str,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reception {
    /// It is kept now.
    Kept {
        /// The document.
        document: DocumentId,
        /// Its settlement.
        settlement: String,
        /// So many movements are new.
        movements: u64,
        /// Kinds of rows that nobody knows.
        unknown_kinds: Vec<String>,
    },
    /// It was kept before, by an upload for instance.
    There {
        /// The document.
        document: DocumentId,
        /// Its settlement.
        settlement: String,
    },
    /// It is refused as a whole.
    Refused(Refusal),
}

/// A future that can go to another thread.
pub type Receiving<'a> = Pin<Box<dyn Future<Output = Result<Reception, AppError>> + Send + 'a>>;

/// Takes reports that were fetched: the import of documents, or in a test a list.
pub trait Receive: Send + Sync + Debug {
    /// Takes one, wholly or not at all. An error is for what is not the report's fault.
    fn receive<'a>(&'a self, app: &'a App, received: Received<'a>) -> Receiving<'a>;
}
