//! `cargo xtask test`: the one command that says whether the tree is good. CI runs nothing else.

use anyhow::{Result, ensure};

use crate::{
    command::{self, cargo, run_and_see, step},
    machine,
    tally::Tally,
};

pub(crate) fn run() -> Result<()> {
    machine::make_ready()?;

    step("formatting");
    command::run(&mut cargo(&["fmt", "--all", "--check"]))?;

    step("lints");
    command::run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;

    step("documentation");
    command::run(cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;

    step("tests");
    let mut tally = Tally::default();
    // --no-fail-fast: one run names everything that is broken.
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast"]);
    let succeeded = run_and_see(&mut tests, |line| tally.see(line))?;
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    ensure!(succeeded, "the tests did not pass");
    ensure!(tally.passed > 0, "no test ran");
    Ok(())
}
