//! The commented configuration that `kontor config init` writes: every key explained, the defaults active, everything
//! else ready behind a `#`.
//!
//! An explanation begins with a hash and a blank, a setting that waits with a hash alone: taking that away from a line
//! turns it on.

mod accounts;
mod client;
mod kontor;
mod stores;
mod texts;

use std::fmt::Write as _;

use ledger::chart::Chart;

use crate::language::Language;

/// Writes the file for a chart. Without one the chart and its accounts wait behind a `#` (with the numbers of SKR03)
/// until someone chooses: nobody shall book into a wrong chart because a file came with it.
pub fn commented(chart: Option<Chart>, language: Language) -> String {
    let mut page = Page { language, chart, text: String::new() };
    page.explain(
        "Einstellungen für «kontor convert --config»\n\
         Prüfen: kontor config check DATEI\n\
         Eine Zeile, die mit # ohne Leerzeichen beginnt, ist eine Einstellung, die noch nicht gilt:\n\
         das # wegnehmen, dann gilt sie.",
        "Settings for «kontor convert --config»\n\
         Check: kontor config check FILE\n\
         A line that begins with # and no blank is a setting that does not hold yet:\n\
         take the # away, and it does.",
    );
    client::write(&mut page);
    accounts::write(&mut page);
    stores::write(&mut page);
    texts::write(&mut page);
    kontor::write(&mut page);
    page.text
}

/// The file as it grows.
struct Page {
    language: Language,
    chart: Option<Chart>,
    text: String,
}

impl Page {
    /// An explanation, after an empty line.
    fn explain(&mut self, german: &str, english: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        for line in self.language.pick(german, english).lines() {
            self.line(&format!("# {line}"));
        }
    }

    /// A heading between the sections.
    fn heading(&mut self, german: &str, english: &str) {
        let line = "-".repeat(100);
        self.explain(&format!("{line}\n{german}"), &format!("{line}\n{english}"));
    }

    /// A setting that holds.
    fn active(&mut self, setting: &str) {
        self.line(setting);
    }

    /// A setting that waits.
    fn idle(&mut self, setting: &str) {
        for line in setting.lines() {
            self.line(&format!("#{line}"));
        }
    }

    /// A setting that holds if the chart has been chosen, because it depends on it.
    fn of_chart(&mut self, setting: &str) {
        if self.chart.is_some() {
            setting.lines().for_each(|line| self.active(line));
        } else {
            self.idle(setting);
        }
    }

    /// Picks by chart; before one is chosen the numbers are those of SKR03.
    fn pick(&self, skr03: u32, skr04: u32) -> u32 {
        if self.chart == Some(Chart::Skr04) { skr04 } else { skr03 }
    }

    fn line(&mut self, line: &str) {
        // Writing into a String cannot fail.
        writeln!(self.text, "{line}").unwrap_or(());
    }
}

#[cfg(test)]
mod tests;
