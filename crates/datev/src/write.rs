//! Writers: one file, or postings split into files.

mod account_labels;
mod batch;
mod details_row;
mod error;
mod file_name;
mod master_data;
mod number;
mod posting_row;
mod splitter;
mod template;

pub use account_labels::{AccountLabel, AccountLabelWriter, Language as LabelLanguage};
pub use batch::{BatchWriter, ROWS_MAX, Totals};
pub use error::{FieldProblem, PostingError, WriteError};
pub use file_name::{FileName, FileNameError};
pub use master_data::{BusinessPartner, MasterDataWriter, PartnerName, PostalAddress, Value};
pub use splitter::{BatchSplitter, SplitOptions, WrittenFile};
pub use template::FieldChange;
pub(crate) use template::{Row, Template};
