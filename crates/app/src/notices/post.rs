//! The mails in which users hear of what happened: one mail for all that waits, nothing when nothing does.

use std::fmt::Write as _;

use jiff::SignedDuration;
use store::connections::Trouble;
use store::id::UserId;
use store::notices::{self, Notice};
use store::transact;

use super::NoticeKind;
use crate::App;
use crate::jobs::{Ending, Held, Stopped};
use crate::language::Language;
use crate::mail::{Mail, MailError, Mailer};
use crate::refusal::AppError;
use crate::say;

/// A mail that was not sent is tried again after so many minutes, then after twice as long each time.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// What was given up is kept and tried anew after this: whoever mends the mail server finds that nothing was lost.
const ANEW: SignedDuration = SignedDuration::from_hours(24);

/// Sends a user what waits for him; the subject of the job is his id.
pub(crate) async fn post(held: &Held<'_>) -> Result<Ending, Stopped> {
    let app = held.app;
    let Some(user) = UserId::parse(&held.job.subject) else { return Ok(Ending::Failed(nobody())) };
    // Another process of the house has one, else the job would not be there.
    let Some(mailer) = &app.outside.mail else {
        return Ok(Ending::Later(app.now() + FIRST_PAUSE, no_server()));
    };
    let mut transaction = app.database.read().await?;
    let waiting = notices::waiting_for(&mut transaction, &user).await?;
    let mailbox = notices::mailbox(&mut transaction, &user).await?;
    drop(transaction);
    let listed: Vec<Notice> = waiting.iter().map(|(notice, _)| notice.clone()).collect();
    if let Some((email, _, language)) = mailbox.filter(|_| !waiting.is_empty()) {
        let language = Language::of_code(&language).unwrap_or_default();
        let (subject, text) = compose(mailer, &waiting, language);
        let mail = Mail {
            to: &email,
            subject: &subject,
            text,
            files: Vec::new(),
            at: app.now(),
            // The same mail sent again after a crash has the same id, by which many servers and programs see it.
            id: format!("{}-{}", held.job.id, user),
        };
        if let Err(error) = mailer.send(mail).await {
            return Ok(failed(held, &user, &error).await?);
        }
    }
    let now = app.now();
    let marked: Result<(), AppError> = transact!(app.database, transaction =>
        Ok(notices::mark_sent(transaction, &user, &listed, now).await?));
    marked?;
    Ok(Ending::Done(sent(listed.len())))
}

/// A passing trouble is tried again soon; what lasts, tomorrow: the notices stay where they are.
async fn failed(held: &Held<'_>, user: &UserId, error: &MailError) -> Result<Ending, AppError> {
    tracing::warn!(error = %crate::jobs::chain(error), code = error.code(), "a mail was not sent");
    let now = held.app.now();
    if !error.is_lasting() && held.job.attempts < held.job.attempts_most {
        let pause = FIRST_PAUSE * (1 << held.job.attempts.saturating_sub(1).min(8));
        return Ok(Ending::Later(now + pause, error.trouble()));
    }
    let until = now + ANEW;
    transact!(held.app.database, transaction => {
        notices::hold_back(transaction, user, until).await?;
        Ok(Ending::Failed(error.trouble()))
    })
}

/// Subject line and text.
fn compose(mailer: &Mailer, waiting: &[(Notice, String)], language: Language) -> (String, String) {
    let heading = |notice: &Notice| {
        NoticeKind::parse(&notice.kind)
            .map_or_else(|| notice.kind.clone(), |kind| kind.text(language).to_owned())
    };
    let subject = if let [(notice, client)] = waiting {
        format!("Kontor: {} – {client}", heading(notice))
    } else {
        let count = waiting.len();
        say!(language, "Kontor: {count} Hinweise", "Kontor: {count} notices")
    };
    let mut text = String::new();
    let mut of_client = "";
    for (notice, client) in waiting {
        if client != of_client {
            let _ = write!(text, "{client}\n{}\n\n", "=".repeat(client.chars().count()));
            of_client = client;
        }
        let sentences = language.pick(&notice.german, &notice.english);
        let _ = write!(text, "{}\n{sentences}\n{}\n\n", heading(notice), mailer.link(&notice.path));
    }
    text.push_str(language.pick(
        "Wie oft Kontor schreibt, stellen Sie unter «Benachrichtigungen» ein.\n",
        "How often Kontor writes is set under «Notifications».\n",
    ));
    (subject, text)
}

/// Are there mails to be sent, and a server for them? For the scheduler.
pub(crate) async fn users_due(app: &App, most: u32) -> Result<Vec<UserId>, AppError> {
    if app.outside.mail.is_none() {
        return Ok(Vec::new());
    }
    let now = app.now();
    Ok(notices::users_due(&mut app.database.read().await?, now, most).await?)
}

fn sent(count: usize) -> Trouble {
    Trouble {
        code: "done".to_owned(),
        german: format!("Mail mit {count} Hinweisen gesendet."),
        english: format!("A mail with {count} notices was sent."),
    }
}

fn nobody() -> Trouble {
    Trouble {
        code: "nobody".to_owned(),
        german: "Der Empfänger der Mail ist nicht bekannt.".to_owned(),
        english: "The recipient of the mail is not known.".to_owned(),
    }
}

fn no_server() -> Trouble {
    Trouble {
        code: "no-mail-server".to_owned(),
        german:
            "In diesem Prozess ist kein Mailserver eingerichtet (KONTOR_SMTP); ein anderer sendet die Mail."
                .to_owned(),
        english: "No mail server is set up in this process (KONTOR_SMTP); another one sends the mail."
            .to_owned(),
    }
}
