//! The bulk path of PostgreSQL: COPY in its binary format (PostgreSQL documentation, COPY, «Binary Format»).

use jiff::Timestamp;

use super::{Owner, Slice};
use crate::{Database, StoreError, documents, transact};

/// How many bytes are sent at once.
const SEND_BYTES: usize = 1 << 18;

/// Writes a slice; again, where others came in between.
pub(super) async fn write(
    database: &Database,
    owner: &Owner,
    slice: Slice,
    lease_until: Timestamp,
) -> Result<Slice, StoreError> {
    let copy = packed(owner, &slice);
    let sql = match slice {
        Slice::Rows(_) => {
            "COPY movement (settlement, line, client, posted_at, kind, kind_text, currency, gross, fee_variable, fee_fixed,
             seller_order, order_reference, provider_transaction, seller_reference, store) FROM STDIN (FORMAT binary)"
        }
        Slice::Identifiers(..) => {
            "COPY movement_identifier (client, name, text, settlement, line) FROM STDIN (FORMAT binary)"
        }
        Slice::Amounts(..) => {
            "COPY movement_amount (client, amount, posted_at, settlement, line) FROM STDIN (FORMAT binary)"
        }
    };
    transact!(database, transaction => {
        documents::renew(transaction, &owner.document, lease_until).await?;
        let Some(connection) = transaction.postgres() else { return Err(StoreError::GivenUp) };
        let mut stream = connection.copy_in_raw(sql).await?;
        for part in copy.0.chunks(SEND_BYTES) {
            stream.send(part).await?;
        }
        stream.finish().await.map(drop).map_err(StoreError::from)
    })?;
    Ok(slice)
}

fn packed(owner: &Owner, slice: &Slice) -> Copy {
    let Owner { client, settlement, .. } = owner;
    let mut copy = Copy::begin();
    match slice {
        Slice::Rows(rows) => {
            for row in rows.iter() {
                copy.row(15);
                copy.numbers(&[*settlement, row.line, *client, row.posted_at]);
                copy.texts(&[row.kind, row.kind_text, row.currency]);
                copy.numbers(&[row.gross, row.fee_variable, row.fee_fixed]);
                copy.texts(&[row.seller_order, row.order_reference, row.provider_transaction]);
                copy.texts(&[row.seller_reference, row.store]);
            }
        }
        Slice::Identifiers(keys, range) => {
            for key in keys.identifiers_in(range.clone()) {
                copy.row(5);
                copy.numbers(&[*client, i64::from(key.name)]);
                copy.texts(&[key.text]);
                copy.numbers(&[*settlement, key.line]);
            }
        }
        Slice::Amounts(keys, range) => {
            for key in keys.amounts_in(range.clone()) {
                copy.row(5);
                copy.numbers(&[*client, key.amount, key.posted_at, *settlement, key.line]);
            }
        }
    }
    copy.end();
    copy
}

/// Rows in the binary format: for each row the number of fields (16 bits), for each field its length (32 bits) and bytes.
struct Copy(Vec<u8>);

impl Copy {
    fn begin() -> Self {
        // Signature, flags, and the length of a header extension, which there is none.
        Self([&b"PGCOPY\n\xff\r\n\0"[..], &[0; 8]].concat())
    }

    fn row(&mut self, fields: i16) {
        self.0.extend_from_slice(&fields.to_be_bytes());
    }

    fn numbers(&mut self, numbers: &[i64]) {
        for number in numbers {
            self.0.extend_from_slice(&8_i32.to_be_bytes());
            self.0.extend_from_slice(&number.to_be_bytes());
        }
    }

    fn texts(&mut self, texts: &[&str]) {
        for text in texts {
            self.0.extend_from_slice(&i32::try_from(text.len()).unwrap_or(i32::MAX).to_be_bytes());
            self.0.extend_from_slice(text.as_bytes());
        }
    }

    fn end(&mut self) {
        self.row(-1);
    }
}
