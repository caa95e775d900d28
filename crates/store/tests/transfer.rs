//! Everything arrives on the other engine and comes back the same.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use store::id::{ClientId, UserId};
use store::journal::{self, Event};
use store::transfer::{Copied, TransferError, integrity_check, snapshot, transfer};
use store::{Database, StoreError, arguments, transact};
use testkit::database::{postgres, sqlite};
use testkit::machine::TestMachine;

const ODD: &str = "Tee\tund\nKekse \\N «Ümlaut» 🫖 ; \"'";

async fn fill(database: &Database) {
    let machine = TestMachine::new("2026-11-25T08:00:00Z".parse().unwrap(), 7);
    let (client, user) = (ClientId::new(&machine), UserId::new(&machine));
    let outcome: Result<(), StoreError> = transact!(database, transaction => {
        transaction
            .execute(
                "INSERT INTO client (id, number, name, created_at) VALUES ($1, $2, $3, $4)",
                arguments![&client, 1, ODD, i64::MAX],
            )
            .await?;
        transaction
            .execute(
                "INSERT INTO user_account (id, email, name, language, theme, operator, created_at, totp_sealed)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                arguments![&user, "a@example.org", "", "de", "auto", true, -1, vec![0_u8, 9, 10, 92, 255]],
            )
            .await?;
        transaction
            .execute(
                "INSERT INTO membership (client, user_account, role, created_at) VALUES ($1, $2, $3, $4)",
                arguments![&client, &user, "owner", 0],
            )
            .await?;
        for number in 0..2_000 {
            let subject = format!("{ODD} {number}");
            let event = Event {
                client: (number % 2 == 0).then_some(&client),
                actor: "a@example.org",
                action: "test.happened",
                subject: &subject,
                content: "",
            };
            journal::append(transaction, "2026-11-25T08:00:00.000001Z".parse().unwrap(), event).await?;
        }
        Ok(())
    });
    outcome.unwrap();
}

async fn account(database: &Database) -> (Vec<journal::Line>, String, Option<Vec<u8>>, bool) {
    let mut transaction = database.read().await.unwrap();
    let lines = journal::from(&mut transaction, 1, 10_000).await.unwrap();
    let row = transaction.fetch_one("SELECT name FROM client", arguments![]).await.unwrap();
    let user = transaction
        .fetch_one("SELECT totp_sealed, operator FROM user_account WHERE password_hash IS NULL", arguments![])
        .await
        .unwrap();
    (lines, row.get(0).unwrap(), user.get(0).unwrap(), user.get(1).unwrap())
}

fn rows(copied: &[Copied], table: &str) -> u64 {
    copied.iter().find(|copied| copied.table == table).unwrap().rows
}

#[tokio::test]
async fn what_goes_to_the_other_engine_comes_back_the_same() {
    let (first, server, last) = (sqlite().await, postgres().await, sqlite().await);
    fill(&first.database).await;
    let before = account(&first.database).await;
    let mut heard = 0;
    let there = transfer(&first.database, &server.database, |_, _| heard += 1).await.unwrap();
    assert_eq!((rows(&there, "journal"), rows(&there, "client"), heard > 0), (2_000, 1, true));
    assert_eq!(account(&server.database).await, before);
    let back = transfer(&server.database, &last.database, |_, _| ()).await.unwrap();
    assert_eq!(back, there);
    assert_eq!(account(&last.database).await, before);
    integrity_check(last.database.sqlite_file().unwrap()).await.unwrap();
}

#[tokio::test]
async fn only_an_empty_database_is_filled() {
    let (first, server) = (sqlite().await, postgres().await);
    fill(&first.database).await;
    fill(&server.database).await;
    for (from, to) in [(&first, &server), (&server, &first)] {
        let refused = transfer(&from.database, &to.database, |_, _| ()).await;
        assert!(matches!(refused, Err(TransferError::NotEmpty(_))), "{refused:?}");
    }
    let refused = transfer(&first.database, &first.database, |_, _| ()).await;
    assert!(matches!(refused, Err(TransferError::SameEngine)));
}

testkit::both_databases! {
    async fn a_snapshot_holds_one_moment_while_others_write(test) {
        fill(&test.database).await;
        let before = account(&test.database).await;
        let folder = tempfile::tempdir().unwrap();
        // A writer that has begun and not ended is not in it.
        let mut writing = test.database.begin().await.unwrap();
        writing.execute("DELETE FROM membership", arguments![]).await.unwrap();
        snapshot(&test.database, folder.path(), |_, _| ()).await.unwrap();
        writing.commit().await.unwrap();
        let copy = Database::sqlite(folder.path()).await.unwrap();
        assert_eq!(account(&copy).await, before);
        let mut reading = copy.read().await.unwrap();
        let row = reading.fetch_one("SELECT COUNT(*) FROM membership", arguments![]).await.unwrap();
        assert_eq!(row.get::<i64>(0).unwrap(), 1);
        integrity_check(copy.sqlite_file().unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn a_damaged_page_is_found() {
    let test = sqlite().await;
    fill(&test.database).await;
    let file = test.database.sqlite_file().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    snapshot(&test.database, folder.path(), |_, _| ()).await.unwrap();
    let copy = folder.path().join(file.file_name().unwrap());
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&copy, bytes).unwrap();
    let found = integrity_check(&copy).await;
    assert!(found.is_err(), "a page of rubbish went unnoticed");
}
