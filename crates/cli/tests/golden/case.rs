//! The folders: which cases there are, how each is run, and how its files are compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::outcome::Outcome;

/// The clock of every run, 2026-12-01 08:00 in Berlin.
const SOURCE_DATE_EPOCH: &str = "1796108400";

/// What a person typed; everything else is made.
const TYPED: [&str; 4] = ["expected.csv", "balances.csv", "refused.txt", "kontor.toml"];

/// A folder with reports.
pub(super) struct Case {
    pub(super) folder: PathBuf,
}

/// The folder of one chart in it.
pub(super) struct ChartFolder {
    pub(super) case: PathBuf,
    pub(super) folder: PathBuf,
}

impl Case {
    pub(super) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        folders(&root).into_iter().map(|folder| Self { folder }).collect()
    }

    pub(super) fn charts(&self) -> Vec<ChartFolder> {
        let charts = folders(&self.folder).into_iter();
        let charts: Vec<_> = charts.map(|folder| ChartFolder { case: self.folder.clone(), folder }).collect();
        assert!(!charts.is_empty(), "{} has no chart", self.folder.display());
        charts
    }
}

impl ChartFolder {
    /// Converts the reports of the first stage, then hands out the corrections of the later ones.
    pub(super) fn convert(&self) -> Outcome {
        let mut outcome = self.run("kontor.toml", &self.reports(0));
        for stage in 1.. {
            let later = format!("kontor.k{stage}.toml");
            let configuration = self.folder.join(&later).is_file();
            if !configuration && self.reports(stage).len() == self.reports(stage - 1).len() {
                break;
            }
            let rules = (0..=stage).rev().map(|stage| match stage {
                0 => "kontor.toml".to_owned(),
                _ => format!("kontor.k{stage}.toml"),
            });
            let rules = rules.into_iter().find(|name| self.folder.join(name).is_file()).unwrap();
            let now = self.run(&rules, &self.reports(stage));
            outcome.correct(&self.folder.join(&rules), &now, stage, SOURCE_DATE_EPOCH.parse().unwrap());
        }
        outcome
    }

    /// The reports known at a stage: `report*.csv` from the beginning, `late.k1*.csv` from the first correction on.
    fn reports(&self, stage: u16) -> Vec<String> {
        let known = |name: &String| {
            let late = (1..=stage).any(|stage| name.starts_with(&format!("late.k{stage}")));
            name.starts_with("report") || late
        };
        names(&self.case).into_iter().filter(known).collect()
    }

    /// Runs the command as its user would, in the case's folder.
    fn run(&self, configuration: &str, reports: &[String]) -> Outcome {
        let scratch = tempfile::tempdir().unwrap();
        let out = scratch.path().join("out");
        let chart = self.folder.file_name().unwrap().to_str().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
        command.current_dir(&self.case).env("SOURCE_DATE_EPOCH", SOURCE_DATE_EPOCH);
        command.args(["--lang", "de", "convert"]).args(reports);
        command.args(["--config", &format!("{chart}/{configuration}"), "--print", "--out"]).arg(&out);
        let output = command.output().unwrap();
        if output.status.success() {
            let files = names(&out).into_iter().map(|name| (name.clone(), fs::read(out.join(name)).unwrap()));
            return Outcome::done(output.stdout, files.collect());
        }
        assert!(!out.exists(), "{}: a refused run leaves nothing", self.folder.display());
        Outcome::refused(output.status.code(), &output.stderr)
    }

    /// Compares the files with those that lie here, or writes them.
    pub(super) fn settle(&self, outcome: &Outcome) -> Vec<String> {
        let made = outcome.golden_files();
        if std::env::var_os("KONTOR_GOLDEN").is_some_and(|mode| mode == "update") {
            for name in self.generated().keys() {
                fs::remove_file(self.folder.join(name)).unwrap();
            }
            for (name, bytes) in &made {
                fs::write(self.folder.join(name), bytes).unwrap();
            }
            return Vec::new();
        }
        let kept = self.generated();
        let mut all: Vec<&String> = kept.keys().chain(made.keys()).collect();
        all.sort();
        all.dedup();
        let differing = all.into_iter().filter(|name| kept.get(*name) != made.get(*name));
        differing.map(|name| self.difference(name, kept.get(name), made.get(name))).collect()
    }

    fn difference(&self, name: &str, kept: Option<&Vec<u8>>, made: Option<&Vec<u8>>) -> String {
        let file = self.folder.join(name).display().to_string();
        let (Some(kept), Some(made)) = (kept, made) else {
            let what = if made.is_none() { "was not made" } else { "is new" };
            return format!("{file}: {what}");
        };
        let (kept, made) = (String::from_utf8_lossy(kept), String::from_utf8_lossy(made));
        let lines = kept.lines().chain([""]).zip(made.lines().chain([""]));
        match lines.enumerate().find(|(_, (kept, made))| kept != made) {
            Some((line, (kept, made))) => {
                format!("{file}, line {}:\n  expected {kept}\n  found    {made}", line + 1)
            }
            None => format!("{file}: line ends or length differ"),
        }
    }

    /// What lies here and is made by the command.
    fn generated(&self) -> BTreeMap<String, Vec<u8>> {
        let typed = |name: &str| {
            TYPED.contains(&name) || name.starts_with("kontor.") || name.starts_with("expected.")
        };
        let made = names(&self.folder).into_iter().filter(|name| !typed(name));
        made.map(|name| (name.clone(), fs::read(self.folder.join(name)).unwrap())).collect()
    }

    /// A file typed by hand, if this case has it.
    pub(super) fn typed(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(name)).ok()
    }
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let names = entries(parent).into_iter();
    names.map(|name| parent.join(name)).filter(|path| path.is_dir()).collect()
}

fn names(folder: &Path) -> Vec<String> {
    entries(folder).into_iter().filter(|name| folder.join(name).is_file()).collect()
}

fn entries(folder: &Path) -> Vec<String> {
    let entries =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut entries: Vec<String> = entries.collect();
    entries.sort();
    entries
}
