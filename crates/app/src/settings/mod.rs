//! A client's settings in the form in which people and programs edit them.
//!
//! What is stored is a text, the configuration file that `kontor convert --config` takes as well, in numbered versions.
//! [`Document`] is the same as fields, each as it was typed: what is wrong in it stays, and [`Document::review`] says at
//! which field.

pub mod change;
pub mod example;
mod fields;
pub mod names;
mod proposal;
mod read;
mod review;
pub mod stored;
mod write;

pub use fields::{AccountForm, ClientForm, HandlingForm, NumbersForm, RateForm, Section, Shape, StoreForm};
pub use review::{FieldProblem, Place, Review};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// All settings of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Document {
    /// Mandantendaten.
    pub client: ClientForm,
    /// Belegnummern of all shops.
    pub document_numbers: NumbersForm,
    /// Kontierung: which account takes what.
    pub accounts: Vec<AccountForm>,
    /// Shops with settings of their own.
    pub stores: Vec<StoreForm>,
    /// Belegtexte by their key: `payment`, `fee-processing` … What is left out has its default.
    pub texts: BTreeMap<String, String>,
    /// Exchange rates.
    pub rates: Vec<RateForm>,
    /// What Kontor does with the entries.
    pub kontor: HandlingForm,
}
