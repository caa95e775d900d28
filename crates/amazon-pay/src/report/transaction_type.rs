/// The kind of a settlement row (Amazon Pay developer documentation, "Settlement reports", TransactionType).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum TransactionType {
    /// A payment was captured.
    Capture,
    /// A captured payment was refunded.
    Refund,
    /// The buyer's bank took a payment back.
    Chargeback,
    /// A claim under the A-to-z guarantee was debited. It appears under two names.
    GuaranteeClaim,
    /// A dispute was opened or decided.
    Dispute,
    /// The fee for an authorisation that was never captured.
    Authorization,
    /// A correction.
    Adjustment,
    /// Taken from the merchant, because the balance did not cover what was due.
    Debt,
    /// A balance that moves on to the next settlement.
    Carryover,
    /// Money held back, or let go of.
    Reserve,
    /// Money sent to the merchant's bank.
    Transfer,
    /// A kind that the documentation does not name; the row still counts.
    #[default]
    Unknown,
}

/// The names in the file, compared without regard to case and to spaces around them.
const NAMES: [(&str, TransactionType); 12] = [
    ("Capture", TransactionType::Capture),
    ("Refund", TransactionType::Refund),
    ("Authorization", TransactionType::Authorization),
    ("Chargeback", TransactionType::Chargeback),
    ("A-to-z Guarantee", TransactionType::GuaranteeClaim),
    ("A-to-z Guarantee Claim", TransactionType::GuaranteeClaim),
    ("Dispute", TransactionType::Dispute),
    ("Adjustment", TransactionType::Adjustment),
    ("Debt", TransactionType::Debt),
    ("Carryover", TransactionType::Carryover),
    ("Reserve", TransactionType::Reserve),
    ("Transfer", TransactionType::Transfer),
];

impl TransactionType {
    /// Reads the text of the column; what has no name here is [`Unknown`](Self::Unknown).
    pub fn from_text(text: &str) -> Self {
        let text = text.trim();
        let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        named.map_or(Self::Unknown, |(_, kind)| *kind)
    }

    /// The name as a report writes it; `Unknown` has none and gives an empty text.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, TransactionType};

    #[test]
    fn names_are_read_in_any_case_and_with_spaces_around() {
        for (name, kind) in NAMES {
            assert_eq!(TransactionType::from_text(name), kind);
            assert_eq!(TransactionType::from_text(&format!(" {} ", name.to_uppercase())), kind);
        }
        assert_eq!(TransactionType::from_text("A-to-Z guarantee claim"), TransactionType::GuaranteeClaim);
    }

    #[test]
    fn other_names_are_unknown() {
        for name in ["", "Guarantee Claim", "ChargebackReversalFee", "Captured", "Transfer."] {
            assert_eq!(TransactionType::from_text(name), TransactionType::Unknown, "{name}");
        }
    }

    #[test]
    fn a_kind_is_written_by_its_first_name() {
        assert_eq!(TransactionType::GuaranteeClaim.name(), "A-to-z Guarantee");
        assert_eq!(TransactionType::Unknown.name(), "");
    }
}
