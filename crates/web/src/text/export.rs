//! Export-Dashboard: months, batches, hand-over sheets.

use app::books::months::MonthState;
use store::batches::BatchState;

use super::{Words, texts};

texts! {
    export_lead: "Je Monat eine Datei für DATEV, geprüft und eingefroren. Was einmal übergeben ist, wird nie geändert, nur berichtigt.", "One file a month for DATEV, checked and frozen. What was handed over is never changed, only corrected.";
    export_none: "Noch nichts zu übergeben", "Nothing to hand over yet";
    export_none_text: "Sobald die erste Abrechnung da ist, stehen hier ihre Monate.", "As soon as the first settlement is here, its months stand here.";
    export_rows: "Zeilen", "Rows";
    export_covered: "belegt", "covered";
    export_covered_whole: "ganz", "wholly";
    export_covered_until(moment): "bis {moment}", "until {moment}";
    export_covered_nothing: "nicht", "not at all";
    export_gap: "mit Lücke", "with a gap";
    export_all_connections: "alle Schnittstellen", "all connections";

    month_new: "neu", "new";
    month_exported: "exportiert", "exported";
    month_processed: "verarbeitet", "processed";
    month_changed: "geändert seit Export", "changed since export";
    month_withdrawn: "zurückgezogen", "withdrawn";

    export_title(month): "Export · {month}", "Export · {month}";
    export_is_covered(month): "{month} ist vollständig belegt.", "{month} is covered completely.";
    export_is_covered_until(month, moment): "{month} ist bis {moment} belegt.", "{month} is covered until {moment}.";
    export_is_not_covered(month): "{month} ist noch nicht belegt.", "{month} is not covered yet.";
    export_has_gap: "Zwischen den Abrechnungen liegt Zeit ohne Bericht. Keine Umsätze, kein Bericht; oder es fehlt einer.", "Time between the settlements has no report. No sales make no report; or one is missing.";
    export_button(month): "{month} exportieren", "Export {month}";
    export_again(month): "{month} neu exportieren", "Export {month} again";
    export_scope: "Umfang", "Scope";
    export_preview: "Vorschau der Buchungen", "Preview of the entries";
    export_check: "DATEV-Prüfung", "DATEV check";
    export_uncovered_question(month): "{month} trotzdem exportieren?", "Export {month} anyway?";
    export_uncovered_text: "Der Monat ist noch nicht ganz belegt. Was noch kommt, wird danach zur Korrektur.", "The month is not wholly covered yet. What is still to come becomes a correction.";
    export_making(month, size): "{month} wird geschrieben, bisher {size}", "Writing {month}, {size} so far";
    export_waits: "Die Datei entsteht. Sie können die Seite verlassen.", "The file is being made. You may leave this page.";
    export_nothing_stands: "Noch nichts übergeben.", "Nothing is handed over yet.";
    export_download_all: "Alles als ZIP", "All as ZIP";

    amount_column: "Betrag", "Amount";
    batch_month: "Monat", "Month";
    batch_correction(number): "Korrektur {number}", "Correction {number}";
    batch_when: "übergeben", "handed over";
    batch_what: "Stapel", "Batch";
    batch_postings: "Buchungen", "Postings";
    batch_author: "von", "by";
    batch_settings: "Kontierung", "Settings";
    batch_settings_version(version): "Fassung {version}", "version {version}";
    batch_hash: "SHA-256", "SHA-256";
    batch_state_exported: "exportiert", "exported";
    batch_state_processed: "verarbeitet", "processed";
    batch_state_withdrawn: "zurückgezogen", "withdrawn";
    batch_state_writing: "entsteht", "being made";
    batch_state_failed: "aufgegeben", "given up";
    batch_changed(state, moment, by): "{state} {moment}, {by}", "{state} {moment}, {by}";
    batch_history: "Verlauf aller Stapel", "History of all batches";
    batch_file: "Datei", "File";
    batch_size: "Größe", "Size";
    batch_debit: "Soll", "Debit";
    batch_credit: "Haben", "Credit";
    batch_download: "Herunterladen", "Download";
    batch_sheet: "Übergabeblatt", "Hand-over sheet";
    batch_archive: "Als ZIP", "As ZIP";
    batch_withdraw: "Zurückziehen", "Withdraw";
    batch_withdraw_question(what): "„{what}“ zurückziehen?", "Withdraw “{what}”?";
    batch_withdraw_text: "Nur, wenn der Steuerberater den Stapel noch nicht verarbeitet hat. Die Datei bleibt im Verlauf.", "Only if the adviser has not processed the batch yet. The file stays in the history.";
    batch_replace: "Ersetzen", "Replace";
    batch_replace_question(what): "„{what}“ zurückziehen und neu erstellen?", "Withdraw “{what}” and make it anew?";
    batch_replace_text: "Der alte Stapel gilt dann als zurückgezogen; an seine Stelle tritt, was der Monat heute ist.", "The old batch is withdrawn then; what the month is today takes its place.";
    batch_mark_processed: "Als verarbeitet markieren", "Mark as processed";
    batch_correct: "Korrektur erstellen", "Make the correction";
    batch_correct_text: "Seit dem Export hat sich etwas geändert. Die Korrektur nimmt zurück, was anders wäre, und bucht es neu.", "Something has changed since the export. The correction takes back what would differ and posts it anew.";
    batch_correct_or_replace: "Solange der Steuerberater nicht verarbeitet hat, können Sie den Stapel auch ersetzen.", "As long as the adviser has not processed it, you can replace the batch as well.";

    said_exported: "Übergeben. Die Datei liegt unten bereit.", "Handed over. The file is ready below.";
    said_corrected: "Die Korrektur liegt unten bereit.", "The correction is ready below.";
    said_withdrawn: "Zurückgezogen.", "Withdrawn.";
    said_processed: "Als verarbeitet markiert. Was sich ändert, kommt nun als Korrektur.", "Marked as processed. What changes comes as a correction now.";

    sheet_lead: "Zum Vergleich mit dem, was DATEV nach dem Einlesen zeigt.", "To compare with what DATEV shows after the import.";
    sheet_control: "Kontrollsummen", "Control sums";
    sheet_postings: "Buchungen", "Postings";
    sheet_turnover: "Summe Umsatz", "Sum of Umsatz";
    sheet_account: "Konto", "Account";
    sheet_provider_accounts: "Providerkonten", "Provider accounts";
    sheet_old_balance: "Alter Saldo", "Old balance";
    sheet_new_balance: "Neuer Saldo", "New balance";
    sheet_balances: "Salden", "Balances";
    sheet_seller: "Verkäufer-ID", "Merchant ID";
    sheet_explained: "Woraus der neue Saldo besteht", "What the new balance consists of";
    sheet_reserve: "Kontorücklage", "Reserve";
    sheet_carried: "Saldovortrag", "Carried over";
    sheet_not_settled: "noch nicht abgerechnet", "not settled yet";
    sheet_settled_unpaid(settlement): "Abrechnung {settlement}, noch nicht ausgezahlt", "settlement {settlement}, not paid out yet";
    sheet_settled_difference(settlement): "Abrechnung {settlement}, anders ausgezahlt", "settlement {settlement}, paid otherwise";
    sheet_before_first: "vor der ersten", "before the first";
    sheet_findings: "Hinweise", "Findings";
    sheet_no_findings: "Nichts zu beanstanden.", "Nothing to complain of.";
    sheet_datev_balance: "Saldo laut DATEV", "Balance in DATEV";
    sheet_datev_hint: "mit Vorzeichen: Haben mit Minus", "with its sign: a credit balance with minus";
    sheet_compare: "Vergleichen", "Compare";
    sheet_equal: "Stimmt auf den Cent.", "Equal to the cent.";
    sheet_differs(amount): "Unterschied: {amount}", "Difference: {amount}";
    sheet_no_amount: "Das ist kein Betrag. Erwartet wird etwa 1.234,56.", "This is no amount. Expected is something like 1,234.56.";
    sheet_made(moment, author, version): "Erstellt {moment} von {author}, Kontierung Fassung {version}.", "Made {moment} by {author}, settings version {version}.";
}

impl Words {
    /// Where a month stands.
    pub fn month_state(&self, state: MonthState) -> &'static str {
        match state {
            MonthState::New => self.month_new(),
            MonthState::Exported => self.month_exported(),
            MonthState::Processed => self.month_processed(),
            MonthState::Changed => self.month_changed(),
            MonthState::Withdrawn => self.month_withdrawn(),
        }
    }

    /// What became of a batch.
    pub fn batch_state(&self, state: BatchState) -> &'static str {
        match state {
            BatchState::Writing => self.batch_state_writing(),
            BatchState::Exported => self.batch_state_exported(),
            BatchState::Processed => self.batch_state_processed(),
            BatchState::Withdrawn => self.batch_state_withdrawn(),
            BatchState::Failed => self.batch_state_failed(),
        }
    }
}
