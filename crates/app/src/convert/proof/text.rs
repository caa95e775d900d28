//! The proof for people.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use super::{Amount, Month, Proof, Settlement, Totals};
use crate::language::Language;
use crate::say;

/// Writes the proof as plain text.
pub fn write_text(proof: &Proof, language: Language, out: &mut impl Write) -> io::Result<()> {
    let mut writer = Writer { out, language };
    writer.head(proof)?;
    writer.documents(proof)?;
    for month in &proof.months {
        writer.month(month)?;
    }
    for settlement in &proof.settlements {
        writer.settlement(settlement)?;
    }
    writer.findings(proof)?;
    writer.files(proof)?;
    writer.checks(proof)
}

/// Says in a few lines what was made and where it lies.
pub fn write_summary(
    proof: &Proof,
    folder: &Path,
    language: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    let writer = Writer { out, language };
    for month in &proof.months {
        let (name, closing) = (&month.month, writer.figure(&month.closing));
        let entries = writer.entries(month.totals.entries);
        let line = say!(
            language,
            "{name}: {entries}, Endsaldo P {closing}",
            "{name}: {entries}, closing balance of P {closing}"
        );
        writeln!(writer.out, "{line}")?;
    }
    for file in &proof.files {
        let postings = file
            .batch
            .as_ref()
            .map_or(String::new(), |batch| format!(" ({})", writer.postings(batch.postings)));
        writeln!(writer.out, "{}{postings}", folder.join(&file.name).display())?;
    }
    writeln!(writer.out, "{}", folder.join("proof.txt").display())
}

struct Writer<'a, W> {
    out: &'a mut W,
    language: Language,
}

