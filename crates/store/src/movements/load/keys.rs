//! What rows are looked up by, collected until there is enough to sort.

use super::super::{Identifier, MovementRow};
use super::{AmountKey, IdentifierKey};

/// How many bytes of text are collected before they are sorted and written: with their entries about 60 MB.
const TEXT_BYTES: usize = 24 << 20;

/// How many rows are collected at most, because empty texts have no bytes.
const ROWS: usize = 400_000;

/// Identifiers and amounts of rows.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    texts: String,
    identifiers: Vec<Entry>,
    amounts: Vec<AmountKey>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    line: u32,
    start: u32,
    length: u16,
    name: u8,
}

impl Entry {
    fn text(self, texts: &str) -> &str {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        texts.get(start..start.saturating_add(usize::from(self.length))).unwrap_or_default()
    }
}

impl Keys {
    /// Collects those of a row.
    pub(super) fn add(&mut self, row: &MovementRow<'_>) {
        for identifier in Identifier::ALL {
            let text = identifier.of(row);
            if text.is_empty() {
                continue;
            }
            // The reader's bounds keep both far below: 50 million rows, a kilobyte a field.
            let (Ok(line), Ok(start), Ok(length)) =
                (u32::try_from(row.line), u32::try_from(self.texts.len()), u16::try_from(text.len()))
            else {
                continue;
            };
            self.texts.push_str(text);
            self.identifiers.push(Entry { line, start, length, name: identifier.number() });
        }
        self.amounts.push(AmountKey::of(row));
    }

    /// Is there enough to sort?
    pub(super) fn is_full(&self) -> bool {
        self.texts.len() >= TEXT_BYTES || self.amounts.len() >= ROWS
    }

    pub(super) fn identifiers(&self) -> usize {
        self.identifiers.len()
    }

    pub(super) fn amounts(&self) -> usize {
        self.amounts.len()
    }

    /// Puts all into the order of their tables.
    pub(super) fn sort(&mut self) {
        let texts = &self.texts;
        self.identifiers.sort_unstable_by(|one, other| {
            let order = one.name.cmp(&other.name);
            let order = order.then_with(|| one.text(texts).as_bytes().cmp(other.text(texts).as_bytes()));
            order.then_with(|| one.line.cmp(&other.line))
        });
        self.amounts.sort_unstable();
    }

    /// Forgets all and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.identifiers.clear();
        self.amounts.clear();
    }

    /// Some of the identifiers, in their order.
    pub(super) fn identifiers_in(
        &self,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = IdentifierKey<'_>> {
        let entries = self.identifiers.get(range).unwrap_or_default();
        entries.iter().map(|entry| IdentifierKey {
            name: entry.name,
            text: entry.text(&self.texts),
            line: i64::from(entry.line),
        })
    }

    /// Some of the amounts, in their order.
    pub(super) fn amounts_in(&self, range: std::ops::Range<usize>) -> &[AmountKey] {
        self.amounts.get(range).unwrap_or_default()
    }
}
