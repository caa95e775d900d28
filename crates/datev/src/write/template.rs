//! An empty row, prepared once; a written row is that row with its values inserted.

use jiff::civil::Date;

use super::number::{push_cents, push_day_month, push_number, push_padded, push_year};
use crate::{
    Change, Column, Decimal,
    windows_1252::{ChangeSet, push_quoted_text},
};

/// One change in one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldChange {
    /// The field.
    pub column: &'static Column,
    /// What was changed.
    pub change: Change,
}

/// An empty row of a format version: separators, the quotes of texts, and the line end.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    columns: &'static [Column],
    bytes: Vec<u8>,
    /// For each column, where its value is inserted into `bytes`.
    places: Vec<usize>,
}

impl Template {
    /// Prepares the row, with `constants` (position and bare value) that stand in every row.
    pub(crate) fn new(columns: &'static [Column], constants: &[(u16, &str)]) -> Self {
        let mut bytes = Vec::with_capacity(columns.len() * 3);
        let mut places = Vec::with_capacity(columns.len());
        for column in columns {
            if column.position > 1 {
                bytes.push(b';');
            }
            if column.is_quoted() {
                bytes.push(b'"');
            }
            places.push(bytes.len());
            for (_, value) in constants.iter().filter(|(position, _)| *position == column.position) {
                bytes.extend_from_slice(value.as_bytes());
            }
            if column.is_quoted() {
                bytes.push(b'"');
            }
        }
        bytes.extend_from_slice(b"\r\n");
        Self { columns, bytes, places }
    }

    /// Begins a row at the end of `out`.
    pub(crate) fn row<'row>(&'row self, out: &'row mut Vec<u8>) -> Row<'row, 'row> {
        Row { template: self, out, copied: 0, changes: Vec::new() }
    }
}

/// A row that is being written, field by field in ascending order. What is not written stays empty.
pub(crate) struct Row<'template, 'out> {
    template: &'template Template,
    out: &'out mut Vec<u8>,
    /// How much of the template stands in `out` already.
    copied: usize,
    changes: Vec<FieldChange>,
}

impl Row<'_, '_> {
    /// Copies the empty fields before `position`. False where the format version has no such field: then nothing is
    /// written, and the change is noted.
    fn reach(&mut self, position: u16) -> bool {
        let index = usize::from(position) - 1;
        let Some(&place) = self.template.places.get(index) else {
            self.left_out(position);
            return false;
        };
        let between = self.template.bytes.get(self.copied..place);
        debug_assert!(between.is_some(), "fields are written in ascending order");
        self.out.extend_from_slice(between.unwrap_or_default());
        self.copied = place;
        true
    }

    #[cold]
    fn left_out(&mut self, position: u16) {
        let column = crate::column::BOOKING_BATCH.get(usize::from(position) - 1);
        self.changes.extend(column.map(|column| FieldChange { column, change: Change::LeftOut }));
    }

    #[cold]
    fn note(&mut self, position: u16, changes: ChangeSet) {
        let column = &self.template.columns[usize::from(position) - 1];
        self.changes.extend(changes.iter().map(|change| FieldChange { column, change }));
    }

    /// A bare field, written by `write`.
    pub(crate) fn digits(&mut self, position: u16, write: impl FnOnce(&mut Vec<u8>)) {
        if self.reach(position) {
            write(self.out);
        }
    }

    pub(crate) fn number(&mut self, position: u16, number: u64) {
        self.digits(position, |out| push_number(out, number));
    }

    pub(crate) fn padded(&mut self, position: u16, number: u64, width: usize) {
        self.digits(position, |out| push_padded(out, number, width));
    }

    pub(crate) fn cents(&mut self, position: u16, minor: u64) {
        self.digits(position, |out| push_cents(out, minor));
    }

    /// A number with its decimals; `width` digits stand before the comma at least.
    pub(crate) fn decimal<const DIGITS: u32, const DECIMALS: u32>(
        &mut self,
        position: u16,
        number: Decimal<DIGITS, DECIMALS>,
        width: usize,
    ) {
        let (whole, decimals) = number.parts();
        self.digits(position, |out| {
            push_padded(out, whole, width);
            out.push(b',');
            push_padded(out, decimals, usize::try_from(DECIMALS).unwrap_or_default());
        });
    }

    /// A number in the smallest unit of so many decimals.
    pub(crate) fn scaled(&mut self, position: u16, number: u64, decimals: u8) {
        let one = 10_u64.pow(u32::from(decimals));
        self.digits(position, |out| {
            push_number(out, number / one);
            if decimals > 0 {
                out.push(b',');
                push_padded(out, number % one, decimals.into());
            }
        });
    }

    pub(crate) fn day_month(&mut self, position: u16, date: Date) {
        self.digits(position, |out| push_day_month(out, date));
    }

    pub(crate) fn day_month_year(&mut self, position: u16, date: Date) {
        self.digits(position, |out| {
            push_day_month(out, date);
            push_year(out, date);
        });
    }

    pub(crate) fn year_month_day(&mut self, position: u16, date: Date) {
        self.digits(position, |out| {
            push_year(out, date);
            push_padded(out, date.month().unsigned_abs().into(), 2);
            push_padded(out, date.day().unsigned_abs().into(), 2);
        });
    }

    /// A text that is known to be printable ASCII without quotes and not too long.
    pub(crate) fn plain_text(&mut self, position: u16, text: &str) {
        if !text.is_empty() && self.reach(position) {
            self.out.extend_from_slice(text.as_bytes());
        }
    }

    /// Any text: encoded, cut to the field, its changes noted.
    pub(crate) fn text(&mut self, position: u16, text: &str) {
        if !text.is_empty() && self.reach(position) {
            let max_length = self.template.columns[usize::from(position) - 1].max_length;
            let changes = push_quoted_text(self.out, text, max_length.into());
            if !changes.is_empty() {
                self.note(position, changes);
            }
        }
    }

    /// Copies the rest of the empty row and gives what was changed.
    pub(crate) fn finish(self) -> Vec<FieldChange> {
        self.out.extend_from_slice(&self.template.bytes[self.copied..]);
        self.changes
    }
}
