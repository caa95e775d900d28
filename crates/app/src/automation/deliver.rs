//! The job that carries one batch to one place.

use jiff::SignedDuration;
use store::automation::{self, Delivery, Way};
use store::connections::Trouble;
use store::transact;

use super::{folder, letter, ways, webhook};
use crate::App;
use crate::access::Actor;
use crate::books::batch::{Found, find};
use crate::jobs::{Ending, Held, Stopped, chain};
use crate::language::Language;
use crate::notices::{self, Notice, NoticeKind};
use crate::refusal::AppError;

/// What did not arrive is tried again after this, then after twice as long each time, up to half a day.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(2);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(12);

/// How a try went.
enum Tried {
    Arrived,
    /// Not now, and why.
    Later(Trouble),
    /// Trying again is of no use.
    Never(Trouble),
}

/// Carries the delivery that is the job's subject.
pub(crate) async fn run(held: &Held<'_>) -> Result<Ending, Stopped> {
    let app = held.app;
    let found = automation::delivery(&mut app.database.read().await?, &held.job.subject).await?;
    let Some(delivery) = found else { return Ok(Ending::Failed(gone())) };
    if delivery.delivered_at.is_some() {
        return Ok(Ending::Done(arrived(&delivery)));
    }
    let batch = find(app, &Actor::System, &delivery.client, &delivery.batch).await?;
    let tried = carry(app, &delivery, &batch).await?;
    let last = held.job.attempts >= held.job.attempts_most;
    let (trouble, given_up) = match tried {
        Tried::Arrived => return Ok(note_arrival(app, &delivery).await?),
        Tried::Later(trouble) => (trouble, last),
        Tried::Never(trouble) => (trouble, true),
    };
    let noted: Result<(), AppError> = transact!(app.database, transaction => {
        automation::not_arrived(transaction, &delivery.id, &trouble).await?;
        if given_up {
            notices::raise(app, transaction, Notice::not_delivered(&delivery, &batch.batch, &trouble)).await?;
        }
        Ok(())
    });
    noted?;
    let pause = (FIRST_PAUSE * (1 << held.job.attempts.min(9))).min(LONGEST_PAUSE);
    Ok(if given_up { Ending::Failed(trouble) } else { Ending::Later(app.now() + pause, trouble) })
}

async fn note_arrival(app: &App, delivery: &Delivery) -> Result<Ending, AppError> {
    let now = app.now();
    transact!(app.database, transaction => {
        automation::arrived(transaction, &delivery.id, now).await?;
        notices::settle(transaction, &delivery.client, NoticeKind::NotDelivered, &delivery.id, now).await?;
        let subject = format!("{} {} {}", delivery.way.name(), delivery.target, delivery.batch);
        app.journal(transaction, &Actor::System, Some(&delivery.client), "delivery.arrived", &subject, "").await?;
        Ok(Ending::Done(arrived(delivery)))
    })
}

async fn carry(app: &App, delivery: &Delivery, batch: &Found) -> Result<Tried, AppError> {
    match delivery.way {
        Way::Folder => into_folder(app, delivery, batch).await,
        Way::Webhook => by_call(app, delivery, batch).await,
        Way::Mail => by_mail(app, delivery, batch).await,
    }
}

async fn into_folder(app: &App, delivery: &Delivery, batch: &Found) -> Result<Tried, AppError> {
    let Some(root) = &app.outside.deliveries else {
        return Ok(Tried::Never(trouble(
            "no-folders-here",
            "Auf dieser Maschine ist kein Ordner für Zustellungen eingerichtet (KONTOR_DELIVERIES).",
            "This machine has no folder for deliveries (KONTOR_DELIVERIES).",
        )));
    };
    Ok(match folder::write(app, root, &delivery.target, batch).await {
        Ok(()) => Tried::Arrived,
        Err(error) => {
            tracing::warn!(delivery = delivery.id, error = %chain(&error), "a batch was not written");
            Tried::Later(trouble(
                "folder-not-written",
                "Die Dateien ließen sich nicht in den Ordner schreiben; bitte Platz und Rechte prüfen. Näheres steht im Protokoll.",
                "The files could not be written into the folder; please check space and rights. The log says more.",
            ))
        }
    })
}

async fn by_call(app: &App, delivery: &Delivery, batch: &Found) -> Result<Tried, AppError> {
    let chosen = automation::of_client(&mut app.database.read().await?, &delivery.client).await?;
    let secret = chosen
        .filter(|chosen| chosen.webhook.as_deref() == Some(delivery.target.as_str()))
        .map(|chosen| ways::secret(app, &chosen))
        .transpose()?
        .flatten();
    let Some(secret) = secret else {
        return Ok(Tried::Never(trouble(
            "webhook-changed",
            "Diese Adresse gilt nicht mehr.",
            "This address holds no longer.",
        )));
    };
    let body = webhook::body(&delivery.id, batch);
    let signature = webhook::signature(&secret, app.now(), &body);
    Ok(match webhook::call(&delivery.target, &delivery.id, &signature, body).await {
        Ok(()) => Tried::Arrived,
        Err(webhook::CallError::Refused(status)) => Tried::Later(trouble(
            "webhook-refused",
            &format!("Die Gegenstelle hat mit {status} geantwortet."),
            &format!("The other side answered {status}."),
        )),
        Err(error) => {
            tracing::warn!(delivery = delivery.id, error = %chain(&error), "a webhook was not reached");
            Tried::Later(trouble(
                "webhook-not-reached",
                "Die Gegenstelle war nicht zu erreichen.",
                "The other side could not be reached.",
            ))
        }
    })
}

async fn by_mail(app: &App, delivery: &Delivery, batch: &Found) -> Result<Tried, AppError> {
    let Some(mailer) = &app.outside.mail else {
        return Ok(Tried::Never(trouble(
            "no-mail-server",
            "Es ist kein Mailserver eingerichtet (KONTOR_SMTP).",
            "No mail server is set up (KONTOR_SMTP).",
        )));
    };
    let mut transaction = app.database.read().await?;
    let client = store::client::find(&mut transaction, &delivery.client).await?;
    let reader = store::user::by_email(&mut transaction, &delivery.target).await?;
    drop(transaction);
    let name = client.map(|client| client.name).unwrap_or_default();
    let language = reader.and_then(|user| Language::of_code(&user.language)).unwrap_or_default();
    let sent = letter::send(app, mailer, (&delivery.target, &name), &delivery.id, batch, language).await?;
    Ok(match sent {
        Ok(()) => Tried::Arrived,
        Err(error) => {
            tracing::warn!(delivery = delivery.id, error = %chain(&error), "a batch was not mailed");
            let told = trouble(
                "mail-not-sent",
                "Der Mailserver hat die Mail nicht angenommen. Näheres steht im Protokoll.",
                "The mail server did not take the mail. The log says more.",
            );
            if error.is_lasting() { Tried::Never(told) } else { Tried::Later(told) }
        }
    })
}

fn trouble(code: &str, german: &str, english: &str) -> Trouble {
    Trouble { code: code.to_owned(), german: german.to_owned(), english: english.to_owned() }
}

fn arrived(delivery: &Delivery) -> Trouble {
    let target = &delivery.target;
    trouble("done", &format!("Zugestellt: {target}."), &format!("Delivered: {target}."))
}

fn gone() -> Trouble {
    trouble("delivery-gone", "Diese Zustellung gibt es nicht mehr.", "This delivery is gone.")
}
