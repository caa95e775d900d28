//! The sorts of notices.

use crate::language::Language;

/// What sort of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Nothing was fetched for a day.
    ConnectionStopped,
    /// The provider takes the key no more.
    KeyRefused,
    /// A settlement is missing in the chain.
    Gap,
    /// A report was refused.
    ReportRefused,
    /// Rows of a kind that nobody knows.
    UnknownKinds,
    /// What was not fetched will soon be gone at the provider.
    NinetyDays,
    /// The batch of the finished month is ready.
    BatchReady,
    /// A batch could not be delivered or exported by itself.
    NotDelivered,
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::ConnectionStopped,
        Self::KeyRefused,
        Self::Gap,
        Self::ReportRefused,
        Self::UnknownKinds,
        Self::NinetyDays,
        Self::BatchReady,
        Self::NotDelivered,
    ];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::ConnectionStopped => "connection-stopped",
            Self::KeyRefused => "key-refused",
            Self::Gap => "gap",
            Self::ReportRefused => "report-refused",
            Self::UnknownKinds => "unknown-kinds",
            Self::NinetyDays => "ninety-days",
            Self::BatchReady => "batch-ready",
            Self::NotDelivered => "not-delivered",
        }
    }

    /// The kind of a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The heading of such a notice.
    pub fn text(self, language: Language) -> &'static str {
        match self {
            Self::ConnectionStopped => language.pick("Schnittstelle steht still", "Connection has stopped"),
            Self::KeyRefused => language.pick("Schlüssel abgelehnt", "Key refused"),
            Self::Gap => language.pick("Lücke in den Abrechnungen", "Gap between settlements"),
            Self::ReportRefused => language.pick("Bericht abgelehnt", "Report refused"),
            Self::UnknownKinds => language.pick("Unbekannte Vorgänge", "Unknown kinds of rows"),
            Self::NinetyDays => language.pick("90-Tage-Grenze rückt näher", "The limit of 90 days is near"),
            Self::BatchReady => language.pick("Buchungsstapel ist fertig", "Booking batch is ready"),
            Self::NotDelivered => language.pick("Stapel nicht zugestellt", "Batch not delivered"),
        }
    }
}
