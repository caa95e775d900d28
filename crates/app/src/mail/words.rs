//! Why a mail was not sent, in words that say what to do.

use std::error::Error as StdError;
use std::io;
use std::iter::successors;

use lettre::transport::smtp::Error;
use store::connections::Trouble;

use super::MailError;
use crate::language::Language;

/// Answers that mean that the login was refused or is missing (RFC 4954, section 6).
const LOGIN: [u16; 5] = [530, 534, 535, 538, 454];

impl MailError {
    /// A word for programs, unchanging.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address(_) => "mail-address",
            Self::Made(_) | Self::Kind => "mail-not-made",
            Self::Server(error) => code_of(error),
        }
    }

    /// What went wrong and what to do. It holds what the mail server said, and nothing of a password.
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Address(address) => language.pick(
                format!("«{address}» ist keine Mailadresse."),
                format!("«{address}» is no mail address."),
            ),
            Self::Made(_) | Self::Kind => language.pick(
                format!("Die Mail ließ sich nicht zusammenstellen: {self}."),
                format!("The mail could not be put together: {self}."),
            ),
            Self::Server(error) => {
                let (german, english) = of_server(code_of(error));
                let said = said(error);
                language.pick(format!("{german} ({said})"), format!("{english} ({said})"))
            }
        }
    }

    /// The same as it is kept with a job.
    pub(crate) fn trouble(&self) -> Trouble {
        Trouble {
            code: self.code().to_owned(),
            german: self.text(Language::De),
            english: self.text(Language::En),
        }
    }
}

fn code_of(error: &Error) -> &'static str {
    let status = error.status().map(u16::from);
    if error.is_tls() || breaks_tls(error) || (error.is_client() && said(error).contains("STARTTLS")) {
        "mail-tls"
    } else if status.is_some_and(|status| LOGIN.contains(&status)) || error.is_client() {
        "mail-login"
    } else if error.is_permanent() {
        "mail-refused"
    } else if error.is_transient() {
        "mail-later"
    } else if error.is_timeout() {
        "mail-silent"
    } else {
        "mail-unreachable"
    }
}

fn of_server(code: &str) -> (&'static str, &'static str) {
    match code {
        "mail-tls" => (
            "Die verschlüsselte Verbindung zum Mailserver kam nicht zustande. smtps:// ist für Port 465, \
             smtp://…?tls=required für STARTTLS auf Port 587; das Zertifikat muss gültig sein und zum Namen passen.",
            "The encrypted connection to the mail server failed. smtps:// is for port 465, smtp://…?tls=required for \
             STARTTLS on port 587; the certificate must be valid and fit the name.",
        ),
        "mail-login" => (
            "Der Mailserver nimmt die Anmeldung nicht an. Bitte Benutzer und Kennwort in KONTOR_SMTP prüfen; manche Anbieter \
             verlangen ein eigenes Kennwort für Programme.",
            "The mail server does not accept the login. Please check user and password in KONTOR_SMTP; some providers want \
             a password made for programs.",
        ),
        "mail-refused" => (
            "Der Mailserver lehnt die Mail ab. Bitte Absender (KONTOR_MAIL_FROM) und Empfänger prüfen.",
            "The mail server refuses the mail. Please check the sender (KONTOR_MAIL_FROM) and the recipient.",
        ),
        "mail-later" => (
            "Der Mailserver nimmt die Mail gerade nicht an. Kontor versucht es wieder.",
            "The mail server does not take the mail at present. Kontor tries again.",
        ),
        "mail-silent" => (
            "Der Mailserver antwortet nicht. Stimmen Name und Port in KONTOR_SMTP, und lässt die Firewall die Verbindung zu?",
            "The mail server does not answer. Are name and port in KONTOR_SMTP right, and does the firewall let it through?",
        ),
        _ => (
            "Der Mailserver ist nicht erreichbar, oder die Verbindung brach ab. Stimmen Name und Port in KONTOR_SMTP?",
            "The mail server cannot be reached, or the connection broke off. Are name and port in KONTOR_SMTP right?",
        ),
    }
}

/// Errors of TLS come wrapped as invalid data: a bad certificate, or a server that speaks no TLS at this port.
fn breaks_tls(error: &Error) -> bool {
    causes(error).any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
    })
}

fn causes(error: &Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    successors(error.source(), |cause: &&(dyn StdError + 'static)| (*cause).source())
}

/// What the server or the network said, in one line of bounded length.
fn said(error: &Error) -> String {
    let text = causes(error).last().map_or_else(|| error.to_string(), ToString::to_string);
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}
