//! What a movement is, and the purposes for which accounts are set.

/// The kind of a movement, in words that no provider owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementKind {
    /// Zahlung: a customer paid.
    Payment,
    /// Erstattung: money given back to a customer.
    Refund,
    /// Gebühr: a row that is nothing but a fee (an authorisation that was never captured).
    Fee,
    /// Rückbuchung: the customer's bank took the money back.
    Chargeback,
    /// A-bis-z-Garantieantrag: the provider took the money back for the customer.
    GuaranteeClaim,
    /// Streitfall: money held or released while a dispute lasts.
    Dispute,
    /// Anpassung: a correction by the provider.
    Adjustment,
    /// Kontorücklage: a part of the balance held back or released.
    Reserve,
    /// Saldovortrag: the balance moves into the next settlement.
    CarryOver,
    /// Saldo-Rückzahlung: the provider charges the merchant for a negative balance.
    Debt,
    /// Auszahlung: money sent to the merchant's bank.
    Payout,
    /// Klärung: a kind that the reader does not know.
    Unknown,
}

/// Which sign the gross amount of a kind usually has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsualSign {
    /// Money onto the provider account.
    Positive,
    /// Money off the provider account.
    Negative,
    /// Both are ordinary.
    Either,
}

impl MovementKind {
    /// All kinds, in the order in which reports list them.
    pub const ALL: [Self; 12] = [
        Self::Payment,
        Self::Refund,
        Self::Fee,
        Self::Chargeback,
        Self::GuaranteeClaim,
        Self::Dispute,
        Self::Adjustment,
        Self::Reserve,
        Self::CarryOver,
        Self::Debt,
        Self::Payout,
        Self::Unknown,
    ];

    /// The kind of a [`Self::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The place in [`Self::ALL`].
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Payment => 0,
            Self::Refund => 1,
            Self::Fee => 2,
            Self::Chargeback => 3,
            Self::GuaranteeClaim => 4,
            Self::Dispute => 5,
            Self::Adjustment => 6,
            Self::Reserve => 7,
            Self::CarryOver => 8,
            Self::Debt => 9,
            Self::Payout => 10,
            Self::Unknown => 11,
        }
    }

    /// The sign that needs no explanation; the other one is booked all the same and named in a finding.
    pub fn usual_sign(self) -> UsualSign {
        match self {
            Self::Payment | Self::Debt => UsualSign::Positive,
            Self::Refund | Self::Fee | Self::Chargeback | Self::GuaranteeClaim | Self::Payout => {
                UsualSign::Negative
            }
            Self::Dispute | Self::Adjustment | Self::Reserve | Self::CarryOver | Self::Unknown => {
                UsualSign::Either
            }
        }
    }

    /// Does the movement belong to a customer's order, so that its contra account is the debtor's (or the revenue's)?
    pub fn concerns_customer(self) -> bool {
        matches!(self, Self::Payment | Self::Refund | Self::Chargeback | Self::GuaranteeClaim | Self::Dispute)
    }

    /// The name in proofs and programs' output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Fee => "fee",
            Self::Chargeback => "chargeback",
            Self::GuaranteeClaim => "guarantee-claim",
            Self::Dispute => "dispute",
            Self::Adjustment => "adjustment",
            Self::Reserve => "reserve",
            Self::CarryOver => "carry-over",
            Self::Debt => "debt",
            Self::Payout => "payout",
            Self::Unknown => "unknown",
        }
    }

    /// The German label.
    pub fn german(self) -> &'static str {
        match self {
            Self::Payment => "Zahlung",
            Self::Refund => "Erstattung",
            Self::Fee => "Gebühr",
            Self::Chargeback => "Rückbuchung",
            Self::GuaranteeClaim => "A-bis-z-Garantieantrag",
            Self::Dispute => "Streitfall",
            Self::Adjustment => "Anpassung",
            Self::Reserve => "Kontorücklage",
            Self::CarryOver => "Saldovortrag",
            Self::Debt => "Saldo-Rückzahlung",
            Self::Payout => "Auszahlung",
            Self::Unknown => "Klärung",
        }
    }
}

/// What a fee is charged for; each kind can have an account and a key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeeKind {
    /// The percentage of a payment.
    Processing,
    /// The fixed part per payment.
    Fixed,
    /// For an authorisation that was never captured.
    Authorisation,
    /// For a chargeback.
    Chargeback,
    /// On any other row.
    Other,
}

