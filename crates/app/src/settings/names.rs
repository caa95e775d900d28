//! What DATEV's charts call an account.

use ledger::account::AccountNumber;
use ledger::chart::Chart;
use ledger::rules::{Client, Rules};

/// The German name of an account in the client's chart, where Kontor knows it; none for debtors and creditors, and none
/// in a chart of one's own.
pub fn account_name(client: &Client, account: AccountNumber) -> Option<&'static str> {
    let chart = match client.chart {
        Chart::Skr03 => datev::Chart::Skr03,
        Chart::Skr04 => datev::Chart::Skr04,
        Chart::Own => return None,
    };
    let length = u8::try_from(client.account_length.digits()).ok()?;
    let length = datev::AccountLength::new(length).ok()?;
    chart.name(length, datev::AccountNumber::new(account.value()).ok()?)
}

/// The same for an account as it is written.
pub fn name_of(rules: &Rules, account: &str) -> Option<&'static str> {
    let client = rules.client();
    account_name(client, AccountNumber::parse(account, client.account_length).ok()?)
}
