//! camt.053: the ISO 20022 statement «Bank to customer statement», versions 02 to 08.
//!
//! The German banks send 02 and, since November 2025 only, 08 (DFÜ-Abkommen, Anlage 3). Between the two a few elements
//! moved one level down (`Nm` into `Pty`, `Sts` into `Cd`, `BIC` became `BICFI`); both places are read, whatever the
//! version says. What is not needed is skipped, but the parser still sees it.

mod details;
mod entry;
mod statement;
mod values;
mod xml;

use crate::check::{Tags, check};
use crate::error::{LooksLike, Problem, ReadError};
use crate::limits::Limits;
use crate::recognise::{Format, Left};
use crate::statement::Statement;
use xml::Xml;

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";
const TAGS: Tags = Tags { balance: "Stmt/Bal", entry: "Stmt/Ntry/Amt" };

/// Reads a document.
pub(crate) fn read(text: &str, limits: &Limits, left: &mut Left) -> Result<Vec<Statement>, ReadError> {
    let mut xml = Xml::new(text, limits);
    let format = format(&xml.root()?)?;
    let mut statements = Vec::new();
    let mut found = false;
    while let Some(child) = xml.child()? {
        if child.name != "BkToCstmrStmt" {
            xml.skip()?;
            continue;
        }
        found = true;
        while let Some(child) = xml.child()? {
            match child.name.as_str() {
                "Stmt" => {
                    left.statement(limits).map_err(|problem| xml.refuse(problem))?;
                    let statement = statement::read(&mut xml, format, limits, left)?;
                    check(&statement, &TAGS)?;
                    statements.push(statement);
                }
                _ => xml.skip()?,
            }
        }
    }
    xml.end()?;
    if !found || statements.is_empty() {
        return Err(xml.refuse(Problem::Missing { what: if found { "Stmt" } else { "BkToCstmrStmt" } }));
    }
    Ok(statements)
}

/// The version by the namespace of the root; another message is told by its name.
fn format(root: &xml::Root) -> Result<Format, ReadError> {
    let refuse = |problem| Err(ReadError::of_file(problem));
    let Some(namespace) = root.namespace.as_deref().filter(|_| root.name == "Document") else {
        return refuse(Problem::NoStatement { looks_like: LooksLike::Xml });
    };
    let found = crate::error::shortened(namespace.rsplit(':').next().unwrap_or(namespace));
    match namespace.strip_prefix(NAMESPACE).map(str::parse::<u8>) {
        Some(Ok(version @ 2..=8)) => Ok(Format::Camt053(version)),
        Some(_) => refuse(Problem::Version { found }),
        None if namespace.starts_with("urn:iso:std:iso:20022:") => refuse(Problem::OtherMessage { found }),
        None => refuse(Problem::NoStatement { looks_like: LooksLike::Xml }),
    }
}
