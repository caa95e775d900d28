//! What Amazon's answers mean for people, and for what is done next.

use amazon_pay::client::{DocumentProblem, Error, NoRegion, RefusalCause};
use store::connections::Trouble;

use crate::{Refusal, RefusalKind};

/// What is to be done about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A person has to do something about the key; trying again is of no use.
    Key,
    /// Amazon asks for patience.
    Patience,
    /// It may pass by itself.
    Passing,
}

/// An error in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) sort: Sort,
    pub(crate) code: &'static str,
    pub(crate) german: String,
    pub(crate) english: String,
}

impl Told {
    fn new(sort: Sort, code: &'static str, german: impl Into<String>, english: impl Into<String>) -> Self {
        Self { sort, code, german: german.into(), english: english.into() }
    }

    /// As it is kept.
    pub(crate) fn trouble(&self) -> Trouble {
        Trouble { code: self.code.to_owned(), german: self.german.clone(), english: self.english.clone() }
    }
}

impl From<Told> for Refusal {
    fn from(told: Told) -> Self {
        Self::new(RefusalKind::Elsewhere, told.code, told.german, told.english)
    }
}

/// What a key that works in none of the three regions is told.
pub(crate) fn no_region(failed: &NoRegion) -> Told {
    let told = told(&failed.first.error);
    if told.code != "key-not-authorized" {
        return told;
    }
    Told::new(
        Sort::Key,
        "key-not-authorized",
        "Amazon Pay kennt diesen Schlüssel in keiner der drei Regionen (Europa, Nordamerika, Japan), oder er hat keine \
         Berechtigung. Prüfen Sie in Seller Central unter Integration Central, ob es die Public Key-ID gibt, ob der \
         Schlüssel nicht widerrufen ist und ob er für die Liveumgebung gemacht wurde.",
        "Amazon Pay does not know this key in any of the three regions (Europe, North America, Japan), or it has no \
         permission. Check in Seller Central under Integration Central that the Public Key ID exists, that the key was \
         not revoked and that it was made for the live environment.",
    )
}

/// What an error means.
pub(crate) fn told(error: &Error) -> Told {
    match error {
        Error::Refused(refusal) => of_refusal(refusal.cause, refusal.request_id.as_deref()),
        Error::NotReached { cause, .. } => Told::new(
            Sort::Passing,
            "amazon-not-reached",
            "Amazon Pay ist nicht erreichbar. Kontor versucht es von selbst wieder; dauert es an, prüfen Sie Netz, Proxy und \
             Firewall dieses Rechners.",
            format!(
                "Amazon Pay cannot be reached: {cause}. Kontor tries again by itself. {}",
                cause.advice()
            ),
        ),
        Error::Document { problem, .. } => of_document(problem),
        Error::UnreadableReply { .. }
        | Error::ReplyTooLarge { .. }
        | Error::RepeatedPage { .. }
        | Error::TooManyPages { .. } => Told::new(
            Sort::Passing,
            "amazon-answer",
            format!(
                "Die Antwort von Amazon Pay ist nicht zu verstehen; Kontor versucht es von selbst wieder. ({error})"
            ),
            format!("The answer of Amazon Pay cannot be understood; Kontor tries again by itself. ({error})"),
        ),
        Error::NotSigned(_) => Told::new(
            Sort::Passing,
            "not-signed",
            "Die Anfrage konnte auf diesem Rechner nicht signiert werden.",
            "The request could not be signed on this machine.",
        ),
    }
}

