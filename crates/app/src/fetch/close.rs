//! The end of a fetch: what came, how the connection is doing, who should know, and the end of the job, all at once.

use jiff::{SignedDuration, Timestamp};
use store::connections::{self, Connection, ConnectionState, Failure, Trouble};
use store::fetches::{self, Counts, Fetch, FetchOutcome};
use store::jobs::{self, JobState};
use store::{Transaction, transact};

use super::gather::Gathered;
use crate::amazon_pay::{Sort, Told};
use crate::jobs::{Ending, Held, Stopped, cancelled, chain, failed};
use crate::notices::{self, Notice, NoticeKind};
use crate::refusal::AppError;

/// A fetch that failed is tried again after this, then after twice as long each time, up to four hours.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(5);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(4);

/// Who was asked for patience waits longer.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// A connection that had no success for so long is told about; shorter troubles pass by themselves.
const TOLD_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// How a fetch went.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It came to an end, maybe not to the last report.
    Gathered(Gathered),
    /// A person ended it.
    Cancelled,
    /// It died with its process too often.
    GivenUp,
    /// Something of ours failed.
    Failed(AppError),
}

/// Writes the end down. Nothing is written where the job is somebody else's by now.
pub(super) async fn close(
    held: &Held<'_>,
    connection: &Connection,
    started: Timestamp,
    counts: Counts,
    outcome: Outcome,
) -> Result<Ending, Stopped> {
    if let Outcome::Failed(error) = &outcome {
        tracing::error!(connection = %connection.id, error = %chain(error), "a fetch failed");
    }
    let app = held.app;
    let now = app.now();
    let end = End::of(&outcome, counts);
    let written: Result<bool, AppError> = transact!(app.database, transaction => {
        let ours = jobs::end(transaction, &held.job.id, &held.holder, end.job, &end.words, now).await?;
        if ours {
            let fetch = Fetch {
                id: held.job.id.as_str().to_owned(),
                asked_by: held.job.asked_by.clone(),
                started_at: started,
                ended_at: now,
                outcome: end.outcome,
                counts,
                trouble: (end.outcome != FetchOutcome::Done).then(|| end.words.clone()),
            };
            fetches::record(transaction, &connection.id, &fetch).await?;
            update(transaction, connection, &end, started, now).await?;
            tell(held, transaction, connection, &end, &outcome, now).await?;
        }
        Ok(ours)
    });
    if !written? {
        return Err(Stopped::Lost);
    }
    app.metrics.fetched(counts.imported, counts.refused);
    if matches!(end.outcome, FetchOutcome::Done | FetchOutcome::Partly) {
        notices::tell_gaps(app, connection).await?;
    }
    Ok(Ending::Written)
}

/// What is written.
struct End {
    outcome: FetchOutcome,
    job: JobState,
    sort: Sort,
    words: Trouble,
}

impl End {
    fn of(outcome: &Outcome, counts: Counts) -> Self {
        match outcome {
            Outcome::Gathered(Gathered { stopped_by: Some(told), .. }) => Self::stopped(told),
            Outcome::Gathered(_) => {
                let outcome = if counts.refused > 0 { FetchOutcome::Partly } else { FetchOutcome::Done };
                Self { outcome, job: JobState::Done, sort: Sort::Passing, words: words_of(counts) }
            }
            Outcome::Cancelled => Self {
                outcome: FetchOutcome::Cancelled,
                job: JobState::Cancelled,
                sort: Sort::Passing,
                words: cancelled(),
            },
            Outcome::GivenUp => Self::failed(given_up()),
            Outcome::Failed(error) => Self::failed(failed(error)),
        }
    }

    fn stopped(told: &Told) -> Self {
        let waits = told.sort == Sort::Patience;
        let outcome = if waits { FetchOutcome::Waiting } else { FetchOutcome::Failed };
        Self { outcome, job: JobState::Failed, sort: told.sort, words: told.trouble() }
    }

    fn failed(words: Trouble) -> Self {
        Self { outcome: FetchOutcome::Failed, job: JobState::Failed, sort: Sort::Passing, words }
    }
}

