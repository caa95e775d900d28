//! Does the mail server let us in? Nothing is sent unless somebody says to whom.

use app::mail::Mail;
use app::{Language, say};
use store::Machine as _;

use super::DoctorArguments;
use super::line::{Line, Subject};
use crate::machine::SystemMachine;

const THIS: Subject = Subject::Mail;

/// Connects, encrypts and logs in; sends a mail where one is asked for.
pub(super) async fn look(arguments: &DoctorArguments, language: Language) -> Line {
    let site = arguments.public_url.as_deref().unwrap_or_default();
    let mailer = match arguments.mail.mailer(site, language) {
        Ok(Some(mailer)) => mailer,
        Ok(None) => {
            return Line::warning(
                THIS,
                language.pick("kein Mailserver eingerichtet", "no mail server is set up").to_owned(),
                language.pick(
                    "Ohne ihn hört niemand von Lücken und Fehlern, und Links gibt der Betreiber weiter: \
                     KONTOR_SMTP=smtps://benutzer:kennwort@mail.example.com",
                    "Without one nobody hears of gaps and errors, and the operator hands links over: \
                     KONTOR_SMTP=smtps://user:password@mail.example.com",
                ),
            );
        }
        Err(error) => return Line::wrong(THIS, error.to_string()),
    };
    if let Err(error) = mailer.check().await {
        return Line::wrong(THIS, error.text(language));
    }
    let Some(to) = &arguments.mail_to else {
        let text = language.pick(
            "der Mailserver nimmt die Anmeldung an; gesendet wurde nichts (--mail-to sendet eine Probe)",
            "the mail server accepts the login; nothing was sent (--mail-to sends a trial)",
        );
        return Line::ok(THIS, text.to_owned());
    };
    let mail = Mail {
        to,
        subject: language.pick("Kontor: Probe", "Kontor: trial"),
        text: language
            .pick(
                "Diese Mail hat `kontor doctor` gesendet. Kommt sie an, sendet Kontor richtig.\n",
                "`kontor doctor` sent this mail. If it arrives, Kontor sends as it should.\n",
            )
            .to_owned(),
        files: Vec::new(),
        at: SystemMachine.now(),
        id: store::id::new_uuid(&SystemMachine),
    };
    match mailer.send(mail).await {
        Ok(()) => Line::ok(
            THIS,
            say!(
                language,
                "der Mailserver hat eine Probe an {to} angenommen",
                "the mail server took a trial for {to}"
            ),
        ),
        Err(error) => Line::wrong(THIS, error.text(language)),
    }
}
