//! Time and randomness of the real machine, which only the edge may ask for.

use aws_lc_rs::rand;
use jiff::Timestamp;
use store::Machine;

/// The clock of the machine and the random bytes of the cryptographic library.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemMachine;

impl Machine for SystemMachine {
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Without randomness nothing is safe, and going on would be worse.
    fn fill(&self, bytes: &mut [u8]) {
        assert!(rand::fill(bytes).is_ok(), "the machine gives no random bytes");
    }
}
