//! `[kontor]`: what decides no entry but what Kontor does with them.

use super::document::{Problems, Section};
use super::values;

pub(super) const NAME: &str = "[kontor]";

/// The keys of `[kontor]`.
pub(super) const KEYS: &[&str] =
    &["accounts-confirmed", "reverse-charge-confirmed", "follow-document-numbers", "export-day"];

/// In every month there is such a day.
const LAST_DAY: u32 = 28;

/// What Kontor does with the entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handling {
    /// A person has confirmed chart, provider account and debtor, once before the first export.
    pub accounts_confirmed: bool,
    /// The adviser has confirmed how the fees are taxed (§ 13b UStG, German VAT, or none).
    pub reverse_charge_confirmed: bool,
    /// Belegnummer nachziehen: a changed document number is a reason for a correction.
    pub follow_document_numbers: bool,
    /// The day of the month on which the month before is exported by itself; none: a person exports.
    pub export_day: Option<u32>,
}

/// Reads the section, which may be missing.
pub(super) fn read(root: &Section<'_>, problems: &mut Problems<'_>) -> Handling {
    let Some(section) = root.section("kontor", NAME, problems) else { return Handling::default() };
    section.refuse_unknown(KEYS, problems);
    let mut flag = |key: &str| section.take(key, problems, values::boolean).unwrap_or_default();
    Handling {
        accounts_confirmed: flag("accounts-confirmed"),
        reverse_charge_confirmed: flag("reverse-charge-confirmed"),
        follow_document_numbers: flag("follow-document-numbers"),
        export_day: section.take("export-day", problems, |field| values::number(field, 1, LAST_DAY)),
    }
}
