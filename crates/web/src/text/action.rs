//! What the log says was done.

use super::{Words, texts};

texts! {
    log_auditor_entered: "Prüfer eingetreten", "auditor entered";
    log_auditor_invited: "Prüferlink erstellt", "auditor's link made";
    log_auditor_revoked: "Prüferlink zurückgezogen", "auditor's link withdrawn";
    log_backup_made: "Sicherung erstellt", "backup made";
    log_batch_corrected: "Korrekturstapel exportiert", "correction batch exported";
    log_batch_exported: "Stapel exportiert", "batch exported";
    log_batch_processed: "Stapel verarbeitet", "batch processed";
    log_batch_withdrawn: "Stapel zurückgezogen", "batch withdrawn";
    log_client_created: "Mandant angelegt", "client made";
    log_client_deleted: "Mandant gelöscht", "client deleted";
    log_client_renamed: "Mandant umbenannt", "client renamed";
    log_connection_key: "Schlüssel ersetzt", "key replaced";
    log_connection_made: "Schnittstelle angebunden", "provider connected";
    log_connection_paused: "Schnittstelle angehalten", "connection paused";
    log_connection_removed: "Schnittstelle entfernt", "connection removed";
    log_connection_renamed: "Schnittstelle umbenannt", "connection renamed";
    log_connection_resumed: "Schnittstelle fortgesetzt", "connection resumed";
    log_delivery_arrived: "Stapel zugestellt", "batch delivered";
    log_delivery_chosen: "Zustellung geändert", "delivery changed";
    log_document_accepted: "Bericht mit Grund übernommen", "report taken with a reason";
    log_document_received: "Bericht empfangen", "report received";
    log_documents_assigned: "Berichte der Schnittstelle zugeordnet", "reports given to the connection";
    log_documents_recounted: "Berichte neu gezählt", "reports counted anew";
    log_job_cancelled: "Auftrag abgebrochen", "job cancelled";
    log_settings_saved: "Einstellungen gespeichert", "settings saved";
    log_user_created: "Benutzer angelegt", "user made";
    log_user_invited: "Benutzer eingeladen", "user invited";
    log_user_joined: "Einladung angenommen", "invitation accepted";
    log_user_left: "Benutzer ausgetreten", "user left";
    log_user_removed: "Benutzer entfernt", "user removed";
    log_user_role: "Rolle geändert", "role changed";
}

impl Words {
    /// What was done, in words; none for what only the machine knows.
    pub fn action(&self, action: &str) -> Option<&'static str> {
        Some(match action {
            "auditor.entered" => self.log_auditor_entered(),
            "auditor.invited" => self.log_auditor_invited(),
            "auditor.revoked" => self.log_auditor_revoked(),
            "backup.made" => self.log_backup_made(),
            "batch.corrected" => self.log_batch_corrected(),
            "batch.exported" => self.log_batch_exported(),
            "batch.processed" => self.log_batch_processed(),
            "batch.withdrawn" => self.log_batch_withdrawn(),
            "client.created" => self.log_client_created(),
            "client.deleted" => self.log_client_deleted(),
            "client.renamed" => self.log_client_renamed(),
            "connection.key-replaced" => self.log_connection_key(),
            "connection.made" => self.log_connection_made(),
            "connection.paused" => self.log_connection_paused(),
            "connection.removed" => self.log_connection_removed(),
            "connection.renamed" => self.log_connection_renamed(),
            "connection.resumed" => self.log_connection_resumed(),
            "delivery.arrived" => self.log_delivery_arrived(),
            "delivery.chosen" => self.log_delivery_chosen(),
            "document.accepted" => self.log_document_accepted(),
            "document.received" => self.log_document_received(),
            "documents.assigned" => self.log_documents_assigned(),
            "documents.recounted" => self.log_documents_recounted(),
            "job.cancelled" => self.log_job_cancelled(),
            "settings.saved" => self.log_settings_saved(),
            "user.created" => self.log_user_created(),
            "user.invited" => self.log_user_invited(),
            "user.joined" => self.log_user_joined(),
            "user.left" => self.log_user_left(),
            "user.removed" => self.log_user_removed(),
            "user.role" => self.log_user_role(),
            _ => return None,
        })
    }
}
