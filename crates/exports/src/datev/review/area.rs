//! What an account is, told by its place in the chart, and what may stand there.
//!
//! Source: the headings of the classes in DATEV Kontenrahmen 2026, Art.-Nr. 11174 (SKR03) and 11175 (SKR04).

use datev::{AccountLength, Chart};
use ledger::kind::{MovementKind, Purpose};

use super::{Account, Remark, counterpart};

/// A sort of accounts. What is none of these is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Kasse and Bank.
    Money,
    /// Forderungen aus Lieferungen und Leistungen.
    Receivables,
    /// Verbindlichkeiten aus Lieferungen und Leistungen.
    Payables,
    /// Vorsteuer and Umsatzsteuer.
    Tax,
    /// Privatkonten.
    Private,
    /// Aufwand.
    Expense,
    /// Ertrag.
    Income,
}

const SKR03: &[(u16, u16, Area)] = &[
    (1000, 1299, Area::Money),
    (1400, 1499, Area::Receivables),
    (1570, 1589, Area::Tax),
    (1600, 1659, Area::Payables),
    (1770, 1791, Area::Tax),
    (1800, 1999, Area::Private),
    (2000, 2499, Area::Expense),
    (2500, 2799, Area::Income),
    (3000, 3949, Area::Expense),
    (4000, 4999, Area::Expense),
    (8000, 8999, Area::Income),
];

const SKR04: &[(u16, u16, Area)] = &[
    (1200, 1299, Area::Receivables),
    (1400, 1449, Area::Tax),
    (1600, 1899, Area::Money),
    (2100, 2399, Area::Private),
    (3300, 3349, Area::Payables),
    (3800, 3859, Area::Tax),
    (4000, 4999, Area::Income),
    (5000, 6999, Area::Expense),
];

impl Area {
    /// The area in which a four-digit number of the chart lies.
    pub fn of(chart: Chart, printed: u16) -> Option<Self> {
        let ranges = match chart {
            Chart::Skr03 => SKR03,
            Chart::Skr04 => SKR04,
        };
        ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&printed)).map(|range| range.2)
    }

    /// The German name.
    pub fn german(self) -> &'static str {
        match self {
            Self::Money => "Kasse und Bank",
            Self::Receivables => "Forderungen",
            Self::Payables => "Verbindlichkeiten",
            Self::Tax => "Steuern",
            Self::Private => "Privat",
            Self::Expense => "Aufwand",
            Self::Income => "Ertrag",
        }
    }

    /// The English name.
    pub fn english(self) -> &'static str {
        match self {
            Self::Money => "cash and bank",
            Self::Receivables => "receivables",
            Self::Payables => "payables",
            Self::Tax => "taxes",
            Self::Private => "private",
            Self::Expense => "expense",
            Self::Income => "income",
        }
    }

    /// May an account of this sort take the purpose?
    fn takes(self, purpose: Purpose) -> bool {
        use MovementKind::{Adjustment, Chargeback, Dispute, GuaranteeClaim, Reserve, Unknown};
        use Purpose::{Contra, Fee, Provider};
        match self {
            Self::Tax => false,
            // A sole trader's payout may go to a private bank account; that is worth a word, not a refusal.
            Self::Private => is_payout(purpose),
            Self::Money => is_payout(purpose) || matches!(purpose, Provider | Contra(Reserve)),
            Self::Receivables => matches!(purpose, Contra(_)) && !is_payout(purpose),
            // Without creditors the fees may wait there for Amazon's statement.
            Self::Payables => matches!(purpose, Fee(_) | Contra(Adjustment)),
            Self::Expense => {
                matches!(
                    purpose,
                    Fee(_) | Contra(Chargeback | GuaranteeClaim | Dispute | Adjustment | Unknown)
                )
            }
            Self::Income => matches!(purpose, Contra(kind) if kind != Reserve) && !is_payout(purpose),
        }
    }
}

fn is_payout(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Contra(MovementKind::Payout | MovementKind::Debt))
}

/// The account is of a sort that does not take the purpose.
pub(super) fn misplaced(
    chart: Chart,
    length: AccountLength,
    purpose: Purpose,
    account: Account,
) -> Option<Remark> {
    let area = Area::of(chart, account.printed).filter(|area| !area.takes(purpose))?;
    let name = counterpart::name(chart, length, account);
    Some(Remark::Misplaced { account: account.number, purpose, chart, area, name })
}

/// A payout to a private bank account is a withdrawal.
pub(super) fn private_payout(chart: Chart, purpose: Purpose, account: Account) -> Option<Remark> {
    let private = is_payout(purpose) && Area::of(chart, account.printed) == Some(Area::Private);
    private.then_some(Remark::PrivatePayout { account: account.number })
}
