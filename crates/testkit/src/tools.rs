//! Programs and packages that are not ours and that a test runs.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Something a test needs is not on this machine.
#[derive(Debug, thiserror::Error)]
#[error("{name} is not on this machine; `cargo xtask test` installs what the tests need")]
pub struct Missing {
    /// The program or package that was looked for.
    pub name: String,
}

/// A command that runs the program `name`: the project's own installation in `target/tools/python` where there is one, else the machine's.
///
/// # Errors
/// [`Missing`] where neither is there.
pub fn program(name: &str) -> Result<Command, Missing> {
    let ours = installed(&Path::new("python/bin").join(name));
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        ours.or_else(|| env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file()));
    found.map(Command::new).ok_or_else(|| Missing { name: name.to_owned() })
}

/// The `node_modules` of the Node test in the folder `crates/*/tests/<test>/`: the value of `NODE_PATH` for its script.
///
/// # Errors
/// [`Missing`] where its packages were not installed.
pub fn node_modules(test: &str) -> Result<PathBuf, Missing> {
    let place = Path::new("node").join(test).join("node_modules");
    installed(&place).ok_or_else(|| Missing { name: format!("the npm packages of {test}") })
}

/// A path below `tools/` in the target folder, which is some folder above the running test, wherever cargo was told to build.
fn installed(path: &Path) -> Option<PathBuf> {
    let test = env::current_exe().ok()?;
    test.ancestors().map(|folder| folder.join("tools").join(path)).find(|path| path.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_of_the_machine_is_found() {
        let output = program("cargo").unwrap().arg("--version").output().unwrap();
        assert!(output.stdout.starts_with(b"cargo "));
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = node_modules("no-such-test").unwrap_err();
        assert_eq!(error.name, "the npm packages of no-such-test");
    }
}
