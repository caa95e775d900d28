//! What the TOML reader stumbles over, in words for people who do not write TOML every day.

use crate::language::Language;
use crate::say;

/// The reader says so of a value that is missing as well.
const UNQUOTED: &str = "string values must be quoted";

/// How the reader's message begins, and what it means.
const SLIPS: &[(&str, &str, &str)] = &[
    (
        "unexpected leading zero",
        "eine Zahl beginnt nicht mit 0; mit Anführungszeichen darf sie es",
        "a number does not begin with 0; in quotation marks it may",
    ),
    ("duplicate key", "diese Angabe steht schon weiter oben", "this setting stands further up already"),
    (
        "unclosed table",
        "die eckige Klammer des Abschnitts ist nicht geschlossen",
        "the bracket of the section is not closed",
    ),
    (
        "unclosed array",
        "die eckige Klammer der Liste ist nicht geschlossen",
        "the bracket of the list is not closed",
    ),
    (
        "invalid basic string",
        "der Text endet nicht mit einem Anführungszeichen, oder ein \\ in ihm hat keinen Sinn",
        "the text does not end with a quotation mark, or a \\ in it makes no sense",
    ),
    (
        "key with no value",
        "hinter dem Namen fehlt = und ein Wert",
        "= and a value are missing behind the name",
    ),
    (
        "missing comma",
        "zwischen zwei Werten der Liste fehlt ein Komma, oder ihre eckige Klammer ist nicht geschlossen",
        "a comma is missing between two values of the list, or its bracket is not closed",
    ),
    (
        UNQUOTED,
        "Text steht in Anführungszeichen, \"skr03\"; ein Tag hat die Form 2026-10-01",
        "text stands in quotation marks, \"skr03\"; a day has the form 2026-10-01",
    ),
    ("invalid date", "diesen Tag gibt es nicht", "there is no such day"),
];

pub(super) fn say(message: &str, found: &str, language: Language) -> String {
    let message = message.trim().replace('\n', " ");
    let known = SLIPS.iter().find(|(begin, ..)| message.starts_with(begin));
    match known {
        Some((begin, ..)) if *begin == UNQUOTED && found.is_empty() => {
            language.pick("hinter dem = fehlt ein Wert", "a value is missing behind the =").to_owned()
        }
        Some((_, german, english)) => language.pick(*german, *english).to_owned(),
        None => say!(language, "kein gültiges TOML: {}", "no valid TOML: {}", message),
    }
}
