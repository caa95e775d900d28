use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Call;
use crate::generate;
use crate::key::Environment;
use crate::model::{Amount, Disbursement};
use crate::simulator::page::{self, Microseconds};
use crate::simulator::refusal::Refusal;
use crate::simulator::reply::Reply;
use crate::simulator::world::Books;

/// Where a list goes on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    start: Option<Microseconds>,
    end: Option<Microseconds>,
    size: usize,
    before_payout: usize,
}

impl Cursor {
    fn begin(call: &Call<'_>) -> Result<Self, Refusal> {
        let (start, end) = (call.query.instant("startTime")?, call.query.instant("endTime")?);
        if start.is_some_and(|start| end.is_some_and(|end| start > end)) {
            return Err(Refusal::InvalidParameterValue("startTime"));
        }
        let (start, end) = (start.map(Microseconds::of), end.map(Microseconds::of));
        Ok(Self { start, end, size: page::size(&call.query)?, before_payout: usize::MAX })
    }

    fn holds(&self, sent: &generate::Disbursement, now: Timestamp) -> bool {
        sent.time <= now
            && self.start.is_none_or(|start| sent.time >= start.instant())
            && self.end.is_none_or(|end| sent.time <= end.instant())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    disbursements: Vec<Disbursement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

/// Newest first. The sandbox sends no money.
pub(super) fn list(call: &Call<'_>, books: &Books) -> Result<Reply, Refusal> {
    let cursor = match page::cursor::<Cursor>(&call.query)? {
        Some(cursor) if page::is_size(cursor.size) => cursor,
        Some(_) => return Err(Refusal::InvalidParameterValue("nextToken")),
        None => Cursor::begin(call)?,
    };
    let sent = match books.environment {
        Environment::Live => books.disbursements.as_slice(),
        Environment::Sandbox => &[],
    };
    let sent = &sent[..cursor.before_payout.min(sent.len())];
    let held = sent.iter().enumerate().rev().filter(|(_, sent)| cursor.holds(sent, call.time));
    let mut held: Vec<_> = held.take(cursor.size + 1).collect();
    let has_more = held.len() > cursor.size;
    held.truncate(cursor.size);
    let next = held.last().filter(|_| has_more).map(|(place, _)| *place);
    let seller_id = books.account.seller_id();
    let disbursements = held.into_iter().map(|(_, sent)| shown(sent, seller_id)).collect();
    let token = |before_payout| page::token(&Cursor { before_payout, ..cursor });
    Reply::ok(&Page { disbursements, next_token: next.map(token).transpose()? })
}

fn shown(sent: &generate::Disbursement, seller_id: &str) -> Disbursement {
    Disbursement {
        seller_id: Some(seller_id.to_owned()),
        settlement_id: sent.settlement_id.clone(),
        amazon_disbursement_reference_id: Some(sent.reference.clone()),
        amount: Amount { minor: sent.amount, currency: sent.currency },
        transaction_time: Some(sent.time),
    }
}
