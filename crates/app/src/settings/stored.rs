//! The settings of a client as they are stored: every save is a new version, and none is ever changed.

use store::id::ClientId;
use store::settings::{self, Version};
use store::{Transaction, client, settlements, transact};

use super::{Document, Review};
use crate::access::{Actor, Permission};
use crate::automation;
use crate::configuration::Configuration;
use crate::context::App;
use crate::convert::digest::sha256;
use crate::documents;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// A version of a client's settings, as fields and as the engine reads it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The number of the version; 0 for a client that has none yet.
    pub version: i64,
    /// The fields.
    pub document: Document,
    /// What they mean and what is to be said about them.
    pub review: Review,
}

/// The settings that hold now. A client without any has empty fields: there is no default chart.
pub async fn current(app: &App, actor: &Actor, client: &ClientId) -> Result<Settings, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    settings::newest(&mut transaction, client).await?.as_ref().map_or_else(
        || {
            let document = Document::default();
            Ok(Settings { version: 0, review: document.review(), document })
        },
        read,
    )
}

/// A version that held before.
pub async fn version(app: &App, actor: &Actor, client: &ClientId, number: i64) -> Result<Settings, AppError> {
    actor.may(Permission::See, client)?;
    let found = settings::find(&mut app.database.read().await?, client, number).await?;
    read(&found.ok_or_else(Refusal::not_found)?)
}

/// All versions, the newest first, before a number, at most `most`.
pub async fn versions(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    before: Option<i64>,
    most: u32,
) -> Result<Vec<Version>, AppError> {
    actor.may(Permission::See, client)?;
    Ok(settings::list(&mut app.database.read().await?, client, before, most).await?)
}

/// Saves the fields as a new version, if the engine takes them. `based_on` is the version that was edited: if somebody
/// else saved in between, nothing is saved. Saving what holds already makes no new version.
pub async fn save(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    document: &Document,
    based_on: i64,
    note: &str,
) -> Result<i64, AppError> {
    actor.may(Permission::Assign, client)?;
    let Some(configuration) = document.review().configuration else {
        return Err(Refusal::new(
            RefusalKind::Invalid,
            "settings-refused",
            "So können die Einstellungen nicht gelten; was nicht stimmt, steht bei den Feldern.",
            "The settings cannot hold like this; what is wrong stands beside the fields.",
        )
        .into());
    };
    let saved: Result<i64, AppError> = transact!(app.database, transaction => {
        let version = add(app, transaction, actor, client, document, based_on, note).await?;
        automation::reschedule(transaction, client, &configuration, app.now()).await?;
        Ok(version)
    });
    let version = saved?;
    // In another zone rows fall on other days; settlements that lie in it already are left alone.
    let zone = configuration.rules.client().zone.zone();
    if zone_differs(app, client, zone.iana_name().unwrap_or("UTC")).await? {
        documents::recount(app, actor, client, zone).await?;
    }
    Ok(version)
}

async fn zone_differs(app: &App, client: &ClientId, zone: &str) -> Result<bool, AppError> {
    let mut transaction = app.database.read().await?;
    let number = client::find(&mut transaction, client).await?.ok_or_else(Refusal::not_found)?.number;
    let first = settlements::of_client(&mut transaction, number, None, None, None, 1).await?;
    Ok(first.first().is_some_and(|settlement| settlement.imported.zone != zone))
}

async fn add(
    app: &App,
    transaction: &mut Transaction,
    actor: &Actor,
    client: &ClientId,
    document: &Document,
    based_on: i64,
    note: &str,
) -> Result<i64, AppError> {
    client::find(transaction, client).await?.ok_or_else(Refusal::not_found)?;
    let newest = settings::newest(transaction, client).await?;
    let number = newest.as_ref().map_or(0, |newest| newest.version);
    if number != based_on {
        return Err(Refusal::new(
            RefusalKind::Conflict,
            "settings-changed",
            format!("Inzwischen gilt Fassung {number}; bitte neu laden und noch einmal ändern."),
            format!("Version {number} holds by now; please load it and change it again."),
        )
        .into());
    }
    let content = document.to_toml();
    if newest.is_some_and(|newest| newest.content == content) {
        return Ok(number);
    }
    let (sha256, author, at) = (sha256(content.as_bytes()), actor.name().to_owned(), app.now());
    let version = number + 1;
    let saved = Version { version, content, sha256, author, at, note: note.chars().take(200).collect() };
    settings::add(transaction, client, &saved).await?;
    let subject = format!("version {version}");
    app.journal(transaction, actor, Some(client), "settings.saved", &subject, &saved.sha256).await?;
    Ok(version)
}

/// Copies the settings of another client that the actor may see: all of them but its own numbers, its days and what was
/// confirmed for it alone.
pub async fn copy_from(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    other: &ClientId,
    based_on: i64,
) -> Result<i64, AppError> {
    actor.may(Permission::Assign, client)?;
    let source = current(app, actor, other).await?;
    let own = current(app, actor, client).await?.document;
    let mut document = source.document;
    document.client.mandant = own.client.mandant;
    document.client.berater = own.client.berater.or(document.client.berater);
    document.client.start = own.client.start;
    document.client.closed_until = own.client.closed_until;
    document.kontor.accounts_confirmed = None;
    document.kontor.reverse_charge_confirmed = None;
    let name = client::find(&mut app.database.read().await?, other).await?;
    let name = name.ok_or_else(Refusal::not_found)?.name;
    save(app, actor, client, &document, based_on, &format!("⇐ {name}")).await
}

fn read(version: &Version) -> Result<Settings, AppError> {
    let document =
        Document::from_toml(&version.content).map_err(AppError::failed("reading stored settings"))?;
    Ok(Settings { version: version.version, review: document.review(), document })
}

/// The settings by which the engine works, with their version; refused in words where there are none.
pub(crate) async fn engine(
    transaction: &mut Transaction,
    client: &ClientId,
) -> Result<(i64, Configuration), AppError> {
    let Some(version) = settings::newest(transaction, client).await? else {
        return Err(Refusal::new(
            RefusalKind::Conflict,
            "settings-missing",
            "Dieser Mandant hat noch keine Kontierung; bitte unter «Buchhaltung» den Kontenrahmen wählen.",
            "This client has no account assignment yet; please choose the chart under «Bookkeeping».",
        )
        .into());
    };
    let configuration = Configuration::read(&version.content);
    Ok((version.version, configuration.map_err(AppError::failed("reading stored settings"))?))
}
