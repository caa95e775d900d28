//! Carry-overs stand twice: leaving one settlement and entering the next. What stands once is named.

/// The carry-over rows of the chain so far, in minor units of one currency.
#[derive(Clone, Debug, Default)]
pub(super) struct CarryOvers {
    /// Rows of the settlement before that have not yet found their other side.
    open: Vec<i64>,
}

impl CarryOvers {
    /// Follows the next settlement: `rows` are its carry-overs. Gives back those of the one before that stay one-sided.
    pub(super) fn follow(&mut self, rows: &[i64]) -> Vec<i64> {
        let mut leaving = rows.to_vec();
        let mut one_sided = Vec::new();
        for open in self.open.drain(..) {
            match leaving.iter().position(|row| open.checked_neg() == Some(*row)) {
                Some(place) => {
                    leaving.swap_remove(place);
                }
                None => one_sided.push(open),
            }
        }
        self.open = leaving;
        one_sided
    }

    /// Takes out an open row of exactly this amount: it has entered, and its other side is missing.
    pub(super) fn open_row(&mut self, minor: i64) -> Option<i64> {
        let place = self.open.iter().position(|row| *row == minor && minor != 0)?;
        Some(self.open.swap_remove(place))
    }

    /// Takes out the open rows that cannot leave the settlement: money that leaves has the other sign than what is
    /// left without it. They have entered from somewhere before.
    pub(super) fn entered(&mut self, owed: i64) -> Vec<i64> {
        let (leaving, entered): (Vec<i64>, Vec<i64>) = self
            .open
            .drain(..)
            .partition(|row| owed.checked_sub(*row).is_some_and(|rest| rest.signum() == -row.signum()));
        self.open = leaving;
        entered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_meet_in_the_next_settlement() {
        let mut chain = CarryOvers::default();
        assert!(chain.follow(&[-8794]).is_empty());
        assert!(chain.follow(&[8794]).is_empty());
        assert!(chain.follow(&[]).is_empty());
    }

    #[test]
    fn what_only_leaves_or_only_enters_is_named() {
        let mut chain = CarryOvers::default();
        assert!(chain.follow(&[-8794]).is_empty());
        assert_eq!(chain.follow(&[]), [-8794]);
        assert!(chain.follow(&[500]).is_empty());
        assert_eq!(chain.entered(9000), [500], "with 85.00 left besides, 5.00 cannot have left");
    }

    #[test]
    fn what_leaves_has_the_other_sign_than_the_rest() {
        let mut chain = CarryOvers::default();
        chain.follow(&[-8794]);
        assert!(chain.entered(0).is_empty(), "87.94 besides, all of it carried over");
    }
}
