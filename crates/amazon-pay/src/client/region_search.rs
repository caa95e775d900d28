//! Where a key works: no key id names its region, so the three are tried.

use std::fmt;
use std::sync::Arc;

use super::{Client, ConfigurationError, ConnectionFailure, Error, Inner, RefusalCause, Region};

/// The key works in no region.
#[derive(Debug, thiserror::Error)]
pub struct NoRegion {
    /// What each region said, the one that says most about the cause first. There is at least one.
    pub first: RegionFailure,
    /// The others.
    pub others: Vec<RegionFailure>,
}

/// What one region said.
#[derive(Debug)]
pub struct RegionFailure {
    /// The region.
    pub region: Region,
    /// Why the key does not work there.
    pub error: Error,
}

/// The failure that says most, with its region.
impl fmt::Display for NoRegion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the key works in no region; {} said: {}", self.first.region, self.first.error)
    }
}

impl Client {
    /// The same client in another region: same key, limits and settings. With an
    /// [endpoint](super::ClientBuilder::endpoint) of one's own only the region's name changes.
    ///
    /// # Errors
    /// [`ConfigurationError::Endpoint`], which no known region causes.
    pub fn in_region(&self, region: Region) -> Result<Self, ConfigurationError> {
        let inner = Inner { endpoint: self.inner.endpoint.in_region(region)?, ..(*self.inner).clone() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Finds the region in which the key works: this client's own is tried first, then the others, each by
    /// [`check`](Self::check). Gives a client for that region. What cannot depend on the region, such as a clock that runs
    /// ahead, ends the search.
    ///
    /// # Errors
    /// [`NoRegion`], with what each of them said.
    pub async fn find_region(&self) -> Result<Self, NoRegion> {
        let own = self.region();
        let mut failed = match self.check().await {
            Ok(()) => return Ok(self.clone()),
            Err(error) => NoRegion { first: RegionFailure { region: own, error }, others: Vec::new() },
        };
        for region in Region::ALL.into_iter().filter(|region| *region != own) {
            if concerns_all_regions(&failed.first.error) {
                break;
            }
            // A known region has an address, so there is a client for it.
            let Ok(there) = self.in_region(region) else { continue };
            match there.check().await {
                Ok(()) => return Ok(there),
                Err(error) => failed.add(RegionFailure { region, error }),
            }
        }
        Err(failed)
    }
}

impl NoRegion {
    /// Takes note of one more; of two that say as much, the earlier stays in front.
    fn add(&mut self, mut failure: RegionFailure) {
        if weight(&failure.error) > weight(&self.first.error) {
            std::mem::swap(&mut self.first, &mut failure);
        }
        self.others.push(failure);
    }
}

/// How much a failure says about why the key does not work. That a signature is wrong can be said only by who knows the key.
fn weight(error: &Error) -> u8 {
    let Some(refusal) = error.refusal() else {
        return u8::from(!matches!(error, Error::NotReached { .. }));
    };
    match refusal.cause {
        RefusalCause::ClockAhead { .. } | RefusalCause::ClockBehind { .. } => 7,
        RefusalCause::WrongSignature => 6,
        RefusalCause::AccountStatus => 5,
        RefusalCause::NotAuthorized => 4,
        RefusalCause::TooManyRequests | RefusalCause::Server => 3,
        _ => 2,
    }
}

/// Whether it would be the same everywhere.
fn concerns_all_regions(error: &Error) -> bool {
    let of_clock = error.refusal().is_some_and(|refusal| {
        matches!(refusal.cause, RefusalCause::ClockAhead { .. } | RefusalCause::ClockBehind { .. })
    });
    of_clock || matches!(error, Error::NotReached { cause: ConnectionFailure::Certificate, .. })
}
