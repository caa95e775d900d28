//! Why a row or a file is refused.

use std::io;

use jiff::civil::Date;
use thiserror::Error;

use super::{FileNameError, ROWS_MAX};
use crate::{
    AccountError, AccountNumber, Column, Currency, FiscalYearError, HeaderError, KeyProblem, TaxKey,
};

/// Why a file or a row cannot be written. After a refused row the writer goes on as if it had not been given.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The header is refused.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// A row is refused.
    #[error("row {row}: {error}")]
    Row {
        /// Which row of those given to this writer, from 1.
        row: u64,
        /// What is wrong with it.
        error: PostingError,
    },
    /// A file holds at most 99,999 rows.
    #[error("the file is full: it holds at most {ROWS_MAX} rows; write the others into a further file")]
    Full,
    /// The posting belongs to no fiscal year.
    #[error("row {row}: {error}")]
    FiscalYear {
        /// Which row of those given to this writer, from 1.
        row: u64,
        /// Why there is none.
        error: FiscalYearError,
    },
    /// The postings are spread over more months than files can be kept open.
    #[error("row {row}: the postings are spread over more than {max} months; write them in several goes")]
    TooManyMonths {
        /// Which row of those given to this writer, from 1.
        row: u64,
        /// The most months.
        max: usize,
    },
    /// The name of a file cannot be.
    #[error(transparent)]
    FileName(#[from] FileNameError),
    /// The output failed.
    #[error("the file cannot be written")]
    Io(#[from] io::Error),
}

/// A row that DATEV would refuse or misread.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("field {} ({}): {problem}", .column.position, .column.name)]
pub struct PostingError {
    /// The field.
    pub column: &'static Column,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FieldProblem {
    /// The date lies outside the period of the header.
    #[error("{date} lies outside the period {from} to {to} of the file")]
    OutsidePeriod {
        /// The date found.
        date: Date,
        /// Header field 15.
        from: Date,
        /// Header field 16.
        to: Date,
    },
    /// The date cannot be written.
    #[error("{date} lies outside the years 2000 to 2099, which the DATEV-Format can write")]
    Date {
        /// The date found.
        date: Date,
    },
    /// The account does not fit the account length.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The file takes customers and suppliers only.
    #[error(
        "account {account} is no customer or supplier: these have exactly one digit more than the account length"
    )]
    NotPersonal {
        /// The account found.
        account: AccountNumber,
    },
    /// An account stands twice in the file: the later row would overwrite the earlier one.
    #[error("account {account} was written before; the later row would overwrite the earlier one")]
    Repeated {
        /// The account found.
        account: AccountNumber,
    },
    /// Both accounts are the same.
    #[error("account and contra account are both {account}")]
    SameAccount {
        /// The account found.
        account: AccountNumber,
    },
    /// A collective or reserved account.
    #[error("account {account} is collective or reserved in this chart and must not be posted")]
    NotPostable {
        /// The account found.
        account: AccountNumber,
    },
    /// The key may not stand with these accounts.
    #[error(transparent)]
    Key(#[from] KeyProblem),
    /// The key needs another field.
    #[error("key {key} needs field {needs}")]
    KeyNeeds {
        /// The key found.
        key: TaxKey,
        /// The field that is empty.
        needs: u16,
    },
    /// The foreign currency is the currency of the file.
    #[error("{currency} is the currency of the file; leave the foreign currency out")]
    NotForeign {
        /// The currency found.
        currency: Currency,
    },
    /// Zero where DATEV takes zero for empty.
    #[error("zero is not allowed; leave the field out")]
    Zero,
    /// A number with too many digits, or outside its range.
    #[error("{number} does not fit")]
    Number {
        /// The number found.
        number: u64,
    },
    /// A text with characters that the field does not take, or a value that is not of its list.
    #[error("{found:?} holds what this field does not take")]
    Text {
        /// The text found.
        found: String,
    },
    /// A value of another type than the field's.
    #[error("the field takes another type of value")]
    Type,
    /// Of kind and content only one is filled.
    #[error("kind and content belong together: fill both or none")]
    Pair,
    /// More pairs than the row has room for.
    #[error("{count} pairs are given, the row has room for {max}")]
    TooManyPairs {
        /// How many were given.
        count: usize,
        /// How many there is room for.
        max: usize,
    },
    /// The field needs another one.
    #[error("this field needs field {needs}")]
    Needs {
        /// The field that is empty.
        needs: u16,
    },
    /// The field may not stand beside another one.
    #[error("this field may not be filled together with field {other}")]
    Excludes {
        /// The field that is filled too.
        other: u16,
    },
    /// A field that holds open items, on a row without customer or supplier.
    #[error("only a row with a customer or supplier has open items")]
    NeedsPersonalAccount,
}
