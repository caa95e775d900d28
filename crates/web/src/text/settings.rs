//! Kontierung: Mandantendaten, versions, and what all its pages say.

use super::texts;

texts! {
    settings_version(version, moment, author): "Fassung {version} vom {moment}, von {author}", "Version {version} of {moment}, by {author}";
    settings_none: "Noch keine Kontierung. Kontenrahmen und Nummern stehen beim Steuerberater; die Konten schlägt Kontor vor.", "No account assignment yet. The tax adviser knows chart and numbers; Kontor proposes the accounts.";
    settings_save: "Speichern", "Save";
    settings_saved: "Gespeichert. Die neue Fassung gilt.", "Saved. The new version holds.";
    settings_copied: "Übernommen. Bitte Kontenrahmen, Providerkonto und Debitor noch einmal bestätigen.", "Copied. Please confirm chart, provider account and debtor once more.";
    settings_removed: "Entfernt. Die neue Fassung gilt ohne diese Zeile.", "Removed. The new version holds without this line.";
    settings_not_confirmed: "Vor dem ersten Export bitte die Buchungskonten bestätigen.", "Please confirm the booking accounts before the first export.";
    settings_to_client: "Zu den Mandantendaten", "To the client data";
    settings_elsewhere: "So können die Einstellungen noch nicht gelten:", "The settings cannot hold like this yet:";
    settings_first_chart: "Zuerst bitte bei den Mandantendaten den Kontenrahmen wählen.", "Please choose the chart in the client data first.";

    asks_title[n]: "{n} Buchung exportierter Monate wäre zu ändern", "{n} Buchungen exportierter Monate wären zu ändern", "{n} entry of exported months would change", "{n} entries of exported months would change";
    asks_text: "Diese Monate sind schon übergeben. Gilt die Änderung erst ab dem ersten nicht exportierten Monat, bleibt alles, wie es beim Steuerberater liegt; sonst entsteht je Monat eine Korrektur.", "These months have been handed over. If the change holds only from the first month not exported, everything stays as the adviser has it; otherwise each month gets a correction.";
    asks_entries: "Buchungen, die anders wären", "Entries that would differ";
    asks_from(month): "Ab {month} gelten lassen", "Let it hold from {month}";
    asks_sure: "Trotzdem ändern", "Change it anyway";
    asks_sure_note: "Die Monate stehen danach auf «geändert seit Export»; die Korrektur exportieren Sie im Export-Dashboard.", "The months then read “changed since export”; export the correction in the export dashboard.";

    client_settings_lead: "Wie der Mandant beim Steuerberater heißt und wie gebucht wird.", "What the client is called at the tax adviser, and how entries are made.";
    numbers_at_adviser: "Beim Steuerberater", "At the tax adviser";
    adviser_number: "Beraternummer", "Adviser number (Beraternummer)";
    adviser_number_hint: "1001 bis 9999999", "1001 to 9999999";
    client_number: "Mandantennummer", "Client number (Mandantennummer)";
    client_number_hint: "1 bis 99999", "1 to 99999";
    chart: "Kontenrahmen", "Chart of accounts";
    chart_choose: "bitte wählen", "please choose";
    chart_own: "eigener Kontenrahmen", "a chart of one's own";
    account_length: "Sachkontenlänge", "Length of accounts (Sachkontenlänge)";
    fiscal_years: "Wirtschaftsjahre", "Fiscal years";
    fiscal_years_hint: "nur abweichende: ihre ersten Tage, 2026-07-01", "only if not the calendar year: first days, 2026-07-01";
    start_of_books: "Startdatum", "Start date";
    start_of_books_hint: "frühere Zeilen werden gezeigt und nicht gebucht", "earlier rows are shown and not booked";
    ways_of_booking: "Wie gebucht wird", "How entries are made";
    taxation: "Versteuerungsart", "Taxation";
    taxation_soll: "Soll-Versteuerung (vereinbarte Entgelte)", "Accrual (Soll-Versteuerung)";
    taxation_ist: "Ist-Versteuerung (§ 20 UStG)", "Cash (Ist-Versteuerung, § 20 UStG)";
    taxation_small: "Kleinunternehmer (§ 19 UStG)", "Small business (§ 19 UStG)";
    booking_mode: "Buchungsweise", "Way of booking";
    booking_debtor: "Debitor: Zahlungen gleichen Rechnungen aus", "Debtor: payments clear invoices";
    booking_revenue: "Erlöse direkt: Zahlungen sind Umsatz, brutto", "Revenue directly: payments are sales, gross";
    booking_receivables: "Forderungen ohne Kontokorrent", "Receivables without a sub-ledger";
    fee_summing: "Gebühren", "Fees";
    fees_single: "je Zeile eine Buchung", "an entry for each row";
    fees_by_day: "Summe je Tag", "a sum a day";
    fees_by_settlement: "Summe je Abrechnung", "a sum a settlement";
    propose_accounts: "Konten nach Vorschlag des Kontenrahmens setzen", "Set the accounts as the chart proposes";
    propose_accounts_hint: "ersetzt alle Zeilen in Paymentkonten, Aufwandskonten und Debitoren", "replaces all lines in payment accounts, expense accounts and debtors";
    accounts_confirmed: "Buchungskonten bestätigt", "Booking accounts confirmed";
    accounts_confirmed_hint: "Kontenrahmen, Providerkonto und Debitor sind mit dem Steuerberater abgestimmt: dieselbe Nummer ist in jedem Kontenrahmen ein anderes Konto.", "Chart, provider account and debtor are agreed with the tax adviser: the same number is another account in every chart.";
    reverse_charge_confirmed: "Besteuerung der Gebühren bestätigt", "Taxation of fees confirmed";
    reverse_charge_hint: "Amazon Payments Europe stellt laut eigener Seite keine Umsatzsteuer auf Zahlungsgebühren in Rechnung; eine ältere Seite (UK) spricht von Rechnungen mit Steuer. Ob § 13b UStG gilt, entscheidet der Steuerberater, einmal je Mandant.", "One page of Amazon Payments Europe says that it charges no VAT on payment fees; an older one (UK) speaks of VAT invoices. Whether § 13b UStG holds is for the adviser to decide, once per client.";
    closing_and_export: "Abschluss und Export", "Closing and export";
    closed_until: "Abgeschlossen bis", "Closed until";
    closed_until_hint: "was später kommt, geht auf den ersten offenen Tag, mit «Nachtrag» im Text", "what comes later goes to the first open day, with «Nachtrag» in its text";
    export_day: "Export-Tag", "Day of export";
    export_day_hint: "1 bis 28: an diesem Tag geht der Vormonat von selbst, wenn er vollständig ist; leer: nie", "1 to 28: on this day the month before leaves by itself when it is complete; empty: never";
    lock_batches: "Festschreibung", "Locked batches (Festschreibung)";
    lock_batches_hint: "Festgeschriebene Stapel lassen sich beim Steuerberater nur noch durch Generalumkehr berichtigen. Meist schreibt er selbst fest; darum aus.", "The adviser can correct locked batches only by general reversal. Mostly he locks them himself; therefore off.";
    follow_numbers: "Belegnummer nachziehen", "Follow document numbers";
    follow_numbers_hint: "Eine geänderte Belegnummer ist dann ein Grund für eine Korrektur.", "A changed document number is then a reason for a correction.";
    batch_version: "Version des Buchungsstapels", "Version of the booking batch";
    batch_version_newest: "13 (neueste)", "13 (newest)";
    exported_by: "Exportiert von", "Exported by";
    exported_by_hint: "höchstens 25 Buchstaben ohne Umlaute, Ziffern, _", "at most 25 letters without umlauts, digits, _";
    booking_zone: "Zeitzone der Buchungstage", "Time zone of the booking days";
    books_currency: "Währung der Bücher", "Currency of the books";
    proposals: "Vorschläge der Kontenrahmen", "What the charts propose";
    proposals_text: "Bei Sachkontenlänge 4. Mit dem Kontenrahmen übernehmen Sie diese Konten; ändern können Sie jedes.", "With four-digit accounts. With the chart you take these accounts; you can change each.";
    accounts_in_use: "Buchungskonten", "Booking accounts";
    accounts_in_use_text: "Diese Konten gelten. Stimmen sie, genügt ein Haken bei «Buchungskonten bestätigt».", "These accounts hold. If they are right, one tick at “Booking accounts confirmed” is enough.";

    copy_title: "Aus einem anderen Mandanten übernehmen", "Copy from another client";
    copy_text: "Alles außer Mandantennummer, Startdatum, Abgeschlossen bis und den Bestätigungen.", "Everything but client number, start date, closed until and the confirmations.";
    copy_from: "Mandant", "Client";
    copy_button: "Übernehmen", "Copy";
    copy_question(name): "Alle Einstellungen von „{name}“ übernehmen?", "Copy all settings of “{name}”?";
    account_number: "Konto", "Account";
    version_file: "Datei", "File";
    versions: "Fassungen", "Versions";
    version_column: "Fassung", "Version";
    version_when: "gespeichert", "saved";
    version_note: "Bemerkung", "Note";
    hash_column: "SHA-256", "SHA-256";
}
