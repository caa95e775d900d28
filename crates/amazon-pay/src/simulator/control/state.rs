//! What the control page shows, gathered at one moment.

use serde::Serialize;

use super::Control;
use crate::model::Report;
use crate::report::AmountText;
use crate::simulator::log::LogEntry;

const CHARGES_SHOWN: usize = 20;
const REPORTS_SHOWN: usize = 12;
const REQUESTS_SHOWN: usize = 30;

/// A charge that can be refunded.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShownCharge {
    pub(super) charge_id: String,
    pub(super) order_number: String,
    /// In major units with a point.
    pub(super) amount: String,
    pub(super) currency: String,
    pub(super) left: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShownFault {
    pub(super) rule: String,
    pub(super) requests: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShownKey {
    pub(super) public_key_id: String,
    pub(super) revoked: bool,
}

/// The state of the simulator.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct State {
    pub(super) merchant_id: String,
    /// All of them.
    pub(super) merchant_ids: Vec<String>,
    pub(super) auth_token: String,
    /// The time in the world.
    pub(super) time: String,
    pub(super) settlement_id: String,
    pub(super) settlement_rows: u64,
    /// What the open settlement would pay out now.
    pub(super) owed: String,
    pub(super) currency: String,
    pub(super) report_count: usize,
    pub(super) charge_count: usize,
    pub(super) request_count: u64,
    pub(super) throttling: bool,
    pub(super) keys: Vec<ShownKey>,
    pub(super) faults: Vec<ShownFault>,
    /// Newest first.
    pub(super) charges: Vec<ShownCharge>,
    /// Of the live environment, newest first.
    pub(super) reports: Vec<Report>,
    /// Newest first.
    pub(super) requests: Vec<LogEntry>,
}

impl State {
    pub(super) fn of(control: &Control) -> Self {
        let mut requests = control.requests();
        requests.reverse();
        requests.truncate(REQUESTS_SHOWN);
        let keys = control.keys().into_iter();
        let faults = control.faults().into_iter();
        let (keys, faults) = (
            keys.map(|key| ShownKey { public_key_id: key.public_key_id.to_string(), revoked: key.revoked })
                .collect(),
            faults.map(|(rule, requests)| ShownFault { rule: rule.to_string(), requests }).collect(),
        );
        let (request_count, throttling) = (control.request_count(), control.throttling());
        let merchant_ids = control.merchant_ids();
        control.world(|world, now| {
            let time = world.catch_up(now);
            let live = &world.live;
            let currency = live.currency;
            let money = |minor| AmountText(minor, currency).to_string();
            let charges = live.payments.latest_charges().take(CHARGES_SHOWN).map(|charge| ShownCharge {
                charge_id: charge.payment.charge_id.clone(),
                order_number: charge.payment.order.seller_order_id.clone(),
                amount: money(charge.payment.amount),
                currency: charge.currency.to_string(),
                left: money(charge.payment.amount.saturating_sub(charge.refunded)),
            });
            let mut reports: Vec<Report> = live
                .reports
                .all()
                .skip(live.reports.count().saturating_sub(REPORTS_SHOWN))
                .cloned()
                .collect();
            reports.reverse();
            Self {
                merchant_id: control.merchant_id().to_owned(),
                merchant_ids,
                auth_token: control.auth_token().to_owned(),
                time: format!("{time:.0}"),
                settlement_id: live.account.settlement_id(),
                settlement_rows: live.account.rows(),
                owed: money(live.account.owed()),
                currency: currency.to_string(),
                report_count: live.reports.count(),
                charge_count: live.payments.counts().0,
                request_count,
                throttling,
                keys,
                faults,
                charges: charges.collect(),
                reports,
                requests,
            }
        })
    }
}
