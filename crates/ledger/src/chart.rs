//! The charts of accounts SKR03 and SKR04: the accounts that Kontor proposes, and their names.

use crate::account::{AccountLength, AccountNumber};
use crate::kind::{MovementKind, Purpose};
use crate::rules::{BookingMode, Taxation};

/// Kontenrahmen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// DATEV SKR03, the process chart.
    Skr03,
    /// DATEV SKR04, the balance sheet chart.
    Skr04,
    /// A chart of one's own: free numbers, no proposals, no checks against DATEV's charts.
    Own,
}

impl Chart {
    /// Reads `skr03`, `skr04`, or `eigener` (`own`), in any case.
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "skr03" => Some(Self::Skr03),
            "skr04" => Some(Self::Skr04),
            "eigener" | "own" => Some(Self::Own),
            _ => None,
        }
    }

    /// The name, as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skr03 => "SKR03",
            Self::Skr04 => "SKR04",
            Self::Own => "eigener",
        }
    }

    /// Picks by chart; a chart of one's own has no proposal.
    fn pick(self, skr03: u32, skr04: u32) -> Option<u32> {
        match self {
            Self::Skr03 => Some(skr03),
            Self::Skr04 => Some(skr04),
            Self::Own => None,
        }
    }

    /// The account proposed for a purpose (DATEV Kontenrahmen 2026, Art.-Nr. 11174 and 11175).
    ///
    /// None for the reserve, which the provider account holds by default, and in a chart of one's own.
    pub fn proposal(
        self,
        purpose: Purpose,
        mode: BookingMode,
        taxation: Taxation,
        length: AccountLength,
    ) -> Option<AccountNumber> {
        let printed = match purpose {
            Purpose::Provider => self.pick(1210, 1810),
            Purpose::Fee(_) => self.pick(4970, 6855),
            Purpose::Contra(MovementKind::Payout | MovementKind::Debt) => self.pick(1361, 1461),
            Purpose::Contra(MovementKind::Adjustment | MovementKind::Unknown) => self.pick(1792, 3630),
            Purpose::Contra(kind) if kind.concerns_customer() => {
                return self.customer_proposal(mode, taxation, length);
            }
            Purpose::Contra(_) => None,
        };
        printed.map(|printed| AccountNumber::general_ledger(printed, length))
    }

    fn customer_proposal(
        self,
        mode: BookingMode,
        taxation: Taxation,
        length: AccountLength,
    ) -> Option<AccountNumber> {
        let printed = match (mode, taxation) {
            (BookingMode::Debtor, _) => {
                return self.pick(10_000, 10_000).map(|printed| AccountNumber::personal(printed, length));
            }
            (BookingMode::Revenue, Taxation::SmallBusiness) => self.pick(8192, 4184),
            (BookingMode::Revenue, _) => self.pick(8400, 4400),
            (BookingMode::Receivables, _) => self.pick(1410, 1210),
        };
        printed.map(|printed| AccountNumber::general_ledger(printed, length))
    }
}
