//! The words of the control page in both languages.

use axum::http::{HeaderMap, header};

/// All words of the page in one language.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) language: &'static str,
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) to_content: &'static str,
    pub(super) world_time: &'static str,
    pub(super) open_settlement: &'static str,
    pub(super) rows: &'static str,
    pub(super) owed: &'static str,
    pub(super) reports: &'static str,
    pub(super) charges: &'static str,
    pub(super) requests: &'static str,
    pub(super) play: &'static str,
    pub(super) sale: &'static str,
    pub(super) amount: &'static str,
    pub(super) order_number: &'static str,
    pub(super) store: &'static str,
    pub(super) optional: &'static str,
    pub(super) sell: &'static str,
    pub(super) reversal: &'static str,
    pub(super) charge: &'static str,
    pub(super) all_that_is_left: &'static str,
    pub(super) refund: &'static str,
    pub(super) charge_back: &'static str,
    pub(super) time: &'static str,
    pub(super) days: &'static str,
    pub(super) move_clock: &'static str,
    pub(super) close_settlement: &'static str,
    pub(super) close_explained: &'static str,
    pub(super) keys: &'static str,
    pub(super) keys_explained: &'static str,
    pub(super) key_for: &'static str,
    pub(super) older_key: &'static str,
    pub(super) make_key: &'static str,
    pub(super) revoke: &'static str,
    pub(super) revoked: &'static str,
    pub(super) merchant: &'static str,
    pub(super) faults: &'static str,
    pub(super) no_faults: &'static str,
    pub(super) rule: &'static str,
    pub(super) rule_explained: &'static str,
    pub(super) add_fault: &'static str,
    pub(super) clear_faults: &'static str,
    pub(super) counted: &'static str,
    pub(super) all_faults: &'static str,
    pub(super) throttling: &'static str,
    pub(super) throttling_on: &'static str,
    pub(super) throttling_off: &'static str,
    pub(super) switch_on: &'static str,
    pub(super) switch_off: &'static str,
    pub(super) latest_reports: &'static str,
    pub(super) created: &'static str,
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) period: &'static str,
    pub(super) latest_requests: &'static str,
    pub(super) no_requests: &'static str,
    pub(super) at: &'static str,
    pub(super) request: &'static str,
    pub(super) answer: &'static str,
    pub(super) no_amount: &'static str,
    pub(super) no_days: &'static str,
    pub(super) not_done: &'static str,
    /// What was done, by the name that stands in the address.
    pub(super) done: &'static [(&'static str, &'static str)],
}

impl Texts {
    /// English where the browser asks for it before German, else German.
    pub(super) fn of(headers: &HeaderMap) -> &'static Self {
        let wanted =
            headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let first = wanted.split(',').map(|part| part.trim().to_ascii_lowercase()).find_map(|language| {
            let is = |name: &str| {
                language == name
                    || language.starts_with(&format!("{name}-"))
                    || language.starts_with(&format!("{name};"))
            };
            if is("de") {
                Some(&GERMAN)
            } else if is("en") {
                Some(&ENGLISH)
            } else {
                None
            }
        });
        first.unwrap_or(&GERMAN)
    }

    /// The sentence for what was done; `None` for a name that stands for nothing.
    pub(super) fn done(&self, name: &str) -> Option<&'static str> {
        self.done.iter().find(|(found, _)| *found == name).map(|(_, sentence)| *sentence)
    }
}

