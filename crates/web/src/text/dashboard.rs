//! The Dashboard.

use super::texts;

texts! {
    as_of(moment): "Stand {moment}", "As of {moment}";
    covered_until(day): "alle Abrechnungen bis {day} lückenlos", "all settlements until {day} without a gap";
    covered_with_gaps(day, gaps): "Abrechnungen bis {day}, {gaps}", "settlements until {day}, {gaps}";
    gap_count[n]: "{n} Lücke", "{n} Lücken", "{n} gap", "{n} gaps";
    gap_between(from, until): "kein Bericht von {from} bis {until}", "no report from {from} until {until}";
    not_settled_yet: "noch nicht abgerechnet", "not settled yet";
    settlements: "Abrechnungen", "Settlements";
    until_without_gap(day): "bis {day}, lückenlos", "until {day}, no gap";
    until_with_gaps(day, gaps): "bis {day}, {gaps}", "until {day}, {gaps}";
    no_settlement_yet: "noch keine", "none yet";
    by_upload: "Upload", "Upload";
    payments_of(month): "Zahlungen · {month}", "Payments · {month}";
    payment_count[n]: "{n} Zahlung", "{n} Zahlungen", "{n} payment", "{n} payments";
    payout_count[n]: "{n} Auszahlung", "{n} Auszahlungen", "{n} payout", "{n} payouts";
    share_of_payments(share): "{share} der Zahlungen", "{share} of payments";
    share_and_last(share, last): "{share} · Vormonat {last}", "{share} · {last} last month";
    owed: "Noch nicht ausgezahlt", "Not paid out yet";
    owed_until(day): "laut Abrechnung bis {day}", "by the settlement until {day}";
    to_do: "Zu tun", "To do";
    nothing_to_do: "Nichts. Alles ist abgerufen, geprüft und übergeben.", "Nothing. Everything is fetched, proved and handed over.";
    nothing_here_yet: "Noch ist keine Abrechnung da. Amazon erstellt sie, sobald es etwas abzurechnen gibt.", "No settlement is here yet. Amazon makes them as soon as there is something to settle.";
    first_fetch_note: "Zahlungen, Gebühren und Auszahlungen stehen hier, sobald die ersten Abrechnungen da sind. Sie können die Seite verlassen.", "Payments, fees and payouts stand here as soon as the first settlements are there. You may leave the page.";
    upload_report: "Bericht hochladen", "Upload the report";
    look_at_it: "Ansehen", "Look";
    more_notices[n]: "{n} weiterer Hinweis", "{n} weitere Hinweise", "{n} more notice", "{n} more notices";
    accounts_to_confirm: "Kontierung vor dem ersten Export bestätigen", "Confirm the accounts before the first export";
    accounts_to_confirm_note: "Kontenrahmen, Providerkonto und Debitor, einmal", "Chart, provider account and debtor, once";
    accounts_confirm: "Bestätigen", "Confirm";
    export_it: "Exportieren", "Export";
    month_to_export(month): "{month} wartet auf den Export", "{month} waits to be exported";
    months_to_export[n]: "{n} Monat wartet auf den Export", "{n} Monate warten auf den Export", "{n} month waits to be exported", "{n} months wait to be exported";
    fee_share_of: "der Zahlungen", "of payments";
    next_fetch(moment): "nächster Abruf {moment}", "next fetch {moment}";
    first_title: "Noch ist nichts angebunden", "Nothing is connected yet";
    first_text: "Verbinden Sie Amazon Pay mit einem Schlüssel aus Seller Central; das dauert fünf Minuten. Ältere Berichte kommen als Datei.", "Connect Amazon Pay with a key from Seller Central; it takes five minutes. Older reports come as files.";
    first_for_advisers: "Der Inhaber oder die Buchhaltung bindet Amazon Pay an. Berichte, die Sie schon haben, laden Sie als Datei hoch.", "The owner or the bookkeeper connects Amazon Pay. Reports that you already have can be uploaded as files.";
    first_for_readers: "Sobald der Inhaber oder die Buchhaltung Amazon Pay angebunden hat, stehen hier Zahlungen, Gebühren und Auszahlungen.", "As soon as the owner or the bookkeeper has connected Amazon Pay, payments, fees and payouts stand here.";
}
