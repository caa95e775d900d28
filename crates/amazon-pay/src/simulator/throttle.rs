//! Token buckets (Amazon Pay API v2, "API throttling limits").
//!
//! Amazon names no limits for reports, schedules and disbursements; here they have one bucket of twenty together that
//! fills by one request a second.

use std::collections::HashMap;

use jiff::Timestamp;

use super::route::Operation;
use crate::key::Environment;

/// A request costs a million, so that a bucket can fill by the microsecond.
const COST: i64 = 1_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Reports,
    Charge,
    Refund,
    ChargePermission,
}

impl Kind {
    fn of(operation: Operation) -> Self {
        match operation {
            Operation::Charge => Self::Charge,
            Operation::Refund => Self::Refund,
            Operation::ChargePermission => Self::ChargePermission,
            _ => Self::Reports,
        }
    }

    /// How many requests fit in and how many come back in a second.
    fn quota(self, environment: Environment) -> (i64, i64) {
        match (self, environment) {
            (Self::Reports, _) => (20, 1),
            (_, Environment::Live) => (20, 4),
            (Self::ChargePermission, Environment::Sandbox) => (10, 1),
            (Self::Charge | Self::Refund, Environment::Sandbox) => (5, 1),
        }
    }
}

#[derive(Debug)]
struct Bucket {
    content: i64,
    filled: Timestamp,
}

/// The buckets of the merchant.
#[derive(Debug, Default)]
pub(super) struct Buckets(HashMap<(Environment, Kind), Bucket>);

impl Buckets {
    /// Whether one more request may pass now.
    pub(super) fn take(&mut self, environment: Environment, operation: Operation, now: Timestamp) -> bool {
        let kind = Kind::of(operation);
        let (size, per_second) = kind.quota(environment);
        let full = size * COST;
        let bucket = self.0.entry((environment, kind)).or_insert(Bucket { content: full, filled: now });
        let elapsed = now.as_microsecond().saturating_sub(bucket.filled.as_microsecond()).max(0);
        bucket.content = bucket.content.saturating_add(elapsed.saturating_mul(per_second)).min(full);
        bucket.filled = bucket.filled.max(now);
        let passes = bucket.content >= COST;
        if passes {
            bucket.content -= COST;
        }
        passes
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn passed(buckets: &mut Buckets, environment: Environment, operation: Operation, now: Timestamp) -> u32 {
        (0..1_000).take_while(|_| buckets.take(environment, operation, now)).count().try_into().unwrap()
    }

    #[test]
    fn a_bucket_empties_and_fills_by_its_rate() {
        let mut buckets = Buckets::default();
        let start = Timestamp::UNIX_EPOCH;
        assert_eq!(passed(&mut buckets, Environment::Live, Operation::Reports, start), 20);
        assert_eq!(
            passed(&mut buckets, Environment::Live, Operation::Document, start),
            0,
            "one bucket for all reports"
        );
        assert_eq!(passed(&mut buckets, Environment::Sandbox, Operation::Reports, start), 20);
        assert_eq!(passed(&mut buckets, Environment::Live, Operation::Charge, start), 20);
        let later = start + SignedDuration::from_millis(2_500);
        assert_eq!(passed(&mut buckets, Environment::Live, Operation::Reports, later), 2);
        assert_eq!(passed(&mut buckets, Environment::Live, Operation::Charge, later), 10);
        let much_later = later + SignedDuration::from_hours(1);
        assert_eq!(passed(&mut buckets, Environment::Live, Operation::Reports, much_later), 20);
    }

    #[test]
    fn a_clock_that_goes_back_fills_nothing() {
        let mut buckets = Buckets::default();
        let start = Timestamp::UNIX_EPOCH;
        assert_eq!(passed(&mut buckets, Environment::Sandbox, Operation::Charge, start), 5);
        assert!(!buckets.take(Environment::Sandbox, Operation::Charge, start - SignedDuration::from_secs(9)));
        assert_eq!(
            passed(
                &mut buckets,
                Environment::Sandbox,
                Operation::Charge,
                start + SignedDuration::from_secs(1)
            ),
            1
        );
    }
}
