//! `kontor config`: write a commented configuration, and check one.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::configuration::Configuration;
use crate::language::Language;
use crate::say;

/// Reads a configuration file; its warnings are told on standard error, and what is refused is the error.
pub(super) fn load(path: &Path, language: Language) -> anyhow::Result<Configuration> {
    let bytes = std::fs::read(path).with_context(|| {
        say!(language, "{} kann nicht gelesen werden", "{} cannot be read", path.display())
    })?;
    match Configuration::read_bytes(&bytes) {
        Ok(configuration) => {
            for warning in &configuration.warnings {
                eprintln!("kontor: {}, {}", path.display(), warning.say(language));
            }
            Ok(configuration)
        }
        Err(error) => {
            let problems = error.problems.iter().map(|problem| format!("\n  {}", problem.say(language)));
            bail!(
                "{}{}",
                say!(language, "{} hält nicht:", "{} does not hold:", path.display()),
                problems.collect::<String>()
            )
        }
    }
}
