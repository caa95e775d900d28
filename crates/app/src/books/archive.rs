//! Several batches as one archive that is sent while it is packed.

use std::io::{self, Write};

use store::Database;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::batch::{Found, StoredFile};
use crate::context::App;

/// How many bytes are sent at once.
const BLOCK: usize = 64 * 1024;

/// Blocks on their way at most.
const BLOCKS: usize = 8;

/// Packs all files of the batches, each batch in the folder of its name (none: at the top). The bytes come as they are
/// made; an error is the last of them. The batches must have been found before.
pub fn packed(app: &App, batches: Vec<(Option<String>, Found)>) -> Receiver<io::Result<Vec<u8>>> {
    let (out, blocks) = channel(BLOCKS);
    let database = app.database.clone();
    tokio::task::spawn_blocking(move || {
        let outlet = Outlet { out: out.clone(), block: Vec::with_capacity(BLOCK) };
        if let Err(error) = pack(&database, &batches, outlet) {
            // Who no longer listens is not told.
            drop(out.blocking_send(Err(error)));
        }
    });
    blocks
}

fn pack(database: &Database, batches: &[(Option<String>, Found)], outlet: Outlet) -> io::Result<()> {
    let mut archive = ZipWriter::new_stream(outlet);
    // A million rows are larger than the plain format allows.
    let options = SimpleFileOptions::default().large_file(true);
    for (folder, found) in batches {
        for file in &found.files {
            let name =
                folder.as_ref().map_or_else(|| file.name.clone(), |folder| format!("{folder}/{}", file.name));
            archive.start_file(name, options).map_err(io::Error::other)?;
            let mut bytes = StoredFile::new(database.clone(), &found.batch.begun.id, file.number);
            io::copy(&mut bytes, &mut archive)?;
        }
    }
    archive.finish().map_err(io::Error::other)?.into_inner().flush()
}

/// Sends what is written, a block at a time.
struct Outlet {
    out: Sender<io::Result<Vec<u8>>>,
    block: Vec<u8>,
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.block.extend_from_slice(bytes);
        if self.block.len() >= BLOCK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let block = std::mem::replace(&mut self.block, Vec::with_capacity(BLOCK));
        self.out.blocking_send(Ok(block)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
