//! Problems in words, in both languages.

use exports::datev::review::Severity;

use super::{Form, Need, Problem, Type, What, review_text, rule_text, syntax_text};
use crate::language::Language;
use crate::say;

/// Line, column, setting, what was found, and what is allowed.
pub(super) fn say(problem: &Problem, language: Language) -> String {
    let Problem { position, setting, found, what } = problem;
    let place = say!(language, "Zeile {}, Spalte {}", "line {}, column {}", position.line, position.column);
    let severity = match problem.severity() {
        Severity::Refused => String::new(),
        Severity::Warning => say!(language, " (Hinweis)", " (warning)"),
    };
    let subject = match (setting.as_str(), found.as_str(), what) {
        ("", "", _) => String::new(),
        ("", found, _) => format!(": {found}"),
        (setting, "", _) => format!(": {setting}"),
        (setting, found, What::UnknownKey { .. } | What::NotOneOf { .. })
            if !found.starts_with(['"', '\'']) =>
        {
            format!(": {setting} {found}")
        }
        (setting, found, _) => format!(": {setting} = {found}"),
    };
    format!("{place}{severity}{subject}: {}", of_what(what, found, language))
}

/// What is wrong, for a place that shows what was found.
pub(super) fn at_field(problem: &Problem, language: Language) -> String {
    of_what(&problem.what, &problem.found, language)
}

fn of_what(what: &What, found: &str, language: Language) -> String {
    match what {
        What::NotUtf8 => say!(
            language,
            "kein Text in UTF-8; die Datei im Editor als UTF-8 speichern",
            "no text in UTF-8; save the file as UTF-8 in the editor"
        ),
        What::Shapeless => say!(
            language,
            "eine Schreibweise, die kein Formular hat; Zahlen bitte dezimal schreiben",
            "a way of writing that no form has; write numbers in decimal"
        ),
        What::TooLarge { most } => say!(
            language,
            "mehr als {} Bytes; so viel braucht keine Konfiguration",
            "more than {} bytes; no configuration needs so many",
            most
        ),
        What::Syntax { message } => syntax_text::say(message, found, language),
        What::UnknownKey { nearest, allowed } => say!(
            language,
            "das gibt es hier nicht; {}",
            "there is no such thing here; {}",
            meant(*nearest, allowed.iter().copied(), language)
        ),
        What::Missing { need } => {
            say!(language, "fehlt: {}", "is missing: {}", of_need(*need, language))
        }
        What::WrongType { wanted } => {
            say!(language, "erlaubt ist {}", "allowed is {}", of_type(*wanted, language))
        }
        What::NotOneOf { allowed, nearest } => {
            let allowed = allowed.iter().map(String::as_str);
            say!(
                language,
                "nicht erlaubt; {}",
                "not allowed; {}",
                meant(nearest.as_deref(), allowed, language)
            )
        }
        What::OutOfRange { least, most } => say!(
            language,
            "erlaubt ist eine ganze Zahl von {} bis {}",
            "allowed is a whole number from {} to {}",
            least,
            most
        ),
        What::Form(form) => say!(language, "erlaubt ist {}", "allowed is {}", of_form(*form, language)),
        What::Account(error) => rule_text::account(error, language),
        What::Template(error) => rule_text::template(error, language),
        What::Zone { nearest } => zone(nearest.as_deref(), language),
        What::Day { last_year } => say!(
            language,
            "erlaubt sind Tage der Jahre 2000 bis {}, andere kann das DATEV-Format nicht schreiben",
            "allowed are days of the years 2000 to {}, the DATEV format cannot write others",
            last_year
        ),
        What::Twice { first_line } => {
            say!(language, "steht schon in Zeile {}", "stands in line {} already", first_line)
        }
        What::TooMany { most } => {
            say!(language, "zu viele; erlaubt sind {}", "too many; {} are allowed", most)
        }
        What::DayOrMonth => say!(
            language,
            "ein Kurs gilt für einen Tag (day = 2026-10-05) oder für einen Monat (month = \"2026-10\"), nicht für beides und nicht für keins",
            "a rate holds for a day (day = 2026-10-05) or for a month (month = \"2026-10\"), not for both and not for neither"
        ),
        What::OwnCurrency => say!(
            language,
            "das ist die Währung der Bücher, sie braucht keinen Kurs",
            "this is the currency of the books, it needs no rate"
        ),
        What::NothingBooked => say!(
            language,
            "mit account = \"none\" wird nichts gebucht; diese Angabe gehört zu einem Konto",
            "with account = \"none\" nothing is booked; this setting belongs to an account"
        ),
        What::NoAccounts { scopes } => say!(
            language,
            "ein eigener Kontenrahmen schlägt keine Konten vor; es fehlen [[account]] für: {}",
            "a chart of one's own proposes no accounts; missing are [[account]] for: {}",
            scopes.join(", ")
        ),
        What::Rule(problem) => rule_text::rule(problem, language),
        What::Review(remark) => review_text::say(remark, language),
    }
}

/// The name that was probably meant, else all that there are.
fn meant<'n>(nearest: Option<&str>, allowed: impl Iterator<Item = &'n str>, language: Language) -> String {
    if let Some(nearest) = nearest {
        return say!(language, "gemeint ist wohl «{}»", "«{}» is probably meant", nearest);
    }
    let all: Vec<&str> = allowed.collect();
    say!(language, "es gibt: {}", "there are: {}", all.join(", "))
}

