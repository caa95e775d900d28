//! What pages call things in both languages, where walks need it.

use jiff::civil::Date;

macro_rules! words {
    ($($name:ident $german:literal, $english:literal;)*) => {
        /// The words of a walk.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Words {
            $(pub(crate) $name: &'static str,)*
        }

        pub(crate) const GERMAN: Words = Words { $($name: $german,)* };
        pub(crate) const ENGLISH: Words = Words { $($name: $english,)* };
    };
}

words! {
    connect_new "Neue Schnittstelle anbinden", "Connect a new provider";
    set_up_amazon_pay "Amazon Pay einrichten", "Set up Amazon Pay";
    name "Bezeichnung", "Name";
    seller_id "Verkäufer-ID", "Merchant ID";
    public_key_id "Public Key-ID", "Public Key ID";
    private_key "Private Key", "Private key";
    finish "Fertigstellen", "Finish";
    key_is_right "Der Schlüssel stimmt.", "The key is right.";
    complete "vollständig", "complete";
    account "Konto", "Account";
    all_clients "Alle Mandanten", "All clients";
    client_name "Name", "Name";
    client_owner "E-Mail des Inhabers", "Owner's e-mail";
    create_client "Mandant anlegen", "Create client";
    uploads "Uploaddaten", "Uploads";
    reports "Berichte", "Reports";
    upload "Hochladen", "Upload";
    new "neu", "new";
    already_known "schon bekannt", "already known";
    refused "abgewiesen", "refused";
    of_another_merchant "Bericht gehört dem Händler", "report belongs to the merchant";
    client_data "Mandantendaten", "Client data";
    adviser_number "Beraternummer", "Adviser number";
    client_number "Mandantennummer", "Client number";
    chart "Kontenrahmen", "Chart of accounts";
    accounts_confirmed "Buchungskonten bestätigt", "Booking accounts confirmed";
    fees_confirmed "Besteuerung der Gebühren bestätigt", "Taxation of fees confirmed";
    save "Speichern", "Save";
    saved "Gespeichert.", "Saved.";
    entries "Buchungen", "Entries";
    export_dashboard "Export-Dashboard", "Export dashboard";
    wholly_covered "ganz", "wholly";
    not_exported "neu", "new";
    preview "Vorschau der Buchungen", "Preview of the entries";
    totals "Summen je Konto", "Totals per account";
    scope "Umfang", "Scope";
    handed_over "Übergeben.", "Handed over.";
    download "Herunterladen", "Download";
    see_the_report "Bericht ansehen", "See the report";
    download_the_original "Originaldatei herunterladen", "Download the original file";
}

const MONTHS: [(&str, &str); 12] = [
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("April", "April"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("August", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Dezember", "December"),
];

impl Words {
    fn is_german(&self) -> bool {
        self.save == GERMAN.save
    }

    fn month(&self, day: Date) -> &'static str {
        let number = usize::try_from(day.month()).unwrap_or_default();
        let (german, english) = MONTHS.get(number - 1).copied().unwrap_or_default();
        if self.is_german() { german } else { english }
    }

    /// The button that exports a month.
    pub(crate) fn export_month(&self, day: Date) -> String {
        let month = self.month(day);
        if self.is_german() { format!("{month} exportieren") } else { format!("Export {month}") }
    }

    /// How many rows a month has, as its preview says.
    pub(crate) fn rows_of_the_reports(&self, rows: usize) -> String {
        if self.is_german() {
            format!("{rows} Zeilen der Berichte")
        } else {
            format!("{rows} rows of the reports")
        }
    }
}
