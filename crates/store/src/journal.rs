//! The journal: one append-only list of what happened, each line bound to the one before by its hash.
//!
//! The hash of a line is the SHA-256 of its text, `previous TAB number TAB microseconds TAB client TAB actor TAB action
//! TAB subject TAB content LF` in UTF-8, so that anyone can recompute it with public tools. A tab or line break inside
//! a field is refused when it is written.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;

use crate::id::ClientId;
use crate::{Row, StoreError, Transaction, arguments};

/// What is written down.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// The client whom it concerns; none for the machine itself.
    pub client: Option<&'a ClientId>,
    /// Who did it: a mail address, the name of an API key, `system`, `operator`.
    pub actor: &'a str,
    /// What was done, as a word for programs: `document.received`, `batch.frozen` …
    pub action: &'a str,
    /// What it was done to: an identifier, a name.
    pub subject: &'a str,
    /// SHA-256 of the document, batch or settings in hexadecimal; empty where there is no content.
    pub content: &'a str,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, counted from 1 without a gap.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// The client.
    pub client: Option<ClientId>,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// SHA-256 of the content.
    pub content: String,
    /// The hash of the line before; empty in the first.
    pub previous: String,
    /// Its own hash.
    pub hash: String,
}

impl Line {
    /// The hash that its text has.
    pub fn computed(&self) -> String {
        let client = self.client.as_ref().map_or("", ClientId::as_str);
        let Self { number, actor, action, subject, content, previous, .. } = self;
        let at = self.at.as_microsecond();
        hex(digest(
            &SHA256,
            format!("{previous}\t{number}\t{at}\t{client}\t{actor}\t{action}\t{subject}\t{content}\n")
                .as_bytes(),
        )
        .as_ref())
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.get(0)?,
            at: row.get(1)?,
            client: row.get(2)?,
            actor: row.get(3)?,
            action: row.get(4)?,
            subject: row.get(5)?,
            content: row.get(6)?,
            previous: row.get(7)?,
            hash: row.get(8)?,
        })
    }
}

/// Writes one line, in the transaction of what it tells.
pub async fn append(
    transaction: &mut Transaction,
    at: Timestamp,
    event: Event<'_>,
) -> Result<Line, StoreError> {
    let last = transaction
        .fetch_optional("SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1", arguments![])
        .await?;
    let (number, previous) = match last {
        Some(row) => (row.get::<u64>(0)? + 1, row.get(1)?),
        None => (1, String::new()),
    };
    let mut line = Line {
        number,
        at,
        client: event.client.cloned(),
        actor: one_line(event.actor),
        action: one_line(event.action),
        subject: one_line(event.subject),
        content: one_line(event.content),
        previous,
        hash: String::new(),
    };
    // What is stored are microseconds; the hash is over what is stored.
    line.at = Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
    line.hash = line.computed();
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    transaction
        .execute(
            "INSERT INTO journal (number, at, client, actor, action, subject, content, previous, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            arguments![
                number,
                line.at,
                line.client.as_ref(),
                &line.actor,
                &line.action,
                &line.subject,
                &line.content,
                &line.previous,
                &line.hash
            ],
        )
        .await?;
    Ok(line)
}

/// Lines of a client, the newest first, before a number (none: from the end), at most `most`.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
    before: Option<u64>,
    most: u32,
) -> Result<Vec<Line>, StoreError> {
    let before = before.map_or(i64::MAX, |number| i64::try_from(number).unwrap_or(i64::MAX));
    let rows = transaction
        .fetch_all(
            "SELECT number, at, client, actor, action, subject, content, previous, hash
             FROM journal WHERE client = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
            arguments![client, before, most],
        )
        .await?;
    rows.iter().map(Line::read).collect()
}

/// The same, of what happened from one instant until before another.
pub async fn of_client_between(
    transaction: &mut Transaction,
    client: &ClientId,
    before: Option<u64>,
    (from, until): (Timestamp, Timestamp),
    most: u32,
) -> Result<Vec<Line>, StoreError> {
    let before = before.map_or(i64::MAX, |number| i64::try_from(number).unwrap_or(i64::MAX));
    let rows = transaction
        .fetch_all(
            "SELECT number, at, client, actor, action, subject, content, previous, hash
             FROM journal WHERE client = $1 AND number < $2 AND at >= $3 AND at < $4
             ORDER BY number DESC LIMIT $5",
            arguments![client, before, from, until, most],
        )
        .await?;
    rows.iter().map(Line::read).collect()
}

/// When something last happened to a client whose action begins with a word: `document.`.
pub async fn last_of(
    transaction: &mut Transaction,
    client: &ClientId,
    beginning: &str,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT MAX(at) FROM journal WHERE client = $1 AND action LIKE $2";
    transaction.fetch_one(sql, arguments![client, format!("{beginning}%")]).await?.get(0)
}

/// Lines from a number on, in order, at most `most`: for verifying the whole journal piece by piece.
pub async fn from(transaction: &mut Transaction, number: u64, most: u32) -> Result<Vec<Line>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT number, at, client, actor, action, subject, content, previous, hash
             FROM journal WHERE number >= $1 ORDER BY number LIMIT $2",
            arguments![i64::try_from(number).unwrap_or(i64::MAX), most],
        )
        .await?;
    rows.iter().map(Line::read).collect()
}

/// A tab or a line break would make two texts of one hash.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
