//! Runs other programs: says what it runs, and turns a failure into an error that names the program.

use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

/// The cargo that runs this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

/// The folder that cargo builds into, wherever it was told to put it: this program lies two below it.
pub(crate) fn target() -> Result<PathBuf> {
    let program = env::current_exe().context("the path of this program is not known")?;
    program.ancestors().nth(2).map(Path::to_owned).context("this program lies in no target folder")
}

/// Prints the headline of a step.
pub(crate) fn step(headline: &str) {
    println!("\n── {headline}");
}

/// Prints a command as one would type it and runs it to its end.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", typed(command));
    let status = command.status().with_context(|| format!("{} cannot be started", typed(command)))?;
    ensure!(status.success(), "{} ended with {status}", typed(command));
    Ok(())
}

/// Runs a command, prints its standard output as it comes and hands each line to `see`; tells whether it succeeded.
pub(crate) fn run_and_see(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    println!("$ {}", typed(command));
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} cannot be started", typed(command)))?;
    let output = child.stdout.take().context("the output was not captured")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("the output cannot be read")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        see(&line);
    }
    Ok(child.wait()?.success())
}

/// Whether a command can be started and succeeds; prints nothing.
pub(crate) fn succeeds(words: &[&str]) -> bool {
    let [program, arguments @ ..] = words else { return false };
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        assert_eq!(
            typed(Command::new("/usr/bin/apt-get").args(["install", "hledger"])),
            "apt-get install hledger"
        );
    }

    #[test]
    fn a_failed_command_is_an_error_that_names_it() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(error.to_string(), "sh -c exit 3 ended with exit status: 3");
    }

    #[test]
    fn the_lines_of_a_command_are_seen_and_its_failure_told() {
        let mut seen = Vec::new();
        let done = run_and_see(Command::new("sh").args(["-c", "echo one; echo two; exit 1"]), |line| {
            seen.push(line.to_owned());
        });
        assert!(!done.unwrap());
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn a_program_that_is_not_there_does_not_succeed() {
        assert!(!succeeds(&["no-program-of-this-name"]));
        assert!(succeeds(&["true"]));
    }
}
