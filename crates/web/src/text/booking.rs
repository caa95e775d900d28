//! Movements, settlements, entries.

use ledger::kind::MovementKind;

use super::{Words, texts};

texts! {
    payments: "Zahlungen", "Payments";
    refunds: "Erstattungen", "Refunds";
    fees: "Gebühren", "Fees";
    payouts: "Auszahlungen", "Payouts";
    month_column: "Monat", "Month";
    money_per_month: "Geldfluss je Monat", "Money per month";
    fee_share: "Gebührenanteil", "Fee share";
    fee_share_per_month: "Gebührenanteil je Monat", "Fee share per month";
    as_figures: "Als Tabelle", "As a table";
    from: "von", "from";
    until: "bis", "until";
    state: "Zustand", "State";
    settlement: "Abrechnung", "Settlement";
    settlements_in_time: "Abrechnungen im Lauf der Zeit", "Settlements over time";
    span_settled: "abgerechnet", "settled";
    span_open: "noch offen", "still open";
    span_gap: "fehlt", "missing";

    kind_payment: "Zahlung", "Payment";
    kind_refund: "Erstattung", "Refund";
    kind_fee: "Gebühr", "Fee";
    kind_chargeback: "Rückbuchung", "Chargeback";
    kind_guarantee_claim: "A-bis-z-Garantieantrag", "A-to-z Guarantee claim";
    kind_dispute: "Streitfall", "Dispute";
    kind_adjustment: "Anpassung", "Adjustment";
    kind_reserve: "Kontorücklage", "Reserve";
    kind_carry_over: "Saldovortrag", "Carry-over";
    kind_debt: "Saldo-Rückzahlung", "Debt";
    kind_payout: "Auszahlung", "Payout";
    kind_unknown: "Klärung", "Clarification";
}

impl Words {
    /// What a kind of movement is called.
    pub fn kind(&self, kind: MovementKind) -> &'static str {
        match kind {
            MovementKind::Payment => self.kind_payment(),
            MovementKind::Refund => self.kind_refund(),
            MovementKind::Fee => self.kind_fee(),
            MovementKind::Chargeback => self.kind_chargeback(),
            MovementKind::GuaranteeClaim => self.kind_guarantee_claim(),
            MovementKind::Dispute => self.kind_dispute(),
            MovementKind::Adjustment => self.kind_adjustment(),
            MovementKind::Reserve => self.kind_reserve(),
            MovementKind::CarryOver => self.kind_carry_over(),
            MovementKind::Debt => self.kind_debt(),
            MovementKind::Payout => self.kind_payout(),
            MovementKind::Unknown => self.kind_unknown(),
        }
    }
}
