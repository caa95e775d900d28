//! One file on its way, over as many requests as it takes.

use std::io::SeekFrom;
use std::path::{Path, PathBuf};

use reqwest::header::{CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, RANGE, TRANSFER_ENCODING};
use reqwest::{Response, StatusCode, Url, Version};
use tempfile::NamedTempFile;
use tokio::fs::File;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

use crate::client::refusal::printable;
use crate::client::retry::is_passing;
use crate::client::{ConnectionFailure, DocumentProblem, connection, send};

/// An error page of the storage host is XML of some hundred bytes.
const LARGEST_ERROR: usize = 16 * 1024;

/// A file that is being fetched.
pub(super) struct Transfer {
    file: File,
    path: PathBuf,
    limit: u64,
    received: u64,
    /// By which the storage host knows that the file is still the same.
    entity_tag: Option<String>,
}

/// Why a request did not bring the file to its end.
pub(super) struct Trouble {
    pub(super) problem: DocumentProblem,
    /// Whether another request may.
    pub(super) may_pass: bool,
}

impl Trouble {
    pub(super) fn passing(problem: DocumentProblem) -> Self {
        Self { problem, may_pass: true }
    }

    pub(super) fn lasting(problem: DocumentProblem) -> Self {
        Self { problem, may_pass: false }
    }
}

impl Transfer {
    /// Writes into `part`, which will be named `path`.
    pub(super) fn into(part: &NamedTempFile, path: &Path, limit: u64) -> Result<Self, DocumentProblem> {
        let path = path.to_owned();
        match part.reopen() {
            Ok(file) => Ok(Self { file: File::from_std(file), path, limit, received: 0, entity_tag: None }),
            Err(source) => Err(DocumentProblem::File { path, source }),
        }
    }

    /// Makes one request and writes what comes. No header of Amazon Pay goes with it: the address is the permission, and
    /// the storage host refuses a second one.
    pub(super) async fn fetch(&mut self, storage: &reqwest::Client, address: Url) -> Result<(), Trouble> {
        let mut request = storage.get(address);
        if let Some(tag) = self.entity_tag.as_ref().filter(|_| self.received > 0) {
            request = request.header(RANGE, format!("bytes={}-", self.received)).header(IF_RANGE, tag);
        }
        let response = request.send().await.map_err(|error| self.lost(error))?;
        let expected = match response.status() {
            StatusCode::OK => {
                self.begin_again(response.headers()).await?;
                response.content_length()
            }
            StatusCode::PARTIAL_CONTENT => {
                let (from, whole) = content_range(response.headers()).unwrap_or_default();
                if from != self.received || whole <= from {
                    self.entity_tag = None;
                    let problem = DocumentProblem::Length { expected: self.received, received: from };
                    return Err(Trouble::passing(problem));
                }
                Some(whole)
            }
            _ => return Err(self.refused(response).await),
        };
        self.receive(response, expected).await
    }

    /// Forgets what came so far.
    async fn begin_again(&mut self, headers: &HeaderMap) -> Result<(), Trouble> {
        // A weak tag does not promise the same bytes (RFC 9110, 8.8.1).
        self.entity_tag = send::text(headers, ETAG.as_str()).filter(|tag| !tag.starts_with("W/"));
        self.received = 0;
        let emptied = match self.file.set_len(0).await {
            Ok(()) => self.file.seek(SeekFrom::Start(0)).await.map(|_position| ()),
            Err(error) => Err(error),
        };
        emptied.map_err(|error| self.unwritten(error))
    }

    async fn receive(&mut self, mut response: Response, expected: Option<u64>) -> Result<(), Trouble> {
        let is_chunked = response.headers().contains_key(TRANSFER_ENCODING);
        if expected.is_none() && !is_chunked && response.version() < Version::HTTP_2 {
            return Err(Trouble::lasting(DocumentProblem::NoLength));
        }
        if expected.is_some_and(|expected| expected > self.limit) {
            return Err(Trouble::lasting(DocumentProblem::TooLarge { limit: self.limit }));
        }
        while let Some(piece) = response.chunk().await.map_err(|error| self.lost(error))? {
            let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            if self.received.saturating_add(length) > self.limit {
                return Err(Trouble::lasting(DocumentProblem::TooLarge { limit: self.limit }));
            }
            self.file.write_all(&piece).await.map_err(|error| self.unwritten(error))?;
            self.received += length;
        }
        match expected {
            Some(expected) if expected != self.received => {
                let received = self.received;
                Err(Trouble::passing(DocumentProblem::Length { expected, received }))
            }
            _ => Ok(()),
        }
    }

    /// Hands everything to the operating system.
    pub(super) async fn end(&mut self) -> Result<(), DocumentProblem> {
        self.file.flush().await.map_err(|error| self.unwritten(error).problem)
    }

    async fn refused(&mut self, response: Response) -> Trouble {
        let status = response.status();
        if status == StatusCode::RANGE_NOT_SATISFIABLE {
            // The file is another by now.
            self.entity_tag = None;
        }
        let body = send::body(response, LARGEST_ERROR).await.ok().flatten().unwrap_or_default();
        let problem = DocumentProblem::Storage { status: status.as_u16(), code: error_code(&body) };
        // 403 is what an address that has run out gets; the next attempt has a new one.
        let may_pass =
            is_passing(status) || matches!(status, StatusCode::FORBIDDEN | StatusCode::RANGE_NOT_SATISFIABLE);
        Trouble { problem, may_pass }
    }

    fn lost(&self, error: reqwest::Error) -> Trouble {
        let cause = connection::failure(&error);
        let detail = connection::detail(error);
        let problem = DocumentProblem::Transfer { cause, received: self.received, detail };
        Trouble { problem, may_pass: cause != ConnectionFailure::Certificate }
    }

    fn unwritten(&self, source: std::io::Error) -> Trouble {
        Trouble::lasting(DocumentProblem::File { path: self.path.clone(), source })
    }
}

/// Where a part begins and how long the whole is: `bytes 500-999/1000` (RFC 9110, 14.4).
fn content_range(headers: &HeaderMap) -> Option<(u64, u64)> {
    let text = send::text(headers, CONTENT_RANGE.as_str())?;
    let (range, whole) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (from, _to) = range.split_once('-')?;
    Some((from.trim().parse().ok()?, whole.trim().parse().ok()?))
}

/// The storage host's name for an error: `<Code>AccessDenied</Code>`.
fn error_code(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let (_, behind) = text.split_once("<Code>")?;
    let (code, _) = behind.split_once("</Code>")?;
    Some(printable(code, &[]).chars().take(80).collect())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn a_range_says_where_it_begins_and_how_long_the_whole_is() {
        let range = |text: &'static str| {
            content_range(&HeaderMap::from_iter([(CONTENT_RANGE, HeaderValue::from_static(text))]))
        };
        assert_eq!(range("bytes 500-999/1000"), Some((500, 1000)));
        for text in ["bytes */1000", "bytes 500-999/*", "500-999/1000", "bytes 5", ""] {
            assert_eq!(range(text), None, "{text}");
        }
    }

    #[test]
    fn the_storage_hosts_error_is_named() {
        let body = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
        assert_eq!(error_code(body).as_deref(), Some("AccessDenied"));
        assert_eq!(error_code(b"\xFF<Code>"), None);
    }
}
