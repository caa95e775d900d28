//! What the tests need around them that cargo does not bring: other people's programs that judge our output.

mod debian;
mod node;
pub(crate) mod postgres;
mod python;

use std::{fs, path::Path};

use anyhow::Result;

/// Installs what is missing; on a machine that has everything it only looks.
pub(crate) fn make_ready() -> Result<()> {
    debian::make_ready()?;
    python::make_ready()?;
    node::make_ready()
}

/// Whether two files are there and hold the same bytes: a list of packages beside what was installed from it.
fn equal(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}
