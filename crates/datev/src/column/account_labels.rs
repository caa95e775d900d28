//! The columns of the account labels (category 20, format version 3).
//!
//! Source: format definition of the Prüfprogramm, Kontenbeschriftungen v3; DATEV sample
//! EXTF_Sachkontobeschriftungen.csv.

use super::Column;

/// The columns of `Kontenbeschriftungen` 3 in the order of the file.
pub static ACCOUNT_LABELS: [Column; 4] = [
    Column::account(1, "Konto", 9).mandatory(),
    Column::text(2, "Kontobeschriftung", 40),
    Column::text(3, "SprachId", 5).one_of(&["de-DE", "en-GB"]),
    Column::text(4, "Kontenbeschriftung lang", 300),
];
