//! The file of a report: from the API to an address that is good for 30 seconds, from there to the disk.

mod file;
mod transfer;

use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
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
        let part = file::beside(path).await.map_err(of_document)?;
        self.fetch_into(&part, id, path).await?;
        file::finished(part, path, self.inner.largest_document).await.map_err(of_document)
    }

    /// Fetches the file of a report and writes it to `writer`, for programs that keep documents elsewhere than in files. It is
    /// collected in a file without a name first, so that nothing is written before all of it has come; `writer` is flushed.
    /// Gives the number of bytes written.
    ///
    /// # Errors
    /// Those of [`download`](Self::download), and [`DocumentProblem::Writer`].
    pub async fn download_to(
        &self,
        id: &ReportDocumentId,
        writer: &mut (impl AsyncWrite + Unpin + Send),
    ) -> Result<u64, Error> {
        let of_document = |problem| Error::Document { id: id.as_str().to_owned(), problem };
        let place = std::env::temp_dir().join("document");
        let part = file::beside(&place).await.map_err(of_document)?;
        self.fetch_into(&part, id, &place).await?;
        let whole = file::opened(part, &place, self.inner.largest_document).await.map_err(of_document)?;
        let copied = async {
            let bytes = tokio::io::copy(&mut tokio::fs::File::from_std(whole), writer).await?;
            writer.flush().await.map(|()| bytes)
        };
        copied.await.map_err(|source| of_document(DocumentProblem::Writer { source }))
    }

    /// Fetches into `part`, in as many attempts as it takes and are allowed. Errors name `path`.
    async fn fetch_into(
        &self,
        part: &NamedTempFile,
        id: &ReportDocumentId,
        path: &Path,
    ) -> Result<(), Error> {
        let of_document = |problem| Error::Document { id: id.as_str().to_owned(), problem };
        let mut transfer = Transfer::into(part, path, self.inner.largest_document).map_err(of_document)?;
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
        transfer.end().await.map_err(of_document)
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
