//! A job is held by one at a time, whoever tries, and nobody's silence keeps it for ever.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use store::connections::Trouble;
use store::id::JobId;
use store::jobs::{self, Answer, Job, JobState, NewJob, Sign};
use store::{Database, StoreError, transact};
use testkit::both_databases;
use testkit::machine::TestMachine;

const LEASE: SignedDuration = SignedDuration::from_mins(2);

fn start() -> Timestamp {
    "2026-11-25T08:00:00Z".parse().unwrap()
}

async fn add(database: &Database, machine: &TestMachine, subject: &str, urgency: u32) -> JobId {
    use store::Machine as _;
    let (id, at) = (JobId::new(machine), machine.now());
    let job = NewJob {
        id: &id,
        kind: "fetch",
        client: None,
        subject,
        urgency,
        due_at: at,
        attempts_most: 5,
        asked_by: "system",
        at,
    };
    let added: Result<JobId, StoreError> =
        transact!(database, transaction => jobs::enqueue(transaction, &job).await);
    added.unwrap()
}

async fn claim(database: &Database, id: &JobId, holder: &str, now: Timestamp) -> Option<Job> {
    let claimed: Result<Option<Job>, StoreError> =
        transact!(database, transaction => jobs::claim(transaction, id, holder, now, now + LEASE).await);
    claimed.unwrap()
}

fn well() -> Trouble {
    Trouble { code: "done".to_owned(), german: "fertig".to_owned(), english: "done".to_owned() }
}

async fn end(database: &Database, id: &JobId, holder: &str) -> bool {
    let ended: Result<bool, StoreError> = transact!(database, transaction =>
        jobs::end(transaction, id, holder, JobState::Done, &well(), start()).await);
    ended.unwrap()
}

both_databases! {
    async fn of_ten_who_want_a_job_one_gets_it(test) {
        let machine = TestMachine::new(start(), 1);
        let id = add(&test.database, &machine, "connection", 1).await;
        let database = Arc::new(test.database);
        let tasks: Vec<_> = (0..10)
            .map(|number| {
                let (database, id) = (Arc::clone(&database), id.clone());
                tokio::spawn(async move { claim(&database, &id, &format!("worker {number}"), start()).await })
            })
            .collect();
        let mut got = 0;
        for task in tasks {
            got += usize::from(task.await.unwrap().is_some());
        }
        assert_eq!(got, 1);
    }

    async fn a_subject_is_worked_on_once_at_a_time(test) {
        let machine = TestMachine::new(start(), 1);
        let first = add(&test.database, &machine, "connection", 1).await;
        assert_eq!(add(&test.database, &machine, "connection", 1).await, first, "it waits already");
        claim(&test.database, &first, "a", start()).await.unwrap();
        let id = JobId::new(&machine);
        let other = NewJob {
            id: &id, kind: "check", client: None, subject: "connection", urgency: 9, due_at: start(),
            attempts_most: 1, asked_by: "system", at: start(),
        };
        let second: Result<JobId, StoreError> =
            transact!(test.database, transaction => jobs::enqueue(transaction, &other).await);
        let second = second.unwrap();
        assert_ne!(second, first);
        let claimable = jobs::claimable(&mut test.database.read().await.unwrap(), start(), 10).await.unwrap();
        assert!(claimable.is_empty());
        assert!(claim(&test.database, &second, "b", start()).await.is_none());
        assert!(end(&test.database, &first, "a").await);
        assert!(claim(&test.database, &second, "b", start()).await.is_some());
    }

    async fn who_falls_silent_loses_the_job_and_cannot_end_it(test) {
        let machine = TestMachine::new(start(), 1);
        let id = add(&test.database, &machine, "connection", 1).await;
        claim(&test.database, &id, "a", start()).await.unwrap();
        let later = start() + LEASE + SignedDuration::from_secs(1);
        assert!(claim(&test.database, &id, "b", start() + LEASE).await.is_none(), "the lease still holds");
        let job = claim(&test.database, &id, "b", later).await.unwrap();
        assert_eq!((job.state, job.attempts), (JobState::Running, 2));
        assert!(!end(&test.database, &id, "a").await);
        let sign = Sign { step: "list", done: 1, total: 2, lease_until: later + LEASE };
        let mut transaction = test.database.begin().await.unwrap();
        assert_eq!(jobs::sign(&mut transaction, &id, "a", &sign).await.unwrap(), Answer::Lost);
        assert_eq!(jobs::sign(&mut transaction, &id, "b", &sign).await.unwrap(), Answer::Yours);
        assert!(jobs::cancel(&mut transaction, &id, later).await.unwrap());
        assert_eq!(jobs::renew(&mut transaction, &id, "b", later).await.unwrap(), Answer::Cancel);
        transaction.commit().await.unwrap();
        assert!(end(&test.database, &id, "b").await);
        let job = jobs::by_id(&mut test.database.read().await.unwrap(), &id).await.unwrap().unwrap();
        assert_eq!((job.state, job.step.as_str(), job.outcome), (JobState::Done, "list", Some(well())));
        let forgotten: Result<u64, StoreError> =
            transact!(test.database, transaction => jobs::forget(transaction, later, 10).await);
        assert_eq!(forgotten.unwrap(), 1);
    }

    async fn what_a_person_waits_for_goes_first(test) {
        let machine = TestMachine::new(start(), 1);
        let usual = add(&test.database, &machine, "one", 1).await;
        machine.advance(SignedDuration::from_secs(1));
        let urgent = add(&test.database, &machine, "two", 5).await;
        let now = start() + SignedDuration::from_mins(1);
        let mut transaction = test.database.read().await.unwrap();
        assert_eq!(jobs::claimable(&mut transaction, now, 10).await.unwrap(), [urgent.clone(), usual.clone()]);
        drop(transaction);
        machine.advance(SignedDuration::from_secs(1));
        assert_eq!(add(&test.database, &machine, "one", 9).await, usual);
        let mut transaction = test.database.read().await.unwrap();
        assert_eq!(jobs::claimable(&mut transaction, now, 10).await.unwrap(), [usual, urgent]);
        let queue = jobs::queue(&mut transaction, now).await.unwrap();
        assert_eq!((queue.waiting, queue.running), (2, 0));
        assert_eq!(queue.oldest_due_at, Some(start() + SignedDuration::from_secs(1)));
    }
}
