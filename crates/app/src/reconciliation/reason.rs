//! Reasons in words.

use super::{Open, Reason, Settings};
use crate::language::Language;
use crate::say;

impl Reason {
    /// Why a payout and a booking belong together, as half a sentence.
    pub fn text(&self, settings: &Settings, language: Language) -> String {
        let window = window(settings, language);
        match self {
            Self::Decided => say!(language, "von Hand zugeordnet", "assigned by hand"),
            Self::Reference { reference } => {
                say!(language, "Referenz {reference} und Betrag", "reference {reference} and amount")
            }
            Self::AmountAndPayer => say!(
                language,
                "einzige Buchung des Anbieters über diesen Betrag {window}",
                "the provider's only booking of this amount {window}"
            ),
            Self::Amount => say!(
                language,
                "einzige Buchung über diesen Betrag {window}",
                "the only booking of this amount {window}"
            ),
        }
    }
}

impl<B> Open<B> {
    /// Why a payout is open, and what to do, as half a sentence.
    pub fn text(&self, settings: &Settings, language: Language) -> String {
        let window = window(settings, language);
        match self {
            Self::NothingFits => say!(
                language,
                "keine passende Buchung {window}; noch unterwegs, oder der Kontoauszug fehlt",
                "no booking fits {window}; still on its way, or the statement is missing"
            ),
            Self::OtherAmount { .. } => say!(
                language,
                "eine Buchung nennt diese Auszahlung, aber mit anderem Betrag; bitte prüfen und von Hand zuordnen",
                "a booking names this payout with another amount; look at it and assign it by hand"
            ),
            Self::Several { receipts } => {
                let bookings = language.counted(
                    u64::try_from(receipts.len()).unwrap_or(u64::MAX),
                    ("Buchung passt", "Buchungen passen"),
                    ("booking fits", "bookings fit"),
                );
                say!(
                    language,
                    "{bookings}, aber nicht eindeutig; bitte von Hand zuordnen",
                    "{bookings}, but not beyond doubt; assign it by hand"
                )
            }
        }
    }
}

fn window(settings: &Settings, language: Language) -> String {
    let before = language.counted(settings.days_before.into(), ("Tag", "Tagen"), ("day", "days"));
    let after = language.counted(settings.days_after.into(), ("Tag", "Tage"), ("day", "days"));
    say!(
        language,
        "von {before} vor bis {after} nach der Auszahlung",
        "from {before} before to {after} after the payout"
    )
}
