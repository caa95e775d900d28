//! Identifiers by lot from a seed, in the alphabets that Amazon's have.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Base 32 (RFC 4648), of which key ids are made.
const UPPER: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEXADECIMAL: &[u8; 16] = b"0123456789abcdef";
const DIGITS: &[u8; 10] = b"0123456789";

/// Draws letters; the same seed gives the same ones.
#[derive(Debug)]
pub(super) struct Letters(ChaCha8Rng);

impl Letters {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `limit`; 0 where the limit is 0.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        let scaled = (u128::from(self.0.next_u64()) * u128::from(limit)) >> 64;
        u64::try_from(scaled).unwrap_or(0)
    }

    pub(super) fn upper(&mut self, count: usize) -> String {
        self.draw(UPPER, count)
    }

    pub(super) fn hexadecimal(&mut self, count: usize) -> String {
        self.draw(HEXADECIMAL, count)
    }

    pub(super) fn digits(&mut self, count: usize) -> String {
        self.draw(DIGITS, count)
    }

    fn draw(&mut self, alphabet: &[u8], count: usize) -> String {
        let length = u64::try_from(alphabet.len()).unwrap_or(0);
        let mut letter = || {
            let place = usize::try_from(self.below(length)).unwrap_or(0);
            alphabet.get(place).map_or('A', |letter| char::from(*letter))
        };
        (0..count).map(|_| letter()).collect()
    }
}