impl FeeKind {
    /// All kinds of fee.
    pub const ALL: [Self; 5] =
        [Self::Processing, Self::Fixed, Self::Authorisation, Self::Chargeback, Self::Other];

    /// The kind of a [`Self::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The place in [`Self::ALL`].
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Processing => 0,
            Self::Fixed => 1,
            Self::Authorisation => 2,
            Self::Chargeback => 3,
            Self::Other => 4,
        }
    }

    /// The name in proofs and programs' output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Fixed => "fixed",
            Self::Authorisation => "authorisation",
            Self::Chargeback => "chargeback",
            Self::Other => "other",
        }
    }

    /// The German label.
    pub fn german(self) -> &'static str {
        match self {
            Self::Processing => "Gebühr",
            Self::Fixed => "Gebühr fest",
            Self::Authorisation => "Gebühr Autorisierung",
            Self::Chargeback => "Gebühr Rückbuchung",
            Self::Other => "Gebühr sonstige",
        }
    }
}

/// For what an account is set: one contra account for each kind of movement and fee, and the provider account itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// P, the fictitious bank account of the provider: field 7 of every posting.
    Provider,
    /// The contra account of a kind of movement.
    Contra(MovementKind),
    /// The contra account of a kind of fee.
    Fee(FeeKind),
}

impl Purpose {
    /// Every purpose that can have an account. A carry-over makes no entry and a row of pure fee is posted as such.
    pub const ALL: [Self; 16] = [
        Self::Provider,
        Self::Contra(MovementKind::Payment),
        Self::Contra(MovementKind::Refund),
        Self::Contra(MovementKind::Chargeback),
        Self::Contra(MovementKind::GuaranteeClaim),
        Self::Contra(MovementKind::Dispute),
        Self::Contra(MovementKind::Adjustment),
        Self::Contra(MovementKind::Unknown),
        Self::Contra(MovementKind::Payout),
        Self::Contra(MovementKind::Debt),
        Self::Contra(MovementKind::Reserve),
        Self::Fee(FeeKind::Processing),
        Self::Fee(FeeKind::Fixed),
        Self::Fee(FeeKind::Authorisation),
        Self::Fee(FeeKind::Chargeback),
        Self::Fee(FeeKind::Other),
    ];

    /// How many places [`Self::index`] tells apart.
    pub(crate) const COUNT: usize = 1 + MovementKind::ALL.len() + FeeKind::ALL.len();

    /// A place in a table of all purposes.
    pub(crate) fn index(self) -> usize {
        match self {
            Self::Provider => 0,
            Self::Contra(kind) => 1 + kind.index(),
            Self::Fee(kind) => 1 + MovementKind::ALL.len() + kind.index(),
        }
    }

    /// Does a customer stand behind this account (debtor, revenue, receivables)?
    pub fn concerns_customer(self) -> bool {
        matches!(self, Self::Contra(kind) if kind.concerns_customer())
    }

    /// The name that the configuration uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Contra(kind) => kind.name(),
            Self::Fee(FeeKind::Processing) => "fee-processing",
            Self::Fee(FeeKind::Fixed) => "fee-fixed",
            Self::Fee(FeeKind::Authorisation) => "fee-authorisation",
            Self::Fee(FeeKind::Chargeback) => "fee-chargeback",
            Self::Fee(FeeKind::Other) => "fee-other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_purpose_has_a_place_of_its_own() {
        assert!(MovementKind::ALL.iter().enumerate().all(|(place, kind)| kind.index() == place));
        assert!(FeeKind::ALL.iter().enumerate().all(|(place, kind)| kind.index() == place));
        let mut places: Vec<_> = Purpose::ALL.into_iter().map(Purpose::index).collect();
        assert!(places.iter().all(|place| *place < Purpose::COUNT));
        places.dedup();
        assert_eq!(places.len(), Purpose::ALL.len());
    }

    #[test]
    fn a_purpose_covers_what_its_kind_says() {
        let customers: Vec<_> = Purpose::ALL
            .into_iter()
            .filter(|purpose| purpose.concerns_customer())
            .map(Purpose::name)
            .collect();
        assert_eq!(customers, ["payment", "refund", "chargeback", "guarantee-claim", "dispute"]);
    }
}
