use super::chance::Chance;

/// What happens on a merchant's account. Each event makes one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A new order is paid.
    Sale,
    /// A recurring agreement is charged again.
    Renewal,
    /// Something happens to an earlier payment.
    After(Sequel),
    DisputeWon,
    Adjustment,
    AuthorizationExpired,
    AuthorizationCancelled,
    AuthorizationWaived,
    UnknownKind,
    PayoutReturned,
}

/// What happens to a payment later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sequel {
    SecondCapture,
    FullRefund,
    FullRefundWithFee,
    PartialRefund,
    RefundAbovePayment,
    Chargeback,
    GuaranteeClaim,
    Dispute,
}

impl Event {
    /// Every kind of event, in an order in which each finds what it needs.
    pub(super) const ALL: [Self; 17] = [
        Self::Sale,
        Self::Renewal,
        Self::After(Sequel::SecondCapture),
        Self::After(Sequel::FullRefund),
        Self::AuthorizationExpired,
        Self::After(Sequel::PartialRefund),
        Self::After(Sequel::Dispute),
        Self::AuthorizationWaived,
        Self::After(Sequel::RefundAbovePayment),
        Self::After(Sequel::Chargeback),
        Self::DisputeWon,
        Self::After(Sequel::GuaranteeClaim),
        Self::PayoutReturned,
        Self::After(Sequel::FullRefundWithFee),
        Self::AuthorizationCancelled,
        Self::Adjustment,
        Self::UnknownKind,
    ];

    /// One event by lot: nine in ten are sales.
    pub(super) fn draw(chance: &mut Chance) -> Self {
        match chance.below(10_000) {
            0..8_600 => Self::Sale,
            8_600..8_900 => Self::Renewal,
            8_900..8_980 => Self::After(Sequel::SecondCapture),
            8_980..9_400 => Self::After(Sequel::FullRefund),
            9_400..9_500 => Self::After(Sequel::FullRefundWithFee),
            9_500..9_730 => Self::After(Sequel::PartialRefund),
            9_730..9_760 => Self::After(Sequel::RefundAbovePayment),
            9_760..9_790 => Self::After(Sequel::Chargeback),
            9_790..9_820 => Self::After(Sequel::GuaranteeClaim),
            9_820..9_845 => Self::After(Sequel::Dispute),
            9_845..9_860 => Self::DisputeWon,
            9_860..9_890 => Self::Adjustment,
            9_890..9_950 => Self::AuthorizationExpired,
            9_950..9_985 => Self::AuthorizationCancelled,
            9_985..9_998 => Self::AuthorizationWaived,
            _ => Self::UnknownKind,
        }
    }
}
