//! `kontor convert`: settlement reports in, DATEV booking batches and a proof out.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use app::Silent;
use app::configuration::Configuration;
use app::convert::folder::Workplace;
use app::convert::proof::{self, Proof};
use app::convert::source::{Reports, Source};
use app::convert::{ConvertError, Order, PrintFormat, error_text, hand_over, print};
use app::language::Language;
use app::say;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use ledger::calendar::DateRange;
use ledger::chart::Chart;

use super::{Edge, Ending};
use crate::edge::Bar;
use crate::output::Output;

/// Converts settlement reports into DATEV booking batches with a proof
#[derive(Debug, Args)]
pub(super) struct ConvertArguments {
    /// Settlement reports of one merchant, plain or gzip; `-` is standard input
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// The folder that gets the batches and the proof
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The chart of accounts, with Kontor's proposals for all accounts: skr03 or skr04
    #[arg(long, value_name = "CHART", value_parser = chart, conflicts_with = "config")]
    chart: Option<Chart>,
    /// The client's configuration (see `kontor config init`)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Beraternummer [default: 1001, or the configuration's]
    #[arg(long, value_name = "N")]
    berater: Option<u32>,
    /// Mandantennummer [default: 1, or the configuration's]
    #[arg(long, value_name = "N")]
    mandant: Option<u32>,
    /// The first booking date, inclusive
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The last booking date, inclusive
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Replaces an earlier result in a folder that is not empty; other files stay
    #[arg(long)]
    force: bool,
    /// Prints the proof as JSON to standard output
    #[arg(long, conflicts_with = "print")]
    json: bool,
    /// Shows the entries on standard output; without --out nothing is written
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    print: Option<Shown>,
}

/// The form in which entries are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// Readable text, one line an entry
    Text,
    /// A journal for hledger
    Hledger,
    /// A journal for beancount
    Beancount,
}

impl From<Shown> for PrintFormat {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Text => Self::Text,
            Shown::Hledger => Self::Hledger,
            Shown::Beancount => Self::Beancount,
        }
    }
}

fn chart(text: &str) -> Result<Chart, String> {
    let chart = Chart::parse(text).filter(|chart| *chart != Chart::Own);
    chart.ok_or_else(|| "expected skr03 or skr04; a chart of one's own needs a configuration".to_owned())
}

/// Runs the command.
pub(super) fn run(arguments: &ConvertArguments, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    if arguments.from.zip(arguments.to).is_some_and(|(from, to)| from > to) {
        eprintln!("kontor: {}", language.pick("--from liegt nach --to", "--from is after --to"));
        return Ok(Ending::WrongUsage);
    }
    let Some(configuration) = configuration(arguments, language)? else { return Ok(Ending::WrongUsage) };
    if arguments.out.is_none() && arguments.print.is_none() {
        let text = language.pick(
            "bitte mit --out den Ordner nennen, in den die Buchungsstapel sollen, oder sie mit --print nur ansehen",
            "name the folder for the batches with --out, or only look at the entries with --print",
        );
        eprintln!("kontor: {text}");
        return Ok(Ending::WrongUsage);
    }
    let result = convert(arguments, &configuration, edge);
    match result {
        Ok(proof) => {
            report(&proof, arguments, language)?;
            Ok(Ending::Done)
        }
        Err(error) => {
            eprintln!("kontor: {}", error_text(&error, language));
            Ok(Ending::Refused)
        }
    }
}

/// The client: from the file, or the proposals of the chart. None where neither is given, or the numbers are wrong.
fn configuration(arguments: &ConvertArguments, language: Language) -> anyhow::Result<Option<Configuration>> {
    let configuration = match (&arguments.config, arguments.chart) {
        (Some(path), _) => super::config::load(path, language)?,
        (None, Some(chart)) => Configuration::of_chart(chart)?,
        (None, None) => {
            eprintln!(
                "kontor: {}",
                language.pick(
                    "bitte den Kontenrahmen nennen: --chart skr03, --chart skr04 oder --config DATEI. Es gibt keine Vorgabe, damit \
                     niemand in den falschen Rahmen bucht: 1810 etwa ist im SKR04 eine Bank, im SKR03 sind es Privatsteuern. \
                     «kontor config init» schreibt eine Konfiguration mit allen Einstellungen.",
                    "name the chart of accounts: --chart skr03, --chart skr04 or --config FILE. There is no default, so that nobody \
                     books into the wrong chart: 1810 is a bank in SKR04, but private taxes in SKR03. «kontor config init» writes a \
                     configuration with all settings."
                )
            );
            return Ok(None);
        }
    };
    let numbered = configuration.with_numbers(arguments.berater, arguments.mandant);
    Ok(numbered.map_err(|error| eprintln!("kontor: {error}")).ok())
}

