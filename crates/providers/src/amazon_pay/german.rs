//! What is wrong with a report, in German; the library of the reports speaks English.

mod connection;

pub use connection::{
    advice, client_error, configuration_error, identifier_error, key_error, key_id_error, no_region, region,
};

use amazon_pay::report::{AmountText, FieldProblem, Identity, ReportError, ReportKind};

/// The German text of a report's error: line, column, text found, what was expected, what to do.
pub fn report_error(error: &ReportError) -> String {
    match error {
        ReportError::Read { line, source } => {
            format!("Zeile {line}: die Datei lässt sich nicht weiterlesen ({source}); bitte neu abrufen")
        }
        ReportError::Empty => "die Datei ist leer; bitte den Bericht neu abrufen".to_owned(),
        ReportError::NotRecognised { expected, found } => format!(
            "das ist kein {}: die Kopfzeile steht nicht in den ersten Zeilen (sieht aus wie: {}); bitte die Datei so \
             angeben, wie Amazon Pay sie geliefert hat",
            kind(*expected),
            kind(*found)
        ),
        ReportError::Separator { line, separator } => format!(
            "Zeile {line}: die Spalten sind durch {separator:?} statt durch ein Komma getrennt; eine Tabellenkalkulation \
             hat die Datei umgeschrieben, bitte die Datei so angeben, wie Amazon Pay sie geliefert hat"
        ),
        ReportError::Cut { line } => format!(
            "die Datei endet in Zeile {line}, vor der Kopfzeile: sie ist abgeschnitten; bitte den Bericht neu abrufen"
        ),
        ReportError::PreambleMissing { names } => {
            format!("vor der Kopfzeile fehlt {}; bitte den Bericht neu abrufen", names.join(", "))
        }
        ReportError::PreambleConflict { line, name, first, second } => format!(
            "Zeile {line}: {name} ist {second:?}, weiter oben steht {first:?}; bitte den Bericht neu abrufen"
        ),
        ReportError::PeriodReversed { start, end } => format!(
            "der Zeitraum endet ({end}), bevor er beginnt ({start}); bitte den Bericht neu abrufen und nicht verändern"
        ),
        ReportError::ColumnsMissing { line, names } => format!(
            "Zeile {line}: in der Kopfzeile fehlt {}; bitte den Bericht mit allen Spalten neu abrufen",
            names.join(", ")
        ),
        ReportError::ColumnRepeated { line, name } => {
            format!("Zeile {line}: zwei Spalten heißen {name}; bitte den Bericht neu abrufen")
        }
        ReportError::FieldCount { line, found, expected } => format!(
            "Zeile {line}: {found} Felder, erwartet {expected} wie in der Kopfzeile; die Zeile ist abgeschnitten, oder ein \
             Komma steht außerhalb der Anführungszeichen; bitte den Bericht neu abrufen"
        ),
        ReportError::Field { line, column, found, problem } => {
            let (expected, advice) = field(*problem);
            format!("Zeile {line}, Spalte {column}: {expected}; gefunden {found:?}; {advice}")
        }
        ReportError::Identity { line, identity } => format!(
            "Zeile {line}: {}; der Bericht widerspricht sich, bitte neu abrufen, und wenn es so bleibt, bei Amazon Pay \
             nach dieser Zeile fragen",
            equation(identity)
        ),
        ReportError::SettlementChanged { line, found, expected } => format!(
            "Zeile {line}, Spalte SettlementId: gefunden {found:?}, in den Zeilen davor steht {expected:?}; eine Datei \
             enthält eine Abrechnung, bitte jeden Bericht als eigene Datei angeben"
        ),
        ReportError::TooManyRows { limit } => {
            format!("mehr als {limit} Zeilen; so lang ist kein Bericht von Amazon Pay")
        }
        ReportError::TooManyFields { line, limit } => {
            format!("Zeile {line}: mehr als {limit} Felder; das ist kein Bericht von Amazon Pay")
        }
    }
}

fn kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Settlement => "Abrechnungsbericht (Settlement Report)",
        ReportKind::Refund => "Erstattungsbericht (Refund Report)",
        ReportKind::Unknown => "unbekannte Datei",
    }
}

fn equation(identity: &Identity) -> String {
    let (column, [first, second]) = identity.name.columns();
    let stated = AmountText(identity.stated, identity.currency);
    let computed = AmountText(identity.computed, identity.currency);
    format!("{column} ist {stated}, aber {first} + {second} ist {computed}")
}

/// What was expected, and what to do.
fn field(problem: FieldProblem) -> (String, &'static str) {
    const REWRITTEN: &str = "vermutlich hat eine Tabellenkalkulation die Datei umgeschrieben, bitte die Datei so angeben, wie Amazon Pay sie geliefert hat";
    const DAMAGED: &str = "die Datei ist beschädigt, bitte den Bericht neu abrufen";
    const SHAPE: &str = "bitte die Datei so angeben, wie Amazon Pay sie geliefert hat; ist sie unverändert, hat Amazon die Form geändert: bitte melden";
    const CURRENCY: &str = "bitte die Währung der Zeile prüfen; ist die Datei unverändert, bei Amazon Pay nach dieser Zeile fragen";
    let (expected, advice) = match problem {
        FieldProblem::Empty => ("erwartet wird ein Wert, das Feld ist leer", SHAPE),
        FieldProblem::Date => ("erwartet wird ein Zeitpunkt wie 2026-10-31T23:30:00 +0000", SHAPE),
        FieldProblem::Currency => ("erwartet wird eine Währung aus drei Großbuchstaben wie EUR", SHAPE),
        FieldProblem::Amount => ("erwartet wird ein Betrag wie 10.00 oder -0.29", SHAPE),
        FieldProblem::AmountComma => {
            ("erwartet wird ein Betrag mit Dezimalpunkt, gefunden ein Komma", REWRITTEN)
        }
        FieldProblem::AmountThousands => ("erwartet wird ein Betrag ohne Tausendertrennung", REWRITTEN),
        FieldProblem::AmountPlus => ("erwartet wird ein Betrag ohne Pluszeichen", REWRITTEN),
        FieldProblem::AmountCurrency => ("erwartet wird ein Betrag ohne Währung", REWRITTEN),
        FieldProblem::AmountExponent => ("erwartet wird ein Betrag in Ziffern ohne Exponent", REWRITTEN),
        FieldProblem::AmountDigits { digits } => {
            return (format!("erwartet werden höchstens {digits} Stellen nach dem Dezimalpunkt"), CURRENCY);
        }
        FieldProblem::AmountTooLarge => ("der Betrag ist zu groß", CURRENCY),
        FieldProblem::Encoding => ("erwartet wird Text in UTF-8", REWRITTEN),
        FieldProblem::Nul => ("erwartet wird Text ohne Nullbytes", DAMAGED),
        FieldProblem::TooLong { limit } => {
            return (format!("erwartet werden höchstens {limit} Bytes"), DAMAGED);
        }
        FieldProblem::QuoteUnclosed => {
            ("das schließende Anführungszeichen fehlt, die Datei endet im Feld", DAMAGED)
        }
        FieldProblem::QuoteFollowed => {
            ("nach dem schließenden Anführungszeichen wird ein Komma oder das Zeilenende erwartet", DAMAGED)
        }
        FieldProblem::QuoteInside => ("in einem Feld ohne Anführungszeichen wird keines erwartet", DAMAGED),
    };
    (expected.to_owned(), advice)
}
