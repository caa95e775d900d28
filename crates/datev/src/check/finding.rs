//! Findings, and the report that keeps them within bounds.

use std::fmt;

use super::Code;
use crate::Column;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// DATEV cuts or ignores it.
    Warning,
    /// DATEV refuses or misreads it.
    Error,
}

/// The languages in which findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// German.
    German,
    /// English.
    English,
}

/// One thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub code: Code,
    /// The line, from 1; none where the whole file is meant.
    pub line: Option<u64>,
    /// The field; none where the whole line is meant.
    pub column: Option<&'static Column>,
    /// The offending text, at most 60 characters.
    pub found: String,
}

impl Finding {
    /// How grave it is.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What is wrong and what to do.
    pub const fn sentence(&self, language: Language) -> &'static str {
        self.code.sentence(language)
    }
}

impl fmt::Display for Finding {
    /// In English, with line, field and text.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(formatter, "line {line}, ")?;
        }
        if let Some(column) = self.column {
            write!(formatter, "field {} ({}), ", column.position, column.name)?;
        }
        if !self.found.is_empty() {
            write!(formatter, "{:?}: ", self.found)?;
        }
        formatter.write_str(self.sentence(Language::English))
    }
}

/// All that was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    /// How often each code was found, in the order of the codes.
    counts: Vec<u64>,
    kept_max: usize,
    rows: u64,
}

impl Report {
    pub(super) fn new(kept_max: usize) -> Self {
        Self { findings: Vec::new(), counts: vec![0; Code::ALL.len()], kept_max, rows: 0 }
    }

    /// The findings that were kept, in the order of the file.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How often this was found, kept or not.
    pub fn count(&self, code: Code) -> u64 {
        self.counts.get(code.index()).copied().unwrap_or_default()
    }

    /// The codes of which more were found than kept, with the number not kept.
    pub fn not_kept(&self) -> impl Iterator<Item = (Code, u64)> {
        let kept_max = u64::try_from(self.kept_max).unwrap_or(u64::MAX);
        Code::ALL
            .iter()
            .map(move |&code| (code, self.count(code).saturating_sub(kept_max)))
            .filter(|(_, rest)| *rest > 0)
    }

    /// How many findings of this severity there are, kept or not.
    pub fn total(&self, severity: Severity) -> u64 {
        Code::ALL.iter().filter(|code| code.severity() == severity).map(|&code| self.count(code)).sum()
    }

    /// Whether DATEV would refuse or misread anything.
    pub fn has_errors(&self) -> bool {
        self.total(Severity::Error) > 0
    }

    /// How many rows there are behind header and names.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) const fn count_row(&mut self) {
        self.rows += 1;
    }

    pub(super) fn add(
        &mut self,
        code: Code,
        line: Option<u64>,
        column: Option<&'static Column>,
        found: &str,
    ) {
        let Some(count) = self.counts.get_mut(code.index()) else { return };
        let is_kept = usize::try_from(*count).is_ok_and(|count| count < self.kept_max);
        *count += 1;
        if is_kept {
            self.findings.push(Finding { code, line, column, found: shortened(found) });
        }
    }
}

/// At most 60 characters, without control characters.
fn shortened(text: &str) -> String {
    let printable = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    let mut characters = text.chars().map(printable);
    let mut short: String = characters.by_ref().take(59).collect();
    if let Some(last) = characters.next() {
        short.push(if characters.next().is_some() { '…' } else { last });
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_beyond_those_kept() {
        let mut report = Report::new(2);
        for line in 1..=5 {
            report.add(Code::AmountZero, Some(line), None, "0,00");
        }
        assert_eq!(report.findings().len(), 2);
        assert_eq!(report.count(Code::AmountZero), 5);
        assert_eq!(report.not_kept().collect::<Vec<_>>(), [(Code::AmountZero, 3)]);
        assert!(report.has_errors());
        assert_eq!(report.total(Severity::Warning), 0);
    }

    #[test]
    fn an_offending_text_is_shortened() {
        assert_eq!(shortened("a\tb"), "a\u{fffd}b");
        assert_eq!(shortened(&"ä".repeat(60)), "ä".repeat(60));
        assert_eq!(shortened(&"ä".repeat(61)), format!("{}…", "ä".repeat(59)));
    }
}
