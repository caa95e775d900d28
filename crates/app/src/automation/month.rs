//! The job that exports what is finished, of one client.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ledger::calendar::Month;
use store::automation::{self, Automation, Delivery, Way};
use store::batches::Batch;
use store::connections::Trouble;
use store::id::{ClientId, new_uuid};
use store::{batches, transact};

use super::day::{following, tomorrow};
use super::ways::addresses;
use crate::access::Actor;
use crate::books::months::{MonthState, months};
use crate::books::{correct, due, export};
use crate::jobs::{Ending, Held, Stopped, enqueue_delivery, trouble_of};
use crate::notices::{self, Notice, NoticeKind};
use crate::refusal::{AppError, Refusal};
use crate::{App, zone};

/// Months before are not looked through for changes; their corrections are made by hand.
const LOOKED_BACK: i32 = 24;

/// Settlements reach over the end of a month, so waiting for the next one is usual; for longer than this it is told.
const TOLD_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);

/// Another export of the month is under way: soon again.
const SOON: SignedDuration = SignedDuration::from_mins(5);

/// Exports the finished months of the client that is the job's subject, corrects what changed, and sends it all.
pub(crate) async fn run(held: &Held<'_>) -> Result<Ending, Stopped> {
    let app = held.app;
    let Some(client) = ClientId::parse(&held.job.subject) else { return Ok(Ending::Failed(gone())) };
    let mut transaction = app.database.read().await?;
    let chosen = automation::of_client(&mut transaction, &client).await?;
    let known = store::client::find(&mut transaction, &client).await?;
    drop(transaction);
    let (Some(chosen), Some(_)) = (chosen.filter(|chosen| chosen.active), known) else {
        return Ok(Ending::Failed(gone()));
    };
    let zone = zone::of_client(app, &client).await?;
    let mut outcome = Outcome::default();
    finished(held, &client, &mut outcome).await?;
    if outcome.obstacle.is_none() {
        changed(held, &client, &zone, &mut outcome).await?;
    }
    if outcome.busy {
        return Ok(Ending::Later(app.now() + SOON, outcome.words()));
    }
    Ok(close(held, &chosen, &zone, &outcome).await?)
}

/// What came of it.
#[derive(Default)]
struct Outcome {
    /// What left now.
    exported: Vec<Month>,
    /// What was corrected now.
    corrected: Vec<Month>,
    /// The month that is not covered to its end yet, and until when it is.
    waiting: Option<(Month, Option<Timestamp>)>,
    /// Why a month cannot leave.
    obstacle: Option<(Month, Refusal)>,
    /// Somebody else exports it at this moment.
    busy: bool,
}

/// Exports the months that are over, the oldest first, as far as they are covered.
async fn finished(held: &Held<'_>, client: &ClientId, outcome: &mut Outcome) -> Result<(), Stopped> {
    let app = held.app;
    let wanted = wanted(app, client).await?;
    let total = u64::try_from(wanted.len()).unwrap_or(u64::MAX);
    for (done, month) in (0..).zip(wanted) {
        held.sign("export", done, total).await?;
        let found = months(app, &Actor::System, client, (month, month)).await?;
        let coverage = found.first().map(|found| found.coverage);
        if coverage.is_none_or(|coverage| !coverage.complete) {
            outcome.waiting = Some((month, coverage.and_then(|coverage| coverage.until)));
            return Ok(());
        }
        let batch = export::export(app, &Actor::System, client, month, None).await;
        if !outcome.take(month, batch.map(|_| Leaves::New))? {
            return Ok(());
        }
    }
    Ok(())
}

/// The months that wait and come after the last one that left; where nothing ever left, the last finished one, because
/// nobody wants the history by itself.
async fn wanted(app: &App, client: &ClientId) -> Result<Vec<Month>, AppError> {
    let mut transaction = app.database.read().await?;
    let Some(found) = store::client::find(&mut transaction, client).await? else { return Ok(Vec::new()) };
    let mut due = due(&mut transaction, &found, app.now()).await?.months;
    match batches::months_out(&mut transaction, client).await?.last() {
        Some(last) => due.retain(|month| month > last),
        None => due = due.split_off(due.len().saturating_sub(1)),
    }
    Ok(due)
}

