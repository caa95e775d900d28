//! Proposals: a new client's settings for a chart, to be looked at and confirmed once.

use ledger::account::AccountLength;
use ledger::chart::Chart;
use ledger::kind::{FeeKind, MovementKind, Purpose};
use ledger::rules::{BookingMode, Taxation};

use super::{AccountForm, Document};

/// The rules that every client sees in his forms, each with a purpose that stands for it.
const PROPOSED: [(&str, Purpose); 5] = [
    ("provider", Purpose::Provider),
    ("debtor", Purpose::Contra(MovementKind::Payment)),
    ("fee", Purpose::Fee(FeeKind::Processing)),
    ("transit", Purpose::Contra(MovementKind::Payout)),
    ("clarification", Purpose::Contra(MovementKind::Adjustment)),
];

impl Document {
    /// What Kontor proposes in a chart. A chart of one's own has no proposals: its accounts are typed.
    pub fn proposed(chart: Chart) -> Self {
        let mut document = Self::default();
        document.client.chart = Some(chart.name().to_lowercase());
        document.propose_accounts(chart, BookingMode::default(), Taxation::default(), AccountLength::FOUR);
        document
    }

    /// Replaces the account rules by the proposals of a chart. Nothing is confirmed by that.
    pub fn propose_accounts(
        &mut self,
        chart: Chart,
        mode: BookingMode,
        taxation: Taxation,
        length: AccountLength,
    ) {
        let rule = |(scope, purpose): (&str, Purpose)| {
            let account = chart.proposal(purpose, mode, taxation, length)?;
            let (scope, account) = (Some(scope.to_owned()), Some(account.to_string()));
            Some(AccountForm { scope, account, ..AccountForm::default() })
        };
        self.accounts = PROPOSED.into_iter().filter_map(rule).collect();
        self.kontor.accounts_confirmed = None;
    }
}
