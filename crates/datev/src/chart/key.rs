//! The tax keys, and where they may stand.

use thiserror::Error;

use super::{Chart, KeyClass};
use crate::{AccountLength, AccountNumber, TaxKey};

/// Which side of the VAT return a key belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyDirection {
    /// Output tax, the sales side.
    Output,
    /// Input tax, the purchase side.
    Input,
    /// Self-assessed: § 13b UStG and intra-EU purchases. Allowed where input keys are.
    Both,
    /// No tax: the key only switches an automatic off.
    None,
}

/// What is known of a key. The list is not complete: DATEV's full table is its document 0907055.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyFacts {
    /// The key.
    pub key: u16,
    /// Its direction.
    pub direction: KeyDirection,
    /// The old key that takes a posting with this one back, 0 where none is known.
    pub general_reversal: u16,
    /// Other fields of the row that must be filled.
    pub needs: &'static [u16],
    /// The tax case.
    pub case: &'static str,
}

impl KeyFacts {
    /// What is known of `key`, or of the key that it takes back.
    pub fn of(key: TaxKey) -> Option<&'static Self> {
        let number = key.get();
        let direct =
            KEYS.binary_search_by_key(&number, |facts| facts.key).ok().and_then(|index| KEYS.get(index));
        direct.or_else(|| KEYS.iter().find(|facts| facts.general_reversal == number))
    }

    /// All known keys, ascending.
    pub const fn all() -> &'static [Self] {
        KEYS
    }

    const fn new(
        key: u16,
        direction: KeyDirection,
        general_reversal: u16,
        needs: &'static [u16],
        case: &'static str,
    ) -> Self {
        Self { key, direction, general_reversal, needs, case }
    }
}

