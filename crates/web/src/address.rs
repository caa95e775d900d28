//! The addresses of pages, in one place for templates, handlers and the router.
//!
//! What belongs to a client lies under `/clients/{client}/`, so that two windows can show two clients, and a link can be
//! passed on. The parts are English; the labels on the pages are German and English.

use app::Permission;

/// A page of a client, by the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// What is the state, what is to do.
    Dashboard,
    /// Buchungen.
    Entries,
    /// Uploaddaten.
    Uploads,
    /// Originalberichte.
    Documents,
    /// Abstimmung.
    Reconciliation,
    /// Export-Dashboard.
    Export,
    /// Schnittstellen.
    Connections,
    /// Mandantendaten.
    ClientSettings,
    /// Paymentkonten.
    PaymentAccounts,
    /// Aufwandskonten.
    ExpenseAccounts,
    /// Debitoren.
    Debtors,
    /// Belegtexte.
    VoucherTexts,
    /// Benutzer und Rechte.
    Users,
    /// Protokoll.
    Log,
}

impl Place {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 14] = [
        Self::Dashboard,
        Self::Entries,
        Self::Uploads,
        Self::Documents,
        Self::Reconciliation,
        Self::Export,
        Self::Connections,
        Self::ClientSettings,
        Self::PaymentAccounts,
        Self::ExpenseAccounts,
        Self::Debtors,
        Self::VoucherTexts,
        Self::Users,
        Self::Log,
    ];

    /// The part of the address after the client.
    pub fn part(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Entries => "entries",
            Self::Uploads => "uploads",
            Self::Documents => "documents",
            Self::Reconciliation => "reconciliation",
            Self::Export => "export",
            Self::Connections => "connections",
            Self::ClientSettings => "settings/client",
            Self::PaymentAccounts => "settings/payment-accounts",
            Self::ExpenseAccounts => "settings/expense-accounts",
            Self::Debtors => "settings/debtors",
            Self::VoucherTexts => "settings/texts",
            Self::Users => "users",
            Self::Log => "log",
        }
    }

    /// What one must be allowed to, for the page to be of use; its entry in the menu is hidden from others.
    pub fn permission(self) -> Permission {
        match self {
            Self::Dashboard
            | Self::Entries
            | Self::Documents
            | Self::Reconciliation
            | Self::Export
            | Self::Connections
            | Self::Users
            | Self::Log => Permission::See,
            Self::Uploads => Permission::Work,
            Self::ClientSettings
            | Self::PaymentAccounts
            | Self::ExpenseAccounts
            | Self::Debtors
            | Self::VoucherTexts => Permission::Assign,
        }
    }

    /// The page of a client.
    pub fn of(self, client: &str) -> String {
        format!("/clients/{client}/{}", self.part())
    }
}

/// A row of a report in addresses, by the number of its settlement here and its line: `7.12`. Its entries are at
/// `/clients/{client}/entries?movement=7.12`.
pub fn movement(settlement: i64, line: u64) -> String {
    format!("{settlement}.{line}")
}

/// Reads what [`movement`] wrote: settlement and line.
pub fn read_movement(text: &str) -> Option<(i64, u64)> {
    let (settlement, line) = text.split_once('.')?;
    Some((settlement.parse().ok()?, line.parse().ok()?))
}

/// A row in the page of its document: the part after the document's address.
pub fn row(line: u64) -> String {
    format!("?line={line}#row-{line}")
}

/// Benachrichtigungen: of what of a client a user hears by mail.
pub fn notices(client: &str) -> String {
    format!("/clients/{client}/notices")
}

/// Schnittstellenstatus.
pub fn status(client: &str) -> String {
    format!("{}/status", Place::Connections.of(client))
}

/// The login form; a POST logs in.
pub const LOGIN: &str = "/login";
/// A POST logs out.
pub const LOGOUT: &str = "/logout";
/// The first-start set-up of the owner.
pub const SETUP: &str = "/setup";
/// The second step of a login: the code of the second factor.
pub const SECOND_FACTOR: &str = "/login/code";
/// An invitation, by a link.
pub const INVITATION: &str = "/invitation";
/// A new password, by a link.
pub const PASSWORD: &str = "/password";
/// The clients of a user, with the state of each.
pub const CLIENTS: &str = "/clients";
/// Password, second factor, sessions, API keys.
pub const SECURITY: &str = "/security";
/// A POST remembers language and theme: fields `language` (`de`, `en`), `theme` (`auto`, `light`, `dark`), `back`.
pub const PREFERENCES: &str = "/preferences";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_movement_is_read_as_it_is_written() {
        assert_eq!(read_movement(&movement(7, 12)), Some((7, 12)));
        for wrong in ["", "7", "7.", "a.b", "7.-1", "7.12.3"] {
            assert_eq!(read_movement(wrong), None, "{wrong}");
        }
    }
}
