//! The form of Amazon Pay, and the guide beside it.

use super::texts;

texts! {
    amazon_pay_title: "Amazon Pay einrichten", "Set up Amazon Pay";
    label_hint: "so heißt sie bei Ihnen", "as you call it";
    seller_id: "Verkäufer-ID", "Merchant ID";
    public_key_id: "Public Key-ID", "Public Key ID";
    private_key: "Private Key", "Private key";
    private_key_hint: "die .pem-Datei, die Amazon heruntergeladen hat", "the .pem file that Amazon downloaded";
    private_key_note: "wird verschlüsselt abgelegt und nie wieder angezeigt", "is stored encrypted and never shown again";
    start_date: "Startdatum", "Start date";
    start_date_hint: "frei lassen: alles, was Amazon noch vorhält (90 Tage)", "leave empty: all that Amazon still keeps (90 days)";
    finish: "Fertigstellen", "Finish";
    finish_note: "Prüft den Schlüssel bei Amazon und beginnt mit dem ersten Abruf.", "Checks the key with Amazon and begins the first fetch.";
    guide_title: "Wo finde ich das?", "Where do I find this?";
    guide_one_before: "Seller Central: ", "Seller Central: ";
    guide_one: "Integration → Integration Central", "Integration → Integration Central";
    guide_two_before: "Reiter ", "Tab ";
    guide_two_tab: "API-Schlüssel", "API keys";
    guide_two_between: ", dann ", ", then ";
    guide_two_button: "Schlüssel erstellen", "Create keys";
    guide_three_before: "Namen vergeben, z. B. ", "Give it a name, such as ";
    guide_three_between: ", und erstellen. Die ", ", and create it. The ";
    guide_three_file: ".pem-Datei", ".pem file";
    guide_three_after: " lädt von selbst herunter, nur dieses eine Mal.", " downloads by itself, this one time only.";
    guide_four_before: "Die ", "Copy the ";
    guide_four_after: " aus der Liste kopieren; sie beginnt mit LIVE-.", " from the list; it begins with LIVE-.";
    guide_five_before: "Die ", "The ";
    guide_five_after: " steht oben in Integration Central.", " stands at the top of Integration Central.";
    guide_picture: "Skizze: in Integration Central der Reiter API-Schlüssel mit der Schaltfläche Schlüssel erstellen", "Sketch: in Integration Central the tab API keys with the button Create keys";
    guide_menu: "Integration", "Integration";
    guide_shopify: "Amazon Pay innerhalb von Shopify Payments rechnet über Shopify ab und steht nicht in diesen Berichten.", "Amazon Pay inside Shopify Payments settles through Shopify and does not stand in these reports.";
}
