//! The categories of files and the versions of the booking batch.

use crate::column::{ACCOUNT_LABELS, BOOKING_BATCH, Column, DEBTORS_CREDITORS};

/// What a file holds (header fields 3 to 5). All are read; the first three are written and checked field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// 21, postings.
    BookingBatch,
    /// 16, master data of customers and suppliers.
    DebtorsCreditors,
    /// 20, names of accounts.
    AccountLabels,
    /// 46, terms of payment.
    PaymentTerms,
    /// 48, miscellaneous addresses.
    MiscellaneousAddresses,
    /// 65, recurring postings.
    RecurringPostings,
    /// 66, postings in kind.
    NaturalBatch,
    /// 44, text keys.
    TextKeys,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::BookingBatch,
        Self::DebtorsCreditors,
        Self::AccountLabels,
        Self::PaymentTerms,
        Self::MiscellaneousAddresses,
        Self::RecurringPostings,
        Self::NaturalBatch,
        Self::TextKeys,
    ];

    /// The number in header field 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::BookingBatch => 21,
            Self::DebtorsCreditors => 16,
            Self::AccountLabels => 20,
            Self::PaymentTerms => 46,
            Self::MiscellaneousAddresses => 48,
            Self::RecurringPostings => 65,
            Self::NaturalBatch => 66,
            Self::TextKeys => 44,
        }
    }

    /// The category with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.number() == number)
    }

    /// The name in header field 4.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BookingBatch => "Buchungsstapel",
            Self::DebtorsCreditors => "Debitoren/Kreditoren",
            Self::AccountLabels => "Kontenbeschriftungen",
            Self::PaymentTerms => "Zahlungsbedingungen",
            Self::MiscellaneousAddresses => "Diverse Adressen",
            Self::RecurringPostings => "Wiederkehrende Buchungen",
            Self::NaturalBatch => "Natural-Stapel",
            Self::TextKeys => "Textschlüssel",
        }
    }

    /// The newest format version in header field 5, where it is known.
    pub const fn newest_version(self) -> Option<u8> {
        match self {
            Self::BookingBatch => Some(13),
            Self::DebtorsCreditors => Some(5),
            Self::AccountLabels => Some(3),
            Self::PaymentTerms | Self::MiscellaneousAddresses | Self::NaturalBatch => Some(2),
            Self::RecurringPostings => Some(4),
            Self::TextKeys => None,
        }
    }

    /// The columns of this category in `version`, where this crate knows them.
    pub fn columns(self, version: u8) -> Option<&'static [Column]> {
        match (self, version) {
            (Self::BookingBatch, 1..=13) => {
                Some(&BOOKING_BATCH[..BOOKING_BATCH.partition_point(|column| column.since <= version)])
            }
            (Self::DebtorsCreditors, 5) => Some(&DEBTORS_CREDITORS),
            (Self::AccountLabels, 2) => Some(&ACCOUNT_LABELS[..3]),
            (Self::AccountLabels, 3) => Some(&ACCOUNT_LABELS),
            _ => None,
        }
    }

    /// Whether the header must say which days are covered (fields 15 and 16). The portal asks it of recurring postings
    /// as well, but DATEV's own sample of them leaves it out.
    pub const fn has_period(self) -> bool {
        matches!(self, Self::BookingBatch)
    }
}

/// The version in which a booking batch is written. DATEV reads all of them; some other programs refuse newer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FormatVersion {
    /// 125 columns, since 2024.
    #[default]
    V13,
    /// 124 columns: without the deviating discount account.
    V12,
    /// 120 columns: also without settlement reference, BVV position and EU origin.
    V9,
}

impl FormatVersion {
    /// The number in header field 5.
    pub const fn number(self) -> u8 {
        match self {
            Self::V13 => 13,
            Self::V12 => 12,
            Self::V9 => 9,
        }
    }

    /// The version with this number, if it is one that can be written.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            13 => Some(Self::V13),
            12 => Some(Self::V12),
            9 => Some(Self::V9),
            _ => None,
        }
    }

    /// The columns of a row.
    pub fn columns(self) -> &'static [Column] {
        Category::BookingBatch.columns(self.number()).unwrap_or(&BOOKING_BATCH)
    }
}

/// The name of a booking batch column in the line of names: before version 12 there was no EU origin, so that fields 40
/// and 41 did not say "(Bestimmung)".
pub(crate) fn column_name(column: &Column, category: Category, version: u8) -> &'static str {
    match (category, column.position) {
        (Category::BookingBatch, 40) if version < 12 => "EU-Land u. UStID",
        (Category::BookingBatch, 41) if version < 12 => "EU-Steuersatz",
        _ => column.name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_its_number_of_columns() {
        assert_eq!(FormatVersion::V13.columns().len(), 125);
        assert_eq!(FormatVersion::V12.columns().len(), 124);
        assert_eq!(FormatVersion::V9.columns().len(), 120);
        assert_eq!(Category::BookingBatch.columns(7).map(<[Column]>::len), Some(116));
        assert_eq!(Category::BookingBatch.columns(14), None);
        assert_eq!(Category::AccountLabels.columns(2).map(<[Column]>::len), Some(3));
    }

    #[test]
    fn a_category_is_found_by_its_number() {
        for category in Category::ALL {
            assert_eq!(Category::from_number(category.number()), Some(category));
        }
        assert_eq!(Category::from_number(1), None);
    }
}
