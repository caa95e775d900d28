//! `kontor doctor`: looks at everything that Kontor needs from its machine, changes nothing, and says what to do.

mod amazon;
mod clock;
mod configuration;
mod database;
mod disk;
mod line;
mod mail;
mod master_key;

use std::io::Write as _;

use clap::Args;

use self::line::{Grade, Line};
use super::{Edge, Ending};
use crate::edge::runtime;
use crate::house::HouseArguments;
use crate::mail::MailArguments;
use crate::output::Output;

/// Look at everything that Kontor needs from its machine; changes nothing, ends with 1 where something does not work
#[derive(Debug, Args)]
pub(super) struct DoctorArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(flatten)]
    mail: MailArguments,
    /// The address under which browsers reach Kontor
    #[arg(long, value_name = "URL", env = "KONTOR_PUBLIC_URL")]
    public_url: Option<String>,
    /// Send a mail to this address, to see whether it arrives
    #[arg(long, value_name = "ADDRESS")]
    mail_to: Option<String>,
    /// Print one JSON document for programs
    #[arg(long)]
    json: bool,
    /// Ask another host than Amazon's
    #[arg(long, value_name = "URL", hide = true)]
    amazon: Option<String>,
}

/// Runs the command.
pub(super) fn run(arguments: &DoctorArguments, edge: Edge) -> anyhow::Result<Ending> {
    let lines = runtime()?.block_on(look(arguments, edge));
    let worst = lines.iter().map(|line| line.grade).max().unwrap_or(Grade::Ok);
    let shown = if arguments.json { show_json(&lines, worst) } else { show(&lines, worst, edge) };
    shown?;
    Ok(if worst == Grade::Error { Ending::Refused } else { Ending::Done })
}

async fn look(arguments: &DoctorArguments, edge: Edge) -> Vec<Line> {
    let (house, language) = (&arguments.house, edge.language);
    let mut lines = vec![configuration::look(arguments, language)];
    lines.extend(disk::look(house, language));
    let (database, line) = database::look(house, language).await;
    lines.push(line);
    lines.push(master_key::look(house, database.as_ref(), language).await);
    lines.extend(match &database {
        Some(database) => database::look_at_jobs(database, language).await,
        None => None,
    });
    let (reached, amazon) = amazon::look(arguments.amazon.as_deref(), language).await;
    lines.push(clock::look(database.as_ref(), reached, language).await);
    lines.extend(amazon);
    lines.push(mail::look(arguments, language).await);
    if let Some(database) = database {
        database.close().await;
    }
    lines
}

fn show_json(lines: &[Line], worst: Grade) -> anyhow::Result<()> {
    let answer = serde_json::json!({ "grade": worst, "checks": lines });
    let mut out = Output::lock();
    serde_json::to_writer_pretty(&mut out, &answer)?;
    writeln!(out)?;
    Ok(())
}

fn show(lines: &[Line], worst: Grade, edge: Edge) -> anyhow::Result<()> {
    let language = edge.language;
    let mut out = Output::lock();
    let mut said = None;
    for line in lines {
        let (grade, subject) = (line.grade.text(language), line.subject.text(language));
        writeln!(out, "{grade:<8} {subject:<15} {}", line.text)?;
        // One advice for all regions is said once.
        if let Some(advice) = line.advice.as_ref().filter(|advice| said != Some(*advice)) {
            writeln!(out, "{:<24} → {advice}", "")?;
        }
        said = line.advice.as_ref();
    }
    let end = match worst {
        Grade::Ok => language.pick("Alles in Ordnung.", "All is well."),
        Grade::Warning => language.pick(
            "Kontor läuft so; bitte sehen Sie sich die Warnungen an.",
            "Kontor runs like this; please look at the warnings.",
        ),
        Grade::Error => language.pick(
            "So läuft Kontor nicht; bitte beheben Sie die Fehler.",
            "Kontor does not run like this; please mend the errors.",
        ),
    };
    writeln!(out, "\n{end}")?;
    Ok(())
}
