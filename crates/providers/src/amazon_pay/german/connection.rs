//! What is wrong with a key or a call, in German; the library of the API speaks English.

use amazon_pay::client::{
    ConfigurationError, ConnectionFailure, DocumentProblem, Error, NoRegion, Refusal, RefusalCause, Region,
};
use amazon_pay::key::{Environment, KeyError, KeyIdError};
use amazon_pay::model::IdentifierError;

const PLACE: &str = "Seller Central → Integration Central → API-Schlüssel";

/// Why a text is not the merchant's private key, and what to do.
pub fn key_error(error: &KeyError) -> String {
    match error {
        KeyError::Empty => {
            format!("der Private Key ist leer; bitte den ganzen Inhalt der .pem-Datei aus {PLACE} angeben")
        }
        KeyError::TooMuchText { length } => format!(
            "der Text hat {length} Bytes, viel mehr als eine Schlüsseldatei; bitte die .pem-Datei aus {PLACE} wählen"
        ),
        KeyError::FileName => {
            "das ist der Name einer Datei, nicht der Schlüssel darin; bitte den Inhalt der Datei angeben"
                .to_owned()
        }
        KeyError::NoKeyFound => {
            "es gibt keine Zeile «-----BEGIN PRIVATE KEY-----»; bitte die .pem-Datei mit ihrer ersten und \
                                 letzten Zeile angeben"
                .to_owned()
        }
        KeyError::Truncated => {
            "der Private Key ist abgeschnitten; bitte bis einschließlich der letzten Zeile «-----END PRIVATE \
                                KEY-----» angeben"
                .to_owned()
        }
        KeyError::Damaged { detail } => format!(
            "der Private Key ist beschädigt ({}); bitte noch einmal einfügen oder in {PLACE} einen neuen anlegen",
            damage(detail)
        ),
        KeyError::Encrypted => {
            "der Private Key ist mit einem Passwort geschützt; die .pem-Datei von Amazon hat keines, oder \
                                bitte das Passwort mit «openssl pkey» entfernen"
                .to_owned()
        }
        KeyError::PublicKey => format!(
            "das ist ein öffentlicher Schlüssel; gebraucht wird der private, die .pem-Datei, die {PLACE} beim Anlegen angeboten hat"
        ),
        KeyError::Certificate => {
            format!("das ist ein Zertifikat; gebraucht wird der Private Key aus {PLACE}")
        }
        KeyError::EllipticCurve => {
            format!("das ist ein EC-Schlüssel; Amazon Pay unterschreibt nur mit RSA, angelegt in {PLACE}")
        }
        KeyError::Ed25519 => format!(
            "das ist ein Ed25519-Schlüssel; Amazon Pay unterschreibt nur mit RSA, angelegt in {PLACE}"
        ),
        KeyError::OtherAlgorithm => {
            format!("dieser Schlüssel ist kein RSA-Schlüssel; die von Amazon Pay entstehen in {PLACE}")
        }
        KeyError::OpenSsh => {
            format!("das ist ein Schlüssel für OpenSSH; die von Amazon Pay entstehen in {PLACE}")
        }
        KeyError::Putty => {
            format!("das ist ein PuTTY-Schlüssel (.ppk); die von Amazon Pay sind .pem-Dateien aus {PLACE}")
        }
        KeyError::TooShort { bits } | KeyError::TooLong { bits } => format!(
            "dieser RSA-Schlüssel hat {bits} Bit; die von Amazon Pay haben 2048, also stammt er nicht aus {PLACE}"
        ),
        KeyError::NotGenerated => "ein neuer Schlüssel konnte nicht angelegt werden".to_owned(),
    }
}

/// The library names what does not fit in English; the few ways are said in German, a new one is repeated.
fn damage(detail: &str) -> &str {
    match detail {
        "its numbers do not fit together" => "seine Zahlen passen nicht zusammen",
        "it does not hold an RSA key" => "er enthält keinen RSA-Schlüssel",
        "its inner structure is not that of a key" => "sein innerer Aufbau ist nicht der eines Schlüssels",
        "a character in it does not belong to base64" => "ein Zeichen darin gehört nicht zu Base64",
        "its public half cannot be read" => "seine öffentliche Hälfte lässt sich nicht lesen",
        other => other,
    }
}

