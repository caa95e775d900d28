//! Rows on their way into the database: all texts in one, so that a row costs no allocation.

use super::super::MovementRow;
use super::SLICE_ROWS;

/// How many bytes of text make a slice full: fields of a hostile report can be a thousand bytes long.
const TEXT_BYTES: usize = 4 << 20;

/// How many texts a row has.
const TEXTS: usize = 8;

/// Rows for one transaction.
#[derive(Debug, Default)]
pub struct Rows {
    texts: String,
    rows: Vec<Packed>,
}

#[derive(Debug)]
struct Packed {
    line: i64,
    posted_at: i64,
    amounts: [i64; 3],
    start: usize,
    /// Where each text ends in the common one.
    ends: [usize; TEXTS],
}

impl Rows {
    /// Adds a row.
    pub fn push(&mut self, row: &MovementRow<'_>) {
        let start = self.texts.len();
        let mut ends = [0; TEXTS];
        for (end, text) in ends.iter_mut().zip(texts(row)) {
            self.texts.push_str(text);
            *end = self.texts.len();
        }
        let amounts = [row.gross, row.fee_variable, row.fee_fixed];
        self.rows.push(Packed { line: row.line, posted_at: row.posted_at, amounts, start, ends });
    }

    /// Is it time to write them?
    pub fn is_full(&self) -> bool {
        self.rows.len() >= SLICE_ROWS || self.texts.len() >= TEXT_BYTES
    }

    /// Is there nothing to write?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Forgets all rows and keeps the memory.
    pub fn clear(&mut self) {
        self.texts.clear();
        self.rows.clear();
    }

    /// The rows in their order.
    pub fn iter(&self) -> impl Iterator<Item = MovementRow<'_>> {
        self.rows.iter().map(|packed| {
            let mut start = packed.start;
            let mut next = packed.ends.iter().map(|end| {
                let text = self.texts.get(start..*end).unwrap_or_default();
                start = *end;
                text
            });
            let mut text = || next.next().unwrap_or_default();
            let [gross, fee_variable, fee_fixed] = packed.amounts;
            MovementRow {
                line: packed.line,
                posted_at: packed.posted_at,
                kind: text(),
                kind_text: text(),
                currency: text(),
                gross,
                fee_variable,
                fee_fixed,
                seller_order: text(),
                order_reference: text(),
                provider_transaction: text(),
                seller_reference: text(),
                store: text(),
            }
        })
    }
}

fn texts<'a>(row: &MovementRow<'a>) -> [&'a str; TEXTS] {
    [
        row.kind,
        row.kind_text,
        row.currency,
        row.seller_order,
        row.order_reference,
        row.provider_transaction,
        row.seller_reference,
        row.store,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in() {
        let row = MovementRow {
            line: 8,
            posted_at: 5,
            kind: "payment",
            kind_text: "",
            currency: "EUR",
            gross: -1,
            fee_variable: 2,
            fee_fixed: -3,
            seller_order: "ä1",
            order_reference: "P01",
            provider_transaction: "",
            seller_reference: "r",
            store: "shop",
        };
        let mut rows = Rows::default();
        rows.push(&row);
        rows.push(&MovementRow { line: 9, ..row });
        assert_eq!(rows.iter().collect::<Vec<_>>(), [row, MovementRow { line: 9, ..row }]);
    }
}
