//! The Dashboard.

use super::texts;

texts! {
    as_of(moment): "Stand {moment}", "As of {moment}";
    to_do: "Zu tun", "To do";
    nothing_to_do: "Nichts. Alles ist abgerufen, geprüft und übergeben.", "Nothing. Everything is fetched, proved and handed over.";
    fee_share_of: "der Zahlungen", "of payments";
    next_fetch(moment): "nächster Abruf {moment}", "next fetch {moment}";
}
