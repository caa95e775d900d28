//! `kontor amazon-pay disbursements`: what was sent to the bank.

use std::pin::pin;

use amazon_pay::client::DisbursementQuery;
use amazon_pay::model::Disbursement;
use clap::Args;
use futures_util::TryStreamExt as _;
use jiff::SignedDuration;

use super::connection::{ConnectionArguments, failed};
use super::period::PeriodArguments;
use super::table::table;
use super::{Edge, Ending, Told, show, show_json};
use crate::edge;
use amazon_pay::client::Clock as _;

/// Where nothing is said, as far back as reports are kept.
const USUAL: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Lists the payouts of a period with the text that names each on the bank statement
#[derive(Debug, Args)]
pub(super) struct DisbursementsArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
    #[command(flatten)]
    period: PeriodArguments,
}

/// Runs the command.
pub(super) async fn run(arguments: &DisbursementsArguments, edge: Edge) -> Told<Ending> {
    let language = edge.language;
    let period = arguments.period.instants(language)?;
    let client = arguments.connection.client(language)?;
    let until = period.until.unwrap_or_else(|| edge::Now.now());
    let since = period.since.unwrap_or_else(|| until.saturating_sub(USUAL).unwrap_or(until));
    let mut sent: Vec<Disbursement> = Vec::new();
    let mut listed = pin!(client.disbursements(&DisbursementQuery::of(since, until)));
    while let Some(one) = listed.try_next().await.map_err(|error| failed(&error, language))? {
        sent.push(one);
    }
    if arguments.connection.json {
        return show_json(&serde_json::json!({ "disbursements": sent }), language);
    }
    if sent.is_empty() {
        return show(
            language.pick("Keine Auszahlungen in dieser Zeit.", "No payouts in this period."),
            language,
        );
    }
    let heading = language.pick(
        ["Zeit (UTC)", "Abrechnung", "Betrag", "", "Text auf dem Kontoauszug"],
        ["Time (UTC)", "Settlement", "Amount", "", "Text on the bank statement"],
    );
    let rows: Vec<Vec<String>> = sent
        .iter()
        .map(|sent| {
            let amount = sent.amount.to_string();
            let (amount, currency) = amount.split_once(' ').unwrap_or((&amount, ""));
            vec![
                sent.transaction_time
                    .map(|time| time.strftime("%Y-%m-%d %H:%M").to_string())
                    .unwrap_or_default(),
                sent.settlement_id.clone(),
                amount.to_owned(),
                currency.to_owned(),
                sent.amazon_disbursement_reference_id.clone().unwrap_or_default(),
            ]
        })
        .collect();
    show(&table(&heading, &rows, &[2]), language)
}
