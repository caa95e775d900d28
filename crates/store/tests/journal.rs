//! The journal is one chain, whatever happens at once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use store::id::ClientId;
use store::journal::{self, Event};
use store::{Database, StoreError, transact};
use testkit::both_databases;
use testkit::machine::TestMachine;

fn event(subject: &str) -> Event<'_> {
    Event { client: None, actor: "operator", action: "test.happened", subject, content: "" }
}

async fn write(database: &Database, subject: &str) -> Result<(), StoreError> {
    let at = "2026-11-25T08:00:00Z".parse().unwrap();
    transact!(database, transaction => journal::append(transaction, at, event(subject)).await.map(drop))
}

both_databases! {
    async fn lines_written_at_once_form_one_chain(test) {
        let database = Arc::new(test.database);
        let tasks: Vec<_> = (0..8)
            .map(|number| {
                let database = Arc::clone(&database);
                tokio::spawn(async move { write(&database, &format!("thing {number}")).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let lines = journal::from(&mut database.read().await.unwrap(), 1, 100).await.unwrap();
        assert_eq!(lines.len(), 8);
        let mut previous = String::new();
        for (line, number) in lines.iter().zip(1..) {
            assert_eq!((line.number, &line.previous), (number, &previous));
            assert_eq!(line.hash, line.computed());
            previous.clone_from(&line.hash);
        }
    }

    async fn a_tab_cannot_make_two_lines_of_one_hash(test) {
        write(&test.database, "a\tb\nc").await.unwrap();
        let lines = journal::from(&mut test.database.read().await.unwrap(), 1, 100).await.unwrap();
        assert_eq!(lines[0].subject, "a b c");
    }

    async fn what_failed_leaves_nothing(test) {
        let at = "2026-11-25T08:00:00Z".parse().unwrap();
        let outcome: Result<(), StoreError> = transact!(test.database, transaction => {
            journal::append(transaction, at, event("thing")).await?;
            Err(StoreError::Address("no".to_owned()))
        });
        assert!(matches!(outcome, Err(StoreError::Address(_))));
        assert!(journal::from(&mut test.database.read().await.unwrap(), 1, 100).await.unwrap().is_empty());
    }
}

#[test]
fn identifiers_sort_by_time_and_only_canonical_text_is_one() {
    let machine = TestMachine::new("2026-11-25T08:00:00Z".parse().unwrap(), 1);
    let first = ClientId::new(&machine);
    machine.advance(jiff::SignedDuration::from_millis(1));
    let second = ClientId::new(&machine);
    assert!(first < second);
    assert_eq!(ClientId::parse(first.as_str()), Some(first.clone()));
    assert_eq!(ClientId::parse(&first.as_str().to_uppercase()), None);
    assert_eq!(ClientId::parse("1 OR 1=1"), None);
}
