//! Does the database answer, are its tables ours, is it whole, and does somebody work on its jobs?

use app::{Language, say};
use jiff::SignedDuration;
use store::inspect::{self, Schema};
use store::{Database, Engine, Machine as _, StoreError};

use super::line::{Line, Subject};
use crate::house::{HouseArguments, database_words};
use crate::machine::SystemMachine;

const THIS: Subject = Subject::Database;

/// A job that waits so long finds no worker.
const OVERDUE: SignedDuration = SignedDuration::from_mins(15);

/// Opens the database without changing it; gives it back where it can be asked more.
pub(super) async fn look(house: &HouseArguments, language: Language) -> (Option<Database>, Line) {
    match Database::look(&house.address()).await {
        Ok(Some(database)) => match examine(&database, language).await {
            Ok((usable, line)) => (usable.then_some(database), line),
            Err(error) => (None, Line::wrong(THIS, database_words(&error, language))),
        },
        Ok(None) => {
            let text = language.pick(
                "noch keine da; der erste Start von kontor serve legt sie an",
                "none yet; the first start of kontor serve makes it",
            );
            (None, Line::ok(THIS, text.to_owned()))
        }
        Err(error) => (None, Line::wrong(THIS, database_words(&error, language))),
    }
}

/// The line, and whether the tables can be asked.
async fn examine(database: &Database, language: Language) -> Result<(bool, Line), StoreError> {
    let schema = inspect::schema(database).await?;
    let damage = inspect::damage(database).await?;
    let engine = match database.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    if let Some(first) = damage.first() {
        let text = say!(
            language,
            "{engine}: beschädigt, {} Befunde, zuerst: {first}",
            "{engine}: damaged, {} findings, the first: {first}",
            damage.len()
        );
        let advice = language.pick(
            "Bitte Kontor anhalten, den Datenträger prüfen und die letzte Sicherung in einen neuen Ordner zurückspielen \
             (kontor restore); die beschädigte Datei aufheben.",
            "Stop Kontor, check the disk, and restore the last backup into a new folder (kontor restore); keep the damaged \
             file.",
        );
        return Ok((false, Line::error(THIS, text, advice)));
    }
    let Schema { applied, known, broken } = schema;
    Ok(match (applied, broken) {
        (_, Some(broken)) => (
            false,
            Line::error(
                THIS,
                say!(
                    language,
                    "{engine}: Umstellung {broken} brach ab",
                    "{engine}: migration {broken} broke off"
                ),
                language.pick(
                    "Bitte die Sicherung von vor dem Update zurückspielen (kontor restore).",
                    "Restore the backup from before the upgrade (kontor restore).",
                ),
            ),
        ),
        (None, None) => (
            false,
            Line::ok(THIS, say!(language, "{engine} antwortet; noch leer", "{engine} answers; still empty")),
        ),
        (Some(applied), None) if applied > known => (
            false,
            Line::error(
                THIS,
                say!(
                    language,
                    "{engine}: Stand {applied}, dieses Programm kennt nur {known}",
                    "{engine}: version {applied}, this program knows only {known}"
                ),
                language.pick(
                    "Bitte das neuere Kontor starten; zurück geht es nur mit einer Sicherung von vorher.",
                    "Start the newer Kontor; the way back is a backup from before.",
                ),
            ),
        ),
        (Some(applied), None) if applied < known => (
            false,
            Line::warning(
                THIS,
                say!(
                    language,
                    "{engine}: unversehrt, Stand {applied} von {known}",
                    "{engine}: whole, version {applied} of {known}"
                ),
                language.pick(
                    "Der nächste Start bringt sie auf den neuen Stand; bitte vorher sichern (kontor backup).",
                    "The next start brings it up to date; back it up before (kontor backup).",
                ),
            ),
        ),
        (Some(applied), None) => (
            true,
            Line::ok(
                THIS,
                say!(
                    language,
                    "{engine}: antwortet, unversehrt, Stand {applied}",
                    "{engine}: answers, whole, version {applied}"
                ),
            ),
        ),
    })
}

/// Does somebody take the jobs whose time has come?
pub(super) async fn look_at_jobs(database: &Database, language: Language) -> Option<Line> {
    let now = SystemMachine.now();
    let mut transaction = database.read().await.ok()?;
    let queue = store::jobs::queue(&mut transaction, now).await.ok()?;
    let (waiting, running) = (queue.waiting, queue.running);
    let late = queue.oldest_due_at.map(|due| now.duration_since(due)).filter(|late| *late > OVERDUE);
    Some(match late {
        None => Line::ok(
            Subject::Jobs,
            say!(language, "{running} laufen, {waiting} warten", "{running} run, {waiting} wait"),
        ),
        Some(late) => {
            let minutes = late.as_mins();
            Line::warning(
                Subject::Jobs,
                say!(
                    language,
                    "{waiting} warten, der älteste seit {minutes} Minuten",
                    "{waiting} wait, the oldest for {minutes} minutes"
                ),
                language.pick(
                    "Läuft ein Arbeiter? kontor serve, oder kontor serve --role worker",
                    "Does a worker run? kontor serve, or kontor serve --role worker",
                ),
            )
        }
    })
}