/// Why a text is no Public Key ID, and what to do.
pub fn key_id_error(error: &KeyIdError) -> String {
    match error {
        KeyIdError::Empty => format!("die Public Key-ID ist leer; sie steht neben dem Schlüssel in {PLACE}"),
        KeyIdError::TooLong { length, longest } => {
            format!(
                "die Public Key-ID hat {length} Zeichen, möglich sind {longest}; bitte aus {PLACE} kopieren"
            )
        }
        KeyIdError::WrongCharacter { found, position } => format!(
            "«{found}» (Zeichen {position}) kann nicht in einer Public Key-ID stehen; sie sieht aus wie \
             SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B und hat nur Buchstaben, Ziffern und Bindestriche"
        ),
    }
}

/// Why a text is not an id of the API.
pub fn identifier_error(error: &IdentifierError) -> String {
    match error {
        IdentifierError::Empty { .. } => "die Id ist leer".to_owned(),
        IdentifierError::TooLong { length, .. } => {
            format!(
                "die Id hat {length} Zeichen, so lang ist keine; bitte aus dem Bericht oder aus Seller Central kopieren"
            )
        }
        IdentifierError::NotPossible { text, .. } => format!(
            "«{text}» kann keine Id sein: erwartet werden Buchstaben, Ziffern und Bindestriche ohne Leerzeichen"
        ),
    }
}

/// Which setting of a connection does not fit.
pub fn configuration_error(error: &ConfigurationError) -> String {
    match error {
        ConfigurationError::WrongEnvironment { of_key, asked } => format!(
            "die Public Key-ID gehört zur Umgebung {}, nicht {}",
            environment(*of_key),
            environment(*asked)
        ),
        ConfigurationError::NoEnvironment => "diese Public Key-ID beginnt weder mit LIVE noch mit SANDBOX; bitte sagen, für welche \
                                              der beiden Umgebungen sie ist"
            .to_owned(),
        ConfigurationError::Endpoint { found, .. } => format!(
            "die Adresse «{found}» geht nicht; erwartet wird nur ein Rechner mit Port wie https://localhost:9443, ohne \
             Verschlüsselung (http) nur auf diesem Rechner"
        ),
        ConfigurationError::Certificate => {
            "das Zertifikat lässt sich nicht lesen; erwartet wird PEM mit einer Zeile «-----BEGIN CERTIFICATE-----»".to_owned()
        }
        ConfigurationError::Header { header } => {
            format!("{header}: nur sichtbare ASCII-Zeichen und Leerzeichen sind möglich")
        }
        ConfigurationError::Network { detail } => format!("das Netz ließ sich nicht einrichten: {detail}"),
    }
}

fn environment(environment: Environment) -> &'static str {
    match environment {
        Environment::Live => "Live",
        Environment::Sandbox => "Sandbox",
    }
}

/// Where the merchant's account is.
pub fn region(region: Region) -> &'static str {
    match region {
        Region::Europe => "Europa",
        Region::NorthAmerica => "Nordamerika",
        Region::Japan => "Japan",
    }
}

/// Why a call failed: what was asked, what came back, what to do.
pub fn client_error(error: &Error) -> String {
    match error {
        Error::Refused(refused) => refusal(refused),
        Error::NotReached { operation, attempts, cause, detail } => {
            let (what, advice) = failure(*cause);
            format!("{operation}: {}, keine Antwort: {what} ({detail}). {advice}", tried(*attempts))
        }
        Error::UnreadableReply { operation, request_id, detail } => format!(
            "{operation}: die Antwort ist nicht zu verstehen: {detail} (Anfrage {}). Bitte Kontor auf den neuesten Stand bringen; \
             bleibt es so, bitte melden.",
            request_id.as_deref().unwrap_or("ohne Nummer")
        ),
        Error::ReplyTooLarge { operation, limit } => {
            format!("{operation}: die Antwort hat mehr als {limit} Bytes; so lang ist keine von Amazon Pay.")
        }
        Error::NotSigned(_) => "die Anfrage ließ sich nicht unterschreiben".to_owned(),
        Error::RepeatedPage { operation, page } => format!(
            "{operation}: die Marke für Seite {page} gab es schon; die Liste würde nie enden. Bitte später noch einmal versuchen."
        ),
        Error::TooManyPages { operation, limit } => {
            format!("{operation}: es sind mehr als {limit} Seiten; bitte einen kürzeren Zeitraum nennen.")
        }
        Error::Document { id, problem } => format!("Dokument {id}: {}", document_problem(problem)),
    }
}

