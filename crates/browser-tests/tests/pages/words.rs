//! What pages call things in both languages, where walks need it.

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
    of_another_merchant "der Bericht gehört dem Händler", "the report belongs to the merchant";
    see_the_report "Bericht ansehen", "See the report";
    download_the_original "Originaldatei herunterladen", "Download the original file";
}
