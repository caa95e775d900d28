//! What was fetched: one row a fetch, and each report of a provider by the provider's own id.

use jiff::Timestamp;

use crate::connections::Trouble;
use crate::id::{ConnectionId, DocumentId};
use crate::{Row, StoreError, Transaction, arguments};

/// How a fetch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FetchOutcome {
    /// Everything that there was is here.
    Done,
    /// A report was refused, the others are here.
    Partly,
    /// The provider asked for patience; it goes on later.
    Waiting,
    /// It could not be done.
    Failed,
    /// A person ended it.
    Cancelled,
}

impl FetchOutcome {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Done, Self::Partly, Self::Waiting, Self::Failed, Self::Cancelled];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reports in the provider's list.
    pub listed: u64,
    /// Those that were here already.
    pub known: u64,
    /// Those that came in.
    pub imported: u64,
    /// Those that were refused.
    pub refused: u64,
    /// New movements.
    pub movements: u64,
    /// New payouts in the provider's list.
    pub payouts: u64,
}

/// A fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The id of its job.
    pub id: String,
    /// Who wanted it.
    pub asked_by: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How.
    pub outcome: FetchOutcome,
    /// What came.
    pub counts: Counts,
    /// What was the matter, where something was.
    pub trouble: Option<Trouble>,
}

impl Fetch {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let found: String = row.get(4)?;
        let outcome = FetchOutcome::ALL.into_iter().find(|outcome| outcome.name() == found);
        Ok(Self {
            id: row.get(0)?,
            asked_by: row.get(1)?,
            started_at: row.get(2)?,
            ended_at: row.get(3)?,
            outcome: outcome.ok_or(StoreError::Content { expected: "the outcome of a fetch", found })?,
            counts: Counts {
                listed: row.get(5)?,
                known: row.get(6)?,
                imported: row.get(7)?,
                refused: row.get(8)?,
                movements: row.get(9)?,
                payouts: row.get(10)?,
            },
            trouble: Trouble::read(row, 11)?,
        })
    }
}

/// Writes down a fetch. Written again with the same id it takes the place of the first.
pub async fn record(
    transaction: &mut Transaction,
    connection: &ConnectionId,
    fetch: &Fetch,
) -> Result<(), StoreError> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let trouble = fetch.trouble.as_ref();
    let counts = fetch.counts;
    transaction
        .execute(
            "INSERT INTO retrieval (id, connection, asked_by, started_at, ended_at, outcome, listed, known, imported,
                refused, movements, payouts, code, german, english)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, outcome = excluded.outcome,
                listed = excluded.listed, known = excluded.known, imported = retrieval.imported + excluded.imported,
                refused = excluded.refused, movements = retrieval.movements + excluded.movements,
                payouts = retrieval.payouts + excluded.payouts, code = excluded.code, german = excluded.german,
                english = excluded.english",
            arguments![
                &fetch.id,
                connection,
                &fetch.asked_by,
                fetch.started_at,
                fetch.ended_at,
                fetch.outcome.name(),
                number(counts.listed),
                number(counts.known),
                number(counts.imported),
                number(counts.refused),
                number(counts.movements),
                number(counts.payouts),
                trouble.map(|trouble| trouble.code.as_str()),
                trouble.map(|trouble| trouble.german.as_str()),
                trouble.map(|trouble| trouble.english.as_str())
            ],
        )
        .await?;
    Ok(())
}

/// The fetches of a connection, the newest first, before an id, at most so many.
pub async fn of_connection(
    transaction: &mut Transaction,
    connection: &ConnectionId,
    before: Option<&str>,
    most: u32,
) -> Result<Vec<Fetch>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, asked_by, started_at, ended_at, outcome, listed, known, imported, refused, movements, payouts,
                code, german, english
             FROM retrieval WHERE connection = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            arguments![connection, before.unwrap_or("~"), most],
        )
        .await?;
    rows.iter().map(Fetch::read).collect()
}

/// Is a report here, or was it refused?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportState {
    /// It is here.
    Imported,
    /// It was refused, and is fetched again later: the provider may mend it.
    Refused,
}

impl ReportState {
    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Refused => "refused",
        }
    }
}

