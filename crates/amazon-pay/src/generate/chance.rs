use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Draws by lot from a seed. Only whole 64-bit words are drawn and scaled here, so that no change in a
/// library's way of scaling can change a generated file.
#[derive(Debug, Clone)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `limit`; 0 where the limit is 0.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        let scaled = (u128::from(self.0.next_u64()) * u128::from(limit)) >> 64;
        u64::try_from(scaled).unwrap_or(0)
    }

    /// The same for amounts and times; 0 where the limit is below 1.
    pub(super) fn up_to(&mut self, limit: i64) -> i64 {
        let drawn = self.below(u64::try_from(limit).unwrap_or(0));
        i64::try_from(drawn).unwrap_or(0)
    }

    /// Whether an event of that many percent happens.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several; `None` of none.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let place = self.place(choices.len());
        choices.get(place)
    }

    /// A place in a list of that length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let drawn = self.below(u64::try_from(length).unwrap_or(u64::MAX));
        usize::try_from(drawn).unwrap_or(0)
    }
}
