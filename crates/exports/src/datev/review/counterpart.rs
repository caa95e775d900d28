//! Accounts that are the same thing in both charts under different numbers, and so betray a wrong chart.
//!
//! Source: DATEV Kontenrahmen 2026, Art.-Nr. 11174 (SKR03) and 11175 (SKR04).

use datev::{AccountLength, Chart};
use ledger::kind::{MovementKind, Purpose};

use super::{Account, Remark, area};

/// For what a pair of accounts is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Provider,
    Transit,
    Clarification,
    Reserve,
    Fee,
    Customer,
}

/// The first numbers in SKR03 and SKR04, and how many follow each other in both.
const PAIRS: &[(Use, u16, u16, u16)] = &[
    (Use::Provider, 1210, 1810, 41),
    (Use::Transit, 1360, 1460, 10),
    (Use::Clarification, 1792, 3630, 1),
    (Use::Clarification, 1590, 1370, 1),
    (Use::Clarification, 1592, 1374, 1),
    (Use::Clarification, 1730, 3610, 1),
    (Use::Reserve, 1500, 1300, 2),
    (Use::Fee, 3100, 5900, 1),
    (Use::Fee, 3106, 5906, 1),
    (Use::Fee, 3109, 5909, 1),
    (Use::Fee, 3123, 5923, 1),
    (Use::Fee, 3125, 5925, 1),
    (Use::Fee, 3143, 5943, 1),
    (Use::Fee, 3145, 5945, 1),
    (Use::Fee, 4760, 6770, 1),
    (Use::Fee, 4780, 6780, 1),
    (Use::Fee, 4900, 6300, 1),
    (Use::Fee, 4970, 6855, 1),
    (Use::Customer, 1410, 1210, 1),
    (Use::Customer, 1710, 3250, 1),
    (Use::Customer, 1718, 3272, 1),
    (Use::Customer, 2400, 6930, 1),
    (Use::Customer, 2401, 6931, 1),
    (Use::Customer, 2406, 6936, 1),
    (Use::Customer, 8120, 4120, 1),
    (Use::Customer, 8125, 4125, 1),
    (Use::Customer, 8192, 4184, 1),
    (Use::Customer, 8300, 4300, 20),
    (Use::Customer, 8320, 4320, 1),
    (Use::Customer, 8331, 4331, 1),
    (Use::Customer, 8400, 4400, 20),
    (Use::Customer, 8700, 4700, 1),
    (Use::Customer, 8710, 4710, 1),
    (Use::Customer, 8720, 4720, 1),
];

/// Names that accounts have in the chart where they are taken by mistake; the charts of the crate `datev` name the
/// accounts of payments alone.
const MISTAKEN: &[(Chart, u16, &str)] = &[
    (Chart::Skr03, 1460, "Zweifelhafte Forderungen"),
    (Chart::Skr03, 1810, "Privatsteuern"),
    (Chart::Skr04, 4970, "Versicherungsentschädigungen und Schadenersatzleistungen"),
];

impl Use {
    fn of(purpose: Purpose) -> Option<Self> {
        Some(match purpose {
            Purpose::Provider => Self::Provider,
            Purpose::Fee(_) => Self::Fee,
            Purpose::Contra(MovementKind::Payout | MovementKind::Debt) => Self::Transit,
            Purpose::Contra(MovementKind::Adjustment | MovementKind::Unknown) => Self::Clarification,
            Purpose::Contra(MovementKind::Reserve) => Self::Reserve,
            Purpose::Contra(kind) if kind.concerns_customer() => Self::Customer,
            Purpose::Contra(_) => return None,
        })
    }

    /// The numbers of this use in both charts, the asked chart's first.
    fn numbers(self, chart: Chart) -> impl Iterator<Item = (u16, u16)> {
        let pairs = PAIRS.iter().filter(move |pair| pair.0 == self);
        pairs
            .flat_map(|&(_, skr03, skr04, count)| (0..count).map(move |next| (skr03 + next, skr04 + next)))
            .map(move |(skr03, skr04)| match chart {
                Chart::Skr03 => (skr03, skr04),
                Chart::Skr04 => (skr04, skr03),
            })
    }
}

/// The account has another number in this chart, and the one given is the other chart's.
pub(super) fn wrong_chart(
    chart: Chart,
    length: AccountLength,
    purpose: Purpose,
    account: Account,
) -> Option<Remark> {
    let used = Use::of(purpose)?;
    if used.numbers(chart).any(|(here, _)| here == account.printed) {
        return None;
    }
    let (wanted, _) = used.numbers(chart).find(|(_, there)| *there == account.printed)?;
    let other = match chart {
        Chart::Skr03 => Chart::Skr04,
        Chart::Skr04 => Chart::Skr03,
    };
    let wanted = length.lengthened(wanted).ok()?;
    Some(Remark::WrongChart {
        account: account.number,
        purpose,
        chart,
        name: name(chart, length, account),
        area: area::Area::of(chart, account.printed),
        other,
        other_name: other.name(length, account.number),
        wanted,
    })
}

/// What an account is called in a chart, where that is known.
pub(super) fn name(chart: Chart, length: AccountLength, account: Account) -> Option<&'static str> {
    let mistaken = MISTAKEN.iter().find(|(of, number, _)| *of == chart && *number == account.printed);
    chart.name(length, account.number).or(mistaken.map(|(_, _, name)| *name))
}

/// The account that may be posted where a collective or reserved one was given.
pub(super) fn instead_of_barred(chart: Chart, printed: u16) -> Option<u16> {
    match (chart, printed) {
        (Chart::Skr03, 1400) => Some(1410),
        (Chart::Skr04, 1200) => Some(1210),
        (Chart::Skr03, 8195) => Some(8192),
        (Chart::Skr04, 4185) => Some(4184),
        _ => None,
    }
}
