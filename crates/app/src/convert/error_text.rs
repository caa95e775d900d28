//! What went wrong, in the language of the run.

use ledger::assign::AssignError;
use ledger::proof::Equation;
use ledger::summed_fees::SumError;
use providers::amazon_pay::german;

use super::error::{ConvertError, Difference};
use crate::io_text;
use crate::language::Language;
use crate::say;

/// The whole sentence: where, what, and what to do.
pub fn error_text(error: &ConvertError, language: Language) -> String {
    match error {
        ConvertError::Open { name, source } => {
            let source = io_text(source, language);
            say!(language, "{name}: lässt sich nicht öffnen: {source}", "{name}: cannot be opened: {source}")
        }
        ConvertError::Report { name, source } => {
            let text = language.pick(german::report_error(source), source.to_string());
            format!("{name}: {text}")
        }
        ConvertError::RefundReport { name } => say!(
            language,
            "{name}: das ist ein Erstattungsbericht (Refund Report). Er sagt, welche Erstattungen beantragt wurden, aber nicht, \
             was sie bewegt haben; gebucht wird aus den Abrechnungsberichten (Settlement Reports), in denen dieselben \
             Erstattungen mit Datum und Betrag stehen",
            "{name}: this is a refund report. It says which refunds were asked for, not what they moved; entries are made of \
             settlement reports, in which the same refunds stand with date and amount"
        ),
        ConvertError::NotAReport { name } => say!(
            language,
            "{name}: das ist kein Bericht von Amazon Pay; erwartet wird ein Abrechnungsbericht (Settlement Report) als CSV, so wie \
             Amazon ihn liefert",
            "{name}: this is no report of Amazon Pay; expected is a settlement report as CSV, as Amazon delivers it"
        ),
        ConvertError::TwoSellers { first, second } => {
            let ((one, seller), (other, other_seller)) = (first, second);
            say!(
                language,
                "die Berichte gehören zwei Händlern: {one} gehört {seller}, {other} gehört {other_seller}; bitte jeden Händler \
                 einzeln umwandeln",
                "the reports belong to two merchants: {one} to {seller}, {other} to {other_seller}; convert each merchant on its \
                 own"
            )
        }
        ConvertError::OtherRows { settlement, first, second, difference } => {
            let difference = difference_text(difference, language);
            say!(
                language,
                "Abrechnung {settlement} steht in {first} und in {second}, aber mit anderen Zeilen: {difference}; bitte den \
                 unveränderten Bericht behalten",
                "settlement {settlement} stands in {first} and in {second}, but with other rows: {difference}; keep the report \
                 that is unchanged"
            )
        }
        ConvertError::Stored { name, source } => say!(
            language,
            "{name}: was davon gespeichert ist, lässt sich nicht lesen ({source})",
            "{name}: what is stored of it cannot be read ({source})"
        ),
        ConvertError::NoSettlement => say!(
            language,
            "Fehler in Kontor: Zeilen ohne Abrechnung verlangt; bitte melden",
            "a mistake in Kontor: rows were asked for without a settlement; please report it"
        ),
        ConvertError::Assign { name, source } => format!("{name}: {}", assign_text(source, language)),
        ConvertError::Money(error) => {
            say!(language, "eine Summe ist zu groß: {error}", "a sum is too large: {error}")
        }
        ConvertError::Unproved { what, equation } => unproved_text(what, equation, language),
        ConvertError::Export(error) => export_text(error.as_ref(), language),
        ConvertError::FolderNotEmpty { folder } => {
            let folder = folder.display();
            say!(
                language,
                "{folder} ist nicht leer; bitte einen neuen Ordner nennen, oder mit --force ein früheres Ergebnis darin ersetzen \
                 (andere Dateien bleiben)",
                "{folder} is not empty; name a new folder, or replace an earlier result in it with --force (other files stay)"
            )
        }
        ConvertError::Write { path, source } => {
            let (path, source) = (path.display(), io_text(source, language));
            say!(
                language,
                "{path}: lässt sich nicht schreiben: {source}",
                "{path}: cannot be written: {source}"
            )
        }
    }
}

