//! Time and randomness of a test: a clock that a test moves, and bytes from a seed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use store::Machine;

/// A machine whose clock stands until a test moves it, and whose randomness comes from a seed.
#[derive(Debug)]
pub struct TestMachine {
    state: Mutex<(Timestamp, ChaCha8Rng)>,
}

impl TestMachine {
    /// A clock that shows an instant.
    pub fn new(now: Timestamp, seed: u64) -> Self {
        Self { state: Mutex::new((now, ChaCha8Rng::seed_from_u64(seed))) }
    }

    /// Moves the clock; backwards too, as real ones do.
    pub fn advance(&self, by: SignedDuration) {
        let mut state = self.state();
        state.0 += by;
    }

    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.state().0 = now;
    }

    fn state(&self) -> MutexGuard<'_, (Timestamp, ChaCha8Rng)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Machine for TestMachine {
    fn now(&self) -> Timestamp {
        self.state().0
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.state().1.fill_bytes(bytes);
    }
}
