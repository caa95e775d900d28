//! Keys for the REST API: shown once, with scopes, an end, and a list of what is there.

use jiff::{SignedDuration, Timestamp};
use store::api_key::{self, ApiKey};
use store::id::{ApiKeyId, ClientId};
use store::{client, transact};

use crate::access::{Actor, Permission, Scope};
use crate::account;
use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};
use crate::token::Token;

/// With which every key begins, so that scanners of secrets know one.
const BEGINNING: &str = "kontor_";
/// The characters that are kept to recognise a key.
const PREFIX: usize = 12;
const NOTED: SignedDuration = SignedDuration::from_secs(60);
const LISTED: u32 = 500;

/// Makes a key. Its text is shown once.
pub async fn create(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    name: &str,
    scopes: &[Scope],
    expires_at: Option<Timestamp>,
) -> Result<(Token, ApiKey), AppError> {
    actor.may(Permission::Manage, client)?;
    let (name, now) = (account::name(name)?, app.now());
    if scopes.is_empty() {
        return Err(Refusal::invalid(
            "scopes",
            "no-scope",
            "Bitte mindestens ein Recht wählen.",
            "Please choose at least one scope.",
        )
        .into());
    }
    if expires_at.is_some_and(|end| end <= now) {
        return Err(in_the_past().into());
    }
    let token = Token::new(&*app.machine, BEGINNING);
    let mut words: Vec<String> = scopes.iter().map(|scope| scope.name().to_owned()).collect();
    words.sort();
    words.dedup();
    let key = ApiKey {
        id: ApiKeyId::new(&*app.machine),
        client: client.clone(),
        name,
        prefix: token.reveal().chars().take(PREFIX).collect(),
        scopes: words,
        created_by: actor.name().to_owned(),
        created_at: now,
        used_at: None,
        expires_at,
        revoked_at: None,
    };
    transact!(app.database, transaction => {
        client::find(transaction, client).await?.ok_or_else(Refusal::not_found)?;
        api_key::insert(transaction, &key, &token.hash()).await?;
        let subject = format!("{} {} {}", key.prefix, key.name, key.scopes.join(" "));
        app.journal(transaction, actor, Some(client), "api-key.created", &subject, "").await
    })?;
    Ok((token, key))
}

pub(super) fn in_the_past() -> Refusal {
    Refusal::invalid(
        "expires",
        "expires-in-the-past",
        "Das Ende liegt in der Vergangenheit.",
        "The end lies in the past.",
    )
}

/// The keys of a client, revoked ones too.
pub async fn list(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<ApiKey>, AppError> {
    actor.may(Permission::Manage, client)?;
    Ok(api_key::of_client(&mut app.database.read().await?, client, LISTED).await?)
}

/// Revokes a key at once.
pub async fn revoke(app: &App, actor: &Actor, client: &ClientId, id: &ApiKeyId) -> Result<(), AppError> {
    actor.may(Permission::Manage, client)?;
    let now = app.now();
    transact!(app.database, transaction => {
        if !api_key::revoke(transaction, client, id, now).await? {
            return Err(Refusal::not_found().into());
        }
        app.journal(transaction, actor, Some(client), "api-key.revoked", id.as_str(), "").await
    })
}

/// Who is behind a key that a program shows.
pub async fn authenticate(app: &App, token: &Token) -> Result<Actor, AppError> {
    let now = app.now();
    let key = api_key::by_token(&mut app.database.read().await?, &token.hash(), now).await?;
    let Some(key) = key else {
        return Err(Refusal::new(
            RefusalKind::Unknown,
            "key-unknown",
            "Dieser API-Schlüssel gilt nicht: unbekannt, abgelaufen oder widerrufen.",
            "This API key does not hold: unknown, expired or revoked.",
        )
        .into());
    };
    if key.used_at.is_none_or(|used| now.duration_since(used) >= NOTED) {
        transact!(app.database, transaction =>
            api_key::touch(transaction, &key.id, now).await.map_err(AppError::from))?;
    }
    let scopes = key.scopes.iter().filter_map(|word| Scope::parse(word)).collect();
    Ok(Actor::ApiKey { id: key.id, name: format!("API {}", key.name), client: key.client, scopes })
}
