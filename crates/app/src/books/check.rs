//! What DATEV would refuse or misread in a month, before it leaves.

use std::cell::RefCell;
use std::io;

use datev::{CheckOptions, FileName, Language as DatevLanguage, Severity};
use exports::datev::BatchExport;
use ledger::calendar::Month;
use ledger::entry::Entry;
use serde::Serialize;
use store::Database;
use store::id::{ClientId, ConnectionId};

use super::load::{Books, Days};
use super::refused;
use super::walk::walk;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::AppError;

/// A finding of DATEV's rules, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckFinding {
    /// The file.
    pub file: String,
    /// A stable word for programs.
    pub code: &'static str,
    /// Would DATEV refuse or misread it? Else it is cut or ignored.
    pub error: bool,
    /// Its line.
    pub line: Option<u64>,
    /// The field by its name at DATEV.
    pub field: Option<&'static str>,
    /// The text that was found.
    pub found: String,
    /// The sentence in German.
    pub german: &'static str,
    /// The sentence in English.
    pub english: &'static str,
}

/// Makes the files of a month, checks them by DATEV's rules and throws them away.
pub async fn check(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    month: Month,
    connection: Option<&ConnectionId>,
) -> Result<Vec<CheckFinding>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let books = Books::load(&mut transaction, client, connection, Days::All).await?;
    drop(transaction);
    let (database, created) = (app.database.clone(), app.now());
    let checking = move || check_files(&books, &database, month, created);
    tokio::task::spawn_blocking(checking).await.map_err(AppError::failed("checking a month"))?
}

fn check_files(
    books: &Books,
    database: &Database,
    month: Month,
    created: jiff::Timestamp,
) -> Result<Vec<CheckFinding>, AppError> {
    const CHECKING: &str = "checking a month";
    let scratch = tempfile::tempdir().map_err(AppError::failed(CHECKING))?;
    let folder = scratch.path().join("files");
    std::fs::create_dir_all(&folder).map_err(AppError::failed(CHECKING))?;
    let names = RefCell::new(Vec::new());
    let open = |name: &FileName| {
        names.borrow_mut().push(name.to_string());
        std::fs::File::create(folder.join(name)).map(io::BufWriter::new)
    };
    let configuration = &books.configuration;
    let local = configuration.rules.client().zone.zone().to_datetime(created);
    let export = BatchExport::new(&configuration.rules, &configuration.datev, local, open);
    let nobody = |_: &Entry<'_>| Ok(());
    let (_, export, _) = walk(books, database, month, scratch.path(), export, nobody).map_err(refused)?;
    drop(export.finish().map_err(AppError::failed(CHECKING))?);
    let mut findings = Vec::new();
    for name in names.into_inner() {
        let file = std::fs::File::open(folder.join(&name)).map_err(AppError::failed(CHECKING))?;
        let report = datev::check(io::BufReader::new(file), Some(&name), &CheckOptions::default());
        let report = report.map_err(AppError::failed(CHECKING))?;
        findings.extend(report.findings().iter().map(|finding| CheckFinding {
            file: name.clone(),
            code: finding.code.id(),
            error: finding.severity() == Severity::Error,
            line: finding.line,
            field: finding.column.map(|column| column.name),
            found: finding.found.clone(),
            german: finding.sentence(DatevLanguage::German),
            english: finding.sentence(DatevLanguage::English),
        }));
    }
    Ok(findings)
}
