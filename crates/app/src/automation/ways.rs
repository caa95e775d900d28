//! Where the batches of a client go.

use lettre::Address;
use secrecy::SecretString;
use store::automation::{self, Automation, Delivery};
use store::id::ClientId;
use store::transact;
use store::vault::Place;

use super::day::{USUAL_DAY, following};
use crate::access::{Actor, Permission};
use crate::refusal::{AppError, Refusal};
use crate::token::Token;
use crate::{App, zone};

/// More addresses than this are a mailing list.
const ADDRESSES: usize = 10;

/// Where batches go, as it is shown. The secret is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// On which day of the month the finished month leaves; none where it does not by itself.
    pub day: Option<u32>,
    /// When it does next.
    pub next_run_at: Option<jiff::Timestamp>,
    /// Mail addresses.
    pub mail: Vec<String>,
    /// A folder below the one that the operator named.
    pub folder: Option<String>,
    /// An address that is called.
    pub webhook: Option<String>,
    /// Did the operator name a folder for deliveries?
    pub folders_offered: bool,
    /// Is there a mail server?
    pub mail_offered: bool,
}

/// What a person typed.
#[derive(Clone, Debug, Default)]
pub struct WaysForm {
    /// Addresses, separated by blanks, commas or line feeds.
    pub mail: String,
    /// A plain name.
    pub folder: String,
    /// `https://…`.
    pub webhook: String,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What signs calls to a new address; it is shown this once.
    pub secret: Option<Token>,
}

/// Where the batches of a client go.
pub async fn see(app: &App, actor: &Actor, client: &ClientId) -> Result<Ways, AppError> {
    actor.may(Permission::See, client)?;
    let there = automation::of_client(&mut app.database.read().await?, client).await?;
    let offered = Ways {
        folders_offered: app.outside.deliveries.is_some(),
        mail_offered: app.outside.mail.is_some(),
        ..Ways::default()
    };
    Ok(there.map_or(offered.clone(), |there| Ways {
        day: there.active.then_some(there.day),
        next_run_at: there.active.then_some(there.next_run_at),
        mail: addresses(&there).map(str::to_owned).collect(),
        folder: there.folder,
        webhook: there.webhook,
        ..offered
    }))
}

/// What is on its way and what arrived, the newest first.
pub async fn deliveries(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    most: u32,
) -> Result<Vec<Delivery>, AppError> {
    actor.may(Permission::See, client)?;
    Ok(automation::deliveries(&mut app.database.read().await?, client, most).await?)
}

pub(super) fn addresses(automation: &Automation) -> impl Iterator<Item = &str> {
    automation.mail.as_deref().unwrap_or_default().split_whitespace()
}

/// Keeps where batches go. A new address of a webhook gets a secret of its own.
pub async fn save(app: &App, actor: &Actor, client: &ClientId, form: &WaysForm) -> Result<Saved, AppError> {
    actor.may(Permission::Export, client)?;
    let mail = mail(&form.mail)?;
    let folder = folder(app, form.folder.trim())?;
    let webhook = webhook(app, form.webhook.trim())?;
    let zone = zone::of_client(app, client).await?;
    let now = app.now();
    transact!(app.database, transaction => {
        store::client::find(transaction, client).await?.ok_or_else(Refusal::not_found)?;
        let there = automation::of_client(transaction, client).await?;
        let same = webhook.is_some() && there.as_ref().is_some_and(|there| there.webhook == webhook);
        let secret = (webhook.is_some() && !same).then(|| Token::new(app.machine.as_ref(), "whsec_"));
        let secret_sealed = match &secret {
            Some(secret) => Some(seal(app, client, secret)?),
            None => there.as_ref().filter(|_| same).and_then(|there| there.secret_sealed.clone()),
        };
        let (day, active) = there.as_ref().map_or((USUAL_DAY, false), |there| (there.day, there.active));
        let next_run_at = there
            .as_ref()
            .map_or_else(|| following(client, day, &zone, now), |there| there.next_run_at);
        let chosen = Automation {
            client: client.clone(),
            day,
            active,
            folder: folder.clone(),
            webhook: webhook.clone(),
            secret_sealed,
            mail: mail.clone(),
            next_run_at,
        };
        automation::keep(transaction, &chosen).await?;
        let content = [("mail", &mail), ("folder", &folder), ("webhook", &webhook)]
            .into_iter()
            .filter_map(|(way, target)| Some(format!("{way} {}", target.as_ref()?)))
            .collect::<Vec<_>>()
            .join("; ");
        app.journal(transaction, actor, Some(client), "delivery.chosen", &content, "").await?;
        Ok(Saved { secret })
    })
}

