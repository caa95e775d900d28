//! What is tried again, how often and after which pause.

use std::num::NonZeroU32;
use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use reqwest::StatusCode;

/// How often and how long a request is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// So many attempts in all.
    pub attempts: NonZeroU32,
    /// The pause after the first; it doubles with each, and a random part of up to one half is taken off.
    pub first_pause: Duration,
    /// No pause is longer, but for one that the server asks for.
    pub longest_pause: Duration,
    /// No attempt begins later than this after the first.
    pub total: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        const SIX: NonZeroU32 = NonZeroU32::MIN.saturating_add(5);
        Self {
            attempts: SIX,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(30),
            total: Duration::from_mins(2),
        }
    }
}

impl RetryPolicy {
    /// The pause after attempt number `attempt` (from 1).
    pub(super) fn pause(&self, attempt: u32, rng: &mut dyn Rng) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let longest = self.first_pause.saturating_mul(doubled).min(self.longest_pause);
        longest * (500 + rng.next_u32() % 501) / 1000
    }
}

/// May the same request have another answer a little later?
pub(super) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429) || status.is_server_error()
}

/// The pause that a `Retry-After` header asks for, in seconds or as a date (RFC 9110, 10.2.3).
pub(super) fn asked_pause(retry_after: &str, now: Timestamp) -> Option<Duration> {
    let retry_after = retry_after.trim();
    if let Ok(seconds) = retry_after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(retry_after)?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// A date as HTTP writes it: `Wed, 21 Oct 2015 07:28:00 GMT` (RFC 9110, 5.6.7).
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    const PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(text.trim()).ok()
}

/// How much later `now` is than `then`.
pub(super) fn elapsed(then: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(then).max(SignedDuration::ZERO)).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::SmallRng;

    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_lose_at_most_one_half() {
        let policy = RetryPolicy::default();
        let mut rng = SmallRng::seed_from_u64(1);
        for (attempt, seconds) in [(1, 1), (2, 2), (3, 4), (6, 30), (1000, 30)] {
            let whole = Duration::from_secs(seconds);
            let pause = policy.pause(attempt, &mut rng);
            assert!(pause >= whole / 2 && pause <= whole, "{attempt}: {pause:?}");
        }
    }

    #[test]
    fn the_server_may_ask_for_a_pause_in_seconds_or_until_a_date() {
        let now: Timestamp = "2015-10-21T07:27:30Z".parse().unwrap();
        assert_eq!(asked_pause(" 7 ", now), Some(Duration::from_secs(7)));
        assert_eq!(asked_pause("Wed, 21 Oct 2015 07:28:00 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(asked_pause("Wed, 21 Oct 2015 07:27:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(asked_pause("soon", now), None);
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for (status, passing) in
            [(200, false), (400, false), (403, false), (408, true), (425, true), (429, true)]
        {
            assert_eq!(is_passing(StatusCode::from_u16(status).unwrap()), passing, "{status}");
        }
        assert!(is_passing(StatusCode::INTERNAL_SERVER_ERROR) && is_passing(StatusCode::SERVICE_UNAVAILABLE));
    }
}
