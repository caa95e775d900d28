//! One thing is changed behind Kontor's back, in each table that proves something.

use std::path::Path;
use std::sync::Arc;

use app::books::batch::{mark_processed, replace, withdraw};
use app::books::correct::correct;
use app::books::export::export;
use app::settings::AccountForm;
use app::verify::{Mismatch, verify};
use app::{Language, Silent};
use jiff::civil::date;
use ledger::calendar::Month;
use store::transfer::{snapshot, transfer};
use store::{Database, Engine, StoreError, arguments, transact};
use testkit::both_databases;
use testkit::database::TestDatabase;

use crate::desk::{self, ME, confirmed, october};

async fn mismatch(database: &Database) -> Option<Mismatch> {
    verify(database, Arc::new(Silent)).await.unwrap().mismatch
}

/// Does something that Kontor never does.
async fn tamper(database: &Database, sql: &'static str) {
    let touched: Result<u64, StoreError> =
        transact!(database, transaction => transaction.execute(sql, arguments![]).await);
    assert!(touched.unwrap() > 0, "{sql}");
}

/// Three months of settlements, one batch processed and corrected, one replaced.
async fn house(database: &Database) -> desk::Desk {
    let desk = desk::empty(database).await;
    desk.save(&confirmed()).await.unwrap();
    for place in 0..desk.reports.len() - 2 {
        desk.import(place).await;
    }
    let november = Month::of(date(2026, 11, 1));
    let (app, client) = (&desk.app, &desk.client);
    let batch = export(app, &ME, client, october(), None).await.unwrap();
    mark_processed(app, &ME, client, &batch.begun.id).await.unwrap();
    let mut changed = confirmed();
    changed.accounts.push(AccountForm {
        scope: Some("fee-chargeback".to_owned()),
        account: Some("4980".to_owned()),
        ..AccountForm::default()
    });
    desk.save(&changed).await.unwrap();
    correct(app, &ME, client, october(), None).await.unwrap();
    let second = export(app, &ME, client, november, None).await.unwrap();
    for place in desk.reports.len() - 2..desk.reports.len() {
        desk.import(place).await;
    }
    let third = replace(app, &ME, client, &second.begun.id).await.unwrap();
    withdraw(app, &ME, client, &third.begun.id).await.unwrap();
    desk
}

