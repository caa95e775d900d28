//! What came out of a run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use app::configuration::Configuration;
use datev::{Posting, PostingReader};
use exports::datev::correction::{DocumentNumbers, correction, write_correction};
use jiff::Timestamp;
use serde_json::Value;

pub(super) struct Outcome {
    /// The files of the output folder; corrections are added to them.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// The entries as `--print` shows them.
    entries: Vec<u8>,
    /// Exit code and message where the run was refused.
    pub(super) refused: Option<String>,
}

impl Outcome {
    pub(super) fn done(entries: Vec<u8>, files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files, entries, refused: None }
    }

    pub(super) fn refused(code: Option<i32>, message: &[u8]) -> Self {
        let (code, message) = (code.unwrap(), std::str::from_utf8(message).unwrap());
        Self { files: BTreeMap::new(), entries: Vec::new(), refused: Some(format!("exit {code}\n{message}")) }
    }

    /// The batches by name, corrections (`_K1`) apart.
    pub(super) fn batches(&self, correction: Option<u16>) -> impl Iterator<Item = (&String, &Vec<u8>)> {
        self.files.iter().filter(move |(name, _)| {
            let stem = name.strip_prefix("EXTF_Buchungsstapel_").and_then(|rest| rest.strip_suffix(".csv"));
            stem.is_some_and(|stem| {
                stem.split_once("_K").map(|(_, number)| number.parse().unwrap()) == correction
            })
        })
    }

    /// Adds the correction batch that carries everything handed out so far to what holds now.
    pub(super) fn correct(&mut self, rules: &Path, now: &Self, number: u16, created: i64) {
        let configuration = Configuration::read(&std::fs::read_to_string(rules).unwrap()).unwrap();
        let earlier = (1..number).map(Some);
        let handed_out: Vec<_> =
            [None].into_iter().chain(earlier).flat_map(|stage| self.postings(stage)).collect();
        let rows = correction(handed_out, now.postings(None), DocumentNumbers::Keep).unwrap();
        let zone = configuration.rules.client().zone.zone();
        let created = zone.to_datetime(Timestamp::from_second(created).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &datev::FileName| std::fs::File::create(folder.path().join(name));
        let (written, _) =
            write_correction(&rows, number, &configuration.rules, &configuration.datev, created, open)
                .unwrap();
        for file in written {
            let bytes = std::fs::read(folder.path().join(&file.name)).unwrap();
            self.files.insert(file.name.to_string(), bytes);
        }
    }

    fn postings(&self, correction: Option<u16>) -> Vec<Posting<'static>> {
        let files = self.batches(correction);
        files
            .flat_map(|(_, bytes)| PostingReader::new(bytes.as_slice()).unwrap().map(Result::unwrap))
            .collect()
    }

    pub(super) fn proof(&self) -> Value {
        serde_json::from_slice(&self.files["proof.json"]).unwrap()
    }

    /// The files that a case keeps: the entries, the findings, and what is handed to DATEV.
    pub(super) fn golden_files(&self) -> BTreeMap<String, Vec<u8>> {
        if self.refused.is_some() {
            return BTreeMap::new();
        }
        let handed_out = self.files.iter().filter(|(name, _)| !name.starts_with("proof."));
        let mut files: BTreeMap<_, _> =
            handed_out.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        files.insert("entries.txt".to_owned(), self.entries.clone());
        files.insert("findings.txt".to_owned(), self.findings().into_bytes());
        files
    }

    fn findings(&self) -> String {
        let mut text = String::new();
        for finding in self.proof()["findings"].as_array().unwrap() {
            let sort = if finding["severity"] == "warning" { "Warnung" } else { "Hinweis" };
            write!(text, "{sort}: {}", finding["text"].as_str().unwrap()).unwrap();
            if let (Some(document), Some(line)) = (finding["document"].as_str(), finding["line"].as_u64()) {
                write!(text, " [{document}, Zeile {line}]").unwrap();
            }
            text.push('\n');
        }
        if text.is_empty() { "keine\n".to_owned() } else { text }
    }
}
