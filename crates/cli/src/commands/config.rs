//! `kontor config`: write a commented configuration, and check one.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use app::configuration::{Configuration, ConfigurationError, commented};
use app::language::Language;
use app::say;
use clap::{Args, Subcommand, ValueEnum};
use ledger::chart::Chart;

use super::{Edge, Ending};

/// Write a commented configuration file, or check one
#[derive(Debug, Args)]
pub(super) struct ConfigArguments {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Write a configuration with every setting explained
    Init {
        /// The file to write; `-` is standard output
        #[arg(default_value = "kontor.toml")]
        file: PathBuf,
        /// The chart of accounts; without it the file waits for someone to choose
        #[arg(long, value_enum)]
        chart: Option<PrintedChart>,
        /// Overwrite the file if it exists
        #[arg(long)]
        force: bool,
    },
    /// Say whether a configuration holds, and what is wrong in it at which line
    Check {
        /// The file to check; `-` is standard input
        file: PathBuf,
    },
}

/// The charts that propose accounts.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PrintedChart {
    Skr03,
    Skr04,
}

impl From<PrintedChart> for Chart {
    fn from(chart: PrintedChart) -> Self {
        match chart {
            PrintedChart::Skr03 => Self::Skr03,
            PrintedChart::Skr04 => Self::Skr04,
        }
    }
}

/// Runs the command.
pub(super) fn run(arguments: &ConfigArguments, edge: Edge) -> anyhow::Result<Ending> {
    match &arguments.command {
        ConfigCommand::Init { file, chart, force } => {
            init(file, chart.map(Chart::from), *force, edge.language)
        }
        ConfigCommand::Check { file } => check(file, edge.language),
    }
}

fn init(file: &Path, chart: Option<Chart>, force: bool, language: Language) -> anyhow::Result<Ending> {
    let text = commented(chart, language);
    if is_standard(file) {
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(Ending::Done);
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).create_new(!force);
    let mut opened = match options.open(file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let (name, german, english) = (file.display(), "gibt es schon", "exists already");
            let hint = language.pick("mit --force wird es überschrieben", "--force overwrites it");
            bail!("{name} {}; {hint}", language.pick(german, english))
        }
        opened => opened.with_context(|| cannot_be_written(file, language))?,
    };
    opened.write_all(text.as_bytes()).with_context(|| cannot_be_written(file, language))?;
    let next = match chart {
        Some(_) => language.pick("jetzt Berater und Mandant eintragen", "now fill in berater and mandant"),
        None => language.pick(
            "jetzt den Kontenrahmen wählen (chart), Berater und Mandant eintragen",
            "now choose the chart and fill in berater and mandant",
        ),
    };
    println!("{}", say!(language, "{} geschrieben; {}", "{} written; {}", file.display(), next));
    Ok(Ending::Done)
}

fn check(file: &Path, language: Language) -> anyhow::Result<Ending> {
    match read(file, language)? {
        Ok(configuration) => {
            tell_warnings(file, &configuration, language);
            let client = configuration.rules.client();
            let (adviser, number) = (configuration.datev.adviser.get(), configuration.datev.client.get());
            println!(
                "{}",
                say!(
                    language,
                    "{} ist in Ordnung: Berater {}, Mandant {}, Kontenrahmen {}, Sachkontenlänge {}",
                    "{} holds: adviser {}, client {}, chart {}, account length {}",
                    file.display(),
                    adviser,
                    number,
                    client.chart.name(),
                    client.account_length.digits()
                )
            );
            Ok(Ending::Done)
        }
        Err(error) => {
            for problem in &error.problems {
                eprintln!("{}, {}", file.display(), problem.say(language));
            }
            Ok(Ending::Refused)
        }
    }
}

/// Reads a configuration file for another command; its warnings are told on standard error, and what is refused is the
/// error.
pub(super) fn load(file: &Path, language: Language) -> anyhow::Result<Configuration> {
    match read(file, language)? {
        Ok(configuration) => {
            tell_warnings(file, &configuration, language);
            Ok(configuration)
        }
        Err(error) => {
            let refused = say!(language, "{} wird abgelehnt:", "{} is refused:", file.display());
            let problems = error.problems.iter().map(|problem| format!("\n  {}", problem.say(language)));
            bail!("{refused}{}", problems.collect::<String>())
        }
    }
}

fn read(file: &Path, language: Language) -> anyhow::Result<Result<Configuration, ConfigurationError>> {
    let read = if is_standard(file) {
        Configuration::read_from(io::stdin().lock())
    } else {
        File::open(file).and_then(Configuration::read_from)
    };
    read.with_context(|| say!(language, "{} kann nicht gelesen werden", "{} cannot be read", file.display()))
}

fn tell_warnings(file: &Path, configuration: &Configuration, language: Language) {
    for warning in &configuration.warnings {
        eprintln!("{}, {}", file.display(), warning.say(language));
    }
}

fn cannot_be_written(file: &Path, language: Language) -> String {
    say!(language, "{} kann nicht geschrieben werden", "{} cannot be written", file.display())
}

fn is_standard(file: &Path) -> bool {
    file == Path::new("-")
}
