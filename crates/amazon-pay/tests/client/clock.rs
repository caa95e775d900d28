//! A clock that a test sets, on which waiting takes no time.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use amazon_pay::client::Clock;
use jiff::{SignedDuration, Timestamp};

#[derive(Clone)]
pub(crate) struct TestClock(Arc<Mutex<(Timestamp, Vec<Duration>)>>);

impl TestClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(("2026-11-23T06:14:26Z".parse().unwrap(), Vec::new()))))
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.0.lock().unwrap().0 += SignedDuration::from_secs(seconds);
    }

    /// Every pause so far, in order.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.0.lock().unwrap().1.clone()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().0
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut time = self.0.lock().unwrap();
        time.0 += SignedDuration::try_from(duration).unwrap();
        time.1.push(duration);
        Box::pin(std::future::ready(()))
    }
}