/// What the regions said, the most telling one first.
pub fn no_region(failed: &NoRegion) -> String {
    format!(
        "der Schlüssel gilt in keiner Region. {} sagt: {}",
        region(failed.first.region),
        client_error(&failed.first.error)
    )
}

fn tried(attempts: u32) -> String {
    if attempts == 1 { "nach einem Versuch".to_owned() } else { format!("nach {attempts} Versuchen") }
}

fn refusal(refusal: &Refusal) -> String {
    let [code, message] = [&refusal.reason_code, &refusal.message]
        .map(|part| part.as_ref().map(|part| format!(", {part}")).unwrap_or_default());
    let clock = match refusal.cause {
        RefusalCause::ClockAhead { by: Some(by) } => {
            format!("; die Uhr dieses Rechners geht etwa {} s vor", by.as_secs().max(1))
        }
        RefusalCause::ClockBehind { by } => {
            format!("; die Uhr dieses Rechners geht etwa {} s nach", by.as_secs())
        }
        _ => String::new(),
    };
    let attempts =
        if refusal.attempts > 1 { format!(" ({})", tried(refusal.attempts)) } else { String::new() };
    let request = refusal.request_id.as_ref().map(|id| format!(" (Anfrage {id})")).unwrap_or_default();
    let Refusal { operation, status, cause, .. } = refusal;
    format!(
        "{operation}: Amazon Pay antwortet {status}{code}{message}{clock}{attempts}{request}. {}",
        advice(*cause)
    )
}

/// What a person can do about a refusal, as one sentence.
pub const fn advice(cause: RefusalCause) -> &'static str {
    match cause {
        RefusalCause::ClockAhead { .. } => {
            "Bitte die Uhr dieses Rechners nach einem Zeitserver stellen: Amazon lehnt Zeiten in der Zukunft ab, auch um eine Sekunde."
        }
        RefusalCause::ClockBehind { .. } => "Bitte die Uhr dieses Rechners nach einem Zeitserver stellen.",
        RefusalCause::WrongSignature => {
            "Der Private Key gehört nicht zu dieser Public Key-ID: bitte die .pem-Datei nehmen, die die ID im Namen hat."
        }
        RefusalCause::NotAuthorized => {
            "Bitte in Seller Central → Integration Central prüfen, ob es den Schlüssel gibt und er nicht gesperrt ist, und ob Region \
             und Umgebung (LIVE oder SANDBOX) die des Schlüssels sind; wer für einen anderen Händler handelt, braucht dessen Erlaubnis."
        }
        RefusalCause::AccountStatus => {
            "Bitte in Seller Central nachsehen: das Händlerkonto ist gesperrt oder nicht fertig eingerichtet."
        }
        RefusalCause::NotFound => {
            "Bitte ID, Region und Umgebung prüfen; Berichte werden höchstens 90 Tage aufbewahrt."
        }
        RefusalCause::IdempotencyKeyUsed => "Für eine neue Anfrage bitte einen neuen Idempotency-Key nehmen.",
        RefusalCause::TooManyRequests => {
            "Bitte eine Minute warten und kein anderes Programm gleichzeitig denselben Schlüssel benutzen lassen."
        }
        RefusalCause::Request => "Der Fehler liegt in der Anfrage; die Meldung nennt die Stelle.",
        RefusalCause::Server => {
            "Bitte später noch einmal versuchen; bleibt es so, bei Amazon Pay mit der Nummer der Anfrage nachfragen."
        }
        RefusalCause::Unexpected => {
            "Etwas zwischen hier und Amazon hat geantwortet: bitte Adresse und Proxy prüfen."
        }
    }
}

