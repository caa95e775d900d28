//! The commands, one a file: arguments in, exit code out.

mod amazon_pay;
mod backup;
mod client;
mod client_choice;
mod config;
mod connection;
mod convert;
mod datev_check;
mod demo;
mod doctor;
mod documents;
mod export;
mod fetch;
mod generate;
mod jobs;
mod key;
mod serve;
mod simulate;
mod upload;
mod user;
mod vault;
mod verify;

use std::process::ExitCode;

use app::language::Language;
use clap::{Parser, Subcommand};

pub use crate::edge::Edge;
use crate::edge::language_parser;

/// Carries payments and fees from Amazon Pay into German bookkeeping (DATEV).
#[derive(Debug, Parser)]
#[command(name = "kontor", version, arg_required_else_help = true)]
struct Arguments {
    /// Language of messages and proofs [default: from the environment, else German]
    #[arg(long, global = true, value_parser = language_parser())]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    AmazonPay(amazon_pay::AmazonPayArguments),
    Backup(backup::BackupArguments),
    Client(client::ClientArguments),
    Config(config::ConfigArguments),
    Connection(connection::ConnectionArguments),
    Convert(convert::ConvertArguments),
    Datev(datev_check::DatevArguments),
    Demo(demo::DemoArguments),
    Doctor(doctor::DoctorArguments),
    Documents(documents::DocumentsArguments),
    Export(export::ExportArguments),
    Fetch(fetch::FetchArguments),
    Generate(generate::GenerateArguments),
    Jobs(jobs::JobsArguments),
    Key(key::KeyArguments),
    MigrateTo(backup::MigrateArguments),
    Restore(backup::RestoreArguments),
    Serve(serve::ServeArguments),
    Simulate(simulate::SimulateArguments),
    Upload(upload::UploadArguments),
    User(user::UserArguments),
    Vault(vault::VaultArguments),
    Verify(verify::VerifyArguments),
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
    let edge = Edge::of_machine(arguments.lang);
    run(&arguments.command, edge).map_or_else(
        |error| {
            eprintln!("kontor: {error:#}");
            ExitCode::from(1)
        },
        ExitCode::from,
    )
}

fn run(command: &Command, edge: Edge) -> anyhow::Result<Ending> {
    match command {
        Command::AmazonPay(arguments) => amazon_pay::run(arguments, edge),
        Command::Backup(arguments) => backup::run(arguments, edge),
        Command::Client(arguments) => client::run(arguments, edge),
        Command::Config(arguments) => config::run(arguments, edge),
        Command::Connection(arguments) => connection::run(arguments, edge),
        Command::Convert(arguments) => convert::run(arguments, edge),
        Command::Datev(arguments) => datev_check::run(arguments, edge),
        Command::Demo(arguments) => demo::run(arguments, edge),
        Command::Doctor(arguments) => doctor::run(arguments, edge),
        Command::Documents(arguments) => documents::run(arguments, edge),
        Command::Export(arguments) => export::run(arguments, edge),
        Command::Fetch(arguments) => fetch::run(arguments, edge),
        Command::Generate(arguments) => generate::run(arguments, edge),
        Command::Jobs(arguments) => jobs::run(arguments, edge),
        Command::Key(arguments) => key::run(arguments, edge),
        Command::MigrateTo(arguments) => backup::migrate(arguments, edge),
        Command::Restore(arguments) => backup::restore(arguments, edge),
        Command::Serve(arguments) => serve::run(arguments, edge),
        Command::Simulate(arguments) => simulate::run(arguments, edge),
        Command::Upload(arguments) => upload::run(arguments, edge),
        Command::User(arguments) => user::run(arguments, edge),
        Command::Vault(arguments) => vault::run(arguments, edge),
        Command::Verify(arguments) => verify::run(arguments, edge),
    }
}
