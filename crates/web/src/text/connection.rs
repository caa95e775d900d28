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
}
