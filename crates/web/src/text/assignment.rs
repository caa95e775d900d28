//! Kontierung: Paymentkonten, Aufwandskonten, Debitoren, Belegtexte.

use super::{Words, texts};

texts! {
    rules_lead_payment: "Welches Konto Amazon Pay in den Büchern ist, und wogegen Auszahlungen, Rücklage und Klärungsfälle gebucht werden.", "Which account Amazon Pay is in the books, and against what payouts, reserve and clarification are posted.";
    rules_lead_expense: "Wogegen die Gebühren gebucht werden, je Art.", "Against what fees are posted, by kind.";
    rules_lead_debtor: "Wogegen Zahlungen, Erstattungen und Rückbuchungen gebucht werden: ein Debitor für alle, oder je Shop einer.", "Against what payments, refunds and chargebacks are posted: one debtor for all, or one per store.";
    rules_none: "Noch keine Konten", "No accounts yet";
    rule_add: "Konto hinzufügen", "Add an account";
    rule_new: "Neues Konto", "New account";
    rule_edit: "Ändern", "Change";
    rule_set: "Festlegen", "Set";
    rule_remove: "Entfernen", "Remove";
    rule_remove_question(what): "Die Zeile „{what}“ entfernen?", "Remove the line “{what}”?";
    rule_remove_text: "Danach gilt die Regel davor, sonst der Vorschlag des Kontenrahmens. Frühere Fassungen bleiben.", "Then the rule before holds, else what the chart proposes. Earlier versions stay.";
    rule_account: "Konto", "Account";
    rule_scope: "Vorgang", "What it is for";
    bank_account: "Bankkonto Buchhaltung", "Bank account in the books";
    bank_account_hint: "das gedachte Bankkonto bei Amazon Pay, nicht die Hausbank", "the fictitious bank account at Amazon Pay, not the house bank";
    contra_account: "Gegenkonto", "Contra account";
    account_or_none_hint: "«none»: bleibt auf dem Providerkonto", "“none”: stays on the provider account";
    tax_key: "BU-Schlüssel", "Tax key (BU-Schlüssel)";
    tax_key_hint: "leer: keiner", "empty: none";
    fact_code: "Sachverhalt L+L", "Sachverhalt L+L";
    fact_code_hint: "7: Leistung eines EU-Unternehmers", "7: service of an EU business";
    cost_centre: "Kostenstelle", "Cost centre";
    eu_vat_id: "USt-IdNr. der Gegenseite", "VAT id of the other side";
    eu_rate: "EU-Steuersatz", "EU VAT rate";
    document_template: "Belegfeld 1 nach Vorlage", "Belegfeld 1 by a template";
    document_template_hint: "AP-{Jahr}-{Monat}; leer: die Bestellnummer", "AP-{Jahr}-{Monat}; empty: the order number";
    tax_details: "Steuer und Kostenstelle", "Tax and cost centre";
    validity: "Zeitraum der Gültigkeit", "Period of validity";
    valid_from: "Gültig ab", "Valid from";
    valid_from_hint: "leer: von Anfang an. Ein späterer Tag legt eine neue Zeile an, bis dahin gilt die bisherige.", "empty: from the beginning. A later day makes a new line; until then the present one holds.";
    valid_column: "Gültigkeit", "Validity";
    valid_always: "immer", "always";
    valid_since(day): "ab {day}", "from {day}";
    valid_until(day): "bis {day}", "until {day}";
    valid_between(from, until): "{from} bis {until}", "{from} to {until}";
    rule_history: "Verlauf", "History";
    only_for: "Gilt nur für", "Holds only for";
    store: "Shop", "Store";
    store_hint: "wie er im Bericht heißt; leer: alle", "as the report calls it; empty: all";
    store_all: "alle", "all";
    currency: "Währung", "Currency";
    currency_hint: "leer: jede", "empty: any";
    proposal_of(chart): "Vorschlag {chart}", "proposed by {chart}";

    scope_provider: "Amazon Pay (Providerkonto)", "Amazon Pay (provider account)";
    scope_debtor: "Zahlungen, Erstattungen, Rückbuchungen", "Payments, refunds, chargebacks";
    scope_fee: "Gebühren, alle Arten", "Fees of all kinds";
    scope_transit: "Auszahlungen (Geldtransit)", "Payouts (money in transit)";
    scope_clarification: "Klärung und Anpassungen", "Clarification and adjustments";
    scope_fee_processing: "Gebühr, prozentualer Teil", "Fee, percentage";
    scope_fee_fixed: "Gebühr, fester Teil", "Fee, fixed part";
    scope_fee_authorisation: "Gebühr Autorisierung", "Authorisation fee";
    scope_fee_chargeback: "Gebühr Rückbuchung", "Chargeback fee";
    scope_fee_other: "Gebühr sonstige", "Other fee";

    stores: "Shops", "Stores";
    stores_text: "Teilen sich zwei Shops Bestellnummern, hält ein Präfix sie auseinander.", "Where two stores share order numbers, a prefix keeps them apart.";
    store_add: "Shop hinzufügen", "Add a store";
    store_new: "Neuer Shop", "New store";
    store_name: "Name im Bericht", "Name in the report";
    store_key: "Schlüssel der Bestellung", "Key of the order";
    store_key_order: "Bestellnummer", "order number";
    store_key_reference: "SellerReferenceId der Zahlung", "SellerReferenceId of the payment";
    prefix: "Präfix voranstellen", "Set a prefix in front";
    strip_prefix: "Präfix entfernen", "Strip a prefix";
    unfit: "Unzulässige Zeichen", "Characters that are not allowed";
    unfit_replace: "durch - ersetzen", "replace by -";
    unfit_remove: "weglassen", "leave out";
    as_general: "wie allgemein", "as in general";

    rates: "Umrechnungskurse", "Exchange rates";
    rates_text: "Für Umsätze in anderer Währung als der der Bücher. Ohne Kurs lässt sich der Tag nicht exportieren.", "For amounts in another currency than that of the books. A day without a rate cannot be exported.";
    rate_add: "Kurs hinzufügen", "Add a rate";
    rate_currency: "Fremdwährung", "Foreign currency";
    rate_day: "Tag", "Day";
    rate_month: "oder Monat", "or month";
    rate_month_hint: "2026-10", "2026-10";
    rate: "Kurs", "Rate";
    rate_hint: "Einheiten für 1 der Bücher, 1.0850", "units for 1 of the books, 1.0850";
    rate_source: "Quelle", "Source";
    rate_source_hint: "etwa EZB", "such as ECB";
    rate_for: "gilt für", "holds for";

    texts_lead: "Was in Belegfeld 1, Buchungstext und Auftragsnummer steht.", "What stands in Belegfeld 1, Buchungstext and Auftragsnummer.";
    texts_title: "Buchungstexte", "Buchungstexte";
    texts_places: "In Klammern: {order} {reference} {transaction} {seller-reference} {settlement} {store} {type} {Jahr} {Monat}. Leer: der Text, der blass dasteht.", "In braces: {order} {reference} {transaction} {seller-reference} {settlement} {store} {type} {Jahr} {Monat}. Empty: the pale text.";
    document_numbers: "Belegfeld 1", "Belegfeld 1";
    order_number_text: "Auftragsnummer", "Auftragsnummer";
    summed_fees_text: "Gebühren als Summe", "Fees as a sum";
    example: "Beispiel", "Example";
    example_show: "Beispiel ansehen", "Show the example";
    example_note: "So verlässt eine Bestellung Kontor.", "This is how an order leaves Kontor.";
    example_refused: "Das Beispiel erscheint, sobald die Einstellungen stimmen.", "The example appears as soon as the settings hold.";
    document_number_column: "Belegfeld 1", "Belegfeld 1";
    text_column: "Buchungstext", "Buchungstext";
    cut_at_sixty: "auf 60 Zeichen gekürzt", "cut to 60 characters";
}

impl Words {
    /// For what a rule holds, by the word in the configuration; a word that nobody knows stays as it is.
    pub fn scope<'a>(&self, scope: &'a str) -> &'a str {
        let known: &'static str = match scope {
            "provider" => self.scope_provider(),
            "debtor" => self.scope_debtor(),
            "fee" => self.scope_fee(),
            "transit" => self.scope_transit(),
            "clarification" => self.scope_clarification(),
            "fee-processing" => self.scope_fee_processing(),
            "fee-fixed" => self.scope_fee_fixed(),
            "fee-authorisation" => self.scope_fee_authorisation(),
            "fee-chargeback" => self.scope_fee_chargeback(),
            "fee-other" => self.scope_fee_other(),
            other => match ledger::kind::MovementKind::parse(other) {
                Some(kind) => self.kind(kind),
                None => return scope,
            },
        };
        known
    }
}
