//! Figures, dates and amounts as people write them in each language.

mod agent;
mod date;
mod money;
mod number;

pub use agent::browser;

/// A space at which a line never breaks: between figure and unit.
pub(crate) const NO_BREAK: char = '\u{a0}';

/// The real minus sign, as wide as a plus.
pub(crate) const MINUS: &str = "\u{2212}";

/// A value that a template hands over by itself or behind references, as it comes out of fields and loops.
pub trait Given<T> {
    /// The value.
    fn given(self) -> T;
}

impl<T: Copy> Given<T> for T {
    fn given(self) -> T {
        self
    }
}

impl<T: Copy> Given<T> for &T {
    fn given(self) -> T {
        *self
    }
}

impl<T: Copy> Given<T> for &&T {
    fn given(self) -> T {
        **self
    }
}
