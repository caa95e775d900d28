/// Hands out identifiers in the shapes that Amazon Pay uses. No charge permission repeats: each is its number in
/// the sequence, spread over all values of its length by a factor that shares no divisor with 10.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    next: u64,
    offset: u64,
    live: bool,
}

const FACTOR: u128 = 6_364_136_223_846_793_003;

impl Numbers {
    /// `offset` tells two sequences apart; ids of the sandbox begin with `S` instead of `P`.
    pub(super) fn new(offset: u64, live: bool) -> Self {
        Self { next: 1, offset, live }
    }

    fn spread(&mut self, modulus: u64) -> u64 {
        let number = u128::from(self.next) * FACTOR + u128::from(self.offset);
        self.next += 1;
        u64::try_from(number % u128::from(modulus)).unwrap_or(0)
    }

    /// The charge permission of one order, `P02-…`, or of a recurring agreement, `B02-…`.
    pub(super) fn order_reference(&mut self, recurring: bool) -> String {
        let prefix = match (recurring, self.live) {
            (true, _) => 'B',
            (false, true) => 'P',
            (false, false) => 'S',
        };
        let number = self.spread(100_000_000_000_000);
        format!("{prefix}02-{:07}-{:07}", number / 10_000_000, number % 10_000_000)
    }

    /// A charge (`C`), refund (`R`) or authorisation (`A`) under a charge permission.
    pub(super) fn transaction(&mut self, order_reference: &str, letter: char) -> String {
        format!("{order_reference}-{letter}{:06}", self.spread(1_000_000))
    }

    /// The reference that Amazon makes up where the merchant gave none: nineteen digits.
    pub(super) fn seller_reference(&mut self) -> String {
        format!("8{:018}", self.spread(1_000_000_000_000_000_000))
    }

    /// The text by which a bank statement names a payout.
    pub(super) fn bank_reference(&mut self) -> String {
        format!("AMZPAY{:010}", self.spread(10_000_000_000))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Numbers;

    #[test]
    fn identifiers_have_their_shapes_and_never_repeat() {
        let mut numbers = Numbers::new(42, true);
        let order = numbers.order_reference(false);
        assert_eq!((order.len(), &order[..4], &order[11..12]), (19, "P02-", "-"));
        assert_eq!(numbers.order_reference(true).get(..4), Some("B02-"));
        assert_eq!(Numbers::new(42, false).order_reference(false).get(..4), Some("S02-"));
        let charge = numbers.transaction(&order, 'C');
        assert_eq!((charge.len(), charge.get(..21)), (27, Some(format!("{order}-C").as_str())));
        let drawn: HashSet<_> = (0..100_000).map(|_| numbers.order_reference(false)).collect();
        assert_eq!(drawn.len(), 100_000);
    }
}
