//! Time and randomness, which only the edge of the program may take from the machine.

use jiff::Timestamp;

/// Where time and randomness come from: the operating system in the program, a seed in tests.
pub trait Machine: Send + Sync + std::fmt::Debug {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Fills bytes with unpredictable ones.
    fn fill(&self, bytes: &mut [u8]);
}
