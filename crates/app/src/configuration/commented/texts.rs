//! `[texts]` and `[[rate]]`, explained.

use ledger::rules::TextKey;

use super::Page;
use crate::configuration::texts::PROVIDER;

pub(super) fn write(page: &mut Page) {
    page.heading("Texte", "Texts");
    page.active("[texts]");
    page.explain(
        "Buchungstext je Vorgang (höchstens 60 Zeichen, Längeres wird gekürzt), fee-sum für summierte Gebühren;\n\
         order-number ist die Auftragsnummer (Feld 95). In geschweiften Klammern: {order} {reference} {transaction}\n\
         {seller-reference} {settlement} {store} {type} {Jahr} {Monat}",
        "Buchungstext of each kind (at most 60 characters, longer ones are cut), fee-sum for summed fees;\n\
         order-number is the Auftragsnummer (field 95). In braces: {order} {reference} {transaction}\n\
         {seller-reference} {settlement} {store} {type} {Jahr} {Monat}",
    );
    for key in TextKey::all() {
        page.active(&format!("{} = \"{}\"", key.name(), key.default_text(PROVIDER)));
    }
    page.heading("Kurse", "Exchange rates");
    page.explain(
        "Einheiten der fremden Währung für eine Einheit der Buchwährung, für einen Tag (day) oder einen Monat\n\
         (month, Umsatzsteuer-Umrechnungskurs des BMF); der Tag geht vor. Ein Tag ohne Kurs wird nicht geraten.",
        "Units of the foreign currency for one unit of the books' currency, for a day or a month (monthly rates of\n\
         the German ministry of finance); the day goes first. A day without a rate is never guessed.",
    );
    page.idle("[[rate]]\ncurrency = \"USD\"\nday = 2026-10-05\nrate = \"1.0850\"\nsource = \"EZB\"");
    page.idle("[[rate]]\ncurrency = \"USD\"\nmonth = \"2026-11\"\nrate = \"1.0912\"\nsource = \"BMF\"");
}
