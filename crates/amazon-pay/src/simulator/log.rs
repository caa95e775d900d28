//! What happened: the latest requests and how they were answered.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;

/// So many are kept.
const KEPT: usize = 500;

/// A request and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogEntry {
    /// When it came, by the real clock.
    #[serde(serialize_with = "as_text")]
    pub at: Timestamp,
    /// The method.
    pub method: String,
    /// The path with the query; a document's address without its signature.
    pub target: String,
    /// The operation, `download`, or nothing where the path leads nowhere.
    pub operation: Option<&'static str>,
    /// The HTTP status.
    pub status: u16,
    /// The reason code and the message of a refusal.
    pub refusal: Option<String>,
    /// The faults that struck.
    pub faults: Vec<String>,
}

fn as_text<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{at:.3}"))
}

/// The latest requests.
#[derive(Debug, Default)]
pub(super) struct Log {
    entries: VecDeque<LogEntry>,
    count: u64,
}

impl Log {
    pub(super) fn push(&mut self, entry: LogEntry) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        self.count += 1;
    }

    /// Oldest first.
    pub(super) fn entries(&self) -> impl DoubleEndedIterator<Item = &LogEntry> {
        self.entries.iter()
    }

    /// How many requests there were in all.
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}
