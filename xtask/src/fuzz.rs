//! `cargo xtask fuzz`: libFuzzer on one target, with the ordinary compiler.
//!
//! The coverage that libFuzzer steers by is a pass of LLVM that stable rustc reaches by `-C passes`. The
//! address sanitizer would need a nightly compiler; without `unsafe` code of our own it has little to find.

use std::{fs, process::Command};

use anyhow::{Context as _, Result};

use crate::command::{self, cargo, root, step, target};

/// What makes the compiler count edges and comparisons for libFuzzer, keep apart the branches that it would fold
/// into one, and check arithmetic and assertions.
const INSTRUMENTED: &str = "\
    -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Cllvm-args=-simplifycfg-branch-fold-threshold=0 \
    -Ccodegen-units=1 \
    -Cdebug-assertions \
    -Coverflow-checks \
    --cfg fuzzing";

pub(crate) fn run(name: &str, seconds: Option<&str>) -> Result<()> {
    // What a run finds stays in the target folder; what is worth keeping is moved into the tree by hand.
    let workshop = target()?.join("fuzz").join(name);
    let found = workshop.join("found");
    fs::create_dir_all(&found).with_context(|| format!("{} cannot be made", found.display()))?;
    let failures = format!("{}/", workshop.display());

    step(&format!("fuzzing {name}; a failure is written to {failures}"));
    let mut fuzzer = cargo(&["run", "--release", "--package", "kontor-fuzz", "--features", "libfuzzer"]);
    fuzzer
        .args(["--bin", name, "--target", &host()?])
        .env("RUSTFLAGS", INSTRUMENTED)
        .env("CARGO_PROFILE_RELEASE_LTO", "false")
        .arg("--")
        .arg(format!("-artifact_prefix={failures}"))
        .args(seconds.map(|seconds| format!("-max_total_time={seconds}")))
        .arg(found);
    for kind in ["corpus", "regressions"] {
        let seeds = root().join("fuzz").join(kind).join(name);
        if seeds.is_dir() {
            fuzzer.arg(seeds);
        }
    }
    command::run(&mut fuzzer)
}

/// The platform's name. Building for it by name keeps the flags off build scripts and macros, which could not be linked with them.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc cannot be started")?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .context("rustc -vV names no host")
}
