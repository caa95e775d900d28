//! Letters that carry a link which lets somebody in: what they say in both languages.

use jiff::Timestamp;

use super::Mail;
use crate::language::Language;
use crate::say;

/// A letter before it is addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    subject: String,
    text: String,
}

impl Letter {
    /// Sets a new password; `hours` is how long the link holds.
    pub(crate) fn new_password(link: &str, hours: i64, language: Language) -> Self {
        Self {
            subject: language.pick("Kontor: neues Passwort", "Kontor: new password").to_owned(),
            text: say!(
                language,
                "Jemand hat für Ihr Konto bei Kontor ein neues Passwort verlangt. Hier setzen Sie es:\n\n{link}\n\nDer Link gilt \
                 {hours} Stunden und einmal. Waren Sie es nicht, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.\n",
                "Somebody asked for a new password for your account at Kontor. Set it here:\n\n{link}\n\nThe link holds for \
                 {hours} hours and works once. If it was not you, nothing has to be done: your password stays as it is.\n"
            ),
        }
    }

    /// Invites to a client; `days` is how long the link holds.
    pub(crate) fn invitation(client: &str, by: &str, link: &str, days: i64, language: Language) -> Self {
        Self {
            subject: say!(language, "Kontor: Einladung zu {client}", "Kontor: invitation to {client}"),
            text: say!(
                language,
                "{by} lädt Sie ein, bei {client} mitzuarbeiten. Hier nehmen Sie an:\n\n{link}\n\nDer Link gilt {days} Tage und \
                 einmal. Erwarten Sie keine Einladung, löschen Sie diese Mail.\n",
                "{by} invites you to work at {client}. Accept here:\n\n{link}\n\nThe link holds for {days} days and works once. \
                 If you expect no invitation, delete this mail.\n"
            ),
        }
    }

    /// To somebody, at a time.
    pub(crate) fn mail<'a>(&'a self, to: &'a str, at: Timestamp, id: String) -> Mail<'a> {
        Mail { to, subject: &self.subject, text: self.text.clone(), files: Vec::new(), at, id }
    }
}
