//! Settlements in time, as the Dashboard, a connection and `Schnittstellenstatus` show them.

use app::documents::chain::{ChainWarning, MerchantChain, Period};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::{
    chart::{Span, SpanKind, Timeline},
    text::Words,
};

/// The day on which an instant lies, in the zone of the page.
pub fn day(t: &Words, at: Timestamp) -> Date {
    at.to_zoned(t.zone().clone()).date()
}

/// The last day of a period: one that ends at midnight ends on the day before.
pub fn last_day(t: &Words, end: Timestamp) -> Date {
    day(t, end.checked_sub(SignedDuration::from_secs(1)).unwrap_or(end))
}

/// The stretches of time between settlements that no report covers: the settlement before, and the one after.
pub fn gaps(chain: &MerchantChain) -> impl Iterator<Item = (&Period, &Period)> {
    chain.warnings.iter().filter_map(|warning| match warning {
        ChainWarning::Gap { before, after } => Some((before, after)),
        _ => None,
    })
}

/// How many of them.
pub fn gap_count(chain: &MerchantChain) -> u64 {
    gaps(chain).map(|_| 1).sum()
}

/// Until when the settlements of a merchant reach.
pub fn reaches(chain: &MerchantChain) -> Option<Timestamp> {
    chain.settlements.iter().map(|settlement| settlement.imported.end).max()
}

/// The settlements of a merchant along the days, with what is missing between them and what is still to come.
pub fn timeline(t: &Words, chain: &MerchantChain) -> Timeline {
    let mut spans: Vec<Span> = Vec::new();
    for settlement in &chain.settlements {
        let settlement = &settlement.imported;
        if let Some((before, after)) =
            gaps(chain).find(|(_, after)| after.settlement == settlement.identifier)
        {
            spans.push(Span {
                kind: SpanKind::Gap,
                from: day(t, before.end),
                until: last_day(t, after.start),
                text: t.gap_between(t.moment(before.end), t.moment(after.start)),
            });
        }
        spans.push(Span {
            kind: SpanKind::Settled,
            from: day(t, settlement.start),
            until: last_day(t, settlement.end),
            text: settlement.identifier.clone(),
        });
    }
    let today = t.today();
    let reached = reaches(chain).map(|end| last_day(t, end));
    if let Some(from) = reached.and_then(|reached| reached.tomorrow().ok()).filter(|from| *from <= today) {
        spans.push(Span { kind: SpanKind::Open, from, until: today, text: t.not_settled_yet().to_owned() });
    }
    Timeline::new(t, &spans)
}
