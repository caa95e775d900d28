//! Benachrichtigungen.

use super::texts;

texts! {
    notices: "Benachrichtigungen", "Notices";
    notices_lead(client): "Wovon Sie bei {client} per E-Mail hören, und wann. Auf dem Dashboard steht immer alles.", "What you hear by mail about {client}, and when. The Dashboard always shows everything.";
    notices_open: "Zurzeit offen", "Open at present";
    notices_none: "Nichts ist offen.", "Nothing is open.";
    notices_by_mail: "Per E-Mail", "By mail";
    notices_save: "Speichern", "Save";
    notices_saved: "Gespeichert. Es gilt ab der nächsten Benachrichtigung.", "Saved. It holds from the next notice on.";
    notices_note: "Gilt nur für Sie und diesen Mandanten.", "Holds for you and this client only.";
    notice_wrong: "Bitte wählen Sie für jede Art, wann Sie davon hören.", "Please choose for each kind when you hear of it.";
    rhythm_at_once: "sofort", "at once";
    rhythm_daily: "am Morgen, gesammelt", "in the morning, collected";
    rhythm_never: "nicht per E-Mail", "not by mail";
}