/// A report of a provider, as far as it is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderReport {
    /// The provider's id.
    pub report: String,
    /// When its settlement begins, as the list says.
    pub starts_at: Option<Timestamp>,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
    /// Whether it is here.
    pub state: ReportState,
    /// The document as it was received.
    pub document: Option<DocumentId>,
    /// The settlement's number.
    pub settlement: Option<String>,
    /// How often it was fetched.
    pub tries: u32,
    /// A refused one is fetched again then.
    pub next_try_at: Option<Timestamp>,
    /// When it was last seen.
    pub seen_at: Timestamp,
    /// Why it was refused.
    pub trouble: Option<Trouble>,
}

impl ProviderReport {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let found: String = row.get(3)?;
        let states = [ReportState::Imported, ReportState::Refused];
        let state = states.into_iter().find(|state| state.name() == found);
        Ok(Self {
            report: row.get(0)?,
            starts_at: row.get(1)?,
            ends_at: row.get(2)?,
            state: state.ok_or(StoreError::Content { expected: "the state of a report", found })?,
            document: row.get(4)?,
            settlement: row.get(5)?,
            tries: row.get(6)?,
            next_try_at: row.get(7)?,
            seen_at: row.get(8)?,
            trouble: Trouble::read(row, 9)?,
        })
    }
}

/// A report, where it was seen before.
pub async fn report(
    transaction: &mut Transaction,
    connection: &ConnectionId,
    report: &str,
) -> Result<Option<ProviderReport>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT report, starts_at, ends_at, state, document, settlement, tries, next_try_at, seen_at, code, german,
                english
             FROM provider_report WHERE connection = $1 AND report = $2",
            arguments![connection, report],
        )
        .await?;
    row.as_ref().map(ProviderReport::read).transpose()
}

/// The reports of a connection whose settlement ended after an instant, or whose end is not known; the newest first, at
/// most 2,000.
pub async fn reports(
    transaction: &mut Transaction,
    connection: &ConnectionId,
    since: Timestamp,
) -> Result<Vec<ProviderReport>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT report, starts_at, ends_at, state, document, settlement, tries, next_try_at, seen_at, code, german,
                english
             FROM provider_report WHERE connection = $1 AND (ends_at IS NULL OR ends_at > $2)
             ORDER BY ends_at DESC, report LIMIT 2000",
            arguments![connection, since],
        )
        .await?;
    rows.iter().map(ProviderReport::read).collect()
}

/// Writes down what became of a report.
pub async fn record_report(
    transaction: &mut Transaction,
    connection: &ConnectionId,
    report: &ProviderReport,
) -> Result<(), StoreError> {
    let trouble = report.trouble.as_ref();
    transaction
        .execute(
            "INSERT INTO provider_report (connection, report, starts_at, ends_at, state, document, settlement, tries,
                next_try_at, seen_at, code, german, english)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (connection, report) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                state = excluded.state, document = excluded.document, settlement = excluded.settlement,
                tries = excluded.tries, next_try_at = excluded.next_try_at, seen_at = excluded.seen_at,
                code = excluded.code, german = excluded.german, english = excluded.english
                WHERE provider_report.state <> 'imported'",
            arguments![
                connection,
                &report.report,
                report.starts_at,
                report.ends_at,
                report.state.name(),
                report.document.as_ref(),
                report.settlement.clone(),
                report.tries,
                report.next_try_at,
                report.seen_at,
                trouble.map(|trouble| trouble.code.as_str()),
                trouble.map(|trouble| trouble.german.as_str()),
                trouble.map(|trouble| trouble.english.as_str())
            ],
        )
        .await?;
    Ok(())
}

/// Reports of a connection that are refused at present.
pub async fn refused(
    transaction: &mut Transaction,
    connection: &ConnectionId,
) -> Result<Vec<ProviderReport>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT report, starts_at, ends_at, state, document, settlement, tries, next_try_at, seen_at, code, german,
                english
             FROM provider_report WHERE connection = $1 AND state = 'refused' ORDER BY ends_at DESC, report LIMIT 200",
            arguments![connection],
        )
        .await?;
    rows.iter().map(ProviderReport::read).collect()
}
