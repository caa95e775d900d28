//! What DATEV wants to know of a client besides the rules.

use datev::{AdviserNumber, Client, ClientNumber, FiscalYears, FormatVersion};
use jiff::civil::DateTime;
use ledger::chart::Chart;
use ledger::rules::Rules;

/// The client at DATEV, and how files for it are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatevSettings {
    /// Beraternummer.
    pub adviser: AdviserNumber,
    /// Mandantennummer.
    pub client: ClientNumber,
    /// Wirtschaftsjahre.
    pub fiscal_years: FiscalYears,
    /// Festschreibung: a locked batch can only be corrected by general reversals.
    pub locked: bool,
    /// The version of the booking batch; older ones for programs that refuse the newest.
    pub format_version: FormatVersion,
    /// Exportiert von: at most 25 letters, digits or `_`.
    pub exported_by: String,
}

impl DatevSettings {
    /// The settings of the header that every file repeats. `created` is in the client's zone.
    pub(super) fn header(&self, rules: &Rules, created: DateTime) -> Client {
        let client = rules.client();
        let length = u8::try_from(client.account_length.digits()).unwrap_or_default();
        // Both crates allow four to eight digits and three capitals, so neither default is ever taken.
        let length = datev::AccountLength::new(length).unwrap_or(datev::AccountLength::FOUR);
        Client {
            chart: match client.chart {
                Chart::Skr03 => Some(datev::Chart::Skr03),
                Chart::Skr04 => Some(datev::Chart::Skr04),
                Chart::Own => None,
            },
            locked: self.locked,
            currency: datev::Currency::try_from(client.base_currency.code()).unwrap_or(datev::Currency::EUR),
            origin: "KO".to_owned(),
            exported_by: self.exported_by.clone(),
            label: "Amazon Pay {month}/{year}".to_owned(),
            application: "apay-{year}-{month}".to_owned(),
            format_version: self.format_version,
            ..Client::new(self.adviser, self.client, length, created)
        }
    }
}
