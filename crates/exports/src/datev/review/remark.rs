//! The things that can be said about a rule, in English.

use datev::{AccountNumber, Chart, KeyDirection, TaxKey};
use ledger::kind::Purpose;

use super::{Area, Severity};

/// What is wrong with a rule, or worth a word. Accounts stand at the client's full length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// The number belongs to the other chart.
    #[error(
        "account {account} is {} in {}; {}. For «{}» take {wanted}",
        described(*name, *area),
        chart_name(*chart),
        of_other_chart(*other, *other_name),
        spoken(*purpose)
    )]
    WrongChart {
        /// The account.
        account: AccountNumber,
        /// What the rule is for.
        purpose: Purpose,
        /// The client's chart.
        chart: Chart,
        /// What the account is called in it, where that is known.
        name: Option<&'static str>,
        /// What sort of account it is in it, where that is known.
        area: Option<Area>,
        /// The chart to which the number belongs.
        other: Chart,
        /// What it is called there.
        other_name: Option<&'static str>,
        /// The same account in the client's chart.
        wanted: AccountNumber,
    },
    /// DATEV fills the account itself.
    #[error("account {account} is a collective account{} that DATEV fills itself{}", bracketed(*name), or_take(*instead))]
    Collective {
        /// The account.
        account: AccountNumber,
        /// The client's chart.
        chart: Chart,
        /// Its name, where it is known.
        name: Option<&'static str>,
        /// The account that may be posted instead (four digits), where there is one.
        instead: Option<u16>,
    },
    /// DATEV has reserved the account.
    #[error("account {account} is reserved in {} and must not be posted{}", chart_name(*chart), or_take(*instead))]
    Reserved {
        /// The account.
        account: AccountNumber,
        /// The client's chart.
        chart: Chart,
        /// The account that may be posted instead (four digits), where there is one.
        instead: Option<u16>,
    },
    /// An automatic account where no tax belongs.
    #[error("account {account} is automatic and takes tax out of every amount; «{}» bears none", spoken(*purpose))]
    AutomaticWithoutTax {
        /// The account.
        account: AccountNumber,
        /// What the rule is for.
        purpose: Purpose,
    },
    /// An account of a sort that does not take the purpose.
    #[error(
        "account {account} is {} in {} and cannot take «{}»",
        described(*name, Some(*area)), chart_name(*chart), spoken(*purpose)
    )]
    Misplaced {
        /// The account.
        account: AccountNumber,
        /// What the rule is for.
        purpose: Purpose,
        /// The client's chart.
        chart: Chart,
        /// What sort of account it is.
        area: Area,
        /// Its name, where it is known.
        name: Option<&'static str>,
    },
    /// The account is the house bank's.
    #[error(
        "account {account} is usually the house bank in {}; its own statement books there too, so «{}» would be mixed with it or booked twice",
        chart_name(*chart), spoken(*purpose)
    )]
    HouseBank {
        /// The account.
        account: AccountNumber,
        /// The client's chart.
        chart: Chart,
        /// What the rule is for.
        purpose: Purpose,
    },
    /// Payouts booked as private withdrawals.
    #[error(
        "account {account} is private: every payout is booked as a withdrawal. Right only if the money goes to a private bank account"
    )]
    PrivatePayout {
        /// The account.
        account: AccountNumber,
    },
    /// A key on an automatic account (#REW00305, #REW00306).
    #[error("account {account} is automatic and carries its tax by itself; leave key {key} out")]
    KeyOnAutomatic {
        /// The account.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
    /// The account admits no key (KU).
    #[error("account {account} admits no tax key; leave key {key} out")]
    NoKeyPossible {
        /// The account.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
    },
    /// A key of the other side of the VAT return.
    #[error("key {key} on account {account}: only keys of {} are possible here", direction(*wanted))]
    WrongDirection {
        /// The account.
        account: AccountNumber,
        /// The key.
        key: TaxKey,
        /// The direction that is possible: input or output.
        wanted: KeyDirection,
    },
    /// A key that takes another posting back.
    #[error(
        "key {key} takes a posting with key {of} back; set {of}, a correction is written as Generalumkehr"
    )]
    ReversalKey {
        /// The key.
        key: TaxKey,
        /// The key that it takes back.
        of: u16,
    },
    /// A key that switches an automatic off.
    #[error("key {key} switches the automatic of an account off; take an account without automatic instead")]
    AutomaticOff {
        /// The key.
        key: TaxKey,
    },
    /// A key that needs fields which Kontor does not write.
    #[error("key {key} needs fields that Kontor does not write{}", keys_instead(instead))]
    KeyNotOffered {
        /// The key.
        key: TaxKey,
        /// Keys that say the same by themselves.
        instead: &'static [u16],
    },
    /// A key that needs the VAT id of the other side (field 40).
    #[error("key {key} needs country and VAT id of the other side (vat-id, field 40)")]
    KeyNeedsVatId {
        /// The key.
        key: TaxKey,
    },
    /// A key that needs the EU rate (field 41).
    #[error("key {key} needs the rate of the other country (eu-rate, field 41)")]
    KeyNeedsEuRate {
        /// The key.
        key: TaxKey,
    },
    /// A key that needs Sachverhalt L+L (field 43).
    #[error(
        "key {key} needs the case of § 13b UStG (fact, Sachverhalt L+L, field 43): 7 for a service of an EU business; or take key 506"
    )]
    KeyNeedsFact {
        /// The key.
        key: TaxKey,
    },
    /// A key that is not in the list known here.
    #[error(
        "key {key} is not in the list that Kontor knows; whether it fits the account was not checked (DATEV document 0907055)"
    )]
    UnknownKey {
        /// The key.
        key: TaxKey,
    },
    /// A small business deducts no input tax.
    #[error(
        "key {key} takes input tax back, which a small business (§ 19 UStG) may not; for § 13b UStG take 6506, else none"
    )]
    DeductionByKey {
        /// The key.
        key: TaxKey,
    },
    /// A small business deducts no input tax.
    #[error(
        "account {account} takes input tax back, which a small business (§ 19 UStG) may not; take {instead}"
    )]
    DeductionByAccount {
        /// The account.
        account: AccountNumber,
        /// The account without deduction (four digits).
        instead: u16,
    },
    /// A small business shows no VAT.
    #[error(
        "account {account} takes VAT out of the sale, which a small business (§ 19 UStG) does not owe; take {instead}"
    )]
    TaxedSale {
        /// The account.
        account: AccountNumber,
        /// The account without VAT (four digits).
        instead: u16,
    },
}

