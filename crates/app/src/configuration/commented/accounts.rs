//! `[[account]]`, explained.

use ledger::rules::RuleScope;

use super::Page;

pub(super) fn write(page: &mut Page) {
    page.heading("Konten", "Accounts");
    keys(page);
    of_every_client(page);
    of_fees(page);
    of_shops_and_currencies(page);
    of_the_reserve(page);
}

fn keys(page: &mut Page) {
    let names: Vec<&str> = RuleScope::names().collect();
    let (first, rest) = names.split_at(names.len() / 2);
    let names = format!("  {},\n  {}", first.join(", "), rest.join(", "));
    let german = format!(
        "Je Zweck eine Tabelle [[account]]:\n\
         for          wofür; debtor, fee, transit und clarification fassen mehrere zusammen, der engere gewinnt:\n{names}\n\
         account      Konto\n\
         from         gilt ab diesem Tag\n\
         store        gilt nur für diesen Shop, wie er im Bericht heißt\n\
         currency     gilt nur für Zeilen in dieser Währung\n\
         key          BU-Schlüssel; nie auf einem Automatikkonto\n\
         fact         Sachverhalt L+L (Feld 43), den die Schlüssel 91 bis 95 brauchen: 7 = Leistung eines EU-Unternehmers\n\
         cost-centre  Kostenstelle (KOST1)\n\
         vat-id       EU-Land und USt-IdNr. der Gegenseite (Feld 40), die etwa die Schlüssel 10, 11 und 240 brauchen\n\
         eu-rate      Steuersatz des anderen Landes (Feld 41), 20 oder \"5,5\", für die Schlüssel 10, 44, 240 und 250\n\
         document     Belegfeld 1 nach einer Vorlage statt der Bestellnummer"
    );
    let english = format!(
        "One table [[account]] a purpose:\n\
         for          for what; debtor, fee, transit and clarification hold several, the narrower wins:\n{names}\n\
         account      the account\n\
         from         holds from this day on\n\
         store        holds for this store only, as the report calls it\n\
         currency     holds for rows in this currency only\n\
         key          tax key (BU-Schlüssel); never on an automatic account\n\
         fact         Sachverhalt L+L (field 43), which the keys 91 to 95 need: 7 = service of an EU business\n\
         cost-centre  cost centre (KOST1)\n\
         vat-id       EU country and VAT id of the other side (field 40), which keys such as 10, 11 and 240 need\n\
         eu-rate      VAT rate of the other country (field 41), 20 or \"5.5\", for the keys 10, 44, 240 and 250\n\
         document     Belegfeld 1 by a template instead of the order number"
    );
    page.explain(&german, &english);
}

fn of_every_client(page: &mut Page) {
    page.explain(
        "Providerkonto: das gedachte Bankkonto bei Amazon Pay, in jeder Buchung das Konto",
        "The provider account: the fictitious bank account at Amazon Pay, in every posting the Konto",
    );
    let (provider, fee) = (page.pick(1210, 1810), page.pick(4970, 6855));
    let (transit, clarification) = (page.pick(1361, 1461), page.pick(1792, 3630));
    account(page, "provider", provider);
    page.explain(
        "Zahlungen, Erstattungen, Rückbuchungen, Garantieanträge und Streitfälle: ein Sammeldebitor\n\
         (bei Sachkontenlänge 6 zum Beispiel 1000000)",
        "Payments, refunds, chargebacks, guarantee claims and disputes: one debtor for all\n\
         (with six-digit accounts for example 1000000)",
    );
    account(page, "debtor", 10_000);
    page.explain(
        "Gebühren: Nebenkosten des Geldverkehrs, ohne Steuer. Ob § 13b UStG gilt, sagt der Steuerberater.",
        "Fees: cost of money transfers, without tax. Whether § 13b UStG holds is for the tax adviser to say.",
    );
    account(page, "fee", fee);
    page.explain(
        "Auszahlungen: Geldtransit, bis die Bank sie zeigt. Der Kontoauszug bucht die andere Seite.",
        "Payouts: money in transit until the bank shows it. The bank's statement books the other side.",
    );
    account(page, "transit", transit);
    page.explain(
        "Anpassungen und unbekannte Vorgänge: ein Verrechnungskonto zur Klärung",
        "Adjustments and unknown kinds: an account for clarification",
    );
    account(page, "clarification", clarification);
}

fn of_fees(page: &mut Page) {
    page.explain(
        "Beispiel: von einem Tag an § 13b UStG über ein Automatikkonto, ohne Schlüssel",
        "Example: § 13b UStG from a day on by an automatic account, without a key",
    );
    let (automatic, plain) = (page.pick(3123, 5923), page.pick(4970, 6855));
    page.idle(&format!("[[account]]\nfor = \"fee\"\naccount = {automatic}\nfrom = 2027-01-01"));
    page.explain(
        "Beispiel: § 13b UStG über den BU-Schlüssel, mit Kostenstelle, nur für die Gebühr einer Rückbuchung",
        "Example: § 13b UStG by the tax key, with a cost centre, for the fee of a chargeback only",
    );
    page.idle(&format!(
        "[[account]]\nfor = \"fee-chargeback\"\naccount = {plain}\nkey = 506\nfact = 7\ncost-centre = \"100\"\nvat-id = \"LU12345678\""
    ));
    page.explain(
        "Beispiel: ein Kreditor, gegen den der Steuerberater Amazons Abrechnung bucht",
        "Example: a creditor, against whom the adviser books Amazon's statement",
    );
    page.idle("[[account]]\nfor = \"fee-other\"\naccount = 70100\ndocument = \"AP-{Jahr}-{Monat}\"");
}

fn of_shops_and_currencies(page: &mut Page) {
    page.explain("Beispiel: ein eigener Debitor für einen Shop", "Example: a debtor of its own for a store");
    page.idle("[[account]]\nfor = \"debtor\"\nstore = \"Shop A\"\naccount = 10001");
    page.explain(
        "Beispiel: ein Providerkonto für US-Dollar; jede Währung braucht ihr eigenes und Kurse (unten)",
        "Example: a provider account for US dollars; every currency needs one of its own, and rates (below)",
    );
    let provider = page.pick(1220, 1820);
    page.idle(&format!("[[account]]\nfor = \"provider\"\ncurrency = \"USD\"\naccount = {provider}"));
}

fn of_the_reserve(page: &mut Page) {
    page.explain(
        "Die Kontorücklage bleibt auf dem Providerkonto, solange sie kein eigenes Konto hat; \"none\" stellt es\n\
         von einem Tag an wieder ab.",
        "The reserve stays on the provider account as long as it has no account of its own; \"none\" turns that off\n\
         again from a day on.",
    );
    let reserve = page.pick(1501, 1301);
    page.idle(&format!("[[account]]\nfor = \"reserve\"\naccount = {reserve}"));
    page.idle("[[account]]\nfor = \"reserve\"\naccount = \"none\"\nfrom = 2027-01-01");
}

fn account(page: &mut Page, purpose: &str, number: u32) {
    page.of_chart(&format!("[[account]]\nfor = \"{purpose}\"\naccount = {number}"));
}
