//! What only the edge may ask the machine for: the language of the environment and the time; and how progress looks.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use amazon_pay::client::Clock;
use anyhow::Context as _;
use app::Progress;
use app::language::Language;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use rand::rngs::StdRng;
use tokio::runtime::Runtime;

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

/// The machine's clock, for what runs longer than a moment. Signatures are judged by it, so nothing stands in for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Randomness from the machine.
pub(crate) fn randomness() -> StdRng {
    rand::make_rng()
}

/// What asynchronous work runs in.
pub(crate) fn runtime() -> anyhow::Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Listens for Ctrl+C and the machine's request to terminate, from now on; the future ends with the first of them. Must be
/// called inside a runtime.
#[cfg(unix)]
pub(crate) fn end_wanted() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Listens for Ctrl+C; the future ends with it.
#[cfg(not(unix))]
pub(crate) fn end_wanted() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where nobody can say that it should end, it ends at once.
        let _heard = tokio::signal::ctrl_c().await;
    })
}

/// Writes a file that only its owner can read, in place of one that may be there.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path).map(|_file| ()).map_err(|error| error.error)
    };
    write().with_context(|| path.display().to_string())
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
        let sizes = paths.filter_map(|path| std::fs::metadata(path).ok());
        Self::of_bytes(sizes.map(|metadata| metadata.len()).sum(), language)
    }

    /// A bar for reading so many bytes.
    pub(crate) fn of_bytes(bytes: u64, language: Language) -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(bytes);
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
