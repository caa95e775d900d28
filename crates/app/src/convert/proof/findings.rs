//! Findings in words, each with a code for programs.

use datev::Change;
use ledger::money::Money;
use providers::amazon_pay::ChainWarning;

use super::super::findings::{Findings, Place};
use super::super::open_items::OpenItemFinding;
use super::super::run::Run;
use super::text::figure;
use super::{Amount, Finding};
use crate::language::Language;
use crate::say;

/// All findings of a run, the weighty ones first.
pub(super) fn findings(run: &Run, changes: &exports::datev::TextChanges, language: Language) -> Vec<Finding> {
    let writer = Writer { run, language };
    let found = &run.findings;
    let mut findings = Vec::new();
    findings.extend(writer.unknown_kinds(found));
    findings.extend(found.chain.iter().map(|warning| writer.chain(warning)));
    findings.extend(writer.unusual_signs(found));
    findings.extend(found.open_items.first.iter().map(|item| writer.open_item(item)));
    findings.extend(writer.rest("open-items-more", found.open_items.count, found.open_items.first.len()));
    findings.extend(writer.several_orders(found));
    findings.extend(writer.returned_fees(found));
    findings.extend(writer.stores(found));
    findings.extend(writer.numbers(found));
    findings
        .extend(changes.iter().map(|((column, change), count)| writer.text_change(column, *change, *count)));
    findings
}

struct Writer<'a> {
    run: &'a Run,
    language: Language,
}

const WARNING: &str = "warning";
const NOTICE: &str = "notice";

