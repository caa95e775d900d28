//! The second factor: set up with a code that proves it, recovered with codes that are shown once, reset by the
//! operator.

use qrcodegen::{QrCode, QrCodeEcc};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use store::id::UserId;
use store::user::{self, User};
use store::vault::Place;
use store::{Transaction, session, transact};
use zeroize::Zeroizing;

use super::session::Visit;
use super::{own, password, totp};
use crate::access::Actor;
use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};

const RECOVERY_CODES: usize = 10;
/// 80 bits: sixteen letters of Base32.
const RECOVERY_BYTES: usize = 10;

/// A secret that waits for its first code, to be shown to its owner.
#[derive(Clone, Debug)]
pub struct Pending {
    /// In Base32, for typing.
    pub secret: SecretString,
    /// `otpauth://…`, for a picture (see [`modules`]) or a link.
    pub address: SecretString,
}

fn place<'i>(column: &'static str, id: &'i UserId) -> Place<'i> {
    Place { column, id: id.as_str(), client: None }
}

fn active(id: &UserId) -> Place<'_> {
    place("user_account.totp_sealed", id)
}

fn waiting(id: &UserId) -> Place<'_> {
    place("user_account.totp_pending_sealed", id)
}

/// Begins the set-up: makes a secret that waits for its first code. Asks for the password.
pub async fn begin(app: &App, actor: &Actor, current: &SecretString) -> Result<(), AppError> {
    let user = own(&mut app.database.read().await?, actor).await?;
    password::confirm(app, &user, current).await?;
    let mut secret = Zeroizing::new([0_u8; totp::SECRET_BYTES]);
    app.machine.fill(secret.as_mut_slice());
    let sealed = app.vault.seal(&*app.machine, waiting(&user.id), secret.as_slice())?;
    transact!(app.database, transaction => {
        user::set_pending_factor(transaction, &user.id, &sealed).await.map_err(AppError::from)
    })
}

/// The secret that waits, where one does.
pub async fn pending(app: &App, actor: &Actor) -> Result<Option<Pending>, AppError> {
    let user = own(&mut app.database.read().await?, actor).await?;
    let Some(sealed) = &user.totp_pending_sealed else { return Ok(None) };
    let secret = app.vault.open(waiting(&user.id), sealed)?;
    let secret = totp::base32(secret.expose_secret());
    // A mail address holds only letters that an address in a link may hold, but for these.
    let email = user.email.replace('%', "%25").replace('+', "%2B").replace('#', "%23").replace('?', "%3F");
    let address = format!("otpauth://totp/Kontor:{email}?secret={secret}&issuer=Kontor");
    Ok(Some(Pending { secret: secret.into(), address: address.into() }))
}

/// The square of a QR code, row by row; true is dark.
pub fn modules(text: &SecretString) -> Result<Vec<Vec<bool>>, AppError> {
    let code = QrCode::encode_text(text.expose_secret(), QrCodeEcc::Medium)
        .map_err(|_| AppError::failed("draw a QR code")("the text is too long"))?;
    let side = code.size();
    Ok((0..side).map(|row| (0..side).map(|column| code.get_module(column, row)).collect()).collect())
}

/// Proves the waiting secret with a code; from now on it is asked for. Gives the recovery codes, to be shown once. All
/// other sessions end.
pub async fn finish(app: &App, visit: &Visit, code: &str) -> Result<Vec<SecretString>, AppError> {
    let user = own(&mut app.database.read().await?, &visit.actor).await?;
    let sealed = user.totp_pending_sealed.as_ref().ok_or_else(Refusal::not_found)?;
    let subjects = [format!("factor:{}", user.id)];
    super::throttle::count(app, &subjects).await?;
    let secret = app.vault.open(waiting(&user.id), sealed)?;
    let step = totp::step_of(secret.expose_secret(), code, app.now()).ok_or_else(wrong_code)?;
    super::throttle::forgive(app, &subjects).await?;
    let sealed = app.vault.seal(&*app.machine, active(&user.id), secret.expose_secret())?;
    transact!(app.database, transaction => {
        user::set_second_factor(transaction, &user.id, Some(&sealed), Some(step)).await?;
        let codes = new_codes(app, transaction, &user.id).await?;
        session::end_all(transaction, &user.id, Some(&visit.session.id)).await?;
        app.journal(transaction, &visit.actor, None, "second-factor.set", &user.email, "").await?;
        Ok(codes)
    })
}

