//! How the application reaches other machines: with which clock it waits for them, and how patient it is.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use amazon_pay::client::{Clock, RateLimit, RetryPolicy};
use jiff::Timestamp;
use store::Machine;

use crate::mail::Mailer;

/// How other machines are reached. Cheap to clone.
#[derive(Clone)]
pub struct Outside {
    clock: Arc<dyn Clock>,
    /// How many requests a connection sends at most; none lifts the limit, for the simulator.
    pub rate_limit: Option<RateLimit>,
    /// How often and how long a request is tried.
    pub retry: RetryPolicy,
    /// The mail server, where the house has one.
    pub mail: Option<Mailer>,
    /// The folder in which clients may have folders for their batches, where the operator named one.
    pub deliveries: Option<PathBuf>,
    /// May a connection name another host than Amazon's? Only where a simulator is at hand: demo and tests.
    pub other_endpoints: bool,
}

impl Outside {
    /// With the time of a machine, waiting by the runtime's timer.
    pub fn of(machine: Arc<dyn Machine>) -> Self {
        Self::with_clock(Arc::new(MachineClock(machine)))
    }

    /// With a clock of one's own, that of a test for instance.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            rate_limit: Some(RateLimit::default()),
            retry: RetryPolicy::default(),
            mail: None,
            deliveries: None,
            other_endpoints: false,
        }
    }

    /// The clock.
    pub fn clock(&self) -> SharedClock {
        SharedClock(Arc::clone(&self.clock))
    }
}

impl std::fmt::Debug for Outside {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Outside")
            .field("rate_limit", &self.rate_limit)
            .field("other_endpoints", &self.other_endpoints)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct MachineClock(Arc<dyn Machine>);

impl Clock for MachineClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// A clock that several use.
#[derive(Clone)]
pub struct SharedClock(Arc<dyn Clock>);

impl Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.sleep(duration)
    }
}