impl Writer<'_> {
    fn finding(
        &self,
        code: &'static str,
        severity: &'static str,
        text: String,
        place: Option<Place>,
    ) -> Finding {
        let document = place.and_then(|(report, _)| self.run.documents.get(report));
        Finding {
            code,
            severity,
            text,
            count: 1,
            document: document.map(|document| document.name.clone()),
            line: place.map(|(_, line)| line),
            amounts: Vec::new(),
        }
    }

    fn amount(&self, money: Money) -> String {
        figure(&Amount::from(money), self.language)
    }

    fn rows(&self, count: u64) -> String {
        self.language.counted(count, ("Zeile", "Zeilen"), ("row", "rows"))
    }

    fn unknown_kinds(&self, findings: &Findings) -> Vec<Finding> {
        let name = |(kind, found): (&String, &super::super::findings::UnknownKind)| {
            let sums: Vec<String> = found.sums.values().map(|sum| self.amount(*sum)).collect();
            let (rows, sums) = (self.rows(found.rows), sums.join(", "));
            let text = say!(
                self.language,
                "Unbekannte Vorgangsart «{kind}»: {rows}, {sums}; gebucht auf das Klärungskonto",
                "Unknown kind «{kind}»: {rows}, {sums}; posted to the clarification account"
            );
            let finding = self.finding("unknown-kind", WARNING, text, Some(found.first));
            Finding {
                count: found.rows,
                amounts: found.sums.values().map(|sum| Amount::from(*sum)).collect(),
                ..finding
            }
        };
        findings.unknown_kinds.iter().map(name).collect()
    }

    fn unusual_signs(&self, findings: &Findings) -> Vec<Finding> {
        let one = |sign: &super::super::findings::UnusualSign| {
            let kind = self.language.pick(sign.kind.german(), sign.kind.name());
            let amount = self.amount(sign.amount);
            let text = say!(
                self.language,
                "Ungewöhnliches Vorzeichen: {kind} über {amount}; nach dem Vorzeichen gebucht",
                "Unusual sign: {kind} of {amount}; booked by its sign"
            );
            let finding = self.finding("unusual-sign", WARNING, text, Some(sign.place));
            Finding { amounts: vec![sign.amount.into()], ..finding }
        };
        let signs = &findings.unusual_signs;
        let rest = self.rest("unusual-sign-more", signs.count, signs.first.len());
        signs.first.iter().map(one).chain(rest).collect()
    }

    /// Says how many more there are than were named.
    fn rest(&self, code: &'static str, count: usize, named: usize) -> Option<Finding> {
        let more = count.checked_sub(named).filter(|more| *more > 0)?;
        let text = say!(self.language, "… und noch {more} dieser Art", "… and {more} more of this sort");
        let finding = self.finding(code, WARNING, text, None);
        Some(Finding { count: u64::try_from(more).unwrap_or(u64::MAX), ..finding })
    }

    fn chain(&self, warning: &ChainWarning) -> Finding {
        match warning {
            ChainWarning::Gap { before, after } => {
                let (one, other, end, start) =
                    (&before.settlement, &after.settlement, before.end, after.start);
                let text = say!(
                    self.language,
                    "Lücke in der Kette: {one} endet {end}, {other} beginnt {start}; dazwischen war nichts, oder es fehlt eine Abrechnung",
                    "Gap in the chain: {one} ends {end}, {other} begins {start}; nothing happened between them, or a report is missing"
                );
                self.finding("chain-gap", WARNING, text, None)
            }
            ChainWarning::Overlap { before, after } => {
                let (one, other, end, start) =
                    (&before.settlement, &after.settlement, before.end, after.start);
                let text = say!(
                    self.language,
                    "Überschneidung in der Kette: {one} endet {end}, {other} beginnt schon {start}",
                    "Overlap in the chain: {one} ends {end}, {other} begins before that, {start}"
                );
                self.finding("chain-overlap", WARNING, text, None)
            }
            ChainWarning::PayoutDiffers { settlement, owed, paid, paid_in } => {
                let (owed_text, paid_text) = (self.amount(*owed), self.amount(*paid));
                let text = say!(
                    self.language,
                    "Auszahlung der Abrechnung {settlement}: nach ihren Zeilen {owed_text}, ausgezahlt in {paid_in} {paid_text}",
                    "Payout of settlement {settlement}: its rows owe {owed_text}, paid in {paid_in} {paid_text}"
                );
                let finding = self.finding("payout-differs", WARNING, text, None);
                Finding { amounts: vec![(*owed).into(), (*paid).into()], ..finding }
            }
            ChainWarning::CarryOverOneSided { settlement, amount } => {
                let figure = self.amount(*amount);
                let text = say!(
                    self.language,
                    "Saldovortrag über {figure} steht nur in Abrechnung {settlement}; die Gegenseite fehlt",
                    "Carry-over of {figure} stands in settlement {settlement} only; its other side is missing"
                );
                let finding = self.finding("carry-over-one-sided", WARNING, text, None);
                Finding { amounts: vec![(*amount).into()], ..finding }
            }
        }
    }

    fn open_item(&self, finding: &OpenItemFinding) -> Finding {
        match finding {
            OpenItemFinding::Shared { document, account, first, second } => {
                let line = second.1;
                let other = self.run.documents.get(second.0).map_or("", |document| document.name.as_str());
                let text = say!(
                    self.language,
                    "Zwei Bestellungen haben auf Konto {account} dasselbe Belegfeld 1 «{document}» (auch {other}, Zeile {line}); ein Präfix je Shop hält sie auseinander",
                    "Two orders share document number «{document}» on account {account} (also {other}, line {line}); a prefix per shop keeps them apart"
                );
                self.finding("shared-document-number", WARNING, text, Some(*first))
            }
            OpenItemFinding::RefundAbovePayment { document, paid, refunded, place } => {
                let (paid_text, refunded_text) = (self.amount(*paid), self.amount(*refunded));
                let text = say!(
                    self.language,
                    "Erstattung höher als Zahlung: {document}, gezahlt {paid_text}, erstattet {refunded_text}",
                    "Refund above the payment: {document}, paid {paid_text}, refunded {refunded_text}"
                );
                let finding = self.finding("refund-above-payment", WARNING, text, Some(*place));
                Finding { amounts: vec![(*paid).into(), (*refunded).into()], ..finding }
            }
        }
    }

    fn several_orders(&self, findings: &Findings) -> Vec<Finding> {
        let one = |(place, agreement): &(Place, String)| {
            let text = say!(
                self.language,
                "Mehrere Bestellungen unter der Vereinbarung {agreement}: zu welcher die Zeile gehört, steht nirgends",
                "Several orders under agreement {agreement}: nothing says to which of them the row belongs"
            );
            self.finding("several-orders", WARNING, text, Some(*place))
        };
        let several = &findings.several_orders;
        let rest = self.rest("several-orders-more", several.count, several.first.len());
        several.first.iter().map(one).chain(rest).collect()
    }

    fn returned_fees(&self, findings: &Findings) -> Option<Finding> {
        let returned = &findings.returned_fees;
        let (first, count) = (*returned.first.first()?, u64::try_from(returned.count).unwrap_or(u64::MAX));
        let fees = self.language.counted(
            count,
            ("zurückgegebene Gebühr", "zurückgegebene Gebühren"),
            ("returned fee", "returned fees"),
        );
        let text = say!(
            self.language,
            "{fees} ohne bekannte Zahlung: gebucht nach der Regel des eigenen Tages",
            "{fees} whose payment is not known: booked by the rule of their own day"
        );
        let finding = self.finding("returned-fee-of-unknown-day", WARNING, text, Some(first));
        Some(Finding { count, ..finding })
    }

    fn stores(&self, findings: &Findings) -> Vec<Finding> {
        let one = |(store, count): (&String, &u64)| {
            let rows = self.rows(*count);
            let text = say!(
                self.language,
                "Shop «{store}» hat kein eigenes Konto: {rows} auf dem Konto für alle anderen",
                "Shop «{store}» has no account of its own: {rows} on the account for all others"
            );
            Finding { count: *count, ..self.finding("store-without-rule", WARNING, text, None) }
        };
        findings.stores_without_rule.iter().map(one).collect()
    }

    fn numbers(&self, findings: &Findings) -> Option<Finding> {
        let (changed, marked) = (findings.numbers_changed, findings.numbers_marked);
        let rows = self.rows(changed);
        let text = say!(
            self.language,
            "{rows} mit angepasstem Belegfeld 1, davon {marked} gekürzt oder mit Prüfzeichen",
            "{rows} with an adapted document number, {marked} of them cut or with a mark"
        );
        let finding = self.finding("document-number-changed", NOTICE, text, None);
        (changed > 0).then_some(Finding { count: changed, ..finding })
    }

    fn text_change(&self, column: &str, change: Change, count: u64) -> Finding {
        let what = match change {
            Change::Cut => self.language.pick("gekürzt", "cut"),
            Change::Transliterated => self.language.pick("Buchstaben umschrieben", "letters transliterated"),
            Change::Replaced => self.language.pick("Zeichen durch ? ersetzt", "characters replaced by ?"),
            Change::Separator => {
                self.language.pick("Semikolon durch Komma ersetzt", "semicolon replaced by comma")
            }
            Change::Control => self.language.pick("Steuerzeichen entfernt", "control character removed"),
            Change::LeftOut => {
                self.language.pick("in dieser Formatversion weggelassen", "left out in this format version")
            }
        };
        let text = say!(self.language, "{column}: {count}-mal {what}", "{column}: {count} times {what}");
        Finding { count, ..self.finding("text-changed", NOTICE, text, None) }
    }
}
