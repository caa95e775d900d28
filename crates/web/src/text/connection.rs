//! `Schnittstellen`: the list, the choice of a provider, one connection.

use super::texts;

texts! {
    connect_new: "Neue Schnittstelle anbinden", "Connect a new provider";
    connect_lead: "Womit werden Sie bezahlt? Die Berichte kommen danach von selbst, mehrmals am Tag.", "How are you paid? After this the reports come by themselves, several times a day.";
    connect_amazon_pay: "Abrechnungsberichte über die Amazon-Pay-API, mit einem Schlüssel aus Seller Central. Fünf Minuten.", "Settlement reports by the Amazon Pay API, with a key from Seller Central. Five minutes.";
    connect_set_up: "Einrichten", "Set up";
    connect_by_upload: "Ohne Schnittstelle", "Without a connection";
    connect_by_upload_text: "Berichte, die Sie schon haben, oder die älter sind als 90 Tage: als Datei.", "Reports that you already have, or that are older than 90 days: as a file.";
    connect_to_uploads: "Zu den Uploaddaten", "To the uploads";

    connections_lead: "Jede Schnittstelle holt ihre Abrechnungen mehrmals am Tag von selbst.", "Each connection fetches its settlements by itself, several times a day.";
    connections_none: "Noch keine Schnittstelle", "No connection yet";
    connections_none_text: "Mit einem Schlüssel aus Seller Central holt Kontor die Abrechnungen selbst. Berichte, die älter sind als 90 Tage, kommen als Datei.", "With a key from Seller Central Kontor fetches the settlements itself. Reports older than 90 days come as files.";
    connection_name: "Bezeichnung", "Name";
    provider: "Anbieter", "Provider";
    last_success: "Letzter Abruf", "Last fetch";
    fetched_until: "Abgerufen bis", "Fetched until";
    next_run: "Nächster Abruf", "Next fetch";
    never: "noch nie", "never";
    open: "Öffnen", "Open";
    connection_what_now: "Was ist los, was hilft", "What is the matter, what helps";
    connection_fetch_now: "Jetzt abrufen", "Fetch now";
    connection_pause: "Anhalten", "Pause";
    connection_pause_question(name): "Schnittstelle „{name}“ anhalten?", "Pause the connection “{name}”?";
    connection_pause_text: "Bis Sie fortsetzen, wird nichts abgerufen. Amazon hält Berichte 90 Tage vor.", "Nothing is fetched until you go on. Amazon keeps reports for 90 days.";
    connection_resume: "Fortsetzen", "Go on";
    connection_remove: "Entfernen", "Remove";
    connection_remove_question(name): "Schnittstelle „{name}“ entfernen?", "Remove the connection “{name}”?";
    connection_remove_text: "Der Schlüssel wird gelöscht und nichts mehr abgerufen. Berichte, Buchungen und Exporte bleiben.", "The key is deleted and nothing is fetched any more. Reports, entries and exports stay.";
    connection_end: "Anhalten oder entfernen", "Pause or remove";
    connection_replace_key: "Schlüssel ersetzen", "Replace the key";
    connection_replace_lead: "Der neue Schlüssel wird bei Amazon geprüft, bevor er den alten ersetzt.", "The new key is checked with Amazon before it takes the place of the old one.";
    connection_history: "Abrufe", "Fetches";
    connection_no_history: "Noch kein Abruf ist zu Ende.", "No fetch has ended yet.";
    connection_refused: "Abgewiesene Berichte", "Refused reports";
    connection_running: "Abrechnungen werden abgerufen", "Fetching settlements";
    connection_waiting(moment): "Der Abruf beginnt {moment}", "The fetch begins {moment}";
    connection_facts: "Zugang", "Access";
    connection_key_hidden: "hinterlegt, verschlüsselt, wird nie angezeigt", "deposited, encrypted, never shown";
    connection_region: "Region", "Region";
    connection_rename: "Umbenennen", "Rename";
    fetch_started: "Beginn", "Start";
    fetch_by: "Auslöser", "Cause";
    fetch_result: "Ergebnis", "Result";
    fetch_new: "Neu", "New";
    fetch_known: "Bekannt", "Known";
    fetch_rows: "Bewegungen", "Movements";
    fetch_trouble: "Hinweis", "Note";
    fetch_done: "vollständig", "complete";
    fetch_partly: "teilweise", "partly";
    fetch_patience: "wartet", "waits";
    fetch_failed: "fehlgeschlagen", "failed";
    fetch_cancelled: "abgebrochen", "cancelled";
    by_schedule: "Zeitplan", "schedule";
    report: "Bericht", "Report";
    tries: "Versuche", "Tries";
    next_try: "Nächster Versuch", "Next try";
    said_connected: "Der Schlüssel stimmt. Der erste Abruf läuft; Sie können die Seite verlassen.", "The key is right. The first fetch is running; you may leave this page.";
    said_paused: "Angehalten. Bis Sie fortsetzen, wird nichts abgerufen.", "Paused. Nothing is fetched until you go on.";
    said_resumed: "Es geht weiter; ein Abruf ist bestellt.", "It goes on; a fetch is ordered.";
    said_fetch: "Ein Abruf ist bestellt.", "A fetch is ordered.";
    said_key: "Der neue Schlüssel stimmt und ist hinterlegt.", "The new key is right and deposited.";
    said_renamed: "Umbenannt.", "Renamed.";
    said_removed: "Die Schnittstelle ist entfernt, ihr Schlüssel gelöscht.", "The connection is removed, its key deleted.";
}
