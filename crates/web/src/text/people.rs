//! Mandanten, Benutzer und Rechte, Protokoll.

use app::{Permission, Role};

use super::{Words, texts};

texts! {
    clients: "Mandanten", "Clients";
    clients_lead: "Ein Mandant hat eigene Schnittstellen, Einstellungen und Daten.", "A client has its own connections, settings and data.";
    client_connections: "Schnittstellen mit Fehler", "Connections with errors";
    client_months: "Monate zu exportieren", "Months to export";
    clients_shown(first, last, all): "{first}–{last} von {all} Mandanten", "{first}–{last} of {all} clients";
    clients_archive: "Ein Monat aller Mandanten", "A month of all clients";
    clients_archive_text: "Alle Buchungsstapel des Monats in einem Archiv, ein Ordner je Mandant.", "All booking batches of the month in one archive, a folder for each client.";
    clients_archive_get: "Archiv laden", "Download the archive";
    clients_archive_month: "Monat", "Month";
    clients_archive_empty(month): "Für {month} ist noch nichts exportiert.", "Nothing is exported for {month} yet.";
    clients_empty: "Noch kein Mandant", "No client yet";
    clients_empty_text: "Wer Sie einlädt, macht Sie hier sichtbar. Betreiber und Steuerberater legen Mandanten selbst an.", "Whoever invites you makes a client appear here. Operators and tax advisers make clients themselves.";
    client_name: "Name", "Name";
    client_new: "Neuer Mandant", "New client";
    client_create: "Mandant anlegen", "Create client";
    client_owner: "E-Mail des Inhabers", "Owner's e-mail";
    client_owner_hint: "leer: Sie selbst", "empty: yourself";
    client_role: "Ihre Rolle", "Your role";
    client_since: "angelegt", "created";
    client_findings: "Hinweise", "Notices";

    users_lead: "Wer diesen Mandanten sieht und was er darf.", "Who sees this client, and what they may do.";
    members: "Benutzer", "Users";
    member_name: "Name", "Name";
    member_role: "Rolle", "Role";
    member_factor: "Zweiter Faktor", "Second factor";
    member_seen: "zuletzt da", "last seen";
    member_edit: "Ändern", "Change";
    yes: "ja", "yes";
    no: "nein", "no";
    role_change: "Rolle ändern", "Change role";
    member_remove: "Entfernen", "Remove";
    member_remove_ask(name): "{name} entfernen?", "Remove {name}?";
    member_remove_text: "Die Person sieht diesen Mandanten dann nicht mehr. Ihr Konto bleibt.", "The person then no longer sees this client. The account stays.";
    rights: "Rechte", "Rights";
    may: "darf", "may";
    role_owner: "Inhaber", "Owner";
    role_bookkeeper: "Buchhaltung", "Bookkeeper";
    role_adviser: "Steuerberater", "Tax adviser";
    role_reader: "Lesen", "Reader";
    may_see: "Dashboard, Berichte, Buchungen, Exporte und Nachweise sehen", "See dashboard, reports, entries, batches and proofs";
    may_work: "hochladen, abrufen, zuordnen, über Hinweise entscheiden", "Upload, fetch, match, decide on findings";
    may_assign: "Kontierung, Mandantendaten, Einstellungen kopieren", "Accounts, client data, copy settings";
    may_export: "exportieren, zurückziehen, als verarbeitet kennzeichnen, Monat abschließen", "Export, withdraw, mark as processed, close a month";
    may_connect: "Schnittstellen und ihre Schlüssel", "Connections and their keys";
    may_manage: "Benutzer, API-Schlüssel, Prüferlinks, Mandanten löschen", "Users, API keys, auditors' links, delete the client";

    invite: "Einladen", "Invite";
    invite_title: "Jemanden einladen", "Invite somebody";
    invitations: "Offene Einladungen", "Open invitations";
    expires: "gilt bis", "holds until";
    withdraw: "Zurückziehen", "Withdraw";
    link_once: "Diesen Link weitergeben; er wird nur jetzt gezeigt", "Hand this link over; it is shown only now";
    link_once_text(who): "Er ist für {who} und öffnet sich ohne Anmeldung. Senden Sie ihn auf einem Weg, dem Sie trauen.", "It is for {who} and opens without a login. Send it in a way that you trust.";
    invitation_sent(who): "Die Einladung ist per Mail an {who} unterwegs.", "The invitation is on its way to {who} by mail.";
    invitation_sent_text: "Der Link darin gilt sieben Tage. Kommt er nicht an, laden Sie noch einmal ein: Die neue Einladung ersetzt die alte.", "The link in it holds for seven days. If it does not arrive, invite again: the new invitation replaces the old one.";
    invitation_not_sent: "Die Einladung konnte nicht per Mail gesendet werden; bitte geben Sie den Link selbst weiter.", "The invitation could not be sent by mail; please hand the link over yourself.";
    back_to_users: "Zurück zu Benutzer und Rechte", "Back to users and rights";

    auditors: "Prüferlinks", "Auditors' links";
    auditors_text: "Ein Prüferlink zeigt einen Zeitraum, nur lesend, bis zu einem Tag.", "An auditor's link shows one period, read only, until a day.";
    auditor_name: "Prüfer", "Auditor";
    period: "Zeitraum", "Period";
    from_day: "von", "from";
    until_day: "bis", "to";
    auditor_create: "Link erstellen", "Create link";

    keys: "API-Schlüssel", "API keys";
    keys_text: "Für Programme: Authorization: Bearer kontor_…", "For programs: Authorization: Bearer kontor_…";
    key_name: "Wofür", "What for";
    key_begins: "beginnt mit", "begins with";
    key_scopes: "Rechte", "Scopes";
    key_used: "zuletzt benutzt", "last used";
    key_create: "Schlüssel erstellen", "Create key";
    key_revoke: "Widerrufen", "Revoke";
    key_revoked: "widerrufen", "revoked";
    key_once: "Diesen Schlüssel jetzt kopieren; er wird nur einmal gezeigt", "Copy this key now; it is shown only once";
    scope_read: "lesen", "read";
    scope_write: "hochladen und abrufen", "upload and fetch";
    scope_export: "exportieren", "export";
    scope_settings: "Einstellungen und Schnittstellen", "settings and connections";

    client_delete: "Mandant löschen", "Delete client";
    client_delete_text: "Solange das Gesetz Belege oder Bücher aufbewahrt haben will, wird das abgelehnt. Zum Löschen den Namen eintippen.", "As long as the law wants vouchers or books kept, this is refused. To delete it, type the name.";

    log_lead: "Was geschah, wann und durch wen. Jede Zeile ist durch ihre Prüfsumme an die vorige gebunden.", "What happened, when and by whom. Each line is bound to the one before by its hash.";
    log_number: "Nr.", "No.";
    log_when: "Wann", "When";
    log_who: "Wer", "Who";
    log_what: "Was", "What";
    log_subject: "Woran", "To what";
    log_hash: "Prüfsumme", "Hash";
    log_empty: "Noch nichts geschehen", "Nothing has happened yet";
    log_empty_text: "Hier stehen Einstellungen, Abrufe, Exporte und Anmeldungen.", "Settings, fetches, exports and logins will stand here.";
    log_shown(from, until): "Nr. {from} bis {until}", "No. {from} to {until}";
}

impl Words {
    /// A role as the table of rights calls it.
    pub fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Owner => self.role_owner(),
            Role::Bookkeeper => self.role_bookkeeper(),
            Role::Adviser => self.role_adviser(),
            Role::Reader => self.role_reader(),
        }
    }

    /// What a permission allows.
    pub fn permission(&self, permission: Permission) -> &'static str {
        match permission {
            Permission::See => self.may_see(),
            Permission::Work => self.may_work(),
            Permission::Assign => self.may_assign(),
            Permission::Export => self.may_export(),
            Permission::Connect => self.may_connect(),
            Permission::Manage => self.may_manage(),
        }
    }
}
