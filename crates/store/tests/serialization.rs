//! What PostgreSQL undoes because others came in between is done again, and nothing else is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use store::{Database, StoreError, Transaction, arguments, transact};
use testkit::database::postgres;
use tokio::sync::Barrier;

async fn count(transaction: &mut Transaction) -> Result<i64, StoreError> {
    transaction.fetch_one("SELECT COUNT(*) FROM login_attempt", arguments![]).await?.get(0)
}

async fn note(transaction: &mut Transaction, subject: &str, failures: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO login_attempt (subject, failures, blocked_until, last_at) VALUES ($1, $2, 0, 0)";
    transaction.execute(sql, arguments![subject, failures]).await?;
    Ok(())
}

/// Notes how many notes there are already. All read at first, and only then does anybody write, so that of all but one
/// what was read is no longer true (write skew, which only serialisable transactions refuse).
async fn note_the_count(
    database: &Database,
    subject: &'static str,
    together: &Barrier,
    tries: &AtomicU32,
) -> Result<(), StoreError> {
    let met = AtomicU32::new(0);
    transact!(database, transaction => {
        tries.fetch_add(1, Ordering::SeqCst);
        let number = count(transaction).await?;
        if met.fetch_add(1, Ordering::SeqCst) == 0 {
            together.wait().await;
        }
        note(transaction, subject, number).await
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_that_saw_the_same_are_done_one_after_the_other() {
    let test = postgres().await;
    let together = Arc::new(Barrier::new(4));
    let tries = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = ["a", "b", "c", "d"]
        .map(|subject| {
            let (database, together, tries) =
                (test.database.clone(), Arc::clone(&together), Arc::clone(&tries));
            tokio::spawn(async move { note_the_count(&database, subject, &together, &tries).await })
        })
        .into();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let mut transaction = test.database.read().await.unwrap();
    let sql = "SELECT failures FROM login_attempt ORDER BY failures";
    let rows = transaction.fetch_all(sql, arguments![]).await.unwrap();
    let seen: Vec<i64> = rows.iter().map(|row| row.get(0).unwrap()).collect();
    assert_eq!(seen, [0, 1, 2, 3], "as if they had run one after the other");
    assert!(tries.load(Ordering::SeqCst) > 4, "at least one was undone by the database");
}

/// Fails as PostgreSQL fails, with a state of our choice.
async fn fail(transaction: &mut Transaction, sql: &'static str) -> Result<(), StoreError> {
    transaction.execute(sql, arguments![]).await.map(drop)
}

const SERIALIZATION: &str = "DO $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END $$";
const DEADLOCK: &str = "DO $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '40P01'; END $$";
const OTHER: &str = "DO $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '22003'; END $$";

#[tokio::test]
async fn injected_failures_are_got_over_and_leave_one_row() {
    let test = postgres().await;
    for (subject, sql) in [("serialization", SERIALIZATION), ("deadlock", DEADLOCK)] {
        let mut tries = 0;
        let done: Result<(), StoreError> = transact!(test.database, transaction => {
            tries += 1;
            note(transaction, subject, tries).await?;
            if tries < 6 { fail(transaction, sql).await } else { Ok(()) }
        });
        done.unwrap();
        assert_eq!(tries, 6);
    }
    let mut transaction = test.database.read().await.unwrap();
    assert_eq!(count(&mut transaction).await.unwrap(), 2, "what was undone left nothing");
}

#[tokio::test]
async fn other_failures_are_not_tried_again_and_endless_ones_end() {
    let test = postgres().await;
    for (sql, most) in [(OTHER, 1), (SERIALIZATION, 20)] {
        let mut tries = 0;
        let failed: Result<(), StoreError> = transact!(test.database, transaction => {
            tries += 1;
            note(transaction, "never", 1).await?;
            fail(transaction, sql).await
        });
        assert!(failed.is_err());
        assert_eq!(tries, most);
    }
    let mut transaction = test.database.read().await.unwrap();
    assert_eq!(count(&mut transaction).await.unwrap(), 0);
}