fn of_refusal(cause: RefusalCause, request: Option<&str>) -> Told {
    let request = request.unwrap_or("–");
    match cause {
        RefusalCause::ClockAhead { by } => {
            let (by_german, by_english) = by.map_or_else(Default::default, |by| {
                let seconds = by.as_secs().max(1);
                (format!(" um {seconds} Sekunden"), format!(" by {seconds} seconds"))
            });
            Told::new(
                Sort::Passing,
                "clock-ahead",
                format!(
                    "Die Uhr dieses Rechners geht{by_german} vor; Amazon nimmt keine Anfrage aus der Zukunft an. Stellen Sie \
                     sie nach einem Zeitserver (NTP)."
                ),
                format!(
                    "The clock of this machine is ahead{by_english}; Amazon takes no request from the future. Set it by a time \
                     server (NTP)."
                ),
            )
        }
        RefusalCause::ClockBehind { by } => {
            let seconds = by.as_secs().max(1);
            Told::new(
                Sort::Passing,
                "clock-behind",
                format!(
                    "Die Uhr dieses Rechners geht um {seconds} Sekunden nach. Stellen Sie sie nach einem Zeitserver (NTP)."
                ),
                format!(
                    "The clock of this machine is {seconds} seconds late. Set it by a time server (NTP)."
                ),
            )
        }
        RefusalCause::WrongSignature => Told::new(
            Sort::Key,
            "key-not-of-id",
            "Der Private Key gehört nicht zu dieser Public Key-ID. Nehmen Sie die .pem-Datei, in deren Namen diese ID steht.",
            "The private key does not belong to this Public Key ID. Take the .pem file that has this id in its name.",
        ),
        RefusalCause::NotAuthorized => Told::new(
            Sort::Key,
            "key-not-authorized",
            "Amazon Pay nimmt diesen Schlüssel nicht mehr an. Prüfen Sie in Seller Central unter Integration Central, ob er \
             widerrufen wurde, und hinterlegen Sie bei der Schnittstelle einen neuen.",
            "Amazon Pay no longer takes this key. Check in Seller Central under Integration Central whether it was revoked, \
             and give the connection a new one.",
        ),
        RefusalCause::AccountStatus => Told::new(
            Sort::Key,
            "account-status",
            "Das Händlerkonto bei Amazon ist gesperrt oder nicht fertig eingerichtet. Sehen Sie in Seller Central nach.",
            "The merchant's account at Amazon is suspended or not set up. Look in Seller Central.",
        ),
        RefusalCause::TooManyRequests => Told::new(
            Sort::Patience,
            "amazon-patience",
            "Amazon Pay bittet um Geduld (zu viele Anfragen). Kontor macht von selbst weiter. Kommt das oft vor, benutzt ein \
             anderes Programm denselben Schlüssel.",
            "Amazon Pay asks for patience (too many requests). Kontor goes on by itself. If it happens often, another program \
             uses the same key.",
        ),
        RefusalCause::Server => Told::new(
            Sort::Passing,
            "amazon-server",
            format!(
                "Bei Amazon Pay ist ein Fehler aufgetreten; Kontor versucht es von selbst wieder. Für Nachfragen: Anfrage \
                 {request}."
            ),
            format!(
                "There was an error at Amazon Pay; Kontor tries again by itself. When asking Amazon, name request {request}."
            ),
        ),
        RefusalCause::NotFound
        | RefusalCause::IdempotencyKeyUsed
        | RefusalCause::Request
        | RefusalCause::Unexpected => Told::new(
            Sort::Passing,
            "amazon-answer",
            format!(
                "Amazon Pay hat unerwartet geantwortet (Anfrage {request}). Kontor versucht es wieder; dauert es an, steht \
                 vielleicht ein Proxy dazwischen."
            ),
            format!(
                "Amazon Pay gave an unexpected answer (request {request}). Kontor tries again; if it lasts, there may be a \
                 proxy in between."
            ),
        ),
    }
}

fn of_document(problem: &DocumentProblem) -> Told {
    match problem {
        DocumentProblem::File { source, .. } | DocumentProblem::Writer { source } => Told::new(
            Sort::Passing,
            "disk",
            format!(
                "Der Bericht konnte auf diesem Rechner nicht gespeichert werden: {source}. Ist die Platte voll?"
            ),
            format!("The report could not be stored on this machine: {source}. Is the disk full?"),
        ),
        DocumentProblem::TooLarge { limit } => Told::new(
            Sort::Passing,
            "report-too-large",
            format!("Der Bericht hat mehr als {limit} Bytes und wird nicht angenommen."),
            format!("The report has more than {limit} bytes and is not taken."),
        ),
        problem => Told::new(
            Sort::Passing,
            "report-not-fetched",
            format!(
                "Der Bericht konnte nicht heruntergeladen werden; Kontor versucht es beim nächsten Abruf wieder. ({problem})"
            ),
            format!(
                "The report could not be downloaded; Kontor tries again with the next fetch. ({problem})"
            ),
        ),
    }
}