fn place(client: &ClientId) -> Place<'_> {
    Place { column: "automation.secret_sealed", id: client.as_str(), client: Some(client) }
}

fn seal(app: &App, client: &ClientId, secret: &Token) -> Result<Vec<u8>, AppError> {
    let sealed = app.vault.seal(app.machine.as_ref(), place(client), secret.reveal().as_bytes());
    sealed.map_err(AppError::failed("the secret of a webhook could not be sealed"))
}

/// What signs the calls of a client.
pub(super) fn secret(app: &App, automation: &Automation) -> Result<Option<SecretString>, AppError> {
    use secrecy::ExposeSecret as _;
    let Some(sealed) = &automation.secret_sealed else { return Ok(None) };
    let opened = app.vault.open(place(&automation.client), sealed);
    let opened = opened.map_err(AppError::failed("the secret of a webhook could not be opened"))?;
    let text = String::from_utf8(opened.expose_secret().to_vec());
    Ok(Some(SecretString::from(text.map_err(AppError::failed("the secret of a webhook is none"))?)))
}

fn mail(typed: &str) -> Result<Option<String>, Refusal> {
    let addresses: Vec<&str> =
        typed.split([' ', ',', ';', '\n', '\r', '\t']).filter(|text| !text.is_empty()).collect();
    if addresses.len() > ADDRESSES {
        return Err(Refusal::invalid(
            "mail",
            "too-many-addresses",
            format!("Höchstens {ADDRESSES} Mailadressen."),
            format!("At most {ADDRESSES} mail addresses."),
        ));
    }
    if let Some(wrong) = addresses.iter().find(|address| address.parse::<Address>().is_err()) {
        return Err(Refusal::invalid(
            "mail",
            "no-address",
            format!("«{wrong}» ist keine Mailadresse."),
            format!("«{wrong}» is no mail address."),
        ));
    }
    Ok((!addresses.is_empty()).then(|| addresses.join(" ")))
}

/// A plain name below the operator's folder, so that nobody writes elsewhere.
fn folder(app: &App, typed: &str) -> Result<Option<String>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    let plain = typed.len() <= 60
        && typed.starts_with(|first: char| first.is_ascii_alphanumeric())
        && typed.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    if !plain {
        return Err(Refusal::invalid(
            "folder",
            "no-folder",
            "Ein Ordner heißt hier mit Buchstaben, Ziffern, - und _, höchstens 60 Zeichen; er liegt unter dem Ordner, den der \
             Betreiber für Zustellungen nennt.",
            "A folder is named by letters, digits, - and _ here, at most 60; it lies below the one that the operator names for \
             deliveries.",
        ));
    }
    if app.outside.deliveries.is_none() {
        return Err(Refusal::invalid(
            "folder",
            "no-folders-here",
            "Auf dieser Maschine ist kein Ordner für Zustellungen eingerichtet (KONTOR_DELIVERIES).",
            "This machine has no folder for deliveries (KONTOR_DELIVERIES).",
        ));
    }
    Ok(Some(typed.to_owned()))
}

fn webhook(app: &App, typed: &str) -> Result<Option<String>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    let address = reqwest::Url::parse(typed).ok().filter(|address| {
        let plain = app.outside.other_endpoints && address.scheme() == "http";
        (address.scheme() == "https" || plain)
            && address.host_str().is_some()
            && address.username().is_empty()
            && address.password().is_none()
    });
    match address {
        Some(address) if typed.len() <= 500 => Ok(Some(address.to_string())),
        _ => Err(Refusal::invalid(
            "webhook",
            "no-webhook",
            "Die Adresse beginnt mit https:// und enthält weder Benutzer noch Kennwort.",
            "The address begins with https:// and holds neither user nor password.",
        )),
    }
}
