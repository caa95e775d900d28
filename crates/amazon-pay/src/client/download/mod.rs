//! The file of a report: from the API to an address that is good for 30 seconds, from there to the disk.

mod file;
mod transfer;

use std::path::{Path, PathBuf};

use tracing::warn;

use self::transfer::{Transfer, Trouble};
use super::{Client, DocumentProblem, Error, endpoint};
use crate::model::ReportDocumentId;

/// A cut transfer goes on where it was cut, so that even a large file comes through a bad line.
const ATTEMPTS: u32 = 8;

/// A file that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloaded {
    /// Where it lies.
    pub path: PathBuf,
    /// How many bytes it has there.
    pub bytes: u64,
    /// Whether it came as gzip, which was undone.
    pub was_gzip: bool,
}

impl Client {
    /// Fetches the file of a report to `path`. It is written beside it under another name and takes the name at the end, in
    /// place of what may be there, so `path` never holds half a file.
    ///
    /// An address that has run out is asked for anew, a transfer that was cut goes on where it was (or begins again where
    /// the storage host cannot tell that the file is still the same), and no more than
    /// [`largest_document`](super::ClientBuilder::largest_document) bytes are written.
    ///
    /// # Errors
    /// Those of [`report_document`](Self::report_document), and [`Error::Document`].
    pub async fn download(&self, id: &ReportDocumentId, path: &Path) -> Result<Downloaded, Error> {
        let of_document = |problem| Error::Document { id: id.as_str().to_owned(), problem };
        let limit = self.inner.largest_document;
        let part = file::beside(path).await.map_err(of_document)?;
        let mut transfer = Transfer::into(&part, path, limit).map_err(of_document)?;
        let mut attempt = 1;
        loop {
            let trouble = match self.attempt_document(id, &mut transfer).await? {
                Ok(()) => break,
                Err(trouble) => trouble,
            };
            if !trouble.may_pass || attempt >= ATTEMPTS {
                return Err(of_document(trouble.problem));
            }
            warn!(document = id.as_str(), attempt, problem = %trouble.problem, "a report did not arrive, trying again");
            self.inner.clock.sleep(self.pause_after(attempt)).await;
            attempt += 1;
        }
        transfer.end().await.map_err(of_document)?;
        file::finished(part, path, limit).await.map_err(of_document)
    }

    /// Asks for an address and fetches from it.
    async fn attempt_document(
        &self,
        id: &ReportDocumentId,
        transfer: &mut Transfer,
    ) -> Result<Result<(), Trouble>, Error> {
        let Some(document) = self.report_document(id).await? else {
            return Ok(Err(Trouble::passing(DocumentProblem::NotReady { attempts: ATTEMPTS })));
        };
        let address = match reqwest::Url::parse(&document.url) {
            Ok(address) if address.scheme() == "https" => address,
            Ok(address)
                if address.scheme() == "http" && self.is_here() && endpoint::is_loopback(&address) =>
            {
                address
            }
            Ok(_) => {
                return Ok(Err(Trouble::lasting(DocumentProblem::Address { detail: "it is not encrypted" })));
            }
            Err(_) => return Ok(Err(Trouble::lasting(DocumentProblem::Address { detail: "it is none" }))),
        };
        Ok(transfer.fetch(&self.inner.storage, address).await)
    }

    /// Does it speak with a simulator on this machine?
    fn is_here(&self) -> bool {
        self.inner.endpoint.is_loopback()
    }
}
