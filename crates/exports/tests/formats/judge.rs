//! Other people's programs, which judge a journal.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs a program of the machine on a journal at its standard input; texts are UTF-8 for it, whatever the machine's locale.
pub(crate) fn judge(program: &str, arguments: &[&str], journal: &[u8]) -> Output {
    let mut command: Command = testkit::tools::program(program).unwrap_or_else(|missing| panic!("{missing}"));
    command.args(arguments).env("LC_ALL", "C.UTF-8");
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(journal).unwrap();
    child.wait_with_output().unwrap()
}
