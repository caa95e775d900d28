//! No more requests than the API bears. Its limits for reports and disbursements are not published; a burst of twenty and
//! one request a second after that stay below all that are (Amazon Pay API v2, "API throttling limits").

use std::num::NonZeroU32;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How many requests may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// So many at once.
    pub burst: NonZeroU32,
    /// After them, one in this time.
    pub interval: Duration,
}

impl Default for RateLimit {
    fn default() -> Self {
        const TWENTY: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
        Self { burst: TWENTY, interval: Duration::from_secs(1) }
    }
}

/// The requests sent so far, as the one instant at which the last of them would have been sent without a burst.
#[derive(Debug)]
pub(super) struct Pace {
    limit: RateLimit,
    next: Option<Timestamp>,
}

impl Pace {
    pub(super) fn new(limit: RateLimit) -> Self {
        Self { limit, next: None }
    }

    /// Takes the next place and says how long to wait for it.
    pub(super) fn reserve(&mut self, now: Timestamp) -> Duration {
        let interval = SignedDuration::try_from(self.limit.interval).unwrap_or(SignedDuration::MAX);
        let ahead = interval.saturating_mul(i32::try_from(self.limit.burst.get() - 1).unwrap_or(i32::MAX));
        let next = self.next.map_or(now, |next| next.max(now));
        self.next = Some(next.saturating_add(interval).unwrap_or(Timestamp::MAX));
        let wait = next.duration_since(now) - ahead;
        wait.try_into().unwrap_or(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_burst_of_twenty_one_request_a_second_passes() {
        let mut pace = Pace::new(RateLimit::default());
        let start = Timestamp::UNIX_EPOCH;
        for request in 0..20 {
            assert_eq!(pace.reserve(start), Duration::ZERO, "{request}");
        }
        assert_eq!(pace.reserve(start), Duration::from_secs(1));
        assert_eq!(pace.reserve(start), Duration::from_secs(2));
        let later = start + SignedDuration::from_secs(3);
        assert_eq!(pace.reserve(later), Duration::ZERO, "three seconds have let three requests pass");
        assert_eq!(pace.reserve(later), Duration::from_secs(1));
    }

    #[test]
    fn a_long_rest_fills_the_burst_and_no_more() {
        let mut pace = Pace::new(RateLimit { burst: NonZeroU32::MIN, interval: Duration::from_millis(250) });
        let start = Timestamp::UNIX_EPOCH;
        assert_eq!(pace.reserve(start), Duration::ZERO);
        let later = start + SignedDuration::from_hours(1);
        assert_eq!(pace.reserve(later), Duration::ZERO);
        assert_eq!(pace.reserve(later), Duration::from_millis(250));
    }
}
