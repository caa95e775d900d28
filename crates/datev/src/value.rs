//! The values that stand in the fields, valid by construction.

mod account;
mod amount;
mod code;
mod decimal;
mod document_link;
mod document_number;
mod iban;
mod tax_key;

pub use account::{AccountError, AccountKind, AccountLength, AccountNumber};
pub use amount::{Amount, AmountError, Side};
pub(crate) use code::is_eu_vat_id;
pub use code::{CodeError, Country, Currency, EuVatId};
pub use decimal::{Decimal, DecimalError, Discount, ExchangeRate, Percent, Quantity, Weight};
pub use document_link::{DocumentLink, DocumentSystem, LinkError};
pub use document_number::{DocumentNumber, DocumentNumberError, ShortDocumentNumber};
pub use iban::is_iban;
pub use tax_key::{TaxKey, TaxKeyError};
