//! The fields of each section, once: their names, and how the file writes them.

use serde::{Deserialize, Serialize};

/// How the file writes a value. What does not fit is written as a text, so that the review refuses it at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `"text"`, and whatever has a form of its own there: accounts, keys, rates.
    Text,
    /// `123`.
    Integer,
    /// `2026-10-01`.
    Day,
    /// `[2026-07-01, 2027-07-01]`; typed with commas or blanks between.
    Days,
    /// `true` or `false`.
    Boolean,
}

/// Fields that are known by their keys.
pub trait Section: Default {
    /// The keys in the order of the form, each with its shape.
    const KEYS: &'static [(&'static str, Shape)];

    /// What was typed into a field; none where it is left out.
    fn get(&self, key: &str) -> Option<&str>;

    /// Types something into a field; false where there is no such field.
    fn set(&mut self, key: &str, value: Option<String>) -> bool;
}

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident $key:literal $shape:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* #[serde(rename = $key, skip_serializing_if = "Option::is_none")] pub $field: Option<String>,)*
        }

        impl Section for $name {
            const KEYS: &'static [(&'static str, Shape)] = &[$(($key, Shape::$shape)),*];

            fn get(&self, key: &str) -> Option<&str> {
                match key {
                    $($key => self.$field.as_deref(),)*
                    _ => None,
                }
            }

            fn set(&mut self, key: &str, value: Option<String>) -> bool {
                match key {
                    $($key => self.$field = value,)*
                    _ => return false,
                }
                true
            }
        }
    )*};
}

sections! {
    /// `[client]`: Mandantendaten.
    ClientForm {
        /// Beraternummer.
        berater "berater" Integer,
        /// Mandantennummer.
        mandant "mandant" Integer,
        /// Kontenrahmen: `skr03`, `skr04`, `eigener`.
        chart "chart" Text,
        /// Sachkontenlänge.
        account_length "account-length" Integer,
        /// First days of deviating fiscal years.
        fiscal_years "fiscal-years" Days,
        /// The zone of the booking dates.
        zone "zone" Text,
        /// The currency of the books.
        currency "currency" Text,
        /// Buchungsweise: `debtor`, `revenue`, `receivables`.
        booking "booking" Text,
        /// Versteuerungsart: `soll`, `ist`, `kleinunternehmer`.
        taxation "taxation" Text,
        /// Fees `single`, or summed by `day` or `settlement`.
        fees "fees" Text,
        /// The first day that is booked.
        start "start" Day,
        /// Abgeschlossen bis.
        closed_until "closed-until" Day,
        /// Festschreibung.
        locked "locked" Boolean,
        /// The version of the booking batch.
        format "format" Integer,
        /// Exportiert von.
        exported_by "exported-by" Text,
    }
    /// `[document-numbers]`: how order numbers become document numbers.
    NumbersForm {
        /// `replace` or `remove`.
        unfit "unfit" Text,
        /// Stripped from the front.
        strip_prefix "strip-prefix" Text,
        /// Set in front.
        prefix "prefix" Text,
    }
    /// `[[account]]`: one rule.
    AccountForm {
        /// For what: `provider`, `debtor`, `fee` …
        scope "for" Text,
        /// The account, or `none`.
        account "account" Text,
        /// The first day on which it holds.
        from "from" Day,
        /// Only for this shop.
        store "store" Text,
        /// Only for this currency.
        currency "currency" Text,
        /// BU-Schlüssel.
        key "key" Text,
        /// Sachverhalt L+L.
        fact "fact" Text,
        /// Kostenstelle.
        cost_centre "cost-centre" Text,
        /// EU country and VAT id of the other side.
        vat_id "vat-id" Text,
        /// The EU rate in percent.
        eu_rate "eu-rate" Text,
        /// Belegfeld 1 by a template.
        document "document" Text,
    }
    /// `[[store]]`: a shop with settings of its own.
    StoreForm {
        /// Its name as the report has it.
        name "name" Text,
        /// Set in front of its order numbers.
        prefix "prefix" Text,
        /// Stripped from the front of its order numbers.
        strip_prefix "strip-prefix" Text,
        /// `replace` or `remove`.
        unfit "unfit" Text,
        /// `order` or `seller-reference`.
        order_key "order-key" Text,
    }
    /// `[[rate]]`: an exchange rate of a day or a month.
    RateForm {
        /// The foreign currency.
        currency "currency" Text,
        /// The day.
        day "day" Day,
        /// The month, `2026-10`.
        month "month" Text,
        /// Foreign units for one of the books' currency.
        rate "rate" Text,
        /// Where it comes from.
        source "source" Text,
    }
    /// `[kontor]`: what Kontor does with the entries.
    HandlingForm {
        /// Chart, provider account and debtor are confirmed.
        accounts_confirmed "accounts-confirmed" Boolean,
        /// The taxation of fees is confirmed.
        reverse_charge_confirmed "reverse-charge-confirmed" Boolean,
        /// Belegnummer nachziehen.
        follow_document_numbers "follow-document-numbers" Boolean,
        /// The day of the automatic export.
        export_day "export-day" Integer,
    }
}
