//! The bytes of a document, read like a file.

use std::io::{self, Read};

use store::Database;
use store::documents;
use store::id::DocumentId;
use tokio::runtime::Handle;

/// Reads the exact bytes that were received, piece by piece. It blocks, so it lives on a thread that may, within the
/// runtime (`tokio::task::spawn_blocking`).
#[derive(Debug)]
pub(super) struct StoredBytes {
    database: Database,
    document: DocumentId,
    next: i64,
    piece: Vec<u8>,
    place: usize,
}

impl StoredBytes {
    pub(super) fn new(database: Database, document: DocumentId) -> Self {
        Self { database, document, next: 0, piece: Vec::new(), place: 0 }
    }

    fn fetch(&mut self) -> io::Result<()> {
        let (database, document, next) = (&self.database, &self.document, self.next);
        let piece = Handle::current().block_on(async {
            let mut transaction = database.read().await?;
            documents::piece(&mut transaction, document, next).await
        });
        self.piece = piece.map_err(io::Error::other)?.unwrap_or_default();
        self.next += 1;
        self.place = 0;
        Ok(())
    }
}

impl Read for StoredBytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.place == self.piece.len() {
            self.fetch()?;
        }
        let count = (&self.piece[self.place..]).read(buffer)?;
        self.place += count;
        Ok(count)
    }
}
