//! The sentences of notices, in both languages.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::calendar::Month;
use store::automation::Delivery;
use store::batches::{Batch, NewBatch};
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

    /// A batch left by itself.
    pub(crate) fn batch_ready(batch: &Batch) -> Self {
        let NewBatch { client, month, correction, id, .. } = &batch.begun;
        let postings = batch.content.postings;
        let (german, english) = match correction {
            0 => (
                format!("Der Buchungsstapel {month} mit {postings} Buchungen ist exportiert."),
                format!("The booking batch {month} with {postings} postings is exported."),
            ),
            number => (
                format!(
                    "Nach dem Export von {month} hat sich etwas geändert: Korrekturstapel {number} mit {postings} Buchungen liegt \
                     bereit."
                ),
                format!(
                    "Something in {month} changed after its export: correction {number} with {postings} postings is ready."
                ),
            ),
        };
        Self::of_export(client, NoticeKind::BatchReady, id.as_str(), german, english)
    }

    /// A finished month could not be exported by itself.
    pub(crate) fn not_exported(client: &ClientId, subject: &str, month: Month, why: &Trouble) -> Self {
        let Trouble { german, english, .. } = why;
        Self::of_export(
            client,
            NoticeKind::NotDelivered,
            subject,
            format!("Der Monat {month} konnte nicht von selbst exportiert werden. {german}"),
            format!("{month} could not be exported by itself. {english}"),
        )
    }

    /// A finished month waits for long for settlements that reach its end.
    pub(crate) fn not_covered(
        client: &ClientId,
        subject: &str,
        month: Month,
        until: Option<Timestamp>,
        zone: &TimeZone,
    ) -> Self {
        let until = until.map(|until| until.to_zoned(zone.clone()).strftime("%d.%m.%Y %H:%M").to_string());
        let (german, english) = until.map_or_else(
            || ("gar nicht".to_owned(), "not at all".to_owned()),
            |until| (format!("erst bis {until}"), format!("only until {until}")),
        );
        Self::of_export(
            client,
            NoticeKind::NotDelivered,
            subject,
            format!(
                "Der Monat {month} ist {german} durch Abrechnungen belegt und deshalb noch nicht exportiert. Von Hand lässt er sich \
                 jederzeit exportieren."
            ),
            format!(
                "{month} is covered by settlements {english} and therefore not exported yet. By hand it can be exported at any time."
            ),
        )
    }

    /// A batch did not arrive.
    pub(crate) fn not_delivered(delivery: &Delivery, batch: &Batch, why: &Trouble) -> Self {
        let (target, month, Trouble { german, english, .. }) = (&delivery.target, batch.begun.month, why);
        Self::of_export(
            &delivery.client,
            NoticeKind::NotDelivered,
            &delivery.id,
            format!("Der Buchungsstapel {month} ist bei {target} nicht angekommen. {german}"),
            format!("The booking batch {month} did not arrive at {target}. {english}"),
        )
    }

    fn of_export(
        client: &ClientId,
        kind: NoticeKind,
        subject: &str,
        german: String,
        english: String,
    ) -> Self {
        let path = format!("/clients/{client}/export");
        Self { client: client.clone(), kind, subject: subject.to_owned(), german, english, path }
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
