//! The list of single fees that stands behind summed fees: CSV for people and spreadsheets.

use std::error::Error;
use std::io::{self, Write};

use ledger::assign::EntrySink;
use ledger::entry::Entry;

/// Writes every fee before it is summed. Nothing is written, not even the heading, until the first fee comes.
#[derive(Debug)]
pub struct FeeList<W> {
    out: W,
    begun: bool,
}

const HEADING: &str =
    "Belegdatum;Abrechnung;Belegfeld 1;Konto;Gegenkonto;S/H;Betrag;Währung;Shop;Text;Zeile\r\n";

impl<W: Write> FeeList<W> {
    /// Begins with an empty list.
    pub fn new(out: W) -> Self {
        Self { out, begun: false }
    }

    /// Flushes and gives the output back.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> EntrySink for FeeList<W> {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn Error + Send + Sync>> {
        if !self.begun {
            // With the mark spreadsheets read the file as UTF-8.
            write!(self.out, "\u{feff}{HEADING}")?;
            self.begun = true;
        }
        let (date, details) = (entry.date(), entry.details());
        writeln!(
            self.out,
            "{};{};{};{};{};{};{};{};{};{};{}\r",
            date.strftime("%d.%m.%Y"),
            cell(details.settlement),
            cell(details.document_number.as_str()),
            entry.account(),
            entry.contra_account(),
            entry.side().letter(),
            entry.amount().figure(','),
            entry.amount().currency(),
            cell(details.store),
            cell(details.text),
            details.line
        )?;
        Ok(())
    }
}

/// A text as one cell: quoted, quotes doubled, line breaks gone, and nothing a spreadsheet would take for a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    let text: String =
        text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula_and_never_breaks_the_row() {
        assert_eq!(cell("A-1"), "\"A-1\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("a\"b\r\nc;d"), "\"a\"\"b  c;d\"");
    }
}