static GERMAN: Texts = Texts {
    language: "de",
    title: "Amazon-Pay-Simulator",
    intro: "Antwortet wie die Amazon-Pay-Schnittstelle. Hier lässt sich etwas verkaufen, erstatten und abrechnen.",
    to_content: "Zum Inhalt",
    world_time: "Zeit im Simulator (UTC)",
    open_settlement: "Offene Abrechnung",
    rows: "Zeilen",
    owed: "Auszahlung, Stand jetzt",
    reports: "Berichte",
    charges: "Zahlungen",
    requests: "Anfragen",
    play: "Etwas geschehen lassen",
    sale: "Verkauf",
    amount: "Betrag",
    order_number: "Bestellnummer",
    store: "Shop",
    optional: "freiwillig",
    sell: "Verkaufen",
    reversal: "Erstattung oder Rückbuchung",
    charge: "Zahlung",
    all_that_is_left: "leer: alles, was übrig ist",
    refund: "Erstatten",
    charge_back: "Rückbuchen",
    time: "Zeit",
    days: "Tage",
    move_clock: "Uhr vorstellen",
    close_settlement: "Abrechnung schließen",
    close_explained: "Der Bericht ist sofort da. Sonst schließt jede Nacht eine Abrechnung, sobald etwas geschehen ist.",
    keys: "Schlüssel",
    keys_explained: "Der private Schlüssel wird einmal heruntergeladen, wie in Seller Central.",
    key_for: "Für",
    older_key: "beide (ältere Art)",
    make_key: "Schlüssel erzeugen",
    revoke: "Sperren",
    revoked: "gesperrt",
    merchant: "Händler-ID",
    faults: "Störungen",
    no_faults: "Keine. Alles geht seinen Gang.",
    rule: "Störung",
    rule_explained: "WO[:WANN]=WAS, zum Beispiel download:3=cut:50% – der dritte Abruf bricht bei der Hälfte ab.",
    add_fault: "Störung hinzufügen",
    clear_faults: "Alle entfernen",
    counted: "Anfragen gezählt",
    all_faults: "Alle Störungen",
    throttling: "Drosselung",
    throttling_on: "an",
    throttling_off: "aus",
    switch_on: "Einschalten",
    switch_off: "Ausschalten",
    latest_reports: "Neueste Berichte",
    created: "Erstellt",
    kind: "Art",
    status: "Status",
    period: "Zeitraum",
    latest_requests: "Neueste Anfragen",
    no_requests: "Noch keine. Richten Sie einen Client auf diese Adresse und geben Sie ihm den Schlüssel.",
    at: "Um",
    request: "Anfrage",
    answer: "Antwort",
    no_amount: "Der Betrag ist keiner. Schreiben Sie zum Beispiel 119,00.",
    no_days: "Das sind keine Tage. Schreiben Sie eine ganze Zahl, zum Beispiel 1.",
    not_done: "Nicht ausgeführt:",
    done: &[
        ("sold", "Verkauft."),
        ("refunded", "Erstattet."),
        ("charged-back", "Zurückgebucht."),
        ("closed", "Abrechnung geschlossen, der Bericht liegt bereit."),
        ("moved", "Uhr vorgestellt."),
        ("throttling", "Drosselung umgestellt."),
        ("fault-added", "Störung hinzugefügt."),
        ("faults-cleared", "Störungen entfernt."),
        ("revoked", "Schlüssel gesperrt."),
    ],
};

static ENGLISH: Texts = Texts {
    language: "en",
    title: "Amazon Pay simulator",
    intro: "Answers like the Amazon Pay API. Sell, refund and settle something here.",
    to_content: "Skip to content",
    world_time: "Time in the simulator (UTC)",
    open_settlement: "Open settlement",
    rows: "rows",
    owed: "Payout as of now",
    reports: "Reports",
    charges: "Charges",
    requests: "Requests",
    play: "Make something happen",
    sale: "Sale",
    amount: "Amount",
    order_number: "Order number",
    store: "Store",
    optional: "optional",
    sell: "Sell",
    reversal: "Refund or chargeback",
    charge: "Charge",
    all_that_is_left: "empty: all that is left",
    refund: "Refund",
    charge_back: "Charge back",
    time: "Time",
    days: "Days",
    move_clock: "Move the clock",
    close_settlement: "Close the settlement",
    close_explained: "The report is there at once. Otherwise a settlement closes every night after something has happened.",
    keys: "Keys",
    keys_explained: "The private key is downloaded once, as in Seller Central.",
    key_for: "For",
    older_key: "both (older kind)",
    make_key: "Make a key",
    revoke: "Revoke",
    revoked: "revoked",
    merchant: "Merchant ID",
    faults: "Faults",
    no_faults: "None. Everything runs its course.",
    rule: "Fault",
    rule_explained: "WHERE[:WHEN]=WHAT, for example download:3=cut:50% – the third download breaks off at half.",
    add_fault: "Add the fault",
    clear_faults: "Remove all",
    counted: "requests counted",
    all_faults: "All faults",
    throttling: "Throttling",
    throttling_on: "on",
    throttling_off: "off",
    switch_on: "Switch on",
    switch_off: "Switch off",
    latest_reports: "Latest reports",
    created: "Created",
    kind: "Kind",
    status: "Status",
    period: "Period",
    latest_requests: "Latest requests",
    no_requests: "None yet. Point a client at this address and give it the key.",
    at: "At",
    request: "Request",
    answer: "Answer",
    no_amount: "That is no amount. Write, for example, 119.00.",
    no_days: "Those are no days. Write a whole number, for example 1.",
    not_done: "Not done:",
    done: &[
        ("sold", "Sold."),
        ("refunded", "Refunded."),
        ("charged-back", "Charged back."),
        ("closed", "Settlement closed; its report is ready."),
        ("moved", "Clock moved."),
        ("throttling", "Throttling switched."),
        ("fault-added", "Fault added."),
        ("faults-cleared", "Faults removed."),
        ("revoked", "Key revoked."),
    ],
};

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_browser_says_the_language_and_german_is_the_usual_one() {
        let language = |wanted: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(wanted))]);
            Texts::of(&headers).language
        };
        assert_eq!(language("en-GB,en;q=0.9,de;q=0.8"), "en");
        assert_eq!(language("de-AT,en;q=0.5"), "de");
        assert_eq!(language("fr,en;q=0.5"), "en");
        assert_eq!((language("fr"), language("")), ("de", "de"));
        assert_eq!(Texts::of(&HeaderMap::new()).language, "de");
    }

    #[test]
    fn both_languages_say_what_was_done_by_the_same_names() {
        let names = |texts: &Texts| texts.done.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(names(&GERMAN), names(&ENGLISH));
    }
}