impl<W: Write> Writer<'_, W> {
    fn title(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out, "\n{title}\n{}", "─".repeat(title.chars().count()))
    }

    fn head(&mut self, proof: &Proof) -> io::Result<()> {
        let title = self.language.pick("Nachweis Amazon Pay → DATEV", "Proof Amazon Pay → DATEV");
        writeln!(self.out, "{title}\n{}", "═".repeat(title.chars().count()))?;
        let client = &proof.client;
        let open = self.language.pick("offen", "open");
        let from = proof.period.from.as_deref().unwrap_or(open);
        let to = proof.period.to.as_deref().unwrap_or(open);
        let lines = [
            (self.language.pick("Händler (SellerId)", "Merchant (SellerId)"), proof.seller_id.clone()),
            (
                self.language.pick("Berater / Mandant", "Adviser / client"),
                format!("{} / {}", client.berater, client.mandant),
            ),
            (
                self.language.pick("Kontenrahmen", "Chart"),
                say!(
                    self.language,
                    "{}, Sachkontenlänge {}",
                    "{}, account length {}",
                    client.chart,
                    client.account_length
                ),
            ),
            (self.language.pick("Buchungstage", "Booking dates"), format!("{from} – {to} ({})", client.zone)),
            (self.language.pick("Erstellt", "Made"), proof.created.clone()),
        ];
        for (name, value) in lines {
            writeln!(self.out, "{name:<22}{value}")?;
        }
        Ok(())
    }

    fn documents(&mut self, proof: &Proof) -> io::Result<()> {
        self.title(self.language.pick("Originalberichte", "Reports"))?;
        for document in &proof.documents {
            let settlement = document.settlement.as_deref().unwrap_or("–");
            let (name, rows, sha256) = (&document.name, self.rows(document.rows), &document.sha256);
            let line = say!(
                self.language,
                "{name}\n  Abrechnung {settlement}, {rows}\n  SHA-256 {sha256}",
                "{name}\n  settlement {settlement}, {rows}\n  SHA-256 {sha256}"
            );
            writeln!(self.out, "{line}")?;
        }
        for name in &proof.repeated_documents {
            let line = say!(
                self.language,
                "{name}\n  noch einmal dieselbe Abrechnung, zählt einmal",
                "{name}\n  the same settlement again, counts once"
            );
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn month(&mut self, month: &Month) -> io::Result<()> {
        let title = say!(self.language, "Monat {} in {}", "Month {} in {}", month.month, month.currency);
        self.title(&title)?;
        if let Some(until) = &month.covered_until {
            self.line(self.language.pick("belegt bis", "covered until"), until)?;
        }
        self.amount(self.language.pick("Anfangssaldo P", "Opening balance of P"), &month.opening)?;
        self.amount(self.language.pick("Bewegung auf P", "Movement on P"), &month.totals.on_provider)?;
        self.amount(self.language.pick("Endsaldo P", "Closing balance of P"), &month.closing)?;
        let explained = &month.closing_explained;
        let parts = [
            (self.language.pick("davon Kontorücklage", "of it reserve"), &explained.reserve),
            (self.language.pick("davon vorgetragen", "of it carried over"), &explained.carried_over),
            (
                self.language.pick("davon noch nicht abgerechnet", "of it not yet settled"),
                &explained.not_yet_settled,
            ),
        ];
        for (name, amount) in parts.into_iter().filter(|(_, amount)| amount.minor != 0) {
            self.amount(&format!("  {name}"), amount)?;
        }
        for settled in &explained.settled {
            let which = settled.settlement.as_deref();
            let before = self.language.pick("vor dem ersten Bericht", "before the first report");
            let which = which.unwrap_or(before);
            let name = match settled.state {
                "unpaid" => say!(
                    self.language,
                    "  davon abgerechnet, nicht ausgezahlt ({which})",
                    "  of it settled, not yet paid ({which})"
                ),
                _ => say!(
                    self.language,
                    "  davon Differenz zur Auszahlung ({which})",
                    "  of it difference to the payout ({which})"
                ),
            };
            self.amount(&name, &settled.amount)?;
        }
        if month.closing.minor < 0 {
            let note = self.language.pick(
                "  P ist im Haben: eine Verbindlichkeit gegenüber Amazon",
                "  P is in credit: a liability towards Amazon",
            );
            writeln!(self.out, "{note}")?;
        }
        self.totals(&month.totals)
    }

    fn settlement(&mut self, settlement: &Settlement) -> io::Result<()> {
        let title = say!(
            self.language,
            "Abrechnung {} in {}",
            "Settlement {} in {}",
            settlement.settlement,
            settlement.currency
        );
        self.title(&title)?;
        self.line(
            self.language.pick("Zeitraum (UTC)", "Period (UTC)"),
            &format!("{} – {}", settlement.start, settlement.end),
        )?;
        self.amount(self.language.pick("Auszahlbar", "Payable"), &settlement.payable)?;
        self.amount(
            self.language.pick("Davon hier ausgezahlt", "Of it paid in these reports"),
            &settlement.paid,
        )?;
        self.totals(&settlement.totals)?;
        if settlement.months.len() > 1 {
            for month in &settlement.months {
                let (name, rows) = (&month.month, self.rows(month.totals.rows));
                self.amount(
                    &say!(self.language, "im Monat {name}, {rows}", "in month {name}, {rows}"),
                    &month.totals.net,
                )?;
            }
        }
        Ok(())
    }

    fn totals(&mut self, totals: &Totals) -> io::Result<()> {
        let not_booked_rows = totals.rows - totals.booked_rows;
        let (rows, booked) = (self.rows(totals.rows), totals.booked_rows);
        let entries = self.entries(totals.entries);
        let count = say!(
            self.language,
            "{rows} = {booked} gebucht ({entries}) + {not_booked_rows} nicht gebucht",
            "{rows} = {booked} booked ({entries}) + {not_booked_rows} not booked"
        );
        writeln!(self.out, "{count}")?;
        for kind in &totals.kinds {
            let name = self.kind(kind.kind);
            let (gross, fees) = (self.figure(&kind.gross), self.figure(&kind.fees));
            let fees_name = self.language.pick("Gebühren", "fees");
            writeln!(self.out, "  {name:<26}{:>9} ×{gross:>22}   {fees_name} {fees:>18}", kind.rows)?;
        }
        for fee in &totals.fees {
            let name = say!(self.language, "Gebühr {}", "fee {}", self.fee(fee.kind));
            self.amount(&format!("  {name}"), &fee.sum)?;
        }
        for left in &totals.not_booked {
            let reason = self.reason(left.reason);
            let rows = left.rows;
            let name = say!(
                self.language,
                "  nicht gebucht: {reason} ({rows} ×)",
                "  not booked: {reason} ({rows} ×)"
            );
            self.amount(&name, &left.sum)?;
        }
        self.amount(self.language.pick("Σ netto", "Σ net"), &totals.net)
    }

    fn findings(&mut self, proof: &Proof) -> io::Result<()> {
        self.title(self.language.pick("Hinweise", "Findings"))?;
        if proof.findings.is_empty() {
            return writeln!(self.out, "{}", self.language.pick("keine", "none"));
        }
        for finding in &proof.findings {
            let mark = if finding.severity == "warning" { '!' } else { '·' };
            write!(self.out, "{mark} {}", finding.text)?;
            if let (Some(document), Some(line)) = (&finding.document, finding.line) {
                let place = say!(self.language, " [{document}, Zeile {line}]", " [{document}, line {line}]");
                write!(self.out, "{place}")?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn files(&mut self, proof: &Proof) -> io::Result<()> {
        if proof.files.is_empty() {
            return Ok(());
        }
        self.title(self.language.pick("Dateien", "Files"))?;
        for file in &proof.files {
            writeln!(self.out, "{}\n  SHA-256 {}", file.name, file.sha256)?;
            if let Some(batch) = &file.batch {
                let (postings, from, to) = (self.postings(batch.postings), &batch.from, &batch.to);
                let [debit, credit, sum] = [batch.debit, batch.credit, batch.debit + batch.credit]
                    .map(|hundredths| grouped(u128::from(hundredths), 2, self.language));
                let line = say!(
                    self.language,
                    "  {postings}, {from} – {to}, Summe Umsatz {sum} (P Soll {debit}, P Haben {credit})",
                    "  {postings}, {from} – {to}, sum {sum} (P debit {debit}, P credit {credit})"
                );
                writeln!(self.out, "{line}")?;
            }
        }
        Ok(())
    }

    fn checks(&mut self, proof: &Proof) -> io::Result<()> {
        self.title(self.language.pick("Geprüfte Gleichungen", "Equations checked"))?;
        for check in &proof.checks {
            let (left, right) = (self.figure(&check.left), self.figure(&check.right));
            let sign = if check.holds { '=' } else { '≠' };
            writeln!(self.out, "{:<52}{left:>20} {sign} {right}", check.name)?;
        }
        Ok(())
    }

    fn line(&mut self, name: &str, value: &str) -> io::Result<()> {
        writeln!(self.out, "{name:<46} {value}")
    }

    fn amount(&mut self, name: &str, amount: &Amount) -> io::Result<()> {
        let figure = self.figure(amount);
        writeln!(self.out, "{name:<52}{figure:>24}")
    }

    fn figure(&self, amount: &Amount) -> String {
        figure(amount, self.language)
    }

    fn rows(&self, count: u64) -> String {
        self.language.counted(count, ("Zeile", "Zeilen"), ("row", "rows"))
    }

    fn entries(&self, count: u64) -> String {
        self.language.counted(count, ("Buchung", "Buchungen"), ("entry", "entries"))
    }

    fn postings(&self, count: u64) -> String {
        self.language.counted(count, ("Buchung", "Buchungen"), ("posting", "postings"))
    }

    fn kind(&self, name: &'static str) -> &'static str {
        let kind = ledger::kind::MovementKind::ALL.into_iter().find(|kind| kind.name() == name);
        self.language.pick(kind.map_or(name, ledger::kind::MovementKind::german), name)
    }

    fn fee(&self, name: &'static str) -> &'static str {
        let german = match name {
            "processing" => "Zahlungsabwicklung",
            "fixed" => "Festbetrag",
            "authorisation" => "Autorisierung",
            "chargeback" => "Rückbuchung",
            _ => "Sonstiges",
        };
        self.language.pick(german, name)
    }

    fn reason(&self, name: &'static str) -> &'static str {
        match name {
            "reserve" => self.language.pick("Kontorücklage", "reserve"),
            "carry-over" => self.language.pick("Saldovortrag", "carry-over"),
            "zero" => self.language.pick("Nullzeile", "zero row"),
            "before-start" => self.language.pick("vor Startdatum", "before the start date"),
            _ => self.language.pick("außerhalb des Zeitraums", "outside the period"),
        }
    }
}

/// An amount for people: `−1.234,56 EUR` in German, `−1,234.56 EUR` in English.
pub(super) fn figure(amount: &Amount, language: Language) -> String {
    let decimals =
        ledger::money::Currency::parse(&amount.currency).map_or(2, ledger::money::Currency::decimals);
    let sign = if amount.minor < 0 { "−" } else { "" };
    let digits = grouped(u128::from(amount.minor.unsigned_abs()), decimals, language);
    format!("{sign}{digits} {}", amount.currency)
}

/// `1.234,56` in German, `1,234.56` in English.
fn grouped(minor: u128, decimals: u32, language: Language) -> String {
    let (group, mark) = language.pick(('.', ','), (',', '.'));
    let unit = 10_u128.pow(decimals);
    let digits = (minor / unit).to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if decimals > 0 {
        let width = usize::try_from(decimals).unwrap_or(2);
        text.push(mark);
        // Writing into a String cannot fail.
        write!(text, "{:0width$}", minor % unit).unwrap_or(());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_as_the_language_does() {
        assert_eq!(grouped(123_456_789, 2, Language::De), "1.234.567,89");
        assert_eq!(grouped(99_999, 2, Language::En), "999.99");
        assert_eq!(grouped(1_000, 0, Language::De), "1.000");
        assert_eq!(grouped(5, 3, Language::De), "0,005");
    }
}
