//! COPY out of PostgreSQL in its binary format (PostgreSQL documentation, COPY, «Binary Format»).

use futures_util::TryStreamExt as _;
use tokio::sync::mpsc::Sender;

use super::super::MovementRow;
use crate::{Database, StoreError};

/// Signature, flags and the length of the header extension.
const HEADER_BYTES: usize = 19;

/// Sends the parts of the answer as they come; ends early where nobody takes them any more.
pub(super) async fn send(
    database: Database,
    settlement: i64,
    parts: Sender<Vec<u8>>,
) -> Result<(), StoreError> {
    let mut transaction = database.read().await?;
    let Some(connection) = transaction.postgres() else { return Ok(()) };
    // The number is ours and no text; COPY takes no placeholders.
    let sql = format!(
        "COPY (SELECT line, posted_at, kind, kind_text, currency, gross, fee_variable, fee_fixed, seller_order, \
         order_reference, provider_transaction, seller_reference, store \
         FROM movement WHERE settlement = {settlement} ORDER BY line) TO STDOUT (FORMAT binary)"
    );
    let mut stream = connection.copy_out_raw(&sql).await?;
    let mut gathered = Vec::with_capacity(1 << 17);
    while let Some(part) = stream.try_next().await? {
        gathered.extend_from_slice(&part);
        if gathered.len() >= 1 << 16 && parts.send(std::mem::take(&mut gathered)).await.is_err() {
            return Ok(());
        }
    }
    drop(parts.send(gathered).await);
    Ok(())
}

/// Bytes that came and are not taken apart yet.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    bytes: Vec<u8>,
    place: usize,
    begun: bool,
    ended: bool,
}

impl Incoming {
    pub(super) fn add(&mut self, part: &[u8]) {
        self.bytes.drain(..self.place);
        self.place = 0;
        self.bytes.extend_from_slice(part);
    }

    /// The next row that is wholly there.
    pub(super) fn next_row(&mut self) -> Result<Option<MovementRow<'_>>, StoreError> {
        if !self.begun {
            if self.bytes.len() < HEADER_BYTES {
                return Ok(None);
            }
            self.begun = true;
            self.place = HEADER_BYTES;
        }
        let mut cursor = Cursor { bytes: self.bytes.get(self.place..).unwrap_or_default(), read: 0 };
        match cursor.take(2) {
            None => return Ok(None),
            Some([0xff, 0xff]) => {
                self.ended = true;
                return Ok(None);
            }
            Some(_) => {}
        }
        let mut fields = [&[][..]; 13];
        for field in &mut fields {
            let Some(bytes) = cursor.field() else { return Ok(None) };
            *field = bytes;
        }
        self.place += cursor.read;
        row(&fields).map(Some)
    }

    /// Nothing may be left.
    pub(super) fn finish(self) -> Result<(), StoreError> {
        if self.ended { Ok(()) } else { Err(damaged("the end of the answer")) }
    }
}

struct Cursor<'a> {
    bytes: &'a [u8],
    read: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let bytes = self.bytes.get(self.read..self.read.checked_add(count)?)?;
        self.read += count;
        Some(bytes)
    }

    fn field(&mut self) -> Option<&'a [u8]> {
        let length = i32::from_be_bytes(self.take(4)?.try_into().ok()?);
        self.take(usize::try_from(length).ok()?)
    }
}

fn row<'a>(fields: &[&'a [u8]; 13]) -> Result<MovementRow<'a>, StoreError> {
    let number = |index: usize| {
        let bytes = fields[index].try_into().map_err(|_| damaged("a number of 64 bits"))?;
        Ok::<_, StoreError>(i64::from_be_bytes(bytes))
    };
    let text = |index: usize| str::from_utf8(fields[index]).map_err(|_| damaged("text in UTF-8"));
    Ok(MovementRow {
        line: number(0)?,
        posted_at: number(1)?,
        kind: text(2)?,
        kind_text: text(3)?,
        currency: text(4)?,
        gross: number(5)?,
        fee_variable: number(6)?,
        fee_fixed: number(7)?,
        seller_order: text(8)?,
        order_reference: text(9)?,
        provider_transaction: text(10)?,
        seller_reference: text(11)?,
        store: text(12)?,
    })
}

fn damaged(expected: &'static str) -> StoreError {
    StoreError::Content { expected, found: "something else in the answer to COPY".to_owned() }
}
