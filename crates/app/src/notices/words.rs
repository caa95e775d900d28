//! The sentences of notices, in both languages.

use store::connections::{Connection, Trouble};
use store::fetches::ProviderReport;
use store::id::ClientId;

use super::NoticeKind;

/// A notice that is to be raised.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) client: ClientId,
    pub(crate) kind: NoticeKind,
    pub(crate) subject: String,
    pub(crate) german: String,
    pub(crate) english: String,
    pub(crate) path: String,
}

impl Notice {
    fn of_connection(
        connection: &Connection,
        kind: NoticeKind,
        subject: String,
        german: String,
        english: String,
    ) -> Self {
        let path = format!("/clients/{}/connections/{}", connection.client, connection.id);
        Self { client: connection.client.clone(), kind, subject, german, english, path }
    }

    pub(crate) fn key_refused(connection: &Connection, trouble: &Trouble) -> Self {
        let (label, Trouble { german, english, .. }) = (&connection.label, trouble);
        Self::of_connection(
            connection,
            NoticeKind::KeyRefused,
            connection.id.as_str().to_owned(),
            format!("Die Schnittstelle «{label}» wird nicht mehr abgerufen. {german}"),
            format!("The connection «{label}» is no longer fetched. {english}"),
        )
    }

    pub(crate) fn connection_stopped(connection: &Connection, trouble: &Trouble) -> Self {
        let (label, Trouble { german, english, .. }) = (&connection.label, trouble);
        Self::of_connection(
            connection,
            NoticeKind::ConnectionStopped,
            connection.id.as_str().to_owned(),
            format!(
                "Die Schnittstelle «{label}» wurde seit mehr als einem Tag nicht erfolgreich abgerufen. {german}"
            ),
            format!("The connection «{label}» was not fetched successfully for more than a day. {english}"),
        )
    }

    pub(crate) fn report_refused(connection: &Connection, report: &ProviderReport) -> Self {
        let (label, number) = (&connection.label, &report.report);
        let trouble = report.trouble.as_ref();
        let german = trouble.map_or("", |trouble| trouble.german.as_str());
        let english = trouble.map_or("", |trouble| trouble.english.as_str());
        Self::of_connection(
            connection,
            NoticeKind::ReportRefused,
            format!("{}/{number}", connection.id),
            format!("Der Bericht {number} der Schnittstelle «{label}» wurde abgelehnt: {german}"),
            format!("The report {number} of the connection «{label}» was refused: {english}"),
        )
    }

    pub(crate) fn unknown_kinds(connection: &Connection, settlement: &str, kinds: &[String]) -> Self {
        let (label, kinds) = (&connection.label, kinds.join(", "));
        Self::of_connection(
            connection,
            NoticeKind::UnknownKinds,
            format!("{}/{settlement}", connection.id),
            format!(
                "Die Abrechnung {settlement} der Schnittstelle «{label}» enthält Vorgänge, die Kontor nicht kennt: {kinds}. Sie \
                 stehen auf dem Klärungskonto."
            ),
            format!(
                "The settlement {settlement} of the connection «{label}» has rows of kinds that Kontor does not know: {kinds}. \
                 They are booked to the clarification account."
            ),
        )
    }

    /// `days` since the last success; at 90 Amazon forgets.
    pub(crate) fn ninety_days(connection: &Connection, days: i64) -> Self {
        let (label, left) = (&connection.label, (90 - days).max(0));
        Self::of_connection(
            connection,
            NoticeKind::NinetyDays,
            connection.id.as_str().to_owned(),
            format!(
                "Die Schnittstelle «{label}» wurde seit {days} Tagen nicht abgerufen. Amazon hebt Berichte 90 Tage auf: In {left} \
                 Tagen gehen die ersten verloren. Setzen Sie die Schnittstelle fort, oder laden Sie die Berichte hoch."
            ),
            format!(
                "The connection «{label}» was not fetched for {days} days. Amazon keeps reports for 90 days: in {left} days the \
                 first are lost. Resume the connection, or upload the reports."
            ),
        )
    }

    /// Something is missing between two settlements; the days are written as people write them.
    pub(crate) fn gap(connection: &Connection, subject: &str, german: &str, english: &str) -> Self {
        let label = &connection.label;
        Self::of_connection(
            connection,
            NoticeKind::Gap,
            format!("{}/{subject}", connection.id),
            format!("Schnittstelle «{label}»: {german}"),
            format!("Connection «{label}»: {english}"),
        )
    }
}
