//! An axis whose lines stand at round values.

/// An axis from nothing to at least the largest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    step: u64,
    steps: u64,
    length: u64,
}

impl Scale {
    /// An axis of `length` units with at most five round steps of 1, 2 or 5 times a power of ten.
    pub(super) fn new(largest: u64, length: u64) -> Self {
        let mut step = 1_u64;
        let mut factors = [2_u64, 5, 2].iter().cycle();
        // 1, 2, 5, 10, 20, 50 …: from 2 to 5 is two and a half times.
        while largest.div_ceil(step) > 5 {
            step = match factors.next() {
                Some(5) => (step / 2).saturating_mul(5),
                _ => step.saturating_mul(2),
            };
        }
        Self { step, steps: largest.div_ceil(step).max(1), length }
    }

    /// How long a value is.
    pub(super) fn length(self, value: u64) -> u64 {
        let whole = u128::from(value) * u128::from(self.length) / u128::from(self.top());
        u64::try_from(whole).unwrap_or(self.length)
    }

    /// The values of the lines, from nothing upwards.
    pub(super) fn lines(self) -> impl Iterator<Item = u64> {
        (0..=self.steps).map(move |number| number * self.step)
    }

    fn top(self) -> u64 {
        self.step.saturating_mul(self.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_at_round_values() {
        let lines = |largest| Scale::new(largest, 100).lines().collect::<Vec<_>>();
        assert_eq!(lines(6_100_000), [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000]);
        assert_eq!(lines(240), [0, 50, 100, 150, 200, 250]);
        assert_eq!(lines(9), [0, 2, 4, 6, 8, 10]);
        assert_eq!(lines(0), [0, 1]);
    }

    #[test]
    fn the_largest_value_fits() {
        for largest in [1, 7, 99, 12_345, u64::MAX / 2] {
            let scale = Scale::new(largest, 200);
            assert!(scale.length(largest) <= 200, "{largest}");
            assert_eq!(scale.length(0), 0);
        }
    }
}
