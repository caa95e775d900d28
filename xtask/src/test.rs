//! `cargo xtask test`: the one command that says whether the tree is good. CI runs nothing else.

use anyhow::{Result, ensure};

use crate::{
    command::{self, cargo, run_and_see, step},
    machine::{self, postgres},
    tally::Tally,
};

/// Everything that is tested: all rooms, and the simulator, which is off by default.
const ALL: [&str; 3] = ["--workspace", "--features", "amazon-pay/simulator"];

pub(crate) fn run() -> Result<()> {
    machine::make_ready()?;

    step("formatting");
    command::run(&mut cargo(&["fmt", "--all", "--check"]))?;

    step("lints");
    command::run(cargo(&["clippy"]).args(ALL).args(["--all-targets", "--", "-D", "warnings"]))?;

    step("the report readers alone, as a program without a network uses them");
    command::run(&mut cargo(&["check", "--package", "amazon-pay", "--no-default-features"]))?;

    step("documentation");
    command::run(cargo(&["doc", "--no-deps"]).args(ALL).env("RUSTDOCFLAGS", "-D warnings"))?;

    let server = postgres::start()?;
    step("tests");
    let mut tally = Tally::default();
    // --no-fail-fast: one run names everything that is broken.
    let succeeded = run_and_see(
        cargo(&["test", "--no-fail-fast"]).args(ALL).env(postgres::ADDRESS, &server.address),
        |line| tally.see(line),
    )?;
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    ensure!(succeeded, "the tests did not pass");
    ensure!(tally.passed > 0, "no test ran");
    Ok(())
}