/// What is changed, and the word by which it must be named.
const DEEDS: [(&str, &str); 22] = [
    ("UPDATE journal SET actor = 'somebody else' WHERE number = 3", "journal-hash"),
    ("UPDATE journal SET hash = 'x' WHERE number = 2", "journal-hash"),
    ("UPDATE journal SET at = at + 1 WHERE number = 5", "journal-hash"),
    ("UPDATE journal SET previous = '' WHERE number = 4", "journal-chain"),
    ("DELETE FROM journal WHERE number = 2", "journal-gap"),
    ("DELETE FROM journal WHERE number = (SELECT MAX(number) FROM journal WHERE action = 'batch.exported')", "journal-gap"),
    ("UPDATE settings SET content = content || '# x' WHERE version = 2", "settings-bytes"),
    ("UPDATE settings SET sha256 = 'x' WHERE version = 1", "journal-content"),
    ("UPDATE document SET sha256 = 'x' WHERE id = (SELECT MIN(id) FROM document)", "journal-content"),
    ("UPDATE document SET state = 'discarded' WHERE id = (SELECT MIN(id) FROM document)", "journal-content"),
    ("UPDATE document SET row_count = row_count + 1 WHERE id = (SELECT MAX(id) FROM document)", "document-figure"),
    ("DELETE FROM document_piece WHERE document = (SELECT MIN(id) FROM document)", "document-bytes"),
    ("UPDATE document_piece SET content = (SELECT content FROM document_piece p WHERE p.document <> document_piece.document LIMIT 1)
      WHERE document = (SELECT MIN(id) FROM document)", "document-bytes"),
    ("UPDATE movement SET gross = gross + 1 WHERE settlement = 2 AND line = (SELECT MIN(line) FROM movement WHERE settlement = 2)", "row"),
    ("UPDATE movement SET seller_order = 'x' WHERE settlement = 3 AND line = (SELECT MAX(line) FROM movement WHERE settlement = 3)", "row"),
    ("DELETE FROM movement WHERE settlement = 2 AND line = (SELECT MAX(line) FROM movement WHERE settlement = 2)", "row"),
    ("UPDATE settlement_sum SET gross = gross + 1 WHERE settlement = 2 AND place = 0", "sum"),
    ("DELETE FROM settlement_sum WHERE settlement = 2 AND place = 0", "sum"),
    ("UPDATE settlement SET chain = REPLACE(chain, 'owed', 'owned') WHERE number = 1", "chain"),
    ("UPDATE batch_file SET debit = debit + 1 WHERE kind = 'postings' AND batch = (SELECT MIN(id) FROM batch)", "batch-figures"),
    ("UPDATE batch SET posting_count = posting_count + 1 WHERE id = (SELECT MIN(id) FROM batch)", "batch-postings"),
    ("UPDATE batch SET fingerprint = 'x' WHERE id = (SELECT MAX(id) FROM batch)", "batch-entries"),
];

/// The same of what hurts the bytes and hashes of batches.
const MORE: [(&str, &str); 5] = [
    ("UPDATE batch SET sha256 = 'x' WHERE id = (SELECT MIN(id) FROM batch)", "journal-content"),
    (
        "UPDATE batch_file SET sha256 = 'x' WHERE number = 1 AND batch = (SELECT MIN(id) FROM batch)",
        "batch-bytes",
    ),
    ("DELETE FROM batch_piece WHERE file = 0 AND batch = (SELECT MAX(id) FROM batch)", "batch-bytes"),
    (
        "UPDATE batch SET sheet = REPLACE(sheet, '\"postings\":', '\"postings\":1') WHERE id = (SELECT MIN(id) FROM batch)",
        "batch-sheet",
    ),
    ("DELETE FROM batch_settlement WHERE batch = (SELECT MIN(id) FROM batch)", "batch-entries"),
];

both_databases! {
    async fn all_fits_where_nobody_tampered(test) {
        let desk = house(&test.database).await;
        let verified = verify(&test.database, Arc::new(Silent)).await.unwrap();
        assert_eq!(verified.mismatch.map(|mismatch| mismatch.text(Language::En)), None);
        let counted = verified.counted;
        assert_eq!(counted.documents, u64::try_from(desk.reports.len()).unwrap());
        assert_eq!((counted.rows, counted.batches, counted.settings), (900, 4, 2));
        assert!(counted.journal_lines > 18 && counted.postings > 600, "{counted:?}");
    }

    async fn whatever_is_changed_is_named(test) {
        house(&test.database).await;
        let folder = tempfile::tempdir().unwrap();
        snapshot(&test.database, folder.path(), |_, _| ()).await.unwrap();
        let kept = Database::sqlite(folder.path()).await.unwrap();
        for (sql, code) in DEEDS.into_iter().chain(MORE) {
            let copy = copy_of(&kept, test.database.engine()).await;
            tamper(&copy.database, sql).await;
            let found = mismatch(&copy.database).await.unwrap_or_else(|| panic!("nothing is said of: {sql}"));
            assert_eq!(found.code, code, "{sql}\n{}", found.text(Language::En));
            let (german, english) = (found.text(Language::De), found.text(Language::En));
            assert!(german.contains("erwartet") && english.contains("expected") && german != english);
            copy.database.close().await;
        }
    }
}

/// The same house once more, on an engine.
async fn copy_of(kept: &Database, engine: Engine) -> TestDatabase {
    match engine {
        Engine::Postgres => {
            let copy = testkit::database::postgres().await;
            transfer(kept, &copy.database, |_, _| ()).await.unwrap();
            copy
        }
        Engine::Sqlite => {
            let mut copy = testkit::database::sqlite().await;
            copy.database.close().await;
            let file = Path::new(&copy.address).join(Database::FILE);
            std::fs::remove_file(&file).unwrap();
            snapshot(kept, Path::new(&copy.address), |_, _| ()).await.unwrap();
            copy.database = Database::open(&copy.address).await.unwrap();
            copy
        }
    }
}
