//! `kontor amazon-pay`: the Amazon Pay API from the shell.

mod check;
mod connection;
mod disbursements;
mod download;
mod payments;
mod period;
mod reports;
mod table;

use std::str::FromStr;

use amazon_pay::model::IdentifierError;
use app::language::Language;
use clap::{Args, Subcommand};
use providers::amazon_pay::german;

use super::{Edge, Ending};
use crate::edge;

/// Asks the Amazon Pay API by a merchant's key
#[derive(Debug, Args)]
pub(super) struct AmazonPayArguments {
    #[command(subcommand)]
    command: AmazonPayCommand,
}

#[derive(Debug, Subcommand)]
enum AmazonPayCommand {
    Check(check::CheckArguments),
    Reports(reports::ReportsArguments),
    Report(reports::ReportArguments),
    Download(download::DownloadArguments),
    Disbursements(disbursements::DisbursementsArguments),
    Charge(payments::ChargeArguments),
    Refund(payments::RefundArguments),
    ChargePermission(payments::ChargePermissionArguments),
}

/// What came of a command, or the sentence that says why nothing did.
type Told<T> = Result<T, String>;

/// Runs the command.
pub(super) fn run(arguments: &AmazonPayArguments, edge: Edge) -> anyhow::Result<Ending> {
    let asked = edge::runtime()?.block_on(ask(&arguments.command, edge));
    Ok(asked.unwrap_or_else(|text| {
        eprintln!("kontor: {text}");
        Ending::Refused
    }))
}

async fn ask(command: &AmazonPayCommand, edge: Edge) -> Told<Ending> {
    match command {
        AmazonPayCommand::Check(arguments) => check::run(arguments, edge).await,
        AmazonPayCommand::Reports(arguments) => reports::list(arguments, edge).await,
        AmazonPayCommand::Report(arguments) => reports::one(arguments, edge).await,
        AmazonPayCommand::Download(arguments) => download::run(arguments, edge).await,
        AmazonPayCommand::Disbursements(arguments) => disbursements::run(arguments, edge).await,
        AmazonPayCommand::Charge(arguments) => payments::charge(arguments, edge).await,
        AmazonPayCommand::Refund(arguments) => payments::refund(arguments, edge).await,
        AmazonPayCommand::ChargePermission(arguments) => payments::charge_permission(arguments, edge).await,
    }
}

/// An id as it was typed for the argument `name`.
fn identifier<T: FromStr<Err = IdentifierError>>(name: &str, text: &str, language: Language) -> Told<T> {
    text.parse().map_err(|error| {
        format!("{name}: {}", language.pick(german::identifier_error(&error), error.to_string()))
    })
}

/// Writes something as JSON to standard output.
fn show_json(value: &impl serde::Serialize, language: Language) -> Told<Ending> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    show(&text, language)
}

/// Writes a text to standard output.
fn show(text: &str, language: Language) -> Told<Ending> {
    use std::io::Write as _;
    writeln!(crate::output::Output::lock(), "{text}").map_err(|error| {
        app::say!(
            language,
            "die Standardausgabe nimmt nichts an: {error}",
            "standard output takes nothing: {error}"
        )
    })?;
    Ok(Ending::Done)
}
