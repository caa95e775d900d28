/// What Amazon Pay charges, in minor units of the merchant's currency; all figures positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fees {
    /// Of every captured amount, in hundredths of a percent.
    pub hundredths_of_percent: u16,
    /// For every capture.
    pub fixed: i64,
    /// For an authorisation that expires or is cancelled.
    pub authorization: i64,
    /// For a chargeback.
    pub chargeback: i64,
}

impl Fees {
    /// The lowest band of the published European schedule (Amazon Pay help, "Fees"): 1.9 % and 0.35 for each
    /// authorisation; 14.00 for a chargeback.
    pub const EUROPE: Self =
        Self { hundredths_of_percent: 190, fixed: 35, authorization: 35, chargeback: 1400 };

    /// The percentage fee on an amount, rounded half away from zero, with the sign of the amount.
    pub fn percentage_of(&self, amount: i64) -> i64 {
        share(amount, i64::from(self.hundredths_of_percent), 10_000)
    }
}

/// `amount × part ÷ whole`, rounded half away from zero; 0 where there is no whole.
pub(super) fn share(amount: i64, part: i64, whole: i64) -> i64 {
    let (product, whole) = (i128::from(amount) * i128::from(part), i128::from(whole));
    let half = whole.abs() / 2 * product.signum();
    let quotient = (product + half).checked_div(whole).unwrap_or(0);
    i64::try_from(quotient).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Fees, share};

    #[test]
    fn the_european_fee_is_rounded_to_the_cent() {
        for (amount, fee) in [(11900, 226), (5950, 113), (23800, 452), (10000, 190), (0, 0), (-11900, -226)] {
            assert_eq!(Fees::EUROPE.percentage_of(amount), fee);
        }
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!((share(5, 1, 0), share(5, 1, 2), share(-5, 1, 2), share(5, 1, -2)), (0, 3, -3, -3));
    }
}