/// Makes new recovery codes in the place of the old, to be shown once. Asks for the password.
pub async fn renew_codes(
    app: &App,
    actor: &Actor,
    current: &SecretString,
) -> Result<Vec<SecretString>, AppError> {
    let user = own(&mut app.database.read().await?, actor).await?;
    password::confirm(app, &user, current).await?;
    if user.totp_sealed.is_none() {
        return Err(Refusal::not_found().into());
    }
    transact!(app.database, transaction => {
        let codes = new_codes(app, transaction, &user.id).await?;
        app.journal(transaction, actor, None, "recovery-codes.renewed", &user.email, "").await?;
        Ok(codes)
    })
}

/// Takes one's own second factor away. Asks for the password.
pub async fn remove(app: &App, visit: &Visit, current: &SecretString) -> Result<(), AppError> {
    let user = own(&mut app.database.read().await?, &visit.actor).await?;
    password::confirm(app, &user, current).await?;
    transact!(app.database, transaction => {
        take_away(transaction, &user.id).await?;
        session::end_all(transaction, &user.id, Some(&visit.session.id)).await?;
        app.journal(transaction, &visit.actor, None, "second-factor.removed", &user.email, "").await
    })
}

/// The operator takes a lost second factor away. All sessions of the user end.
pub async fn reset(app: &App, actor: &Actor, email: &str) -> Result<(), AppError> {
    actor.may_operate()?;
    let email = super::email(email)?;
    transact!(app.database, transaction => {
        let user = user::by_email(transaction, &email).await?.ok_or_else(no_such_user)?;
        take_away(transaction, &user.id).await?;
        session::end_all(transaction, &user.id, None).await?;
        app.journal(transaction, actor, None, "second-factor.reset", &email, "").await
    })
}

/// How many recovery codes are left; none where there is no second factor.
pub async fn codes_left(app: &App, actor: &Actor) -> Result<Option<u64>, AppError> {
    let mut transaction = app.database.read().await?;
    let user = own(&mut transaction, actor).await?;
    if user.totp_sealed.is_none() {
        return Ok(None);
    }
    Ok(Some(user::recovery_codes_left(&mut transaction, &user.id).await?))
}

/// The step whose code was given to a user with a second factor.
pub(super) fn right_step(app: &App, user: &User, code: &str) -> Result<Option<i64>, AppError> {
    let Some(sealed) = &user.totp_sealed else { return Ok(None) };
    let secret = app.vault.open(active(&user.id), sealed)?;
    Ok(totp::step_of(secret.expose_secret(), code, app.now()))
}

/// How a recovery code is kept. It is random, so a fast hash is enough; the user in it makes equal codes of two users
/// different.
pub(super) fn recovery_hash(user: &UserId, code: &str) -> String {
    let code: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    store::journal::hex(&Sha256::digest(format!("{user} {code}").as_bytes()))
}

async fn new_codes(
    app: &App,
    transaction: &mut Transaction,
    user: &UserId,
) -> Result<Vec<SecretString>, AppError> {
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| {
            let mut bytes = Zeroizing::new([0_u8; RECOVERY_BYTES]);
            app.machine.fill(bytes.as_mut_slice());
            let text = totp::base32(bytes.as_slice());
            let groups: Vec<&str> =
                (0..text.len()).step_by(4).filter_map(|at| text.get(at..at + 4)).collect();
            groups.join("-")
        })
        .collect();
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(user, code)).collect();
    user::set_recovery_codes(transaction, user, &hashes).await?;
    Ok(codes.into_iter().map(SecretString::from).collect())
}

async fn take_away(transaction: &mut Transaction, user: &UserId) -> Result<(), AppError> {
    user::set_second_factor(transaction, user, None, None).await?;
    Ok(user::set_recovery_codes(transaction, user, &[]).await?)
}

fn wrong_code() -> Refusal {
    Refusal::invalid(
        "code",
        "code-wrong",
        "Der Code stimmt nicht. Geht die Uhr des Telefons richtig?",
        "The code is wrong. Is the clock of the phone right?",
    )
}

pub(crate) fn no_such_user() -> Refusal {
    Refusal::new(
        RefusalKind::NotFound,
        "user-unknown",
        "Diese E-Mail-Adresse hat kein Konto. `kontor user list` zeigt alle.",
        "This mail address has no account. `kontor user list` shows all.",
    )
}
