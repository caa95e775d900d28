use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::client::Clock;

/// The real time, by which signatures, addresses of documents and throttling are judged.
#[derive(Clone)]
pub(super) struct RealTime(Arc<dyn Clock>);

impl RealTime {
    pub(super) fn new(clock: impl Clock) -> Self {
        Self(Arc::new(clock))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.0.now()
    }

    pub(super) async fn sleep(&self, duration: Duration) {
        self.0.sleep(duration).await;
    }
}

impl fmt::Debug for RealTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RealTime({})", self.now())
    }
}
