#![doc = include_str!("../README.md")]

pub mod category;
pub mod chart;
pub mod check;
pub mod client;
pub mod column;
pub mod fiscal_year;
pub mod header;
pub mod posting;
pub mod read;
pub mod value;
pub mod windows_1252;
pub mod write;

pub use category::{Category, FormatVersion};
pub use chart::{Chart, Function, KeyClass, KeyDirection, KeyFacts, KeyProblem, check_key};
pub use check::{CheckOptions, Code, Finding, Language, Report, Severity, check};
pub use client::{AdviserNumber, Client, ClientError, ClientNumber};
pub use column::{Column, ColumnType, Rule};
pub use fiscal_year::{FiscalYear, FiscalYearError, FiscalYears};
pub use header::{AccountingPurpose, Batch, Header, HeaderError, PostingType};
pub use posting::{
    AdvanceKind, Details, DunningCase, EuTax, Foreign, Info, Posting, ServiceDate, TaxRate, Taxation,
};
pub use read::{Encoding, Field, LineEnd, PostingReader, ReadError, Reader, Row};
pub use value::{
    AccountError, AccountKind, AccountLength, AccountNumber, Amount, AmountError, CodeError, Country,
    Currency, Decimal, DecimalError, Discount, DocumentLink, DocumentNumber, DocumentNumberError,
    DocumentSystem, EuVatId, ExchangeRate, LinkError, Percent, Quantity, ShortDocumentNumber, Side, TaxKey,
    TaxKeyError, Weight,
};
pub use windows_1252::{Change, ChangeSet};
pub use write::{
    AccountLabel, AccountLabelWriter, BatchSplitter, BatchWriter, BusinessPartner, FieldChange, FieldProblem,
    FileName, FileNameError, LabelLanguage, MasterDataWriter, PartnerName, PostalAddress, PostingError,
    ROWS_MAX, SplitOptions, Totals, Value, WriteError, WrittenFile,
};