async fn update(
    transaction: &mut Transaction,
    connection: &Connection,
    end: &End,
    started: Timestamp,
    now: Timestamp,
) -> Result<(), AppError> {
    let id = &connection.id;
    match end.outcome {
        FetchOutcome::Done => connections::succeed(transaction, id, now, started).await?,
        FetchOutcome::Partly => {
            connections::succeed(transaction, id, now, started).await?;
            connections::note_trouble(transaction, id, &end.words, now).await?;
        }
        FetchOutcome::Cancelled => {}
        FetchOutcome::Waiting | FetchOutcome::Failed => {
            let first = if end.sort == Sort::Patience { PATIENCE } else { FIRST_PAUSE };
            let again = now + (first * (1 << connection.failures.min(8))).min(LONGEST_PAUSE);
            let state =
                if end.sort == Sort::Key { ConnectionState::Stopped } else { ConnectionState::Active };
            let waiting_until = (end.sort == Sort::Patience).then_some(again);
            let failure = Failure { at: now, trouble: &end.words, state, next_run_at: again, waiting_until };
            connections::fail(transaction, id, &failure).await?;
        }
    }
    Ok(())
}

async fn tell(
    held: &Held<'_>,
    transaction: &mut Transaction,
    connection: &Connection,
    end: &End,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<(), AppError> {
    let (app, client, id) = (held.app, &connection.client, connection.id.as_str());
    if let Outcome::Gathered(gathered) = outcome {
        for report in &gathered.refused {
            notices::raise(app, transaction, Notice::report_refused(connection, report)).await?;
        }
        for report in &gathered.mended {
            let subject = format!("{id}/{report}");
            notices::settle(transaction, client, NoticeKind::ReportRefused, &subject, now).await?;
        }
        for (settlement, kinds) in &gathered.unknown_kinds {
            notices::raise(app, transaction, Notice::unknown_kinds(connection, settlement, kinds)).await?;
        }
    }
    match end.outcome {
        FetchOutcome::Done | FetchOutcome::Partly => {
            for kind in [NoticeKind::KeyRefused, NoticeKind::ConnectionStopped, NoticeKind::NinetyDays] {
                notices::settle(transaction, client, kind, id, now).await?;
            }
        }
        FetchOutcome::Failed | FetchOutcome::Waiting if end.sort == Sort::Key => {
            notices::raise(app, transaction, Notice::key_refused(connection, &end.words)).await?;
        }
        FetchOutcome::Failed | FetchOutcome::Waiting => {
            let since = connection.last_success_at.unwrap_or(connection.created_at);
            if now.duration_since(since) > TOLD_AFTER {
                notices::raise(app, transaction, Notice::connection_stopped(connection, &end.words)).await?;
            }
        }
        FetchOutcome::Cancelled => {}
    }
    Ok(())
}

/// What came, in words.
fn words_of(counts: Counts) -> Trouble {
    let Counts { listed, known, imported, refused, movements, payouts } = counts;
    if refused > 0 {
        return Trouble {
            code: "reports-refused".to_owned(),
            german: format!(
                "{imported} neue Berichte übernommen, {refused} abgelehnt: Sie stehen unten mit ihrem Grund und werden von \
                 selbst noch einmal abgerufen."
            ),
            english: format!(
                "{imported} new reports were taken, {refused} were refused: they stand below with the reason and are fetched \
                 again by themselves."
            ),
        };
    }
    let (german, english) = if listed == 0 {
        (
            "Amazon hat noch keinen Abrechnungsbericht. Der erste kommt spätestens 14 Tage nach der ersten Zahlung.".to_owned(),
            "Amazon has no settlement report yet. The first comes 14 days after the first payment at the latest.".to_owned(),
        )
    } else if imported == 0 {
        (
            format!("Nichts Neues: alle {known} Berichte sind schon da."),
            format!("Nothing new: all {known} reports are here already."),
        )
    } else {
        (
            format!("{imported} neue Berichte mit {movements} Bewegungen, {payouts} neue Auszahlungen."),
            format!("{imported} new reports with {movements} movements, {payouts} new payouts."),
        )
    };
    Trouble { code: "done".to_owned(), german, english }
}

fn given_up() -> Trouble {
    Trouble {
        code: "given-up".to_owned(),
        german: "Der Abruf ist mehrmals mit seinem Prozess abgebrochen. Sehen Sie in das Protokoll; genug Speicher und Platz?"
            .to_owned(),
        english: "The fetch broke off with its process several times. Look into the log; is there memory and room enough?"
            .to_owned(),
    }
}
