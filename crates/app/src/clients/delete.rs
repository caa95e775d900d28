//! Deleting a client, which the law allows only when nothing has to be kept any more.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use store::id::ClientId;
use store::{Transaction, api_key, client, journal, link, membership, transact};

use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// Vouchers (reports) are kept for 8 years after the end of their year (§ 147 Abs. 1 Nr. 4, Abs. 3 AO as of 2025).
const VOUCHERS: i16 = 8;
/// Books and what they rest on for 10 years (§ 147 Abs. 1 Nr. 1, Abs. 3 AO).
const BOOKS: i16 = 10;

/// Deletes a client: members, keys and links go, and nobody reaches it any more. Refused while the law wants something
/// of it kept. The name has to be typed, so that nobody deletes the wrong one.
pub async fn delete(app: &App, actor: &Actor, id: &ClientId, typed: &str) -> Result<(), AppError> {
    actor.may(Permission::Manage, id)?;
    let now = app.now();
    transact!(app.database, transaction => {
        let client = client::find(transaction, id).await?.ok_or_else(Refusal::not_found)?;
        if typed.trim() != client.name {
            return Err(Refusal::invalid(
                "name",
                "name-differs",
                format!("Zum Löschen bitte den Namen eintippen: {}", client.name),
                format!("To delete it, please type the name: {}", client.name),
            )
            .into());
        }
        if let Some(until) = kept_until(transaction, id).await?.filter(|until| *until >= today(now)) {
            return Err(kept(until).into());
        }
        membership::remove_all(transaction, id).await?;
        api_key::revoke_all(transaction, id, now).await?;
        link::withdraw_all(transaction, id, now).await?;
        client::mark_deleted(transaction, id, now).await?;
        app.journal(transaction, actor, Some(id), "client.deleted", &client.name, "").await
    })
}

/// The last day on which the law wants something of a client kept: counted from what its journal says was received
/// (vouchers) and handed out (books).
async fn kept_until(transaction: &mut Transaction, id: &ClientId) -> Result<Option<Date>, AppError> {
    let vouchers = journal::last_of(transaction, id, "document.").await?;
    let books = journal::last_of(transaction, id, "batch.").await?;
    let vouchers = vouchers.and_then(|at| end_of_retention(at, VOUCHERS));
    Ok(vouchers.max(books.and_then(|at| end_of_retention(at, BOOKS))))
}

fn end_of_retention(at: Timestamp, years: i16) -> Option<Date> {
    let year = today(at).year().checked_add(years)?;
    (year <= 9999).then(|| date(year, 12, 31))
}

/// The law counts in whole years of Germany.
fn today(at: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).date()
}

fn kept(until: Date) -> Refusal {
    let german = until.strftime("%d.%m.%Y");
    Refusal::new(
        RefusalKind::Conflict,
        "retention",
        format!(
            "Dieser Mandant muss bis {german} aufbewahrt werden: Belege 8, Bücher 10 Jahre nach dem Ende ihres Jahres \
             (§ 147 AO). Schnittstellen lassen sich jederzeit entfernen, Benutzer ebenso."
        ),
        format!(
            "This client has to be kept until {until}: vouchers for 8, books for 10 years after the end of their year \
             (§ 147 AO). Connections can be removed at any time, and so can users."
        ),
    )
}