impl Remark {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::HouseBank { .. } | Self::PrivatePayout { .. } | Self::UnknownKey { .. } => {
                Severity::Warning
            }
            _ => Severity::Refused,
        }
    }

    /// Does it concern the key of the rule rather than its account?
    pub fn concerns_key(&self) -> bool {
        matches!(
            self,
            Self::KeyOnAutomatic { .. }
                | Self::NoKeyPossible { .. }
                | Self::WrongDirection { .. }
                | Self::ReversalKey { .. }
                | Self::AutomaticOff { .. }
                | Self::KeyNotOffered { .. }
                | Self::KeyNeedsVatId { .. }
                | Self::KeyNeedsEuRate { .. }
                | Self::KeyNeedsFact { .. }
                | Self::UnknownKey { .. }
                | Self::DeductionByKey { .. }
        )
    }
}

fn chart_name(chart: Chart) -> &'static str {
    match chart {
        Chart::Skr03 => "SKR03",
        Chart::Skr04 => "SKR04",
    }
}

/// The name with the sort of account, or whichever of them is known.
fn described(name: Option<&'static str>, area: Option<Area>) -> String {
    match (name, area.map(Area::english)) {
        (Some(name), Some(area)) => format!("«{name}» ({area})"),
        (Some(name), None) => format!("«{name}»"),
        (None, Some(area)) => format!("an account of {area}"),
        (None, None) => "not meant for this".to_owned(),
    }
}

fn of_other_chart(other: Chart, name: Option<&'static str>) -> String {
    let chart = chart_name(other);
    name.map_or_else(
        || format!("the number is one of {chart}"),
        |name| format!("in {chart} it would be «{name}»"),
    )
}

/// The kinds of fee share an account more often than not, so they go by one name.
fn spoken(purpose: Purpose) -> &'static str {
    if matches!(purpose, Purpose::Fee(_)) { "fee" } else { purpose.name() }
}

fn bracketed(name: Option<&'static str>) -> String {
    name.map(|name| format!(" («{name}»)")).unwrap_or_default()
}

fn or_take(instead: Option<u16>) -> String {
    instead.map(|account| format!("; take {account}")).unwrap_or_default()
}

fn keys_instead(keys: &[u16]) -> String {
    match keys {
        [first, second] => format!("; take {first} (19 %) or {second} (7 %)"),
        _ => "; take another key".to_owned(),
    }
}

fn direction(wanted: KeyDirection) -> &'static str {
    match wanted {
        KeyDirection::Output => "output tax (the sale's)",
        _ => "input tax",
    }
}
