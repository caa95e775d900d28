//! A database that the first schema kept opens today, and everything in it is still what it was.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::sync::Arc;

use app::books::{batch, months};
use app::connections::Shown;
use app::documents::library;
use app::{Actor, App, Silent, connections, verify};
use aws_lc_rs::digest::{Context, SHA256, digest};
use ledger::calendar::Month;
use store::id::ClientId;
use store::vault::{self, Source};
use store::{Database, Vault, inspect, journal};
use tempfile::TempDir;
use testkit::machine::TestMachine;

const KEPT: &[u8] = include_bytes!("first-schema.sqlite.zst");
/// Opens only the made-up secrets of this file.
const MASTER_KEY: &str = "f382d239281888ed735135fae20ef2efb6747d5cd30cd02f50254419304c562f";
const CLIENT: &str = "01a21208-1b8d-781a-b444-3bd45a16bf1b";

const DOCUMENTS: usize = 201;
const MOVEMENTS: u64 = 2800;

struct Kept {
    app: App,
    client: ClientId,
    _folder: TempDir,
}

/// Opens a copy, which brings its tables up to date.
async fn open() -> Kept {
    let folder = TempDir::new().unwrap();
    let bytes = zstd::decode_all(KEPT).unwrap();
    fs::write(folder.path().join(Database::FILE), bytes).unwrap();
    let database = Database::open(&folder.path().display().to_string()).await.unwrap();
    let vault = Vault::open_source(Source::Environment(MASTER_KEY.into())).unwrap();
    let machine = TestMachine::new("2026-11-26T08:00:00Z".parse().unwrap(), 1);
    let app = App::new(database, Arc::new(machine), vault);
    Kept { app, client: ClientId::parse(CLIENT).unwrap(), _folder: folder }
}

#[tokio::test]
async fn its_tables_come_up_to_date_and_it_is_whole() {
    let Kept { app, .. } = &open().await;
    let schema = inspect::schema(&app.database).await.unwrap();
    assert_eq!((schema.applied, schema.broken), (Some(schema.known), None));
    assert!(schema.known >= 5);
    assert_eq!(inspect::damage(&app.database).await.unwrap(), Vec::<String>::new());
    assert!(vault::fits(&app.database, &app.vault).await.unwrap(), "its secrets open");
}

#[tokio::test]
async fn its_journal_is_one_chain() {
    let Kept { app, .. } = &open().await;
    let lines = journal::from(&mut app.database.read().await.unwrap(), 1, 1000).await.unwrap();
    assert_eq!(lines.len(), 218);
    let mut previous = String::new();
    for (line, number) in lines.iter().zip(1..) {
        assert_eq!((line.number, &line.previous), (number, &previous));
        assert_eq!(line.hash, line.computed(), "line {number}");
        previous.clone_from(&line.hash);
    }
}

#[tokio::test]
async fn its_documents_are_still_the_bytes_that_came() {
    let Kept { app, client, .. } = &open().await;
    let (actor, mut before, mut documents) = (Actor::CommandLine, None, Vec::new());
    loop {
        let page = library::list(app, &actor, client, None, before.as_ref(), 200).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.received.id.clone());
        documents.extend(page);
    }
    assert_eq!(documents.len(), DOCUMENTS);
    for document in documents.iter().step_by(20) {
        let mut bytes = Vec::new();
        library::copy_bytes(app, &actor, client, &document.received.id, &mut bytes).await.unwrap();
        assert_eq!(
            journal::hex(digest(&SHA256, &bytes).as_ref()),
            document.received.sha256,
            "{}",
            document.received.file_name
        );
        let shown = library::show(app, &actor, client, &document.received.id).await.unwrap();
        assert!(!shown.equations.is_empty() && shown.equations.iter().all(ledger::proof::Equation::holds));
    }
}

#[tokio::test]
async fn its_months_and_batches_are_still_what_was_handed_out() {
    let Kept { app, client, .. } = &open().await;
    let actor = Actor::CommandLine;
    let all = (Month::parse("2020-01").unwrap(), Month::parse("2030-12").unwrap());
    let months = months::months(app, &actor, client, all).await.unwrap();
    assert_eq!(months.iter().map(|month| month.rows).sum::<u64>(), MOVEMENTS);
    let batches = batch::history(app, &actor, client, all).await.unwrap();
    assert_eq!(batches.len(), 7);
    for begun in &batches {
        let found = batch::find(app, &actor, client, &begun.begun.id).await.unwrap();
        assert!(!found.files.is_empty());
        for file in &found.files {
            let (mut hash, mut number) = (Context::new(&SHA256), 0);
            while let Some(piece) = batch::piece(app, &found, file.number, number).await.unwrap() {
                hash.update(&piece);
                number += 1;
            }
            assert_eq!(journal::hex(hash.finish().as_ref()), file.sha256, "{}", file.name);
        }
    }
}

#[tokio::test]
async fn everything_that_is_kept_is_recomputed_and_fits() {
    let Kept { app, .. } = &open().await;
    let verified = verify::verify(&app.database, Arc::new(Silent)).await.unwrap();
    assert!(verified.mismatch.is_none(), "{:?}", verified.mismatch);
    assert_eq!((verified.counted.journal_lines, verified.counted.documents), (218, 201));
}

#[tokio::test]
async fn its_connection_is_still_there_with_its_sealed_key() {
    let Kept { app, client, .. } = &open().await;
    let list = connections::overviews(app, &Actor::CommandLine, client).await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].shown, Shown::Ok);
}
