//! Uploaddaten.

use super::texts;

texts! {
    uploads_lead: "Abrechnungsberichte, die Amazon nicht mehr vorhält oder die Sie schon haben. Welcher Art eine Datei ist und zu welcher Schnittstelle sie gehört, erkennt Kontor selbst.", "Settlement reports that Amazon keeps no longer or that you already have. Kontor recognises by itself what a file is and to which connection it belongs.";
    upload_files: "Berichte", "Reports";
    upload_files_note: "CSV, wie Amazon sie liefert, auch mit gzip gepackt. Dieselbe Datei zweimal schadet nicht.", "CSV as Amazon delivers it, packed with gzip or not. The same file twice does no harm.";
    upload_send: "Hochladen", "Upload";
    upload_whole: "Eine Datei wird ganz übernommen oder gar nicht.", "A file is taken as a whole or not at all.";
    upload_reason: "Warum der Bericht trotz des Widerspruchs übernommen wird", "Why the report is taken although it contradicts itself";
    upload_reason_hint: "Nur für Berichte, die sich widersprechen: die Differenz kommt auf das Klärungskonto, der Grund steht im Protokoll.", "Only for reports that contradict themselves: the difference goes to the clarification account, the reason into the log.";
    upload_results: "Ergebnis", "Result";
    upload_file: "Datei", "File";
    upload_verdict: "Urteil", "Verdict";
    upload_content: "Was darin ist", "What is in it";
    upload_new: "neu", "new";
    upload_known: "schon bekannt", "already known";
    upload_refused: "abgewiesen", "refused";
    upload_broken: "abgebrochen", "broken off";
    upload_ours: "Das hat nicht geklappt, und es liegt an Kontor. Von dieser Datei wurde nichts übernommen; bitte noch einmal hochladen.", "This did not work, and it is Kontor's fault. Nothing of this file was taken; please upload it again.";
    upload_cut: "Die Übertragung brach ab, bevor alles da war. Von dieser Datei wurde nichts übernommen; bitte noch einmal hochladen.", "The transfer broke off before everything was there. Nothing of this file was taken; please upload it again.";
    upload_nothing: "Bitte wählen Sie mindestens eine Datei aus.", "Please choose one file at least.";
    upload_rest: "die weiteren Dateien", "the other files";
    upload_too_many(most): "Mehr als {most} Dateien auf einmal; bitte die übrigen in einem zweiten Gang hochladen.", "More than {most} files at once; please upload the others in a second go.";
    upload_settlement(number, period): "Abrechnung {number}, {period}", "Settlement {number}, {period}";
    upload_without_rows(period): "Bericht ohne Zeilen, {period}", "Report without rows, {period}";
    upload_for(rows, label): "{rows} · Schnittstelle {label}", "{rows} · connection {label}";
    upload_for_seller(rows, seller): "{rows} · Verkäufer-ID {seller}, noch ohne Schnittstelle", "{rows} · merchant ID {seller}, without a connection yet";
    upload_since(name, moment): "Seit {moment} hier, aus der Datei {name}", "Here since {moment}, from the file {name}";
    upload_waiting: "wartet", "waits";
    upload_sending: "wird übertragen", "being sent";
    upload_checking: "wird geprüft und übernommen", "being proved and taken";
    upload_recent: "Zuletzt empfangen", "Received last";
    upload_all: "Alle Originalberichte", "All original reports";
    upload_seen: "Bericht ansehen", "See the report";
}
