//! The mails in which users hear of what happened: one mail for all that waits, nothing when nothing does.

use std::fmt::Write as _;

use store::connections::Trouble;
use store::id::UserId;
use store::notices::{self, Notice};
use store::transact;

use super::NoticeKind;
use crate::App;
use crate::jobs::{Ending, Held, Stopped};
use crate::language::Language;
use crate::mail::{Mail, Mailer};
use crate::refusal::AppError;
use crate::say;

/// A mail that was not sent is tried again after so many minutes, then after twice as long each time.
const FIRST_PAUSE: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// Sends a user what waits for him; the subject of the job is his id.
pub(crate) async fn post(held: &Held<'_>) -> Result<Ending, Stopped> {
    let app = held.app;
    let (Some(mailer), Some(user)) = (&app.outside.mail, UserId::parse(&held.job.subject)) else {
        return Ok(Ending::Failed(no_server()));
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
            tracing::warn!(error = %crate::jobs::chain(&error), "a mail was not sent");
            let pause = FIRST_PAUSE * (1 << held.job.attempts.min(8));
            let lasting = error.is_lasting() || held.job.attempts >= held.job.attempts_most;
            return Ok(if lasting {
                Ending::Failed(not_sent())
            } else {
                Ending::Later(app.now() + pause, not_sent())
            });
        }
    }
    let now = app.now();
    let marked: Result<(), AppError> = transact!(app.database, transaction =>
        Ok(notices::mark_sent(transaction, &user, &listed, now).await?));
    marked?;
    Ok(Ending::Done(sent(listed.len())))
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

fn not_sent() -> Trouble {
    Trouble {
        code: "mail-not-sent".to_owned(),
        german: "Der Mailserver hat die Mail nicht angenommen. Näheres steht im Protokoll.".to_owned(),
        english: "The mail server did not take the mail. The log says more.".to_owned(),
    }
}

fn no_server() -> Trouble {
    Trouble {
        code: "no-mail-server".to_owned(),
        german: "Es ist kein Mailserver eingerichtet (KONTOR_SMTP).".to_owned(),
        english: "No mail server is set up (KONTOR_SMTP).".to_owned(),
    }
}
