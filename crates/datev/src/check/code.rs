//! What can be wrong in a file: each with its id, its severity, and what to do in German and in English.

use super::{
    Language,
    Severity::{self, Error, Warning},
};

/// Declares the codes, so that everything about one of them stands in one place.
macro_rules! codes {
    ($($name:ident, $id:literal, $severity:ident, $german:literal, $english:literal;)+) => {
        /// What is wrong. The id is stable; the sentences are not.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $english] $name,)+
        }

        impl Code {
            /// All codes, in the order in which a file is read.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// An error is what DATEV refuses or misreads, a warning what it cuts or ignores.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => $severity,)+ }
            }

            /// What is wrong and what to do.
            pub const fn sentence(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::German) => $german, (Self::$name, Language::English) => $english,)+
                }
            }
        }
    };
}

impl Code {
    /// The place among all codes.
    pub(super) fn index(self) -> usize {
        Self::ALL.partition_point(|&code| code < self)
    }
}

codes! {
    // The file.
    FileName, "file-name", Error,
        "DATEV listet diese Datei nicht zum Import: der Name muss mit EXTF_ beginnen, mit .csv enden und dazwischen höchstens 51 Zeichen haben.",
        "DATEV does not list this file for import: the name must begin with EXTF_, end with .csv and have at most 51 characters between.";
    Empty, "empty", Error,
        "Die Datei ist leer: bitte neu exportieren.",
        "The file is empty: export it again.";
    NotExtf, "not-extf", Error,
        "Das ist keine Datei im DATEV-Format: die erste Zeile muss mit \"EXTF\" beginnen.",
        "This is no file of the DATEV-Format: the first line must begin with \"EXTF\".";
    HeadingsFirst, "headings-first", Error,
        "Der Vorsatz fehlt: vor der Zeile mit den Spaltennamen muss eine Zeile stehen, die mit \"EXTF\" beginnt.",
        "The header is missing: a line that begins with \"EXTF\" must stand before the line of column names.";
    WrongDelimiter, "wrong-delimiter", Error,
        "Die Felder sind nicht durch Semikolon getrennt: mit Semikolon als Trennzeichen neu speichern.",
        "The fields are not separated by semicolons: save the file again with semicolons.";
    Utf8WithoutMark, "utf8-without-bom", Error,
        "Die Datei ist UTF-8 ohne Kennung; DATEV liest sie als ANSI und verfälscht die Umlaute: als windows-1252 (ANSI) speichern.",
        "The file is UTF-8 without byte order mark; DATEV reads it as ANSI and garbles umlauts: save it as windows-1252 (ANSI).";
    LineEnd, "line-end", Warning,
        "Die Zeile endet nicht mit CR LF: mit Windows-Zeilenenden speichern.",
        "The line does not end with CR LF: save the file with Windows line ends.";
    UnclosedQuote, "unclosed-quote", Error,
        "Ein Anführungszeichen wird nicht geschlossen, die folgenden Felder verrutschen: Zeichen ergänzen oder im Text verdoppeln.",
        "A quote is not closed and the fields after it shift: close it, or double it inside a text.";
    StrayQuote, "stray-quote", Warning,
        "Ein Anführungszeichen im Text ist nicht verdoppelt: \"\" schreiben.",
        "A quote inside the text is not doubled: write \"\".";
    LineTooLong, "line-too-long", Error,
        "Die Zeile ist länger als jede Zeile des Formats: vermutlich fehlen Zeilenenden.",
        "The line is longer than any line of the format: line ends are probably missing.";
    NoHeadings, "no-headings", Error,
        "Die zweite Zeile muss die Spaltennamen enthalten; DATEV überspringt sie, so geht eine Buchung verloren.",
        "The second line must hold the column names; DATEV skips it, so that a row is lost.";
    HeadingCount, "heading-count", Warning,
        "Die Zahl der Spaltennamen passt nicht zur Formatversion im Vorsatz.",
        "The number of column names does not fit the format version of the header.";
    HeadingsDiffer, "headings-differ", Warning,
        "Der Spaltenname ist nicht der von DATEV; es zählt nur die Reihenfolge: prüfen, ob keine Spalte fehlt.",
        "The column name is not DATEV's; only the order counts: see that no column is missing.";
    NoRows, "no-rows", Warning,
        "Die Datei enthält keine Datensätze.",
        "The file holds no rows.";
    TooManyRows, "too-many-rows", Error,
        "Die Datei hat mehr als 99.999 Datensätze: auf mehrere Dateien verteilen.",
        "The file has more than 99,999 rows: split it.";

    // The header.
    HeaderTooFew, "header-too-few", Error,
        "Der Vorsatz hat zu wenige Felder: es müssen 31 sein.",
        "The header has too few fields: there must be 31.";
    HeaderTooMany, "header-too-many", Error,
        "Der Vorsatz hat zu viele Felder: es müssen 31 sein.",
        "The header has too many fields: there must be 31.";
    HeaderUnquoted, "header-unquoted", Warning,
        "Ein Textfeld des Vorsatzes steht nicht in Anführungszeichen.",
        "A text of the header does not stand in quotes.";
    HeaderVersion, "header-version", Error,
        "Die Version des Vorsatzes ist nicht 700: neu im aktuellen Format exportieren.",
        "The version of the header is not 700: export again in the current format.";
    HeaderCategory, "header-category", Error,
        "Diese Formatkategorie gibt es nicht: 21 sind Buchungen, 16 Debitoren/Kreditoren, 20 Kontenbeschriftungen.",
        "There is no such category: 21 are postings, 16 debtors/creditors, 20 account labels.";
    HeaderFormatName, "header-format-name", Error,
        "Der Formatname passt nicht zur Formatkategorie.",
        "The format name does not fit the category.";
    HeaderFormatVersion, "header-format-version", Error,
        "Diese Formatversion gibt es für die Kategorie nicht: Buchungsstapel 13, Debitoren/Kreditoren 5, Kontenbeschriftungen 3.",
        "The category has no such format version: booking batch 13, debtors/creditors 5, account labels 3.";
    HeaderCreated, "header-created", Error,
        "Der Erzeugungszeitpunkt muss 17 Ziffern haben: JJJJMMTTHHMMSSFFF.",
        "The instant of creation must have 17 digits: YYYYMMDDHHMMSSFFF.";
    HeaderImported, "header-imported", Error,
        "Das Feld wird von DATEV beim Import gefüllt: leer lassen.",
        "DATEV fills this field on import: leave it empty.";
    HeaderAdviser, "header-adviser", Error,
        "Die Beraternummer fehlt oder liegt nicht zwischen 1001 und 9999999: beim Steuerberater erfragen.",
        "The adviser number is missing or not between 1001 and 9999999: ask the tax adviser.";
    HeaderClient, "header-client", Error,
        "Die Mandantennummer fehlt oder liegt nicht zwischen 1 und 99999: beim Steuerberater erfragen.",
        "The client number is missing or not between 1 and 99999: ask the tax adviser.";
    HeaderFiscalYear, "header-fiscal-year", Error,
        "Der Beginn des Wirtschaftsjahres muss ein Datum JJJJMMTT sein.",
        "The begin of the fiscal year must be a date YYYYMMDD.";
    HeaderAccountLength, "header-account-length", Error,
        "Die Sachkontenlänge muss 4 bis 8 sein und der Einstellung des Mandanten entsprechen.",
        "The account length must be 4 to 8 and equal the client's setting.";
    HeaderDate, "header-date", Error,
        "Das Datum muss die Form JJJJMMTT haben und im Kalender stehen.",
        "The date must have the form YYYYMMDD and stand in the calendar.";
    HeaderDateOrder, "header-date-order", Error,
        "Datum bis liegt vor Datum von.",
        "The last day lies before the first.";
    HeaderCalendarYear, "header-calendar-year", Error,
        "Datum von und bis liegen in verschiedenen Kalenderjahren: eine Datei je Jahr schreiben.",
        "First and last day lie in different calendar years: write one file a year.";
    HeaderBeforeFiscalYear, "header-before-fiscal-year", Error,
        "Datum von liegt vor dem Beginn des Wirtschaftsjahres: Beginn oder Zeitraum berichtigen.",
        "The first day lies before the fiscal year begins: correct begin or period.";
    HeaderBeyondFiscalYear, "header-beyond-fiscal-year", Error,
        "Datum bis liegt nach dem Ende des Wirtschaftsjahres: eine Datei je Wirtschaftsjahr schreiben.",
        "The last day lies behind the end of the fiscal year: write one file a fiscal year.";
    HeaderLabel, "header-label", Warning,
        "Die Bezeichnung darf 30 Zeichen haben: Buchstaben, Ziffern, Leerzeichen und _ . - /; DATEV kürzt sie.",
        "The label may have 30 characters: letters, digits, blanks and _ . - /; DATEV cuts it.";
    HeaderLock, "header-lock", Warning,
        "Ohne Festschreibung 0 oder 1 schreibt DATEV den Stapel fest: 0 eintragen, wenn er änderbar bleiben soll.",
        "Without a lock flag 0 or 1 DATEV locks the batch: write 0 if it shall stay open.";
    HeaderCurrency, "header-currency", Error,
        "Das Währungskennzeichen muss aus drei Großbuchstaben bestehen, zum Beispiel EUR.",
        "The currency must be three capital letters, such as EUR.";
    HeaderReserved, "header-reserved", Error,
        "Das Feld ist reserviert: leer lassen.",
        "The field is reserved: leave it empty.";
    HeaderChart, "header-chart", Warning,
        "Der Sachkontenrahmen hat zwei Ziffern, zum Beispiel 03 oder 04.",
        "The chart of accounts has two digits, such as 03 or 04.";
    HeaderForm, "header-form", Warning,
        "Der Inhalt hat nicht die Form, die DATEV für dieses Feld des Vorsatzes beschreibt.",
        "The content has not the form that DATEV describes for this field of the header.";

    // Every row.
    TooFewFields, "too-few-fields", Error,
        "Die Zeile hat weniger Felder als die Formatversion vorgibt: alle Trennzeichen schreiben, auch für leere Felder.",
        "The line has fewer fields than the format version has: write all separators, for empty fields as well.";
    TooManyFields, "too-many-fields", Error,
        "Die Zeile hat mehr Felder als die Formatversion vorgibt: vermutlich steht ein Semikolon in einem Text ohne Anführungszeichen.",
        "The line has more fields than the format version has: a semicolon probably stands in a text without quotes.";
    TextUnquoted, "text-unquoted", Warning,
        "Ein Textfeld steht nicht in Anführungszeichen.",
        "A text does not stand in quotes.";
    ValueQuoted, "value-quoted", Warning,
        "Zahl, Betrag, Konto oder Datum steht in Anführungszeichen: ohne schreiben.",
        "A number, amount, account or date stands in quotes: write it without.";
    ControlCharacter, "control-character", Error,
        "Das Feld enthält ein Steuerzeichen, etwa Tabulator oder Zeilenumbruch: entfernen.",
        "The field holds a control character, such as a tab or a line break: remove it.";
    TooLong, "too-long", Warning,
        "Der Text ist zu lang, DATEV kürzt ihn: selbst kürzen.",
        "The text is too long and DATEV cuts it: shorten it.";
    Form, "form", Warning,
        "Der Inhalt hat nicht die Form, die DATEV für dieses Feld beschreibt.",
        "The content has not the form that DATEV describes for this field.";

    // Postings.
    AmountMissing, "amount-missing", Error,
        "Der Umsatz fehlt.",
        "The amount is missing.";
    AmountDot, "amount-dot", Error,
        "Der Umsatz hat einen Punkt: Dezimalzeichen ist das Komma.",
        "The amount has a dot: the decimal sign is the comma.";
    AmountNegative, "amount-negative", Error,
        "Der Umsatz hat ein Vorzeichen: positiv schreiben, die Richtung steht im Soll/Haben-Kennzeichen.",
        "The amount has a sign: write it positive, the direction is the debit/credit flag.";
    AmountThousands, "amount-thousands", Error,
        "Der Umsatz hat Tausendertrennzeichen: weglassen.",
        "The amount has thousands separators: leave them out.";
    AmountZero, "amount-zero", Error,
        "Der Umsatz ist null: eine Buchung über null nimmt DATEV nicht an, Zeile weglassen.",
        "The amount is zero: DATEV takes no posting of zero, leave the row out.";
    AmountNoDecimals, "amount-no-decimals", Warning,
        "Der Umsatz hat nicht genau zwei Nachkommastellen: zum Beispiel 64083,00 schreiben.",
        "The amount has not exactly two decimals: write 64083,00, for example.";
    AmountFormat, "amount-format", Error,
        "Der Umsatz ist keine Zahl mit höchstens zehn Stellen vor dem Komma.",
        "The amount is no number with at most ten digits before the comma.";
    SideFlag, "side", Error,
        "Das Soll/Haben-Kennzeichen muss S oder H sein.",
        "The debit/credit flag must be S or H.";
    Currency, "currency", Error,
        "Das Währungskennzeichen muss aus drei Großbuchstaben bestehen.",
        "The currency must be three capital letters.";
    CurrencyTriple, "currency-triple", Error,
        "Kurs, Basis-Umsatz und WKZ Basis-Umsatz gehören zusammen und zu einer fremden Währung: alle drei füllen oder keines.",
        "Rate, base amount and base currency belong together and to a foreign currency: fill all three or none.";
    BaseAmount, "base-amount", Error,
        "Kurs oder Basis-Umsatz ist keine Zahl über null.",
        "Rate or base amount is no number above zero.";
    AccountDragged, "account-dragged", Warning,
        "Das Konto ist leer; DATEV nimmt das der Zeile davor: eintragen.",
        "The account is empty; DATEV takes that of the row before: fill it in.";
    AccountMissing, "account-missing", Error,
        "Das Konto fehlt.",
        "The account is missing.";
    AccountFormat, "account-format", Error,
        "Das Konto ist keine Zahl von ein bis neun Ziffern über null.",
        "The account is no number of one to nine digits above zero.";
    AccountLength, "account-length", Error,
        "Das Konto ist zu lang für die Sachkontenlänge: Personenkonten haben genau eine Stelle mehr als Sachkonten.",
        "The account is too long for the account length: personal accounts have exactly one digit more than ledger accounts.";
    AccountSame, "account-same", Error,
        "Konto und Gegenkonto sind gleich.",
        "Account and contra account are the same.";
    AccountCollective, "account-collective", Warning,
        "Das Konto ist ein Sammelkonto, das DATEV selbst füllt: auf ein Einzelkonto buchen.",
        "The account is a collective one that DATEV fills itself: post to a single account.";
    AccountReserved, "account-reserved", Warning,
        "Das Konto ist von DATEV reserviert: ein anderes nehmen.",
        "The account is reserved by DATEV: take another one.";
    KeyFormat, "key-format", Error,
        "Der BU-Schlüssel muss aus ein bis vier Ziffern bestehen.",
        "The tax key must be one to four digits.";
    KeyOnAutomatic, "key-on-automatic", Error,
        "Konto oder Gegenkonto ist ein Automatikkonto und rechnet die Steuer selbst: BU-Schlüssel weglassen (DATEV #REW00305, #REW00306).",
        "Account or contra account is automatic and carries its tax by itself: leave the key out (DATEV #REW00305, #REW00306).";
    KeyOldReversal, "key-old-reversal", Warning,
        "Der Schlüssel 20 ist die alte Form der Generalumkehr: stattdessen Feld 118 mit 1 füllen.",
        "Key 20 is the old form of a general reversal: fill field 118 with 1 instead.";
    KeyNotPossible, "key-not-possible", Error,
        "Auf dem Gegenkonto ist kein BU-Schlüssel möglich: weglassen.",
        "The contra account admits no tax key: leave it out.";
    KeyDirection, "key-direction", Error,
        "Der BU-Schlüssel passt nicht zum Gegenkonto: Vorsteuer gehört auf Aufwand, Umsatzsteuer auf Erlöse.",
        "The tax key does not fit the contra account: input tax belongs to expenses, output tax to revenue.";
    KeyNeeds, "key-needs", Error,
        "Der BU-Schlüssel braucht weitere Felder: EU-Land und Steuersatz (40, 41), Sachverhalt L+L (43) oder Steuersatz (119).",
        "The tax key needs other fields: EU country and rate (40, 41), case L+L (43) or rate (119).";
    DateMissing, "date-missing", Error,
        "Das Belegdatum fehlt.",
        "The date is missing.";
    DateFull, "date-full", Warning,
        "Das Belegdatum hat ein Jahr; DATEV wertet nur TTMM aus: vierstellig schreiben.",
        "The date has a year; DATEV evaluates DDMM only: write four digits.";
    DateZeroLost, "date-zero-lost", Error,
        "Dem Belegdatum fehlt die führende Null, meist nach dem Speichern in Excel: 0110 statt 110 schreiben.",
        "The leading zero of the date is lost, mostly by saving in Excel: write 0110, not 110.";
    DateInvalid, "date-invalid", Error,
        "Das Belegdatum ist kein Tag TTMM des Wirtschaftsjahres.",
        "The date is no day DDMM of the fiscal year.";
    DateBeforeFiscalYear, "date-before-fiscal-year", Error,
        "Das Belegdatum liegt vor dem Wirtschaftsjahresbeginn (DATEV #REW00314): in die Datei des Vorjahres schreiben.",
        "The date lies before the fiscal year begins (DATEV #REW00314): write it into the file of the year before.";
    DateOutsideBatch, "date-outside-batch", Error,
        "Das Belegdatum liegt außerhalb von Datum von und bis im Vorsatz.",
        "The date lies outside the first and last day of the header.";
    DocumentNumberLength, "document-number-length", Error,
        "Belegfeld 1 hat mehr als 36 Zeichen; gekürzt passt es zu keinem offenen Posten mehr.",
        "Document number 1 has more than 36 characters; cut, it matches no open item any more.";
    DocumentNumberCharacters, "document-number-characters", Error,
        "Die Belegnummer enthält unerlaubte Zeichen: erlaubt sind A-Z, a-z, 0-9 und $ & % * + - /.",
        "The document number holds characters that are not allowed: A-Z, a-z, 0-9 and $ & % * + - / are.";
    DocumentNumberUnderscore, "document-number-underscore", Warning,
        "Die Belegnummer enthält einen Unterstrich, den DATEV nicht überall annimmt: durch - ersetzen.",
        "The document number holds an underscore, which DATEV does not take everywhere: replace it by -.";
    DocumentNumber2Length, "document-number-2-length", Error,
        "Belegfeld 2 hat mehr als 12 Zeichen.",
        "Document number 2 has more than 12 characters.";
    Discount, "discount", Error,
        "Der Skonto ist keine Zahl über null mit höchstens acht Stellen vor dem Komma.",
        "The discount is no number above zero with at most eight digits before the comma.";
    BankWithoutMandate, "bank-without-mandate", Error,
        "Die Geschäftspartnerbank braucht die SEPA-Mandatsreferenz (Feld 105).",
        "The business partner's bank needs the SEPA mandate reference (field 105).";
    PairIncomplete, "pair-incomplete", Error,
        "Art und Inhalt gehören zusammen: beide füllen oder keines.",
        "Kind and content belong together: fill both or none.";
    CostCentre, "cost-centre", Warning,
        "Die Kostenstelle hat unerlaubte Zeichen: erlaubt sind Buchstaben ohne Umlaute, Ziffern, _ und Leerzeichen.",
        "The cost centre holds characters that are not allowed: letters without umlauts, digits, _ and blanks are.";
    EuVatId, "eu-vat-id", Warning,
        "Das EU-Feld muss aus zwei Großbuchstaben für das Land und der USt-IdNr. ohne Leerzeichen bestehen.",
        "The EU field must be two capital letters for the country and the VAT id without blanks.";
    EuRate, "eu-rate", Warning,
        "Der EU-Steuersatz muss eine Zahl wie 19,00 sein.",
        "The EU tax rate must be a number such as 19,00.";
    LockFlag, "lock-flag", Warning,
        "Ohne Festschreibung 0 oder 1 in jeder Zeile schreibt DATEV den Stapel fest.",
        "Without a lock flag 0 or 1 in every row DATEV locks the batch.";
    LockDiffers, "lock-differs", Warning,
        "Die Festschreibung der Zeile weicht vom Vorsatz ab; eine einzige 1 schreibt den ganzen Stapel fest.",
        "The lock flag of the row differs from the header's; a single 1 locks the whole batch.";
    ServiceDate, "service-date", Error,
        "Das Datum muss die Form TTMMJJJJ haben und im Kalender stehen.",
        "The date must have the form DDMMYYYY and stand in the calendar.";
    ServiceDateWithoutPeriod, "service-date-without-period", Error,
        "Das Leistungsdatum braucht das Datum der Zuordnung zur Steuerperiode (Feld 116), und umgekehrt.",
        "The service date needs the date of its tax period (field 116), and the other way round.";
    DueDate, "due-date", Warning,
        "Die Fälligkeit gilt nur mit einem Personenkonto und ohne Belegfeld 2; DATEV verwirft sie sonst.",
        "A due date counts only with a personal account and without document number 2; else DATEV drops it.";
    ReversalFlag, "reversal-flag", Error,
        "Die Generalumkehr muss 0, 1 oder G sein.",
        "The general reversal must be 0, 1 or G.";
    TaxRate, "tax-rate", Error,
        "Der Steuersatz muss eine Zahl wie 19,00 sein.",
        "The tax rate must be a number such as 19,00.";
    Country, "country", Error,
        "Das Land muss aus zwei Großbuchstaben bestehen.",
        "The country must be two capital letters.";

    // Master data and labels.
    PersonalMissing, "personal-missing", Error,
        "Die Kontonummer fehlt.",
        "The account number is missing.";
    PersonalFormat, "personal-format", Error,
        "Die Kontonummer besteht nicht nur aus Ziffern.",
        "The account number is not made of digits only.";
    PersonalLength, "personal-length", Error,
        "Das Personenkonto muss genau eine Stelle mehr haben als die Sachkontenlänge im Vorsatz.",
        "The personal account must have exactly one digit more than the account length of the header.";
    PersonalRange, "personal-range", Error,
        "Das Personenkonto beginnt mit 0: Debitoren beginnen mit 1 bis 6, Kreditoren mit 7 bis 9.",
        "The personal account begins with 0: customers begin with 1 to 6, suppliers with 7 to 9.";
    AccountRepeated, "account-repeated", Warning,
        "Das Konto kommt mehrfach vor; DATEV behält nur die letzte Zeile.",
        "The account stands there more than once; DATEV keeps the last row only.";
    PartnerName, "partner-name", Warning,
        "Der Name steht nicht in der Spalte seines Adressattyps, DATEV zeigt ihn nicht: Unternehmen Spalte 2, Person 4 und 5, ohne Angabe 6.",
        "The name does not stand in the column of its type and DATEV does not show it: companies column 2, persons 4 and 5, others 6.";
    Iban, "iban", Warning,
        "Die Prüfziffer der IBAN stimmt nicht.",
        "The check digits of the IBAN are wrong.";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_has_an_id_of_its_own_and_two_sentences() {
        let ids: HashSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        for (index, code) in Code::ALL.iter().enumerate() {
            assert_eq!(code.index(), index);
            assert!(
                code.id()
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            );
            assert!(code.sentence(Language::German).ends_with('.'), "{code:?}");
            assert!(code.sentence(Language::English).ends_with('.'), "{code:?}");
        }
    }
}
