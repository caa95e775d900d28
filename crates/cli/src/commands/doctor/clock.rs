//! Is the clock right? Amazon refuses what is signed at the wrong time, and the journal goes only forward.

use app::{Language, say};
use jiff::SignedDuration;
use store::{Database, Machine as _, inspect};

use super::amazon::Ahead;
use super::line::{Line, Subject};
use crate::machine::SystemMachine;

const THIS: Subject = Subject::Clock;

/// Amazon still takes signatures that are off by so much.
const NOTED: SignedDuration = SignedDuration::from_secs(30);
/// Amazon refuses signatures that are off by more, after some minutes.
const TOO_MUCH: SignedDuration = SignedDuration::from_mins(5);
/// Processes on several machines may differ by so much.
const BEHIND_JOURNAL: SignedDuration = SignedDuration::from_mins(5);

/// Compares the clock with Amazon's and with the newest line of the journal.
pub(super) async fn look(database: Option<&Database>, ahead: Option<Ahead>, language: Language) -> Line {
    let set = language.pick(
        "Bitte die Uhr durch einen Zeitdienst stellen lassen (systemd-timesyncd oder chrony): timedatectl set-ntp true",
        "Let a time service set the clock (systemd-timesyncd or chrony): timedatectl set-ntp true",
    );
    let newest = match database {
        Some(database) => inspect::newest_event(database).await.ok().flatten(),
        None => None,
    };
    let now = SystemMachine.now();
    let behind = newest.map(|newest| newest.duration_since(now)).filter(|behind| *behind > BEHIND_JOURNAL);
    if let Some(behind) = behind {
        let minutes = behind.as_mins();
        let text = say!(
            language,
            "sie steht {minutes} Minuten vor der letzten Zeile des Protokolls: Sie ging vor oder wurde zurückgestellt",
            "it is {minutes} minutes before the last line of the journal: it was fast, or was put back"
        );
        return Line::error(THIS, text, set);
    }
    let Some(Ahead(ahead)) = ahead else {
        return Line::warning(
            THIS,
            language
                .pick("sie ließ sich mit keiner anderen vergleichen", "it could not be compared with another")
                .to_owned(),
            language.pick("Dazu muss Amazon erreichbar sein.", "For that Amazon must be reachable."),
        );
    };
    let seconds = ahead.as_secs();
    let size = seconds.unsigned_abs();
    let text = if seconds >= 0 {
        say!(language, "{size} Sekunden vor der von Amazon", "{size} seconds ahead of Amazon's")
    } else {
        say!(language, "{size} Sekunden hinter der von Amazon", "{size} seconds behind Amazon's")
    };
    if ahead.abs() > TOO_MUCH {
        Line::error(THIS, text, set)
    } else if ahead.abs() > NOTED {
        Line::warning(THIS, text, set)
    } else {
        Line::ok(THIS, text)
    }
}
