//! The commands, one a file: arguments in, exit code out.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::language::Language;

/// Carries payments and fees from Amazon Pay into German bookkeeping (DATEV).
#[derive(Debug, Parser)]
#[command(name = "kontor", version, arg_required_else_help = true)]
struct Arguments {
    /// Language of messages and proofs [default: from the environment, else German]
    #[arg(long, global = true, value_enum)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {}

/// What every command gets from the edge: the language, and later whatever else the machine alone knows.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The language in which to speak.
    pub language: Language,
}

/// How a command ended, apart from errors: 0 done (warnings included), 1 refused or failed, 2 wrong usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// 0.
    Done,
    /// 1, and the reason has been told already.
    Refused,
    /// 2, and the reason has been told already.
    WrongUsage,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Done => 0,
            Ending::Refused => 1,
            Ending::WrongUsage => 2,
        })
    }
}

/// Runs the command that the arguments name. Errors go to standard error, with everything that led to them.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let edge = Edge { language: arguments.lang.unwrap_or_else(Language::of_environment) };
    run(arguments.command, edge).map_or_else(
        |error| {
            eprintln!("kontor: {error:#}");
            ExitCode::from(1)
        },
        ExitCode::from,
    )
}

fn run(command: Command, _edge: Edge) -> anyhow::Result<Ending> {
    match command {}
}
