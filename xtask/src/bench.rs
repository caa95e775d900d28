//! `cargo xtask bench`: the benchmarks of all rooms, one after the other, so that none disturbs another.

use anyhow::Result;

use crate::command::{self, cargo};

pub(crate) fn run(filter: Option<&str>) -> Result<()> {
    // A pattern instead of --benches, which would also start every crate's unit tests to find none measured.
    let mut benchmarks = cargo(&["bench", "--workspace", "--bench", "*"]);
    benchmarks.args(filter.map(|filter| ["--", filter]).iter().flatten());
    command::run(&mut benchmarks)
}
