//! The files beside the batches: names of accounts, and the debtors and creditors used.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use datev::{
    AccountLabel, AccountLabelWriter, AccountNumber, BusinessPartner, Header, LabelLanguage,
    MasterDataWriter, PartnerName, WriteError,
};
use jiff::civil::{Date, DateTime};
use ledger::account::{AccountClass, AccountLength};
use ledger::entry::{Entry, EntryKind};
use ledger::kind::MovementKind;
use ledger::rules::Rules;

use super::settings::DatevSettings;

/// The accounts that entries were posted to: what they are for, and for which shops.
#[derive(Clone, Debug)]
pub struct AccountsUsed {
    length: AccountLength,
    personal: BTreeMap<u32, BTreeSet<String>>,
    labels: BTreeMap<u32, &'static str>,
    first_day: Option<Date>,
    last: Option<(u32, u32, String)>,
}

impl AccountsUsed {
    pub(super) fn new(length: AccountLength) -> Self {
        Self { length, personal: BTreeMap::new(), labels: BTreeMap::new(), first_day: None, last: None }
    }

    /// The first booking date of all entries; none if there were none.
    pub fn first_day(&self) -> Option<Date> {
        self.first_day
    }

    /// Was anything posted to a debtor or creditor? Without one there is no master data to write.
    pub fn has_personal_accounts(&self) -> bool {
        !self.personal.is_empty()
    }

    pub(super) fn note(&mut self, entry: &Entry<'_>) {
        self.first_day = Some(self.first_day.map_or(entry.date(), |first| first.min(entry.date())));
        let (account, contra) = (entry.account().value(), entry.contra_account().value());
        let store = entry.details().store;
        // Row after row goes to the same accounts: most often there is nothing new to note.
        if matches!(&self.last, Some((a, c, s)) if *a == account && *c == contra && s == store) {
            return;
        }
        self.last = Some((account, contra, store.to_owned()));
        self.labels.entry(account).or_insert("Amazon Pay");
        match (entry.contra_account().class(self.length), label(entry.kind())) {
            (AccountClass::GeneralLedger, Some(label)) => {
                self.labels.entry(contra).or_insert(label);
            }
            (AccountClass::GeneralLedger, None) => {}
            _ => {
                let stores = self.personal.entry(contra).or_default();
                if !store.is_empty() && stores.len() < 2 {
                    stores.insert(store.to_owned());
                }
            }
        }
    }
}

/// Accounts that the charts leave without a name get one: transit and reserve.
fn label(kind: EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::Gross(MovementKind::Payout | MovementKind::Debt) => Some("Geldtransit Amazon Pay"),
        EntryKind::Gross(MovementKind::Reserve) => Some("Kontorücklage Amazon Pay"),
        _ => None,
    }
}

/// Writes the names of the provider account, transit and reserve (category 20).
pub fn write_account_labels<W: Write>(
    output: W,
    used: &AccountsUsed,
    rules: &Rules,
    settings: &DatevSettings,
    created: DateTime,
) -> Result<W, WriteError> {
    let client = settings.header(rules, created);
    let header = Header::account_labels(&client, fiscal_year(used, settings, created)?)?;
    let mut writer = AccountLabelWriter::new(output, header)?;
    for (account, name) in &used.labels {
        let Ok(account) = AccountNumber::new(*account) else { continue };
        let (label, long_label) = ((*name).into(), (*name).into());
        writer.write(&AccountLabel { account, label, language: LabelLanguage::German, long_label })?;
    }
    writer.finish()
}

/// Writes the debtors and creditors used (category 16). A debtor of a single shop bears its name.
pub fn write_debtors<W: Write>(
    output: W,
    used: &AccountsUsed,
    rules: &Rules,
    settings: &DatevSettings,
    created: DateTime,
) -> Result<W, WriteError> {
    let client = settings.header(rules, created);
    let header = Header::master_data(&client, fiscal_year(used, settings, created)?)?;
    let mut writer = MasterDataWriter::new(output, header)?;
    for (account, stores) in &used.personal {
        let number = AccountNumber::new(*account);
        let class = ledger::account::AccountNumber::from_value(*account).map(|own| own.class(used.length));
        let (Ok(account), Some(class)) = (number, class) else { continue };
        let name = match (class, stores.first(), stores.len()) {
            (AccountClass::Creditor, ..) => "Amazon Payments Europe S.C.A.".to_owned(),
            (_, Some(store), 1) => format!("Amazon Pay {store}"),
            _ => "Amazon Pay diverse Kunden".to_owned(),
        };
        writer.write(&BusinessPartner::new(account, PartnerName::Company(name.into()), "Amazon Pay"))?;
    }
    writer.finish()
}

fn fiscal_year(
    used: &AccountsUsed,
    settings: &DatevSettings,
    created: DateTime,
) -> Result<datev::FiscalYear, WriteError> {
    let day = used.first_day.unwrap_or(created.date());
    settings.fiscal_years.of(day).map_err(|error| WriteError::FiscalYear { row: 0, error })
}
