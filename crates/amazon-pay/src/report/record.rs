use std::ops::Range;

/// One record: its text and where in it each field lies. It is filled again and again.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) text: String,
    pub(super) fields: Vec<Range<usize>>,
}

impl Record {
    /// The line on which the record begins, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    /// The field at that place, empty where there is none.
    pub(super) fn field(&self, index: usize) -> &str {
        self.fields.get(index).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.field(index))
    }
}
