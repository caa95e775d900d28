//! Programs from Python packages, in an environment of the project's own under `target/tools/python`.

use std::{fs, process::Command};

use anyhow::{Context as _, Result};

use super::equal;
use crate::command::{root, run, step, target};

pub(super) fn make_ready() -> Result<()> {
    let environment = target()?.join("tools/python");
    let requirements = root().join("xtask/python/requirements.txt");
    // A copy beside the environment says what was installed; it is written last.
    let installed = environment.join("requirements.txt");
    if equal(&requirements, &installed) {
        step("Python packages: all there");
        return Ok(());
    }
    step("Python packages, from xtask/python/requirements.txt");
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    let pip = environment.join("bin/pip");
    run(Command::new(pip).args(["install", "--quiet", "--requirement"]).arg(&requirements))?;
    fs::copy(&requirements, &installed)
        .with_context(|| format!("{} cannot be written", installed.display()))?;
    Ok(())
}