/// Why a key may not stand on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyProblem {
    /// An account of the row carries its tax by itself (#REW00305, #REW00306).
    #[error(
        "account {account} is automatic: it carries its tax by itself; leave key {key} out, or book on an account without automatic"
    )]
    OnAutomaticAccount {
        /// The automatic account, field 7 or 8.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
    /// The contra account admits no key.
    #[error("contra account {account} admits no tax key; leave key {key} out")]
    NoKeyPossible {
        /// Field 8.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
    /// The contra account admits keys of input tax only.
    #[error("contra account {account} admits keys of input tax only, {key} is one of output tax")]
    OutputKeyOnInputAccount {
        /// Field 8.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
    /// The contra account admits keys of output tax only.
    #[error("contra account {account} admits keys of output tax only, {key} is not one")]
    InputKeyOnOutputAccount {
        /// Field 8.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
}

/// Whether `key` may stand on a row with these accounts. Neither account may be automatic; what the contra account
/// admits is asked of it alone, because the key acts there. Keys that switch an automatic off may stand anywhere, and
/// of a key this crate does not know, the direction is not judged.
///
/// # Errors
/// Says which account does not take the key.
pub fn check_key(
    chart: Chart,
    length: AccountLength,
    account: AccountNumber,
    contra_account: AccountNumber,
    key: TaxKey,
) -> Result<(), KeyProblem> {
    if key.switches_automatic_off() {
        return Ok(());
    }
    if let Some(account) =
        [account, contra_account].into_iter().find(|&each| chart.is_automatic(length, each))
    {
        return Err(KeyProblem::OnAutomaticAccount { account, key });
    }
    let direction = KeyFacts::of(key).map(|facts| facts.direction);
    let account = contra_account;
    match (chart.key_class(length, contra_account), direction) {
        (Some(KeyClass::NoKey), _) => Err(KeyProblem::NoKeyPossible { account, key }),
        (Some(KeyClass::InputOnly), Some(KeyDirection::Output)) => {
            Err(KeyProblem::OutputKeyOnInputAccount { account, key })
        }
        (Some(KeyClass::OutputOnly), Some(KeyDirection::Input | KeyDirection::Both)) => {
            Err(KeyProblem::InputKeyOnOutputAccount { account, key })
        }
        _ => Ok(()),
    }
}

/// Sources: DATEV Kontenrahmen 2026, page of keys; buchhaltungsbutler.de article 11408521543581; lexware.de FAQ
/// 000002619; datev.de/hilfe/9247333; taxpool.net thread 5.
const KEYS: &[KeyFacts] = &[
    KeyFacts::new(1, KeyDirection::Output, 21, &[], "exempt with input tax deduction"),
    KeyFacts::new(2, KeyDirection::Output, 22, &[], "output 7 %"),
    KeyFacts::new(3, KeyDirection::Output, 23, &[], "output 19 %"),
    KeyFacts::new(4, KeyDirection::Output, 24, &[], "output 5 %"),
    KeyFacts::new(5, KeyDirection::Output, 25, &[], "output 16 %"),
    KeyFacts::new(6, KeyDirection::Input, 26, &[], "input 5 %"),
    KeyFacts::new(7, KeyDirection::Input, 27, &[], "input 16 %"),
    KeyFacts::new(8, KeyDirection::Input, 28, &[], "input 7 %"),
    KeyFacts::new(9, KeyDirection::Input, 29, &[], "input 19 %"),
    KeyFacts::new(10, KeyDirection::Output, 0, &[40, 41], "not taxable in DE, taxable in another EU state"),
    KeyFacts::new(11, KeyDirection::Output, 0, &[40], "exempt intra-EU supply"),
    KeyFacts::new(18, KeyDirection::Both, 68, &[], "intra-EU purchase 7 %"),
    KeyFacts::new(19, KeyDirection::Both, 69, &[], "intra-EU purchase 19 %"),
    KeyFacts::new(40, KeyDirection::None, 80, &[], "automatic account switched off"),
    KeyFacts::new(44, KeyDirection::Output, 0, &[40, 41], "digital services in another EU state"),
    KeyFacts::new(47, KeyDirection::Output, 0, &[40], "services § 18b"),
    KeyFacts::new(91, KeyDirection::Both, 0, &[43], "§ 13b 7 % with deduction"),
    KeyFacts::new(92, KeyDirection::Both, 0, &[43], "§ 13b 7 % without deduction"),
    KeyFacts::new(94, KeyDirection::Both, 34, &[43], "§ 13b 19 % with deduction"),
    KeyFacts::new(95, KeyDirection::Both, 35, &[43], "§ 13b 19 % without deduction"),
    KeyFacts::new(100, KeyDirection::Output, 0, &[119], "output tax, rate from field 119"),
    KeyFacts::new(240, KeyDirection::Output, 0, &[40, 41], "OSS distance sales"),
    KeyFacts::new(250, KeyDirection::Output, 0, &[40, 41], "OSS services"),
    KeyFacts::new(400, KeyDirection::Input, 0, &[119], "input tax, rate from field 119"),
    KeyFacts::new(401, KeyDirection::Input, 0, &[], "input 19 %"),
    KeyFacts::new(402, KeyDirection::Input, 0, &[], "input 7 %"),
    KeyFacts::new(506, KeyDirection::Both, 0, &[], "§ 13b (1) service of an EU business 19 %"),
    KeyFacts::new(507, KeyDirection::Both, 0, &[], "the same 7 %"),
    KeyFacts::new(511, KeyDirection::Both, 0, &[], "§ 13b (2) 19 %"),
    KeyFacts::new(512, KeyDirection::Both, 0, &[], "the same 7 %"),
    KeyFacts::new(521, KeyDirection::Both, 0, &[], "§ 13b land transfer 19 %"),
    KeyFacts::new(522, KeyDirection::Both, 0, &[], "the same 7 %"),
    KeyFacts::new(701, KeyDirection::Both, 0, &[], "intra-EU purchase 19 %"),
    KeyFacts::new(702, KeyDirection::Both, 0, &[], "intra-EU purchase 7 %"),
    KeyFacts::new(6506, KeyDirection::Both, 0, &[], "506 without deduction"),
    KeyFacts::new(6507, KeyDirection::Both, 0, &[], "507 without deduction"),
    KeyFacts::new(6511, KeyDirection::Both, 0, &[], "511 without deduction"),
    KeyFacts::new(6512, KeyDirection::Both, 0, &[], "512 without deduction"),
    KeyFacts::new(6521, KeyDirection::Both, 0, &[], "521 without deduction"),
    KeyFacts::new(6522, KeyDirection::Both, 0, &[], "522 without deduction"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(chart: Chart, account: u32, contra_account: u32, key: u16) -> Result<(), KeyProblem> {
        let number = |number| AccountNumber::new(number).unwrap();
        let key = TaxKey::new(key).unwrap();
        check_key(chart, AccountLength::FOUR, number(account), number(contra_account), key)
    }

    #[test]
    fn a_key_never_meets_an_automatic_account() {
        assert!(matches!(problem(Chart::Skr03, 1210, 3123, 94), Err(KeyProblem::OnAutomaticAccount { .. })));
        assert!(matches!(problem(Chart::Skr04, 4400, 1810, 3), Err(KeyProblem::OnAutomaticAccount { .. })));
        assert_eq!(problem(Chart::Skr03, 8400, 8401, 40), Ok(()));
        assert_eq!(problem(Chart::Skr03, 8400, 8401, 80), Ok(()));
    }

    #[test]
    fn a_key_goes_the_way_of_its_contra_account() {
        assert_eq!(problem(Chart::Skr03, 1210, 4970, 9), Ok(()));
        assert_eq!(problem(Chart::Skr03, 1210, 4970, 506), Ok(()));
        assert_eq!(problem(Chart::Skr03, 1210, 4970, 94), Ok(()));
        assert!(matches!(
            problem(Chart::Skr03, 1210, 4970, 3),
            Err(KeyProblem::OutputKeyOnInputAccount { .. })
        ));
        assert!(matches!(
            problem(Chart::Skr03, 1210, 4970, 23),
            Err(KeyProblem::OutputKeyOnInputAccount { .. })
        ));
        assert!(matches!(
            problem(Chart::Skr03, 1210, 8700, 9),
            Err(KeyProblem::InputKeyOnOutputAccount { .. })
        ));
        assert_eq!(problem(Chart::Skr03, 1210, 8700, 3), Ok(()));
        assert!(matches!(problem(Chart::Skr03, 1210, 1361, 9), Err(KeyProblem::NoKeyPossible { .. })));
    }

    #[test]
    fn a_customer_takes_the_key_of_the_sale() {
        assert_eq!(problem(Chart::Skr03, 1210, 10_000, 3), Ok(()));
    }

    #[test]
    fn an_unknown_key_is_not_judged_by_its_direction() {
        assert_eq!(problem(Chart::Skr03, 1210, 4970, 501), Ok(()));
        assert_eq!(KeyFacts::of(TaxKey::new(501).unwrap()), None);
    }
}
