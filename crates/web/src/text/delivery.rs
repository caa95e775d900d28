//! Automatischer Export: where the batches go by themselves.

use super::texts;

texts! {
    delivery: "Automatischer Export", "Automatic export";
    delivery_lead: "Der fertige Monat wird geprüft, exportiert und zugestellt, einmal; was sich später ändert, kommt als Korrekturstapel nach.", "The finished month is checked, exported and delivered, once; what changes later follows as a correction batch.";
    delivery_when: "Wann", "When";
    delivery_never: "Der Monat wird von Hand exportiert. Den Tag für den automatischen Export nennen die Mandantendaten.", "Months are exported by hand. The day of the automatic export is set in the client data.";
    delivery_on(day, next): "Am {day}. jedes Monats, das nächste Mal {next}. Der Monat muss bis zu seinem Ende durch Abrechnungen belegt sein, sonst wird täglich neu nachgesehen.", "On day {day} of each month, next {next}. The month must be covered by settlements to its end, else it is looked at again each day.";
    delivery_day_change: "Tag ändern", "Change the day";
    delivery_where: "Wohin", "Where to";
    delivery_mail: "E-Mail an", "Mail to";
    delivery_mail_hint: "Bis zu zehn Adressen. Bis 7 MB gepackt sind die Dateien angehängt, sonst steht ein Link in der Mail.", "Up to ten addresses. Files are attached up to 7 MB packed, above that the mail holds a link.";
    delivery_no_mail: "Auf dieser Maschine ist kein Mailserver eingerichtet (KONTOR_SMTP); Mails gehen erst danach hinaus.", "This machine has no mail server (KONTOR_SMTP); mail leaves only after it has one.";
    delivery_folder: "Ordner", "Folder";
    delivery_folder_hint: "Ein Name; der Ordner liegt unter dem, den der Betreiber für Zustellungen nennt.", "A name; the folder lies below the one that the operator names for deliveries.";
    delivery_no_folder: "Auf dieser Maschine ist kein Ordner für Zustellungen eingerichtet (KONTOR_DELIVERIES).", "This machine has no folder for deliveries (KONTOR_DELIVERIES).";
    delivery_webhook: "Webhook", "Webhook";
    delivery_webhook_hint: "https://… wird mit Monat, Dateinamen und Prüfsummen aufgerufen, signiert; die Dateien holt sich das Programm mit einem API-Schlüssel.", "https://… is called with month, file names and hashes, signed; the program fetches the files with an API key.";
    delivery_save: "Speichern", "Save";
    delivery_saved: "Gespeichert.", "Saved.";
    delivery_secret: "Geheimnis des Webhooks", "Secret of the webhook";
    delivery_secret_text: "Mit diesem Geheimnis ist jeder Aufruf signiert (Kopfzeile Kontor-Signature: t=Sekunden,v1=HMAC-SHA256 von «t.Inhalt»). Es wird nur jetzt gezeigt.", "Every call is signed with this secret (header Kontor-Signature: t=seconds,v1=HMAC-SHA256 of «t.body»). It is shown only now.";
    deliveries: "Zustellungen", "Deliveries";
    deliveries_none: "Noch nichts zugestellt", "Nothing delivered yet";
    deliveries_none_text: "Sobald ein Monat von selbst exportiert ist, steht hier, wohin er ging und wann er ankam.", "Once a month was exported by itself, this says where it went and when it arrived.";
    delivery_since: "Seit", "Since";
    delivery_way: "Weg", "Way";
    delivery_target: "Ziel", "Target";
    delivery_tries: "Versuche", "Tries";
    delivery_state: "Stand", "State";
    delivery_arrived: "angekommen", "arrived";
    delivery_under_way: "unterwegs", "under way";
    delivery_failed: "nicht angekommen", "not arrived";
    way_mail: "E-Mail", "Mail";
    way_folder: "Ordner", "Folder";
    way_webhook: "Webhook", "Webhook";
}
