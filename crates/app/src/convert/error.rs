//! Why reports could not be converted. Nothing is handed over then, not even in part.

use std::io;
use std::path::PathBuf;

use amazon_pay::report::ReportError;
use ledger::assign::AssignError;
use ledger::money::MoneyError;
use ledger::proof::Equation;

/// Why a run ended without result.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// A file could not be opened.
    #[error("{name}: cannot be opened")]
    Open {
        /// The file.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// A report is broken.
    #[error("{name}")]
    Report {
        /// The file.
        name: String,
        /// Where and why.
        source: Box<ReportError>,
    },
    /// A refund report, which holds nothing that could be posted.
    #[error("{name}: a refund report")]
    RefundReport {
        /// The file.
        name: String,
    },
    /// Something else.
    #[error("{name}: not a settlement report")]
    NotAReport {
        /// The file.
        name: String,
    },
    /// Reports of two merchants.
    #[error("{} belongs to {}, {} to {}", first.0, first.1, second.0, second.1)]
    TwoSellers {
        /// A file and its SellerId.
        first: (String, String),
        /// Another file and its SellerId.
        second: (String, String),
    },
    /// One settlement in two reports that do not agree.
    #[error("settlement {settlement} stands in {first} and in {second} with other rows")]
    OtherRows {
        /// The settlement.
        settlement: String,
        /// One file.
        first: String,
        /// The other file.
        second: String,
        /// Where they part.
        difference: Box<Difference>,
    },
    /// What is stored of a settlement could not be read.
    #[error("{name}: what is stored of it cannot be read: {source}")]
    Stored {
        /// The document.
        name: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Rows were asked for before there was a settlement: a mistake of Kontor's own.
    #[error("rows were asked for without a settlement")]
    NoSettlement,
    /// A row could not be booked.
    #[error("{name}")]
    Assign {
        /// The file.
        name: String,
        /// Which row and why.
        source: Box<AssignError>,
    },
    /// A sum does not fit into the books.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The proof fails: a mistake of Kontor's own, found before anything was handed over.
    #[error("{what}: {} is not {}", equation.left, equation.right)]
    Unproved {
        /// What should have been proved.
        what: String,
        /// Both sides.
        equation: Box<Equation>,
    },
    /// The batch cannot be written.
    #[error("the batch cannot be written: {0}")]
    Export(Box<dyn std::error::Error + Send + Sync>),
    /// The output folder holds something already.
    #[error("{} is not empty", folder.display())]
    FolderNotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// A file of the result could not be written.
    #[error("{}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Where two reports of one settlement part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The first has a row more.
    OnlyInFirst {
        /// Its line.
        line: u64,
    },
    /// The second has a row more.
    OnlyInSecond {
        /// Its line.
        line: u64,
    },
    /// A column differs.
    Field {
        /// The lines of both rows.
        lines: (u64, u64),
        /// The column.
        column: &'static str,
        /// What the first says.
        first: String,
        /// What the second says.
        second: String,
    },
}