fn zone(nearest: Option<&str>, language: Language) -> String {
    let hint =
        nearest.map(|name| say!(language, "; gemeint ist wohl «{}»", "; «{}» is probably meant", name));
    say!(
        language,
        "diese Zeitzone gibt es nicht; erlaubt sind Namen wie Europe/Berlin{}",
        "there is no such time zone; allowed are names such as Europe/Berlin{}",
        hint.unwrap_or_default()
    )
}

fn of_need(need: Need, language: Language) -> &'static str {
    let (german, english) = match need {
        Need::Client => ("ein Abschnitt [client] mit dem Kontenrahmen", "a section [client] with the chart"),
        Need::Chart => (
            "der Kontenrahmen \"skr03\", \"skr04\" oder \"eigener\": es gibt keine Vorgabe, damit niemand in den falschen bucht",
            "the chart \"skr03\", \"skr04\" or \"eigener\": there is no default, so that nobody books into the wrong one",
        ),
        Need::Scope => (
            "wofür das Konto gilt, zum Beispiel for = \"fee\"",
            "what the account is for, such as for = \"fee\"",
        ),
        Need::Account => ("das Konto, zum Beispiel account = 4970", "the account, such as account = 4970"),
        Need::Name => {
            ("der Name des Shops, wie er im Bericht steht", "the name of the store as the report has it")
        }
        Need::Currency => ("die Währung, zum Beispiel \"USD\"", "the currency, such as \"USD\""),
        Need::Rate => (
            "der Kurs: Einheiten der Währung für eine Einheit der Buchwährung, zum Beispiel \"1.0850\"",
            "the rate: units of the currency for one unit of the books' currency, such as \"1.0850\"",
        ),
        Need::Source => {
            ("woher der Kurs stammt, zum Beispiel \"EZB\"", "where the rate comes from, such as \"ECB\"")
        }
    };
    language.pick(german, english)
}

fn of_type(wanted: Type, language: Language) -> &'static str {
    let (german, english) = match wanted {
        Type::Table => (
            "ein einzelner Abschnitt mit einfachen Klammern, [name]",
            "one section in single brackets, [name]",
        ),
        Type::Tables => (
            "eine Liste von Abschnitten mit doppelten Klammern, [[name]]",
            "a list of sections in double brackets, [[name]]",
        ),
        Type::Text => ("ein Text in Anführungszeichen", "a text in quotation marks"),
        Type::Integer => ("eine ganze Zahl ohne Anführungszeichen", "a whole number without quotation marks"),
        Type::Boolean => ("true oder false", "true or false"),
        Type::Date => (
            "ein Tag ohne Anführungszeichen und ohne Uhrzeit, 2026-10-01",
            "a day without quotation marks and without a time, 2026-10-01",
        ),
        Type::Dates => (
            "eine Liste der ersten Tage, [2026-07-01]; ohne die Zeile gilt das Kalenderjahr",
            "a list of first days, [2026-07-01]; without the line the calendar year holds",
        ),
        Type::Digits => ("eine Nummer, 1210 oder \"1210\"", "a number, 1210 or \"1210\""),
    };
    language.pick(german, english)
}

fn of_form(form: Form, language: Language) -> &'static str {
    let (german, english) = match form {
        Form::Currency => (
            "ein Währungscode aus drei Großbuchstaben, \"EUR\"",
            "a currency code of three capitals, \"EUR\"",
        ),
        Form::Month => ("ein Monat in der Form \"2026-10\"", "a month of the form \"2026-10\""),
        Form::Rate => (
            "ein Kurs über null mit höchstens fünf Stellen vor und sechs nach dem Komma, \"1.0850\"",
            "a rate above zero with at most five digits before and six after the point, \"1.0850\"",
        ),
        Form::VatRate => (
            "ein Steuersatz unter 100 mit höchstens zwei Nachkommastellen, 20 oder \"5,5\"",
            "a VAT rate below 100 with at most two decimal places, 20 or \"5.5\"",
        ),
        Form::VatId => (
            "Land und USt-IdNr. ohne Leerzeichen, höchstens 15 Zeichen, \"LU20260743\"",
            "country and VAT id without blanks, at most 15 characters, \"LU20260743\"",
        ),
        Form::CostCentre => (
            "eine Kostenstelle aus 1 bis 36 Buchstaben (ohne Umlaute), Ziffern, Leerzeichen und _",
            "a cost centre of 1 to 36 letters (without umlauts), digits, blanks and _",
        ),
        Form::Prefix => (
            "ein Präfix aus höchstens 17 Zeichen A-Z a-z 0-9 $ & % * + - /",
            "a prefix of at most 17 characters A-Z a-z 0-9 $ & % * + - /",
        ),
        Form::ExportedBy => (
            "ein Name aus höchstens 25 Buchstaben (ohne Umlaute), Ziffern und _",
            "a name of at most 25 letters (without umlauts), digits and _",
        ),
        Form::NotEmpty => ("ein Text, der nicht leer ist", "a text that is not empty"),
        Form::Printable => (
            "ein Text ohne Zeilenumbruch und Steuerzeichen",
            "a text without line breaks and control characters",
        ),
    };
    language.pick(german, english)
}
