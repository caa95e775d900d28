//! Passwords, kept as Argon2id.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use store::user::{self, User};
use store::{session, transact};
use tokio::sync::Semaphore;

use super::{own, session::Visit};
use crate::context::App;
use crate::refusal::{AppError, Refusal};

/// OWASP, Password Storage Cheat Sheet: Argon2id with 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Passwords hashed at once: each takes the memory above.
const AT_ONCE: usize = 4;
const SALT_BYTES: usize = 16;
const CHARACTERS_MIN: usize = 12;
const BYTES_MAX: usize = 500;

/// How passwords are hashed, and how many at once. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    memory_kib: u32,
    passes: u32,
    gate: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { memory_kib: MEMORY_KIB, passes: PASSES, gate: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// Weak and quick, for tests that log in a hundred times.
    pub fn cheap() -> Self {
        Self { memory_kib: 8, passes: 1, ..Self::default() }
    }

    fn hasher(&self) -> Result<Argon2<'static>, AppError> {
        let params = Params::new(self.memory_kib, self.passes, LANES, None)
            .map_err(|error| AppError::failed("hash a password")(error.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// The hash of a new password, after its rules.
pub(crate) async fn hash(app: &App, password: &SecretString, email: &str) -> Result<String, AppError> {
    review(password.expose_secret(), email)?;
    let mut salt = [0_u8; SALT_BYTES];
    app.machine.fill(&mut salt);
    let (hasher, password) = (app.passwords.hasher()?, password.clone());
    let hash = move || {
        let hash = hasher.hash_password_with_salt(password.expose_secret().as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
    };
    apart(app, hash).await?.map_err(AppError::failed("hash a password"))
}

/// Does the password belong to the hash? Without a hash it takes as long and is never right, so that nobody learns by
/// the clock who has an account.
pub(crate) async fn verify(
    app: &App,
    password: &SecretString,
    hash: Option<&SecretString>,
) -> Result<bool, AppError> {
    if password.expose_secret().len() > BYTES_MAX {
        return Ok(false);
    }
    let (hasher, password, hash) = (app.passwords.hasher()?, password.clone(), hash.cloned());
    apart(app, move || {
        let password = password.expose_secret().as_bytes();
        if let Some(hash) = hash {
            let hash = PasswordHash::new(hash.expose_secret());
            return hash.is_ok_and(|hash| hasher.verify_password(password, &hash).is_ok());
        }
        let _ = hasher.hash_password_with_salt(password, &[0; SALT_BYTES]);
        false
    })
    .await
}

/// Hashing takes tens of milliseconds, so it runs apart from the threads that serve.
async fn apart<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let gate = Arc::clone(&app.passwords.gate);
    let _permit = gate.acquire_owned().await.map_err(AppError::failed("hash a password"))?;
    tokio::task::spawn_blocking(work).await.map_err(AppError::failed("hash a password"))
}

/// NIST SP 800-63B: length counts, not kinds of characters.
fn review(password: &str, email: &str) -> Result<(), AppError> {
    let refuse = |german: &str, english: &str| {
        Err(Refusal::invalid("password", "password-weak", german, english).into())
    };
    let name = email.split('@').next().unwrap_or_default();
    let lower = password.to_lowercase();
    if password.chars().count() < CHARACTERS_MIN {
        return refuse(
            "Das Passwort ist zu kurz. Es braucht mindestens 12 Zeichen; ein Satz ist gut zu merken.",
            "The password is too short. It needs at least 12 characters; a sentence is easy to remember.",
        );
    }
    if password.len() > BYTES_MAX {
        return refuse(
            "Das Passwort ist zu lang (höchstens 500 Bytes).",
            "The password is too long (500 bytes).",
        );
    }
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 5 {
        return refuse(
            "Das Passwort besteht aus zu wenigen verschiedenen Zeichen.",
            "The password is made of too few different characters.",
        );
    }
    if lower.contains(email)
        || (name.len() >= 4 && lower.replace(name, "").chars().count() < CHARACTERS_MIN - 4)
    {
        return refuse(
            "Das Passwort darf nicht aus der E-Mail-Adresse bestehen.",
            "The password must not be made of the mail address.",
        );
    }
    Ok(())
}

/// Changes one's own password. All other sessions end.
pub async fn change(
    app: &App,
    visit: &Visit,
    current: &SecretString,
    new: &SecretString,
) -> Result<(), AppError> {
    let user = own(&mut app.database.read().await?, &visit.actor).await?;
    confirm(app, &user, current).await?;
    let hash = hash(app, new, &user.email).await?;
    transact!(app.database, transaction => {
        user::set_password(transaction, &user.id, &hash).await?;
        session::end_all(transaction, &user.id, Some(&visit.session.id)).await?;
        app.journal(transaction, &visit.actor, None, "password.changed", &user.email, "").await
    })
}

/// Asks for the password again before something that must not be done by whoever sits at an open screen.
pub(crate) async fn confirm(app: &App, user: &User, password: &SecretString) -> Result<(), AppError> {
    let subjects = [format!("confirm:{}", user.id)];
    super::throttle::count(app, &subjects).await?;
    if verify(app, password, user.password_hash.as_ref()).await? {
        return super::throttle::forgive(app, &subjects).await;
    }
    Err(Refusal::invalid(
        "current",
        "password-wrong",
        "Das ist nicht das jetzige Passwort.",
        "This is not the current password.",
    )
    .into())
}