fn failure(cause: ConnectionFailure) -> (&'static str, &'static str) {
    match cause {
        ConnectionFailure::NotConnected => {
            ("es kommt keine Verbindung zustande", "Bitte Netz, Name des Rechners und Proxy prüfen.")
        }
        ConnectionFailure::Certificate => (
            "dem Zertifikat wird nicht vertraut",
            "Bitte prüfen, ob etwas zwischen hier und Amazon steht; für einen eigenen Rechner dessen Zertifikat angeben.",
        ),
        ConnectionFailure::TimedOut => (
            "es hat zu lange gedauert",
            "Bitte später noch einmal versuchen; bleibt es so, Netz und Proxy prüfen.",
        ),
        ConnectionFailure::Lost => (
            "die Verbindung ist abgerissen",
            "Bitte später noch einmal versuchen; bleibt es so, Netz und Proxy prüfen.",
        ),
    }
}

/// Why the file of a report could not be fetched.
fn document_problem(problem: &DocumentProblem) -> String {
    match problem {
        DocumentProblem::NotReady { attempts } => {
            format!("{} noch nicht fertig; bitte später noch einmal versuchen", tried(*attempts))
        }
        DocumentProblem::Address { .. } => "seine Adresse ist nicht zu gebrauchen".to_owned(),
        DocumentProblem::Storage { status, code } => {
            let code = code.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
            format!("der Speicher antwortet {status}{code}; bitte später noch einmal versuchen")
        }
        DocumentProblem::Transfer { cause, received, detail } => {
            let (what, advice) = failure(*cause);
            format!("nach {received} Bytes: {what} ({detail}). {advice}")
        }
        DocumentProblem::Length { expected, received } => {
            format!(
                "der Server hat {expected} Bytes genannt und {received} geschickt; bitte noch einmal versuchen"
            )
        }
        DocumentProblem::NoLength => {
            "der Server nennt keine Länge, also weiß niemand, ob alles da ist; bitte noch einmal versuchen"
                .to_owned()
        }
        DocumentProblem::TooLarge { limit } => format!("es hat mehr als die erlaubten {limit} Bytes"),
        DocumentProblem::Gzip { detail } => {
            format!("seine gzip-Packung ist beschädigt ({detail}); bitte noch einmal versuchen")
        }
        DocumentProblem::Writer { source } => format!("es ließ sich nicht weitergeben: {source}"),
        DocumentProblem::File { path, source } => {
            format!("«{}» lässt sich nicht schreiben: {source}", path.display())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_is_called_by_its_name() {
        let text = |pem: &str| key_error(&amazon_pay::key::PrivateKey::from_pem(pem.as_bytes()).unwrap_err());
        assert!(text("").starts_with("der Private Key ist leer"));
        assert!(text("-----BEGIN PUBLIC KEY-----\nMII=\n-----END PUBLIC KEY-----").contains("öffentlicher"));
        assert!(
            text("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII=\n-----END ENCRYPTED PRIVATE KEY-----")
                .contains("Passwort")
        );
        let id = "AmazonPay_LIVE-A.pem".parse::<amazon_pay::key::PublicKeyId>().unwrap_err();
        assert!(key_id_error(&id).starts_with("«.» (Zeichen 17) kann nicht"));
    }

    #[test]
    fn a_refusal_says_what_came_back_and_what_to_do() {
        let refusal = Refusal {
            operation: "Get Reports",
            status: 400,
            reason_code: Some("InvalidHeaderValue".to_owned()),
            message: Some("The value provided for x-amz-pay-date should not be in future".to_owned()),
            request_id: Some("r-1".to_owned()),
            cause: RefusalCause::ClockAhead { by: Some(jiff::SignedDuration::from_secs(30)) },
            attempts: 2,
        };
        assert_eq!(
            client_error(&refusal.into()),
            "Get Reports: Amazon Pay antwortet 400, InvalidHeaderValue, The value provided for x-amz-pay-date should not be in \
             future; die Uhr dieses Rechners geht etwa 30 s vor (nach 2 Versuchen) (Anfrage r-1). Bitte die Uhr dieses Rechners \
             nach einem Zeitserver stellen: Amazon lehnt Zeiten in der Zukunft ab, auch um eine Sekunde."
        );
    }
}