fn export_text(error: &(dyn std::error::Error + Send + Sync + 'static), language: Language) -> String {
    match error.downcast_ref::<SumError>() {
        Some(SumError::NoRate { settlement, amount, base }) => say!(
            language,
            "Abrechnung {settlement}: die Gebühren über {amount} sind {base}, und kein Kurs drückt das aus; bitte die Gebühren einzeln \
             buchen (fees = \"single\")",
            "settlement {settlement}: the fees of {amount} are {base}, and no exchange rate expresses that; post the fees singly \
             (fees = \"single\")"
        ),
        None => say!(
            language,
            "der Buchungsstapel lässt sich nicht schreiben: {error}",
            "the batch cannot be written: {error}"
        ),
    }
}

/// Where two reports of one settlement part.
pub(crate) fn difference_text(difference: &Difference, language: Language) -> String {
    match difference {
        Difference::OnlyInFirst { line } => {
            say!(
                language,
                "Zeile {line} steht nur in der ersten Datei",
                "line {line} stands in the first file only"
            )
        }
        Difference::OnlyInSecond { line } => {
            say!(
                language,
                "Zeile {line} steht nur in der zweiten Datei",
                "line {line} stands in the second file only"
            )
        }
        Difference::Field { lines: (one, other), column, first, second } => say!(
            language,
            "Spalte {column} ist {first:?} (Zeile {one}) und {second:?} (Zeile {other})",
            "column {column} is {first:?} (line {one}) and {second:?} (line {other})"
        ),
    }
}

fn assign_text(error: &AssignError, language: Language) -> String {
    match error {
        AssignError::NoAccount { line, purpose, currency } => say!(
            language,
            "Zeile {line}: für «{purpose}» in {currency} ist kein Konto eingestellt; bitte in der Konfiguration ein Konto für diese \
             Währung nennen ([[account]] for = \"{purpose}\", currency = \"{currency}\")",
            "line {line}: no account is set for «{purpose}» in {currency}; name one for this currency in the configuration \
             ([[account]] for = \"{purpose}\", currency = \"{currency}\")"
        ),
        AssignError::NoAccountYet { line, purpose, currency, day, begins } => say!(
            language,
            "Zeile {line}: für «{purpose}» in {currency} ist erst ab {begins} ein Konto eingestellt, gebraucht wird es am {day}; \
             bitte in der Konfiguration auch für diesen Tag eines nennen ([[account]] for = \"{purpose}\", valid-from oder ohne)",
            "line {line}: the account for «{purpose}» in {currency} is set from {begins} on only, it is needed on {day}; name one for \
             that day too in the configuration ([[account]] for = \"{purpose}\", with an earlier valid-from or none)"
        ),
        AssignError::NoRate { line, currency, day } => say!(
            language,
            "Zeile {line}: für {currency} fehlt der Kurs am {day}; ohne ihn kann der Monat nicht exportiert werden, bitte in der \
             Konfiguration ergänzen ([[rate]])",
            "line {line}: there is no rate for {currency} on {day}; without it the month cannot be exported, add it to the \
             configuration ([[rate]])"
        ),
        AssignError::NoBaseAmount { line, amount, base } => say!(
            language,
            "Zeile {line}: {amount} ergibt in {base} keinen Betrag, der gebucht werden kann",
            "line {line}: {amount} makes no amount in {base} that could be posted"
        ),
        AssignError::Entry { line, source } => {
            say!(language, "Zeile {line}: nicht buchbar: {source}", "line {line}: cannot be posted: {source}")
        }
        AssignError::Money { line, source } => {
            say!(
                language,
                "Zeile {line}: Betrag zu groß: {source}",
                "line {line}: amount too large: {source}"
            )
        }
        AssignError::Sink(source) => source.to_string(),
    }
}

fn unproved_text(what: &str, equation: &Equation, language: Language) -> String {
    let (left, right) = (equation.left, equation.right);
    say!(
        language,
        "der Nachweis geht nicht auf ({what}: {left} ist nicht {right}); es wurde nichts geschrieben. Das ist ein Fehler von Kontor, \
         bitte melden",
        "the proof fails ({what}: {left} is not {right}); nothing was written. This is a mistake of Kontor, please report it"
    )
}
