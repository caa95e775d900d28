//! `kontor datev check`: what DATEV would refuse or misread in a file, in words.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use app::language::Language;
use app::say;
use clap::{Args, Subcommand};
use datev::{CheckOptions, Finding, Report, Severity, check};
use serde::Serialize;

use super::{Edge, Ending};
use crate::output::Output;

/// Looks after files in the DATEV-Format
#[derive(Debug, Args)]
pub(super) struct DatevArguments {
    #[command(subcommand)]
    command: DatevCommand,
}

#[derive(Debug, Subcommand)]
enum DatevCommand {
    Check(CheckArguments),
}

/// Says in words what DATEV would refuse or misread; ends with 1 where there is an error
#[derive(Debug, Args)]
struct CheckArguments {
    /// Files in the DATEV-Format, of any category and version
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Prints the findings as JSON
    #[arg(long)]
    json: bool,
}

/// The findings of all files, for programs.
#[derive(Debug, Serialize)]
struct Findings {
    format: &'static str,
    version: u32,
    files: Vec<FileFindings>,
}

#[derive(Debug, Serialize)]
struct FileFindings {
    file: String,
    rows: u64,
    errors: u64,
    warnings: u64,
    findings: Vec<FindingInWords>,
    more: Vec<More>,
}

#[derive(Debug, Serialize)]
struct FindingInWords {
    code: &'static str,
    severity: &'static str,
    line: Option<u64>,
    field: Option<u16>,
    name: Option<&'static str>,
    found: String,
    text: &'static str,
}

/// How many more there are of a code than are listed.
#[derive(Debug, Serialize)]
struct More {
    code: &'static str,
    count: u64,
}

/// Runs the command.
pub(super) fn run(arguments: &DatevArguments, edge: Edge) -> anyhow::Result<Ending> {
    let DatevCommand::Check(arguments) = &arguments.command;
    let (mut files, mut unreadable) = (Vec::new(), false);
    for path in &arguments.files {
        match look(path) {
            Ok(report) => files.push(in_words(path, &report, edge.language)),
            Err(error) => {
                unreadable = true;
                let path = path.display();
                let text = say!(
                    edge.language,
                    "{path}: lässt sich nicht lesen: {error}",
                    "{path}: cannot be read: {error}"
                );
                eprintln!("kontor: {text}");
            }
        }
    }
    let errors: u64 = files.iter().map(|file| file.errors).sum();
    let mut out = Output::lock();
    if arguments.json {
        serde_json::to_writer_pretty(
            &mut out,
            &Findings { format: "kontor-datev-check", version: 1, files },
        )?;
        writeln!(out)?;
    } else {
        for file in &files {
            tell(file, edge.language, &mut out)?;
        }
    }
    Ok(if unreadable || errors > 0 { Ending::Refused } else { Ending::Done })
}

fn look(path: &Path) -> io::Result<Report> {
    let name = path.file_name().and_then(|name| name.to_str());
    check(File::open(path)?, name, &CheckOptions::default())
}

fn in_words(path: &Path, report: &Report, language: Language) -> FileFindings {
    let language = language.pick(datev::Language::German, datev::Language::English);
    let word = |finding: &Finding| FindingInWords {
        code: finding.code.id(),
        severity: severity(finding.severity()),
        line: finding.line,
        field: finding.column.map(|column| column.position),
        name: finding.column.map(|column| column.name),
        found: finding.found.clone(),
        text: finding.sentence(language),
    };
    FileFindings {
        file: path.display().to_string(),
        rows: report.rows(),
        errors: report.total(Severity::Error),
        warnings: report.total(Severity::Warning),
        findings: report.findings().iter().map(word).collect(),
        more: report.not_kept().map(|(code, count)| More { code: code.id(), count }).collect(),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn tell(file: &FileFindings, language: Language, out: &mut impl Write) -> io::Result<()> {
    for finding in &file.findings {
        let severity = match finding.severity {
            "error" => language.pick("Fehler", "error"),
            _ => language.pick("Warnung", "warning"),
        };
        write!(out, "{}", file.file)?;
        if let Some(line) = finding.line {
            write!(out, "{}", say!(language, ", Zeile {line}", ", line {line}"))?;
        }
        if let (Some(field), Some(name)) = (finding.field, finding.name) {
            write!(out, "{}", say!(language, ", Feld {field} ({name})", ", field {field} ({name})"))?;
        }
        write!(out, ": {severity}: {}", finding.text)?;
        if !finding.found.is_empty() {
            write!(out, "{}", say!(language, " Gefunden: {:?}", " Found: {:?}", finding.found))?;
        }
        writeln!(out, " [{}]", finding.code)?;
    }
    for More { code, count } in &file.more {
        let text = say!(
            language,
            "{}: … und {count} weitere [{code}]",
            "{}: … and {count} more [{code}]",
            file.file
        );
        writeln!(out, "{text}")?;
    }
    let rows = language.counted(file.rows, ("Zeile", "Zeilen"), ("row", "rows"));
    let errors = language.counted(file.errors, ("Fehler", "Fehler"), ("error", "errors"));
    let warnings = language.counted(file.warnings, ("Warnung", "Warnungen"), ("warning", "warnings"));
    writeln!(out, "{}: {rows}, {errors}, {warnings}", file.file)
}
