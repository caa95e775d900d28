//! What only the edge may ask the machine for: the language of the environment and the time; and how progress looks.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use app::Progress;
use app::language::Language;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

/// What every command gets from the edge, because nothing further in may ask the machine for it.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The language in which to speak.
    pub language: Language,
    /// The time at which the command began.
    pub now: Timestamp,
}

impl Edge {
    /// Asks the machine. `SOURCE_DATE_EPOCH` (seconds since 1970, reproducible-builds.org) stands in for the clock, so
    /// that a run can be repeated byte for byte.
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    pub(crate) fn of_machine(language: Option<Language>) -> Self {
        let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
        let fixed = fixed.and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
        let language = language.unwrap_or_else(language_of_environment);
        Self { language, now: fixed.unwrap_or_else(Timestamp::now) }
    }
}

/// The language of the environment (`KONTOR_LANG`, `LC_ALL`, `LC_MESSAGES`, `LANG`); German unless it says English.
fn language_of_environment() -> Language {
    let names = ["KONTOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    let value = names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if value.is_some_and(|value| value.starts_with("en")) { Language::En } else { Language::De }
}

/// Takes a language by its two letters.
pub(crate) fn language_parser() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::code))
        .try_map(|code| Language::of_code(&code).ok_or("de, en"))
}

/// A bar on a terminal, nothing when piped.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar for reading these files.
    pub(crate) fn of_files<'p>(paths: impl Iterator<Item = &'p Path>, language: Language) -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let sizes = paths.filter_map(|path| std::fs::metadata(path).ok());
        let bar = ProgressBar::new(sizes.map(|metadata| metadata.len()).sum());
        let template = language.pick(
            "lese {bar:30} {percent} % {bytes}/{total_bytes} {eta}",
            "reading {bar:30} {percent} % {bytes}/{total_bytes} {eta}",
        );
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        Self(bar)
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&self, bytes: u64) {
        self.0.inc(bytes);
    }
}
