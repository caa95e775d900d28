//! The list of payouts with the words of the bank statement, kept for the proofs.

use amazon_pay::client::{Client, DisbursementQuery};
use amazon_pay::model::Disbursement;
use futures_util::TryStreamExt as _;
use jiff::SignedDuration;
use store::connections::Connection;
use store::payouts::{self, Payout};
use store::transact;

use crate::App;
use crate::amazon_pay::{Sort, Told, told};
use crate::jobs::Stopped;
use crate::refusal::AppError;

/// As far back as reports are kept.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A payout may get its reference, or another amount, some days after it first stood in the list.
const OVERLAP: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Lists the payouts since the last fetch and keeps them. How many are new.
pub(super) async fn keep(
    app: &App,
    connection: &Connection,
    amazon: &Client,
) -> Result<Result<u64, Told>, Stopped> {
    let now = app.now();
    let all = now - LOOK_BACK;
    let since = connection.fetched_until.map_or(all, |until| (until - OVERLAP).max(all));
    let listed: Vec<Disbursement> =
        match amazon.disbursements(&DisbursementQuery::of(since, now)).try_collect().await {
            Ok(listed) => listed,
            Err(error) => {
                let told = told(&error);
                // Some keys may see reports only; the proofs then go without the references.
                return Ok(if told.sort == Sort::Key { Ok(0) } else { Err(told) });
            }
        };
    let other = listed
        .iter()
        .find_map(|payout| payout.seller_id.as_deref().filter(|seller| *seller != connection.seller_id));
    if let Some(other) = other {
        return Ok(Err(of_another(&connection.seller_id, other)));
    }
    let payouts: Vec<Payout> = listed.iter().map(|payout| payout_of(connection, payout)).collect();
    let kept: Result<u64, AppError> = transact!(app.database, transaction => {
        let mut new = 0;
        for payout in &payouts {
            new += u64::from(payouts::keep(transaction, &connection.client, &connection.id, payout, now).await?);
        }
        Ok(new)
    });
    Ok(Ok(kept?))
}

fn of_another(seller_id: &str, other: &str) -> Told {
    Told {
        sort: Sort::Key,
        code: "other-seller",
        german: format!(
            "Der Schlüssel zeigt die Auszahlungen des Verkäufers {other}, die Schnittstelle gehört zu {seller_id}. Nichts davon \
             wurde übernommen. Hinterlegen Sie den Schlüssel dieses Verkäufers."
        ),
        english: format!(
            "The key shows the payouts of the merchant {other}, the connection is for {seller_id}. Nothing of it was taken. \
             Give the connection the key of its merchant."
        ),
    }
}

fn payout_of(connection: &Connection, payout: &Disbursement) -> Payout {
    Payout {
        seller_id: connection.seller_id.clone(),
        settlement: payout.settlement_id.clone(),
        currency: payout.amount.currency.to_string(),
        paid_at: payout.transaction_time,
        amount: payout.amount.minor,
        reference: payout.amazon_disbursement_reference_id.clone(),
    }
}
