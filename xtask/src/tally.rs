//! Adds up the closing lines of many test runs.

/// How many tests passed and failed, over all runs seen so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    /// Takes one line of a test run's output; every line but `test result: …` is passed over.
    pub(crate) fn see(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        // "ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s"
        for part in counts.split([';', '.']) {
            match part.trim().split_once(' ') {
                Some((count, "passed")) => self.passed += count.parse().unwrap_or(0),
                Some((count, "failed")) => self.failed += count.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_all_runs_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "test tests::one ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s",
        ] {
            tally.see(line);
        }
        assert_eq!(tally, Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn other_lines_count_nothing() {
        let mut tally = Tally::default();
        tally.see("5 passed; 3 failed");
        tally.see("");
        assert_eq!(tally, Tally::default());
    }
}
