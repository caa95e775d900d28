//! Programs from Debian's packages.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{run, step, succeeds};

/// A Debian package and the command that succeeds where what we need of it is there, from wherever it came.
struct Need {
    package: &'static str,
    probe: &'static [&'static str],
}

const NEEDS: &[Need] = &[
    // Checks the journals that Kontor prints.
    Need { package: "hledger", probe: &["hledger", "--version"] },
    // The yardstick for the speed of reading; checks the journal without us, as zstd does.
    Need { package: "sqlite3", probe: &["sqlite3", "--version"] },
    Need { package: "zstd", probe: &["zstd", "--version"] },
    // The second database. Its programs lie off the path.
    Need {
        package: "postgresql",
        probe: &["sh", "-c", "command -v initdb || ls /usr/lib/postgresql/*/bin/initdb"],
    },
    // A real browser for the tests of the pages.
    Need { package: "chromium", probe: &["chromium", "--version"] },
    Need { package: "chromium-driver", probe: &["chromedriver", "--version"] },
    // The yardstick for the speed of signing; makes keys that our reader must take or refuse.
    Need { package: "openssl", probe: &["openssl", "version"] },
    // For bean-check.
    Need { package: "python3-venv", probe: &["python3", "-c", "import ensurepip, venv"] },
    // For Amazon's own SDK.
    Need { package: "nodejs", probe: &["node", "--version"] },
    Need { package: "npm", probe: &["npm", "--version"] },
];

pub(super) fn make_ready() -> Result<()> {
    let missing = missing(NEEDS, succeeds);
    if missing.is_empty() {
        step("Debian packages: all there");
        return Ok(());
    }
    step(&format!("Debian packages to install: {}", missing.join(" ")));
    let Some(as_root) = way_to_root() else { bail!(refusal(&missing)) };
    run(apt_get(as_root).args(["update", "--quiet"]))?;
    run(apt_get(as_root).args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(missing))
}

fn missing(needs: &[Need], is_there: impl Fn(&[&str]) -> bool) -> Vec<&'static str> {
    needs.iter().filter(|need| !is_there(need.probe)).map(|need| need.package).collect()
}

/// The words to put before a command that needs root; none of them where we are root, nothing where there is no way.
fn way_to_root() -> Option<&'static [&'static str]> {
    const ROOT: &[&str] = &["sh", "-c", "test \"$(id -u)\" = 0"];
    if !succeeds(&["apt-get", "--version"]) {
        None
    } else if succeeds(ROOT) {
        Some(&[])
    } else if succeeds(&["sudo", "--non-interactive", "true"]) {
        Some(&["sudo", "--non-interactive"])
    } else {
        None
    }
}

fn apt_get(as_root: &[&str]) -> Command {
    // env, because sudo passes no variables on.
    let mut words = as_root.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    let mut command = Command::new(words.next().unwrap_or(&"env"));
    command.args(words);
    command
}

fn refusal(missing: &[&str]) -> String {
    format!(
        "the tests need programs that are not here, and this user may not install them. On Debian, as root:\n\
         apt-get update && apt-get install {}\n\
         Elsewhere, install the programs of the same names.",
        missing.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_installed() {
        let found = missing(NEEDS, |probe| probe.first() != Some(&"hledger"));
        assert_eq!(found, ["hledger"]);
        assert!(missing(NEEDS, |_| true).is_empty());
    }

    #[test]
    fn a_user_without_rights_is_told_what_to_type() {
        assert!(refusal(&["hledger", "npm"]).contains("apt-get install hledger npm\n"));
    }

    #[test]
    fn the_variables_survive_sudo() {
        let words: Vec<_> =
            apt_get(&["sudo", "--non-interactive"]).get_args().map(ToOwned::to_owned).collect();
        assert_eq!(words, ["--non-interactive", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
}
