//! The README is where a stranger begins: it names the two commands that do the rest, and leads to files that exist.

use std::path::Path;

use crate::{
    refuse,
    tree::{File, files, sample},
};

const COMMANDS: &[&str] = &["cargo demo", "cargo xtask test"];

fn gaps(files: &[File]) -> Vec<String> {
    let readme = files.iter().find(|file| file.path == "README.md").and_then(File::text).unwrap_or_default();
    let silent = COMMANDS
        .iter()
        .filter(|command| !readme.contains(**command))
        .map(|command| format!("README.md does not name `{command}`"));
    silent.collect()
}

/// Links in the project's documents, at the root and in docs/, that lead to no file.
fn dead_links(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    let documents = files.iter().filter(|file| {
        Path::new(&file.path).extension().is_some_and(|extension| extension == "md")
            && (file.path.starts_with("docs/") || !file.path.contains('/'))
    });
    for document in documents {
        let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in document.text().unwrap().split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let target = link.0.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let path = resolved(folder, target);
            if !files.iter().any(|file| file.path == path || file.path.starts_with(&format!("{path}/"))) {
                findings.push(format!("{} links to {target}, which is not there", document.path));
            }
        }
    }
    findings
}

fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn the_readme_names_both_commands() {
    refuse("the README is where a stranger begins", &gaps(&files()));
}

#[test]
fn every_link_in_the_documents_leads_to_a_file() {
    refuse("a dead link in a document", &dead_links(&files()));
}

#[test]
fn a_readme_that_names_one_command_only_is_found() {
    let files = [sample("README.md", "Run `cargo demo`.")];
    assert_eq!(gaps(&files), ["README.md does not name `cargo xtask test`"]);
}

#[test]
fn a_dead_link_is_found_and_a_living_one_followed() {
    let files = [
        sample(
            "README.md",
            "[a](docs/a.md) [b](docs/b.md#part) [c](https://example.org/c) [d](#here) [e](docs)",
        ),
        sample("docs/a.md", "[up](../README.md)"),
    ];
    assert_eq!(dead_links(&files), ["README.md links to docs/b.md, which is not there"]);
}
