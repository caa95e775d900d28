//! Errors in words: where, what was found, what was expected, and what to do; German and English side by side.

use crate::error::{LooksLike, Problem, ReadError, Wanted};

/// The language of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Deutsch.
    German,
    /// English.
    English,
}

impl Language {
    fn pick<T>(self, german: T, english: T) -> T {
        match self {
            Self::German => german,
            Self::English => english,
        }
    }
}

impl ReadError {
    /// The whole sentence. Texts of the file in it are shortened and can be printed.
    pub fn sentence(&self, language: Language) -> String {
        let mut places = Vec::new();
        places.extend(self.member.as_deref().map(crate::error::shortened));
        if let Some(place) = self.place {
            let line = language.pick("Zeile", "line");
            places.push(match place.column {
                Some(column) => {
                    format!("{line} {}, {} {column}", place.line, language.pick("Spalte", "column"))
                }
                None => format!("{line} {}", place.line),
            });
        }
        if !self.tag.is_empty() {
            places.push(self.tag.clone());
        }
        let said = say(&self.problem, language);
        if places.is_empty() { said } else { format!("{}: {said}", places.join(", ")) }
    }
}

/// What to do where the file itself is damaged.
const AGAIN: (&str, &str) = (
    "bitte den Auszug noch einmal bei der Bank herunterladen",
    "download the statement from the bank once more",
);

fn say(problem: &Problem, language: Language) -> String {
    of_file(problem, language)
        .or_else(|| of_archive(problem, language))
        .unwrap_or_else(|| of_content(problem, language))
}

fn of_file(problem: &Problem, language: Language) -> Option<String> {
    let again = language.pick(AGAIN.0, AGAIN.1);
    Some(match problem {
        Problem::Empty => language.pick(
            format!("die Datei ist leer; {again}"),
            format!("the file is empty; {again}"),
        ),
        Problem::TooLarge { most } => {
            let most = most >> 20;
            language.pick(
                format!("die Datei ist größer als {most} MiB; bitte einen kürzeren Zeitraum herunterladen"),
                format!("the file is larger than {most} MiB; download a shorter period"),
            )
        }
        Problem::NoStatement { looks_like } => no_statement(*looks_like, language).to_owned(),
        Problem::OtherMessage { found } => language.pick(
            format!(
                "das ist «{found}» und kein Kontoauszug; camt.052 sind vorläufige Umsätze, camt.054 einzelne Buchungen ohne Saldo. \
                 Gebraucht wird der Tagesauszug camt.053"
            ),
            format!(
                "this is «{found}» and no statement; camt.052 are intraday items, camt.054 single bookings without balance. Needed is \
                 the end-of-day statement camt.053"
            ),
        ),
        Problem::Version { found } => language.pick(
            format!("«{found}» wird nicht gelesen; gelesen werden camt.053.001.02 bis camt.053.001.08"),
            format!("«{found}» is not read; camt.053.001.02 to camt.053.001.08 are"),
        ),
        Problem::Encoding { name } => language.pick(
            format!("die Zeichenkodierung «{name}» gibt es nicht; üblich ist UTF-8"),
            format!("there is no encoding «{name}»; UTF-8 is usual"),
        ),
        Problem::Bytes => language.pick(
            format!("die Datei enthält Bytes, die in ihrer Zeichenkodierung keine Buchstaben sind; {again}"),
            format!("the file holds bytes that are no letters in its encoding; {again}"),
        ),
        _ => return None,
    })
}

