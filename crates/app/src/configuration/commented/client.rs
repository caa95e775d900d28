//! `[client]`, explained.

use ledger::chart::Chart;

use super::Page;
use crate::configuration::client::{EXPORTED_BY, ZONE};

pub(super) fn write(page: &mut Page) {
    page.heading("Mandant", "The client");
    page.active("[client]");
    numbers(page);
    accounts_and_years(page);
    ways_of_booking(page);
    files(page);
}

fn numbers(page: &mut Page) {
    page.explain(
        "Beraternummer der Kanzlei (1001 bis 9999999) und Mandantennummer (1 bis 99999)",
        "The adviser's number (Beraternummer, 1001 to 9999999) and the client's (Mandantennummer, 1 to 99999)",
    );
    page.active("berater = 1001");
    page.active("mandant = 1");
    page.explain(
        "Kontenrahmen: \"skr03\", \"skr04\" oder \"eigener\". Es gibt keine Vorgabe. Ein eigener Rahmen hat freie\n\
         Nummern und keine Vorschläge, dort braucht jeder Zweck unten sein Konto.",
        "Chart of accounts: \"skr03\", \"skr04\" or \"eigener\" (one's own). There is no default. A chart of one's own\n\
         has free numbers and no proposals: every purpose below needs its account there.",
    );
    let chart = if page.chart == Some(Chart::Skr04) { "skr04" } else { "skr03" };
    page.of_chart(&format!("chart = \"{chart}\""));
}

fn accounts_and_years(page: &mut Page) {
    page.explain(
        "Sachkontenlänge, 4 bis 8. Vierstellige Sachkonten werden mit Nullen verlängert (1210 wird 121000),\n\
         volle gelten, wie sie sind; Debitoren und Kreditoren haben immer eine Stelle mehr.",
        "Length of general ledger accounts (Sachkontenlänge), 4 to 8. Four-digit accounts are lengthened with zeros\n\
         (1210 becomes 121000), full ones are taken as they are; debtors and creditors always have one digit more.",
    );
    page.active("account-length = 4");
    page.explain(
        "Wirtschaftsjahre: ihre ersten Tage; danach wiederholt sich das Jahr alle zwölf Monate. Ein Rumpfjahr\n\
         endet, wo das nächste beginnt. Ohne diese Zeile gilt das Kalenderjahr.",
        "Fiscal years: their first days; from there the year repeats itself every twelve months. A short year ends\n\
         where the next begins. Without this line the calendar year holds.",
    );
    page.idle("fiscal-years = [2026-01-01, 2026-07-01]");
    page.explain(
        "Zeitzone, in der ein Tag beginnt: sie macht aus dem Zeitpunkt im Bericht das Belegdatum.",
        "The time zone in which a day begins: it turns the instant in the report into the booking date.",
    );
    page.active(&format!("zone = \"{ZONE}\""));
    page.explain("Währung der Bücher", "The currency of the books");
    page.active("currency = \"EUR\"");
}

fn ways_of_booking(page: &mut Page) {
    page.explain(
        "Buchungsweise: \"debtor\" (Zahlungen gegen Debitoren, Rechnungen kommen von anderswo), \"revenue\" (Erlöse\n\
         direkt, brutto) oder \"receivables\" (Forderungen ohne Kontokorrent). Wer sie ändert, ändert auch das Konto\n\
         für \"debtor\" unten oder löscht es; dann gilt der Vorschlag des Kontenrahmens.",
        "Way of booking: \"debtor\" (payments against debtors, invoices come from elsewhere), \"revenue\" (sales\n\
         directly, gross) or \"receivables\" (receivables without a sub-ledger). Whoever changes it changes the account\n\
         for \"debtor\" below as well or deletes it; then the chart's proposal holds.",
    );
    page.active("booking = \"debtor\"");
    page.explain(
        "Versteuerungsart: \"soll\" (die Rechnung löst die Umsatzsteuer aus), \"ist\" (§ 20 UStG: die Zahlung; der\n\
         Debitor braucht dann einen BU-Schlüssel, key) oder \"kleinunternehmer\" (§ 19 UStG)",
        "Taxation: \"soll\" (the invoice makes the VAT due), \"ist\" (§ 20 UStG: the payment does; the debtor then\n\
         needs a tax key, key) or \"kleinunternehmer\" (small business, § 19 UStG)",
    );
    page.active("taxation = \"soll\"");
    page.explain(
        "Gebühren: \"single\" (jede einzeln), \"day\" oder \"settlement\" (als Summe je Tag oder je Abrechnung)",
        "Fees: \"single\" (one by one), \"day\" or \"settlement\" (as a sum a day or a settlement)",
    );
    page.active("fees = \"single\"");
    page.explain(
        "Startdatum: was vor diesem Tag liegt, wird gezeigt und nicht gebucht.",
        "Start: what lies before this day is shown and not booked.",
    );
    page.idle("start = 2026-01-01");
    page.explain(
        "Abgeschlossen bis: die Bücher bis zu diesem Tag sind geschlossen. Was später noch für sie kommt, wird am Tag\n\
         danach gebucht, mit «Nachtrag 31.12.» im Text.",
        "Closed until: the books up to this day are closed. What still comes for them is booked on the day after, with\n\
         «Nachtrag 31.12.» in its text.",
    );
    page.idle("closed-until = 2025-12-31");
}

fn files(page: &mut Page) {
    page.explain(
        "Festschreibung: true schreibt festgeschriebene Stapel; sie sind nur noch durch Generalumkehr zu berichtigen.",
        "Festschreibung: true writes locked batches; only a general reversal can correct them.",
    );
    page.active("locked = false");
    page.explain(
        "Version des Buchungsstapels: 13, oder 12 oder 9 für Programme, die neuere ablehnen",
        "Version of the booking batch: 13, or 12 or 9 for programs that refuse newer ones",
    );
    page.active("format = 13");
    page.explain(
        "Exportiert von, im Vorsatz jeder Datei: höchstens 25 Buchstaben ohne Umlaute, Ziffern, _",
        "Who exported, in the header of every file: at most 25 letters without umlauts, digits, _",
    );
    page.active(&format!("exported-by = \"{EXPORTED_BY}\""));
}
