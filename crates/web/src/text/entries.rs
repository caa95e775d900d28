//! Buchungen: the entries of a month, the search, totals, and the check by DATEV's rules.

use super::{Words, texts};

texts! {
    entries_title(month): "Buchungen · {month}", "Entries · {month}";
    entries_found_title(query): "Suche: {query}", "Search: {query}";
    entries_of_row: "Buchungen einer Zeile", "Entries of a row";
    entries_lead[n]: "{n} Zeile der Berichte, wie sie den Monat verlässt.", "{n} Zeilen der Berichte, wie sie den Monat verlassen.", "{n} row of the reports, as it leaves the month.", "{n} rows of the reports, as they leave the month.";
    entries_none: "Keine Buchungen", "No entries";
    entries_none_text: "In diesem Monat liegt nichts, oder die Eingrenzung trifft nichts.", "This month holds nothing, or nothing fits what was narrowed down.";
    entries_nowhere: "Noch keine Abrechnung", "No settlement yet";
    entries_nowhere_text: "Buchungen entstehen, sobald der erste Bericht abgerufen oder hochgeladen ist.", "Entries come as soon as the first report is fetched or uploaded.";
    entries_chart_first: "Die Zeilen sind da; welche Buchungen sie werden, sagt die Kontierung. Bitte zuerst den Kontenrahmen wählen.", "The rows are here; the account assignment says which entries they become. Please choose the chart first.";
    entries_export(month): "{month} exportieren", "Export {month}";
    entries_shown(count): "{count} Buchungen auf dieser Seite", "{count} entries on this page";
    entries_first_page: "Anfang", "First page";
    entries_all: "alle", "all";
    entry_date: "Datum", "Date";
    entry_kind: "Art", "Kind";
    entry_key: "BU", "Key";
    entry_debit: "Soll", "Debit";
    entry_credit: "Haben", "Credit";
    entry_row(line): "Zeile {line}", "Row {line}";
    entry_month: "Monat", "Month";
    entry_connection: "Schnittstelle", "Connection";
    entry_search: "Nummer oder Betrag", "Number or amount";
    entry_search_in: "suchen in", "search in";
    entry_search_any: "allen Nummern", "all numbers";
    entry_search_amount: "Betrag", "amount";
    entry_search_order: "Bestellnummer", "order number";
    entry_search_reference: "Amazon-Bestellreferenz", "Amazon order reference";
    entry_search_transaction: "Transaktion", "transaction";
    entry_search_seller: "Händlerreferenz", "seller reference";
    entry_exact: "genau", "exactly";
    entry_beginning: "Anfang genügt", "beginning is enough";
    entry_narrow: "Anzeigen", "Show";
    entry_match: "Treffer", "Match";
    not_booked(reason): "nicht gebucht: {reason}", "not booked: {reason}";
    not_booked_reserve: "Kontorücklage", "reserve";
    not_booked_carry_over: "Saldovortrag", "carry-over";
    not_booked_zero: "Nullzeile", "zero";
    not_booked_before_start: "vor dem Startdatum", "before the start date";
    remark_unknown_kind: "unbekannte Art", "unknown kind";
    remark_unusual_sign: "ungewöhnliches Vorzeichen", "unusual sign";
    remark_returned_fee: "erstattete Gebühr, Belastung unbekannt", "returned fee, its charge unknown";
    remark_store: "Shop ohne eigene Regel", "store without a rule";
    remark_several_orders: "mehrere Bestellungen unter einer Vereinbarung", "several orders under one agreement";
    totals: "Summen je Konto", "Totals per account";
    totals_of(month): "aller Buchungen im {month}", "of all entries in {month}";
    total_account: "Konto", "Account";
    total_entries: "Buchungen", "Entries";
    total_shown: "Eingrenzen", "Narrow";
    fees_leave_summed: "Gebühren verlassen Kontor als Summen; hier steht jede einzeln, die Liste liegt dem Export bei.", "Fees leave Kontor as sums; here each stands alone, and the list goes with the export.";
    provider_short: "Amazon Pay", "Amazon Pay";

    check_title(month): "DATEV-Prüfung · {month}", "DATEV check · {month}";
    check_lead: "Was DATEV beim Einlesen ablehnen oder anders verstehen würde, bevor die Datei das Haus verlässt.", "What DATEV would refuse or misread at the import, before the file leaves the house.";
    check_run: "Jetzt prüfen", "Check now";
    check_large[n]: "Der Monat hat {n} Zeile; die Prüfung schreibt seine Dateien und liest sie zurück.", "Der Monat hat {n} Zeilen; die Prüfung schreibt seine Dateien und liest sie zurück. Das dauert einige Sekunden.", "The month has {n} row; the check writes its files and reads them back.", "The month has {n} rows; the check writes its files and reads them back. This takes some seconds.";
    check_clean: "Keine Beanstandung.", "No complaint.";
    check_found(field, found): "{field}: «{found}»", "{field}: “{found}”";
    check_lines[n]: "{n} Zeile", "{n} Zeilen", "{n} line", "{n} lines";
    check_first_line(file, line): "zuerst {file}, Zeile {line}", "first {file}, line {line}";
    check_mend: "Einstellung öffnen", "Open the setting";
    check_refused: "Der Monat lässt sich so nicht buchen.", "The month cannot be booked like this.";
}

impl Words {
    /// What an entry books. Both parts of a payment's fee are one entry by default.
    pub fn entry_of<'a>(&self, kind: &'a str) -> &'a str {
        let fee: &'static str = self.kind_fee();
        if kind == "fee-processing" { fee } else { self.scope(kind) }
    }

    /// Why money of a row made no entry.
    pub fn not_booked_reason(&self, reason: &str) -> String {
        let known = match reason {
            "reserve" => self.not_booked_reserve(),
            "carry-over" => self.not_booked_carry_over(),
            "zero" => self.not_booked_zero(),
            "before-start" => self.not_booked_before_start(),
            other => return self.not_booked(other),
        };
        self.not_booked(known)
    }

    /// What a person should look at in a row.
    pub fn remark<'a>(&self, remark: &'a str) -> &'a str {
        let known: &'static str = match remark {
            "unknown-kind" => self.remark_unknown_kind(),
            "unusual-sign" => self.remark_unusual_sign(),
            "returned-fee-of-unknown-day" => self.remark_returned_fee(),
            "store-without-rule" => self.remark_store(),
            "several-orders" => self.remark_several_orders(),
            _ => return remark,
        };
        known
    }
}
