//! `[kontor]`, explained.

use super::Page;

pub(super) fn write(page: &mut Page) {
    page.heading("Was Kontor von selbst tut", "What Kontor does by itself");
    page.idle("[kontor]");
    page.explain(
        "Kontenrahmen, Providerkonto und Debitor sind geprüft (wird vor dem ersten Export gefragt).",
        "Chart, provider account and debtor are checked (asked before the first export).",
    );
    page.idle("accounts-confirmed = true");
    page.explain(
        "Der Steuerberater hat bestätigt, wie die Gebühren besteuert werden (§ 13b UStG oder keine Steuer).",
        "The adviser has confirmed how the fees are taxed (§ 13b UStG, or no tax).",
    );
    page.idle("reverse-charge-confirmed = true");
    page.explain(
        "Belegnummer nachziehen: eine geänderte Belegnummer ist ein Grund für eine Korrektur.",
        "Follow document numbers: a changed document number is a reason for a correction.",
    );
    page.idle("follow-document-numbers = false");
    page.explain(
        "Tag des Monats (1 bis 28), an dem der Vormonat von selbst exportiert wird, wenn er vollständig ist",
        "Day of the month (1 to 28) on which the month before is exported by itself when it is complete",
    );
    page.idle("export-day = 5");
}