fn no_statement(looks_like: LooksLike, language: Language) -> &'static str {
    match looks_like {
        LooksLike::Pdf => language.pick(
            "das ist ein PDF; bitte den Auszug als camt.053 (XML) oder MT940 herunterladen, im Online-Banking meist unter «Export»",
            "this is a PDF; download the statement as camt.053 (XML) or MT940, in online banking mostly under «export»",
        ),
        LooksLike::Csv => language.pick(
            "das ist eine CSV-Tabelle, die keine Salden beweist; bitte den Auszug als camt.053 (XML) oder MT940 herunterladen",
            "this is a CSV table, which proves no balances; download the statement as camt.053 (XML) or MT940",
        ),
        LooksLike::Gzip => language.pick(
            "die Datei ist mit gzip gepackt; bitte auspacken, gelesen werden camt.053, MT940 und ZIP-Archive davon",
            "the file is packed with gzip; unpack it, read are camt.053, MT940 and ZIP archives of them",
        ),
        LooksLike::Xml => language.pick(
            "das ist XML, aber kein Kontoauszug; erwartet wird camt.053 (Wurzelelement Document mit BkToCstmrStmt)",
            "this is XML but no statement; expected is camt.053 (root element Document with BkToCstmrStmt)",
        ),
        LooksLike::Office => language.pick(
            "das ist eine Office-Datei; bitte den Auszug als camt.053 (XML) oder MT940 herunterladen",
            "this is an office document; download the statement as camt.053 (XML) or MT940",
        ),
        LooksLike::Unknown => language.pick(
            "das ist kein Kontoauszug in einem bekannten Format; gelesen werden camt.053 (XML), MT940 und ZIP-Archive davon",
            "this is no statement of a known format; read are camt.053 (XML), MT940 and ZIP archives of them",
        ),
    }
}

fn of_archive(problem: &Problem, language: Language) -> Option<String> {
    Some(match problem {
        Problem::Archive { message } => language.pick(
            format!("das ZIP-Archiv ist beschädigt ({message}); bitte noch einmal herunterladen"),
            format!("the ZIP archive is broken ({message}); download it once more"),
        ),
        Problem::Encrypted => language
            .pick(
                "die Datei im Archiv ist mit einem Kennwort geschützt; bitte auspacken und einzeln hochladen",
                "the file in the archive is protected by a password; unpack it and upload the files",
            )
            .to_owned(),
        Problem::TooManyMembers { most } => language.pick(
            format!("das Archiv hat mehr als {most} Dateien; bitte aufteilen"),
            format!("the archive has more than {most} files; split it"),
        ),
        Problem::ArchiveTooLarge { most } => {
            let most = most >> 20;
            language.pick(
                format!("das Archiv ist ausgepackt größer als {most} MiB; bitte aufteilen"),
                format!("the archive is larger than {most} MiB when unpacked; split it"),
            )
        }
        Problem::Nested => language
            .pick(
                "das Archiv enthält ein weiteres Archiv; bitte das innere einzeln hochladen",
                "the archive holds another archive; upload the inner one on its own",
            )
            .to_owned(),
        Problem::EmptyArchive => language
            .pick("das Archiv enthält keinen Kontoauszug", "the archive holds no statement")
            .to_owned(),
        _ => return None,
    })
}

fn of_content(problem: &Problem, language: Language) -> String {
    let again = language.pick(AGAIN.0, AGAIN.1);
    match problem {
        Problem::Xml { message } => language.pick(
            format!("kein gültiges XML ({message}); {again}"),
            format!("no valid XML ({message}); {again}"),
        ),
        Problem::CutOff => language.pick(
            format!("die Datei hört mittendrin auf; {again}"),
            format!("the file ends in the middle; {again}"),
        ),
        Problem::DocumentType => language
            .pick(
                "eine Dokumenttyp-Deklaration (DOCTYPE) hat in einem Kontoauszug nichts zu suchen",
                "a document type declaration (DOCTYPE) has no place in a statement",
            )
            .to_owned(),
        Problem::Entity { name } => language.pick(
            format!("«&{name};» ist in einem Kontoauszug nicht erlaubt; erlaubt sind &amp; &lt; &gt; &apos; &quot; und Zeichennummern"),
            format!("«&{name};» is not allowed in a statement; &amp; &lt; &gt; &apos; &quot; and character numbers are"),
        ),
        Problem::TooDeep { most } => language.pick(
            format!("die Elemente sind tiefer als {most} ineinander geschachtelt; das ist kein Kontoauszug"),
            format!("elements stand more than {most} deep in one another; this is no statement"),
        ),
        Problem::Content => language
            .pick(
                "hier steht Text, wo Elemente erwartet werden, oder umgekehrt",
                "text stands where elements are expected, or the other way round",
            )
            .to_owned(),
        Problem::TooMany { most } => language.pick(
            format!("mehr als {most} Auszüge oder Buchungen; bitte einen kürzeren Zeitraum herunterladen"),
            format!("more than {most} statements or entries; download a shorter period"),
        ),
        Problem::Missing { what } => {
            language.pick(format!("{what} fehlt; {again}"), format!("{what} is missing; {again}"))
        }
        Problem::Twice => {
            language.pick(format!("steht ein zweites Mal; {again}"), format!("stands a second time; {again}"))
        }
        Problem::UnknownField => language
            .pick("dieses Feld gibt es in MT940 nicht, oder nicht an dieser Stelle", "MT940 has no such field, or not here")
            .to_owned(),
        Problem::Value { found, wanted } => {
            let wanted = self::wanted(*wanted, language);
            language.pick(format!("«{found}» gefunden, erwartet wird {wanted}"), format!("found «{found}», expected {wanted}"))
        }
        Problem::Places { found, currency } => language.pick(
            format!("«{found}» hat mehr Nachkommastellen als die Währung {currency}"),
            format!("«{found}» has more decimal places than {currency}"),
        ),
        Problem::SumTooLarge => {
            language.pick("der Betrag ist zu groß", "the amount is too large").to_owned()
        }
        Problem::Currency { found, account } => language.pick(
            format!("ein Betrag in {found} auf einem Konto, das in {account} geführt wird; {again}"),
            format!("an amount in {found} on an account that is kept in {account}; {again}"),
        ),
        Problem::Balance { opening, entries, computed, closing } => balance(*opening, *entries, *computed, *closing, language),
        _ => String::new(),
    }
}

