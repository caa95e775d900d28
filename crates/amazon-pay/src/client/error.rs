//! What can go wrong.

use std::path::PathBuf;

use super::Refusal;
use crate::key::SigningFailed;

/// Why a call failed. No variant carries a key, a signature, a token or the address of a document.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The API answered with an error.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// No answer came.
    #[error("{operation}: no answer after {attempts} attempts, {cause}: {detail}. {}", cause.advice())]
    NotReached {
        /// What was asked for.
        operation: &'static str,
        /// How often it was tried.
        attempts: u32,
        /// What kind of failure the last one was.
        cause: ConnectionFailure,
        /// What the network said.
        detail: String,
    },
    /// The answer is not what the API is documented to send.
    #[error("{operation}: the answer could not be understood: {detail} (request {})", request_id.as_deref().unwrap_or("without id"))]
    UnreadableReply {
        /// What was asked for.
        operation: &'static str,
        /// The id to name when asking Amazon about it.
        request_id: Option<String>,
        /// Which part, and what was expected.
        detail: String,
    },
    /// The answer is larger than any real one.
    #[error("{operation}: the answer has more than {limit} bytes")]
    ReplyTooLarge {
        /// What was asked for.
        operation: &'static str,
        /// How many bytes are read at most.
        limit: usize,
    },
    /// The request could not be signed.
    #[error("{0}")]
    NotSigned(#[from] SigningFailed),
    /// The API sends the same page again and again.
    #[error("{operation}: the token for page {page} was given before; the list would never end")]
    RepeatedPage {
        /// What was asked for.
        operation: &'static str,
        /// The page, counted from 1.
        page: usize,
    },
    /// More pages than are read.
    #[error("{operation}: there are more than {limit} pages; ask for a shorter period")]
    TooManyPages {
        /// What was asked for.
        operation: &'static str,
        /// How many pages are read at most.
        limit: usize,
    },
    /// The file of a report could not be fetched.
    #[error("report document {id}: {problem}")]
    Document {
        /// The id of the document.
        id: String,
        /// What was the matter.
        #[source]
        problem: DocumentProblem,
    },
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl Error {
    /// The error answer, if one came.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

/// How a connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionFailure {
    /// It was never made.
    NotConnected,
    /// The other side has a certificate that is not trusted.
    Certificate,
    /// It took too long.
    TimedOut,
    /// It was made and lost.
    Lost,
}

impl ConnectionFailure {
    /// What a person can do about it, as one sentence.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NotConnected => "Check the network, the name of the host and the proxy.",
            Self::Certificate => {
                "Check that nothing stands between here and Amazon; for a host of your own give its certificate."
            }
            Self::TimedOut | Self::Lost => "Try again later; if it lasts, check the network and the proxy.",
        }
    }
}

impl std::fmt::Display for ConnectionFailure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::NotConnected => "there is no connection",
            Self::Certificate => "the certificate is not trusted",
            Self::TimedOut => "it took too long",
            Self::Lost => "the connection was lost",
        })
    }
}

/// Why the file of a report could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum DocumentProblem {
    /// The API goes on to say that the file is not ready.
    #[error("not ready after {attempts} attempts; try again later")]
    NotReady {
        /// How often it was asked for.
        attempts: u32,
    },
    /// The address is no address, or not one that may be used.
    #[error("its address cannot be used: {detail}")]
    Address {
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The storage host answered with an error.
    #[error("the storage host answered {status}{}", code.as_ref().map(|code| format!(" {code}")).unwrap_or_default())]
    Storage {
        /// The HTTP status.
        status: u16,
        /// The storage host's name for it, e.g. `AccessDenied`.
        code: Option<String>,
    },
    /// No answer, or less than was announced.
    #[error("{cause} after {received} bytes: {detail}")]
    Transfer {
        /// What kind of failure it was.
        cause: ConnectionFailure,
        /// How many bytes had come.
        received: u64,
        /// What the network said.
        detail: String,
    },
    /// The bytes are fewer or more than the server named.
    #[error("the server named {expected} bytes and sent {received}")]
    Length {
        /// How many were named.
        expected: u64,
        /// How many came.
        received: u64,
    },
    /// The server did not say how long the file is, so nobody could tell whether all of it came.
    #[error("the server did not name its length")]
    NoLength,
    /// Larger than allowed.
    #[error("it has more than {limit} bytes, which is the limit")]
    TooLarge {
        /// How many bytes are taken at most, packed or unpacked.
        limit: u64,
    },
    /// Its gzip does not open.
    #[error("its gzip is damaged: {detail}")]
    Gzip {
        /// What the unpacking said.
        detail: String,
    },
    /// Whoever was to get the file did not take it.
    #[error("it could not be handed on: {source}")]
    Writer {
        /// What the writer said.
        source: std::io::Error,
    },
    /// The disk.
    #[error("«{}» could not be written: {source}", path.display())]
    File {
        /// The file to be written.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
}
