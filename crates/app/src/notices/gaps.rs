//! Gaps in the chain of settlements: told while they are there, over when the missing report has come.

use jiff::tz::TimeZone;
use providers::amazon_pay::ChainWarning;
use store::connections::Connection;
use store::notices;
use store::transact;

use super::{Notice, NoticeKind, raise, settle};
use crate::App;
use crate::access::Actor;
use crate::documents::chain;
use crate::refusal::AppError;
use crate::zone;

/// Compares the chain of a connection's settlements with what was told of it.
pub(crate) async fn tell_gaps(app: &App, connection: &Connection) -> Result<(), AppError> {
    let client = &connection.client;
    let zone = zone::of_client(app, client).await?;
    let chains = chain::list(app, &Actor::System, client, Some(&connection.id)).await?;
    let gaps: Vec<Notice> = chains
        .iter()
        .filter(|chain| chain.seller == connection.seller_id)
        .flat_map(|chain| &chain.warnings)
        .filter_map(|warning| gap_of(connection, warning, &zone))
        .collect();
    let open = notices::open_of_client(&mut app.database.read().await?, client).await?;
    let own = format!("{}/", connection.id);
    let over: Vec<String> = open
        .into_iter()
        .filter(|notice| notice.kind == NoticeKind::Gap.name() && notice.subject.starts_with(&own))
        .filter(|notice| gaps.iter().all(|gap| gap.subject != notice.subject))
        .map(|notice| notice.subject)
        .collect();
    if gaps.is_empty() && over.is_empty() {
        return Ok(());
    }
    let now = app.now();
    transact!(app.database, transaction => {
        for gap in &gaps {
            raise(app, transaction, gap.clone()).await?;
        }
        for subject in &over {
            settle(transaction, client, NoticeKind::Gap, subject, now).await?;
        }
        Ok(())
    })
}

fn gap_of(connection: &Connection, warning: &ChainWarning, zone: &TimeZone) -> Option<Notice> {
    let ChainWarning::Gap { before, after } = warning else { return None };
    let from = before.end.to_zoned(zone.clone());
    let until = after.start.to_zoned(zone.clone());
    Some(Notice::gap(
        connection,
        &before.settlement,
        &format!(
            "Zwischen den Abrechnungen {} und {} fehlt die Zeit vom {} bis zum {}. Entweder war nichts los, oder es fehlt ein \
             Bericht: Laden Sie ihn in Seller Central herunter und hier hoch.",
            before.settlement,
            after.settlement,
            from.strftime("%d.%m.%Y %H:%M"),
            until.strftime("%d.%m.%Y %H:%M")
        ),
        &format!(
            "Between the settlements {} and {} the time from {} to {} is missing. Either nothing happened, or a report is \
             missing: download it in Seller Central and upload it here.",
            before.settlement,
            after.settlement,
            from.strftime("%Y-%m-%d %H:%M"),
            until.strftime("%Y-%m-%d %H:%M")
        ),
    ))
}