fn balance(
    opening: crate::Amount,
    entries: usize,
    computed: crate::Amount,
    closing: crate::Amount,
    language: Language,
) -> String {
    let mark = language.pick(',', '.');
    let [opening, computed, closing] = [opening, computed, closing].map(|amount| amount.figure(mark));
    let many = match (language, entries) {
        (Language::German, 1) => "1 Buchung".to_owned(),
        (Language::German, _) => format!("{entries} Buchungen"),
        (Language::English, 1) => "1 entry".to_owned(),
        (Language::English, _) => format!("{entries} entries"),
    };
    language.pick(
        format!(
            "Anfangssaldo {opening} und {many} ergeben {computed}, der Endsaldo ist aber {closing}; es fehlt eine Buchung oder eine \
             Seite, bitte den vollständigen Auszug hochladen"
        ),
        format!(
            "the opening balance of {opening} and {many} make {computed}, but the closing balance is {closing}; an entry or a page is \
             missing, upload the complete statement"
        ),
    )
}

fn wanted(wanted: Wanted, language: Language) -> String {
    let text = match wanted {
        Wanted::Amount('.') => language
            .pick("ein Betrag ohne Vorzeichen wie 1234.56", "an amount without a sign such as 1234.56"),
        Wanted::Amount(_) => language
            .pick("ein Betrag ohne Vorzeichen wie 1234,56", "an amount without a sign such as 1234,56"),
        Wanted::Currency => language
            .pick("eine Währung aus drei Großbuchstaben wie EUR", "a currency of three capitals such as EUR"),
        Wanted::Date => language.pick("ein Tag wie 2026-10-31", "a day such as 2026-10-31"),
        Wanted::ShortDate => {
            language.pick("ein Tag der Form JJMMTT wie 261031", "a day of the form YYMMDD such as 261031")
        }
        Wanted::CreditOrDebit => {
            language.pick("CRDT (Gutschrift) oder DBIT (Belastung)", "CRDT (credit) or DBIT (debit)")
        }
        Wanted::Mark => language.pick(
            "C (Gutschrift), D (Belastung), RC oder RD (deren Storno)",
            "C (credit), D (debit), RC or RD (their reversals)",
        ),
        Wanted::Iban => {
            language.pick("eine IBAN mit richtiger Prüfziffer", "an IBAN with right check digits")
        }
        Wanted::Boolean => "true / false",
        Wanted::Status => language.pick("BOOK, PDNG oder INFO", "BOOK, PDNG or INFO"),
        Wanted::BookingLine => language.pick(
            "Valuta, Buchungstag, C oder D, Betrag und Art wie 2611021102C123,45NTRFNONREF",
            "value date, booking date, C or D, amount and type such as 2611021102C123,45NTRFNONREF",
        ),
        Wanted::BalanceLine => language.pick(
            "C oder D, Tag, Währung und Betrag wie C261031EUR1234,56",
            "C or D, day, currency and amount such as C261031EUR1234,56",
        ),
    };
    text.to_owned()
}
