//! Header and menu.

use super::{Words, texts};
use crate::address::Place;

texts! {
    skip_to_content: "Zum Inhalt springen", "Skip to content";
    client: "Mandant", "Client";
    all_clients: "Alle Mandanten", "All clients";
    search: "Suchen", "Search";
    search_example: "Bestellung, Betrag, Abrechnung", "Order, amount, settlement";
    choose_language: "Sprache", "Language";
    theme_next: "Hell oder dunkel umschalten", "Switch light and dark";
    account: "Konto", "Account";
    sign_out: "Abmelden", "Log out";
    menu: "Menü", "Menu";
    menu_entries: "Buchungen", "Entries";
    menu_export: "Export", "Export";
    menu_user: "Benutzer", "User";
    main_menu: "Hauptmenü", "Main menu";
    where_you_are: "Sie sind hier", "You are here";

    place_dashboard: "Dashboard", "Dashboard";
    place_entries: "Buchungen", "Entries";
    place_uploads: "Uploaddaten", "Uploads";
    place_documents: "Originalberichte", "Original reports";
    place_reconciliation: "Abstimmung", "Reconciliation";
    place_export: "Export-Dashboard", "Export dashboard";
    place_connections: "Schnittstellen", "Connections";
    place_client_settings: "Mandantendaten", "Client data";
    place_payment_accounts: "Paymentkonten", "Payment accounts";
    place_expense_accounts: "Aufwandskonten", "Expense accounts";
    place_debtors: "Debitoren", "Debtors";
    place_voucher_texts: "Belegtexte", "Voucher texts";
    place_users: "Benutzer und Rechte", "Users and rights";
    place_log: "Protokoll", "Log";
    place_security: "Sicherheit", "Security";
}

impl Words {
    /// What a page is called in the menu and at its head.
    pub fn place(&self, place: Place) -> &'static str {
        match place {
            Place::Dashboard => self.place_dashboard(),
            Place::Entries => self.place_entries(),
            Place::Uploads => self.place_uploads(),
            Place::Documents => self.place_documents(),
            Place::Reconciliation => self.place_reconciliation(),
            Place::Export => self.place_export(),
            Place::Connections => self.place_connections(),
            Place::ClientSettings => self.place_client_settings(),
            Place::PaymentAccounts => self.place_payment_accounts(),
            Place::ExpenseAccounts => self.place_expense_accounts(),
            Place::Debtors => self.place_debtors(),
            Place::VoucherTexts => self.place_voucher_texts(),
            Place::Users => self.place_users(),
            Place::Log => self.place_log(),
        }
    }
}
