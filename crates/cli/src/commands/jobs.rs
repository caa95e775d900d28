//! `kontor jobs`: what waits, runs and was done.

use std::io::Write as _;

use app::{Actor, jobs};
use clap::{Args, Subcommand};

use super::{Edge, Ending};
use crate::house::{HouseArguments, spoken};
use crate::output::Output;

/// See what is waiting, running and done
#[derive(Debug, Args)]
pub(super) struct JobsArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(subcommand)]
    command: JobsCommand,
}

#[derive(Debug, Subcommand)]
enum JobsCommand {
    /// The newest jobs, the newest first
    List {
        /// So many at most
        #[arg(long, default_value_t = 50)]
        most: u32,
    },
}

/// Runs the command.
pub(super) fn run(arguments: &JobsArguments, edge: Edge) -> anyhow::Result<Ending> {
    tokio::runtime::Runtime::new()?.block_on(perform(arguments, edge))
}

async fn perform(arguments: &JobsArguments, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    let app = arguments.house.open(language).await?;
    let JobsCommand::List { most } = arguments.command;
    let listed = jobs::newest(&app, &Actor::CommandLine, most).await;
    let mut out = Output::lock();
    for job in listed.map_err(|error| spoken(error, language))? {
        let words = job.outcome.as_ref().map_or("", |words| language.pick(&words.german, &words.english));
        let (id, kind, state, done, total) = (&job.id, &job.kind, job.state.name(), job.done, job.total);
        writeln!(
            out,
            "{id}  {state:9} {kind:6} {done}/{total} {} {words}",
            job.created_at.strftime("%Y-%m-%d %H:%M")
        )?;
    }
    Ok(Ending::Done)
}
