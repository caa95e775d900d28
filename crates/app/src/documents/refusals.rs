//! How a document is refused: where, what, and what to do, in both languages.

use amazon_pay::report::ReportError;
use ledger::money::MoneyError;
use providers::amazon_pay::german;
use store::documents::Document;

use crate::convert::difference_text;
use crate::convert::error::Difference;
use crate::language::Language;
use crate::refusal::{Refusal, RefusalKind};

/// A report that is broken as a whole.
pub(super) fn broken(name: &str, error: &ReportError) -> Refusal {
    let (code, german, english) = match error {
        ReportError::Identity { .. } => (
            "report-contradicts-itself",
            " Wer ihn trotzdem übernehmen will, nennt einen Grund; die Differenz kommt dann auf das Klärungskonto.",
            " Whoever wants to take it all the same gives a reason; the difference then goes to the clarification account.",
        ),
        _ => ("report-broken", "", ""),
    };
    Refusal::invalid(
        "file",
        code,
        format!("{name}: {}.{german}", german::report_error(error)),
        format!("{name}: {error}.{english}"),
    )
}

/// A refund report, which holds nothing that could be posted.
pub(super) fn refund_report(name: &str) -> Refusal {
    Refusal::invalid(
        "file",
        "report-of-refunds",
        format!(
            "{name}: das ist ein Erstattungsbericht (Refund Report). Er sagt, welche Erstattungen beantragt wurden, aber nicht, was \
             sie bewegt haben; gebucht wird aus den Abrechnungsberichten (Settlement Reports), in denen dieselben Erstattungen mit \
             Datum und Betrag stehen."
        ),
        format!(
            "{name}: this is a refund report. It says which refunds were asked for, not what they moved; entries are made of \
             settlement reports, in which the same refunds stand with date and amount."
        ),
    )
}

/// Something else.
pub(super) fn no_report(name: &str) -> Refusal {
    Refusal::invalid(
        "file",
        "no-report",
        format!(
            "{name}: das ist kein Bericht von Amazon Pay; erwartet wird ein Abrechnungsbericht (Settlement Report) als CSV, so wie \
             Amazon ihn liefert, gepackt (gzip) oder nicht."
        ),
        format!(
            "{name}: this is no report of Amazon Pay; expected is a settlement report as CSV, as Amazon delivers it, packed (gzip) \
             or not."
        ),
    )
}

/// More bytes than a report may have.
pub(super) fn too_large(most: u64) -> Refusal {
    let megabytes = most >> 20;
    Refusal::new(
        RefusalKind::TooLarge,
        "file-too-large",
        format!("Die Datei hat mehr als {megabytes} MiB; so groß ist kein Bericht von Amazon Pay."),
        format!("The file has more than {megabytes} MiB; no report of Amazon Pay is that large."),
    )
}

/// A sum does not fit into the books.
pub(super) fn sum_too_large(name: &str, line: u64, error: MoneyError) -> Refusal {
    Refusal::invalid(
        "file",
        "report-broken",
        format!(
            "{name}: Zeile {line}: mit diesem Betrag wird eine Summe zu groß ({error}); bitte den Bericht neu abrufen."
        ),
        format!(
            "{name}: line {line}: with this amount a sum becomes too large ({error}); fetch the report again."
        ),
    )
}

/// More shops, days or payouts than any report has.
pub(super) fn no_ordinary_report(name: &str, line: u64) -> Refusal {
    Refusal::invalid(
        "file",
        "report-not-ordinary",
        format!(
            "{name}: bis Zeile {line} kommen mehr Shops, Tage, Auszahlungen oder Widersprüche vor, als ein Abrechnungsbericht hat; \
             bitte die Datei so angeben, wie Amazon Pay sie geliefert hat."
        ),
        format!(
            "{name}: up to line {line} there are more shops, days, payouts or contradictions than a settlement report has; give \
             the file as Amazon Pay delivered it."
        ),
    )
}

/// The report of another merchant than the connection's.
pub(super) fn other_seller(name: &str, found: &str, expected: &[&str]) -> Refusal {
    let expected = expected.join(", ");
    Refusal::invalid(
        "file",
        "report-of-another-seller",
        format!(
            "{name}: der Bericht gehört dem Händler {found}, die Schnittstelle dieses Mandanten aber {expected}. Er wurde nicht \
             übernommen. Bitte den Bericht beim richtigen Mandanten hochladen, oder die Verkäufer-ID der Schnittstelle prüfen."
        ),
        format!(
            "{name}: the report belongs to the merchant {found}, but the connection of this client to {expected}. It was not taken. \
             Upload it for the right client, or check the merchant ID of the connection."
        ),
    )
}

/// The same settlement with other rows.
pub(super) fn other_rows(name: &str, settlement: &str, there: &Document, difference: &Difference) -> Refusal {
    let (known, day) = (&there.received.file_name, there.received.received_at.strftime("%Y-%m-%d"));
    let (german, english) =
        (difference_text(difference, Language::De), difference_text(difference, Language::En));
    Refusal::new(
        RefusalKind::Conflict,
        "settlement-with-other-rows",
        format!(
            "{name}: die Abrechnung {settlement} ist schon da (erste Datei «{known}», vom {day}), aber mit anderen Zeilen: {german}. \
             Es gilt, was zuerst kam; bitte die unveränderte Datei von Amazon Pay verwenden."
        ),
        format!(
            "{name}: settlement {settlement} is here already (the first file, «{known}», of {day}), but with other rows: {english}. What came \
             first counts; use the unchanged file of Amazon Pay."
        ),
    )
}

/// A reason that says nothing.
pub(super) fn no_reason() -> Refusal {
    Refusal::invalid(
        "reason",
        "reason-missing",
        "Bitte einen Grund nennen, warum der Bericht trotz seines Widerspruchs übernommen wird; er steht danach im Journal.",
        "Give a reason why the report is taken although it contradicts itself; it will stand in the journal.",
    )
}