fn convert(
    arguments: &ConvertArguments,
    configuration: &Configuration,
    edge: Edge,
) -> Result<Proof, ConvertError> {
    let period = DateRange { from: arguments.from, until: arguments.to };
    let order =
        |reports| Order { reports, configuration, period, created: edge.now, language: edge.language };
    // An output folder that cannot be used is told before anything is read.
    let workplace = arguments.out.as_ref().map(|out| Workplace::prepare(out, arguments.force)).transpose()?;
    let failed = |source| ConvertError::Write { path: std::env::temp_dir(), source };
    let scratch = tempfile::tempdir().map_err(failed)?;
    let reports = reports(arguments, scratch.path())?;
    let order = order(&reports);
    let mut proof = None;
    if let Some(workplace) = workplace {
        let paths = reports.reports.iter().map(|report| report.source.path.as_path());
        let progress = Bar::of_files(paths, edge.language);
        proof = Some(hand_over(&order, workplace, &progress)?);
        progress.clear();
    }
    match (proof, arguments.print) {
        (Some(proof), None) => Ok(proof),
        (_, format) => show(&order, format.map(PrintFormat::from).unwrap_or_default(), scratch.path()),
    }
}

fn show(order: &Order<'_>, format: PrintFormat, scratch: &Path) -> Result<Proof, ConvertError> {
    let mut out = io::BufWriter::new(Output::lock());
    let proof = print(order, format, scratch, &mut out, &Silent)?;
    out.flush().map_err(|error| ConvertError::Export(Box::new(error)))?;
    Ok(proof)
}

fn reports(arguments: &ConvertArguments, scratch: &Path) -> Result<Reports, ConvertError> {
    let source = |(number, path): (usize, &PathBuf)| {
        if path.as_os_str() == "-" {
            Source::standard_input(number, scratch)
                .map_err(|source| ConvertError::Open { name: "-".to_owned(), source })
        } else {
            Ok(Source::file(path))
        }
    };
    Reports::arrange(arguments.reports.iter().enumerate().map(source).collect::<Result<_, _>>()?)
}

/// How many findings of one sort are told on standard error; the proof names more.
const TOLD_MAX: usize = 5;

/// Warnings go to standard error, the result to standard output.
fn report(proof: &Proof, arguments: &ConvertArguments, language: Language) -> anyhow::Result<()> {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in proof.findings.iter().filter(|finding| finding.severity == "warning") {
        let count = told.entry(finding.code).or_default();
        *count += 1;
        if *count > TOLD_MAX {
            continue;
        }
        let place = finding.document.as_deref().zip(finding.line);
        let place = place.map(|(document, line)| {
            say!(language, " [{document}, Zeile {line}]", " [{document}, line {line}]")
        });
        eprintln!("{} {}{}", language.pick("Hinweis:", "Finding:"), finding.text, place.unwrap_or_default());
    }
    for (code, count) in told.into_iter().filter(|(_, count)| *count > TOLD_MAX) {
        let more = count - TOLD_MAX;
        let text = say!(
            language,
            "Hinweis: … und {more} weitere ({code}), siehe proof.txt",
            "Finding: … and {more} more ({code}), see proof.txt"
        );
        eprintln!("{text}");
    }
    let mut out = Output::lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, proof)?;
        return writeln!(out).context("standard output");
    }
    let (Some(folder), None) = (&arguments.out, arguments.print) else { return Ok(()) };
    proof::write_summary(proof, folder, language, &mut out).context("standard output")
}
