//! `[document-numbers]` and `[[store]]`, explained.

use super::Page;

pub(super) fn write(page: &mut Page) {
    page.heading("Belegnummern", "Document numbers");
    page.active("[document-numbers]");
    page.explain(
        "Belegfeld 1 ist die Bestellnummer. Was dort nicht stehen darf, wird durch - ersetzt (\"replace\") oder\n\
         weggelassen (\"remove\").",
        "Belegfeld 1 is the order number. What may not stand there is replaced by - (\"replace\") or left out\n\
         (\"remove\").",
    );
    page.active("unfit = \"replace\"");
    page.explain(
        "Was vorn abgeschnitten und was vorangestellt wird (höchstens 17 Zeichen)",
        "What is stripped from the front, and what is set in front (at most 17 characters)",
    );
    page.active("strip-prefix = \"\"");
    page.active("prefix = \"\"");
    page.heading("Shops", "Stores");
    page.explain(
        "Ein Shop mit eigenen Belegnummern; name wie im Bericht. Was hier fehlt, gilt wie unter [document-numbers].\n\
         order-key: \"order\" nimmt die Bestellnummer, \"seller-reference\" die SellerReferenceId der Zahlung.",
        "A store with document numbers of its own; name as in the report. What is left out is as in\n\
         [document-numbers]. order-key: \"order\" takes the order number, \"seller-reference\" the payment's\n\
         SellerReferenceId.",
    );
    page.idle("[[store]]\nname = \"Shop A\"\nprefix = \"A-\"\nstrip-prefix = \"SHOP-\"\nunfit = \"remove\"\norder-key = \"order\"");
}