/// Makes the corrections of months that left and changed since.
async fn changed(
    held: &Held<'_>,
    client: &ClientId,
    zone: &TimeZone,
    outcome: &mut Outcome,
) -> Result<(), Stopped> {
    let app = held.app;
    let this = Month::of(app.now().to_zoned(zone.clone()).date());
    let first = this.first().saturating_sub(jiff::Span::new().months(LOOKED_BACK));
    let found = months(app, &Actor::System, client, (Month::of(first), this)).await?;
    let overviews = found.iter().rev().flat_map(|month| &month.overviews);
    let changed: Vec<_> = overviews.filter(|overview| overview.state == MonthState::Changed).collect();
    let total = u64::try_from(changed.len()).unwrap_or(u64::MAX);
    for (done, overview) in (0..).zip(changed) {
        held.sign("correct", done, total).await?;
        let connection = overview.connection.as_ref();
        let batch = correct::correct(app, &Actor::System, client, overview.month, connection).await;
        if !outcome.take(overview.month, batch.map(|_| Leaves::Correction))? {
            return Ok(());
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Leaves {
    New,
    Correction,
}

impl Outcome {
    /// Notes what came of a month. False where the rest has to wait.
    fn take(&mut self, month: Month, left: Result<Leaves, AppError>) -> Result<bool, Stopped> {
        let error = match left {
            Ok(Leaves::New) => {
                self.exported.push(month);
                return Ok(true);
            }
            Ok(Leaves::Correction) => {
                self.corrected.push(month);
                return Ok(true);
            }
            Err(error) => error,
        };
        match error.refusal().map(|refusal| (refusal.code, refusal)) {
            // Nothing to post, and texts alone that differ, are no reason to wait.
            Some(("nothing-to-export" | "nothing-to-correct", _)) => Ok(true),
            Some(("export-running", _)) => {
                self.busy = true;
                Ok(false)
            }
            Some((_, refusal)) => {
                self.obstacle = Some((month, refusal.clone()));
                Ok(false)
            }
            None => Err(Stopped::Failed(error)),
        }
    }

    fn words(&self) -> Trouble {
        let list = |months: &[Month]| months.iter().map(Month::to_string).collect::<Vec<_>>().join(", ");
        let (mut german, mut english) = (Vec::new(), Vec::new());
        if !self.exported.is_empty() {
            german.push(format!("Exportiert: {}.", list(&self.exported)));
            english.push(format!("Exported: {}.", list(&self.exported)));
        }
        if !self.corrected.is_empty() {
            german.push(format!("Korrigiert: {}.", list(&self.corrected)));
            english.push(format!("Corrected: {}.", list(&self.corrected)));
        }
        if let Some((month, _)) = &self.waiting {
            german.push(format!("{month} ist noch nicht bis zum Ende belegt und wartet."));
            english.push(format!("{month} is not covered to its end yet and waits."));
        }
        if let Some((month, refusal)) = &self.obstacle {
            let told = trouble_of(refusal);
            german.push(format!("{month}: {}", told.german));
            english.push(format!("{month}: {}", told.english));
        }
        if german.is_empty() {
            german.push("Nichts zu exportieren.".to_owned());
            english.push("Nothing to export.".to_owned());
        }
        Trouble { code: "done".to_owned(), german: german.join(" "), english: english.join(" ") }
    }
}

/// Puts what left on its ways, says so, and sets when to look again; all at once.
async fn close(
    held: &Held<'_>,
    chosen: &Automation,
    zone: &TimeZone,
    outcome: &Outcome,
) -> Result<Ending, AppError> {
    let (app, client, now) = (held.app, &chosen.client, held.app.now());
    let again = outcome.waiting.is_some() || outcome.obstacle.is_some();
    let next = if again { tomorrow(client, zone, now) } else { following(client, chosen.day, zone, now) };
    transact!(app.database, transaction => {
        let left = batches::of_author(transaction, client, Actor::System.name(), held.job.created_at).await?;
        for batch in &left {
            dispatch(app, transaction, chosen, batch, now).await?;
            notices::raise(app, transaction, Notice::batch_ready(batch)).await?;
        }
        // While it lasts it is told once.
        if !again {
            notices::settle(transaction, client, NoticeKind::NotDelivered, SUBJECT, now).await?;
        }
        if let Some((month, refusal)) = &outcome.obstacle {
            notices::raise(app, transaction, Notice::not_exported(client, SUBJECT, *month, &trouble_of(refusal))).await?;
        }
        if let Some((month, until)) = &outcome.waiting
            && now.duration_since(planned(client, chosen.day, zone, now)) > TOLD_AFTER
        {
            notices::raise(app, transaction, Notice::not_covered(client, SUBJECT, *month, *until, zone)).await?;
        }
        automation::set_next_run(transaction, client, next).await?;
        Ok(Ending::Done(outcome.words()))
    })
}

/// The subject of what is told about a client's export.
const SUBJECT: &str = "export";

/// When the export of this month was planned for.
fn planned(client: &ClientId, day: u32, zone: &TimeZone, now: Timestamp) -> Timestamp {
    let first = now.to_zoned(zone.clone()).date().first_of_month();
    let begin = first.to_zoned(zone.clone()).map_or(now, |zoned| zoned.timestamp());
    following(client, day, zone, begin)
}

async fn dispatch(
    app: &App,
    transaction: &mut store::Transaction,
    chosen: &Automation,
    batch: &Batch,
    now: Timestamp,
) -> Result<(), AppError> {
    let mail = addresses(chosen).map(|address| (Way::Mail, address.to_owned()));
    let folder = chosen.folder.iter().map(|folder| (Way::Folder, folder.clone()));
    let webhook = chosen.webhook.iter().map(|address| (Way::Webhook, address.clone()));
    for (way, target) in mail.chain(folder).chain(webhook) {
        let delivery = Delivery {
            id: new_uuid(app.machine.as_ref()),
            client: chosen.client.clone(),
            batch: batch.begun.id.clone(),
            way,
            target,
            created_at: now,
            delivered_at: None,
            tries: 0,
            trouble: None,
        };
        if automation::dispatch(transaction, &delivery).await? {
            enqueue_delivery(app, transaction, &delivery).await?;
        }
    }
    Ok(())
}

fn gone() -> Trouble {
    Trouble {
        code: "automation-off".to_owned(),
        german: "Der automatische Export ist abgeschaltet.".to_owned(),
        english: "The automatic export is switched off.".to_owned(),
    }
}
