//! The process ends at any step: the report is wholly in or not at all, and importing again brings it in.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::documents::{Imported, import};
use app::{Actor, Progress};
use jiff::SignedDuration;
use store::Database;
use store::id::ClientId;
use testkit::both_databases;
use testkit::database::TestDatabase;

use crate::desk::{desk, desk_with, one_report, received};

/// The database, the client and the number of the step at which the child ends.
const CHILD: &str = "KONTOR_TEST_DYING_IMPORT";

/// Rows for two slices, and bytes for more than one piece.
const ROWS: u64 = 12_000;

/// Ends the process at a step, without a word to anybody.
struct Dying(AtomicU32);

impl Progress for Dying {
    fn advance(&self, _bytes: u64) {}

    fn step(&self, _name: &'static str) {
        if self.0.fetch_sub(1, Ordering::SeqCst) == 1 {
            std::process::abort();
        }
    }
}

/// Not a test of its own: the process that dies.
#[tokio::test]
async fn child_that_dies() {
    let Ok(order) = std::env::var(CHILD) else { return };
    let [address, client, step] = order.split('\t').collect::<Vec<_>>()[..] else { panic!("{order}") };
    let database = Database::open(address).await.unwrap();
    let step: u32 = step.parse().unwrap();
    let desk = desk_with(&database, u64::from(step) + 100).await;
    let (name, bytes) = one_report(ROWS);
    let client = ClientId::parse(client).unwrap();
    let dying = Arc::new(Dying(AtomicU32::new(step)));
    import(&desk.app, &Actor::CommandLine, &client, received(&name, &bytes), dying).await.unwrap();
}

/// Runs an import that dies at a step. Did it die?
fn dies(test: &TestDatabase, client: &ClientId, step: u32) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kills::child_that_dies"])
        .env(CHILD, format!("{}\t{client}\t{step}", test.address))
        .output()
        .unwrap()
        .status;
    !status.success()
}

both_databases! {
    async fn after_a_kill_at_any_step_a_report_is_wholly_in_or_not_at_all(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(ROWS);
        let mut step = 1;
        while dies(&test, &desk.client, step) {
            let list = app::documents::library::list(&desk.app, &Actor::CommandLine, &desk.client, None, None, 10);
            let seen = list.await.unwrap();
            let (walk, query) = (app::documents::movements::Walk::Oldest, app::documents::movements::Query::default());
            let page = app::documents::movements::list(
                &desk.app, &Actor::CommandLine, &desk.client, &walk, &query, None, 10);
            let rows = page.await.unwrap().rows.len();
            match (seen.len(), rows) {
                (0, 0) | (1, 10) => {}
                other => panic!("after step {step} there are {other:?}"),
            }
            if seen.len() == 1 {
                break;
            }
            step += 1;
            assert!(step < 50, "an import has not that many steps");
        }
        assert!(step >= 6, "the import was killed at {step} steps");
        // All that the dead left behind is removed, once their leases have run out.
        desk.machine.advance(SignedDuration::from_hours(1));
        assert!(matches!(desk.import(&name, &bytes).await.unwrap(), Imported::AlreadyThere(_)));
        let counts = desk.counts().await;
        let rows = i64::try_from(ROWS).unwrap();
        assert_eq!((counts[0], counts[2], counts[4], counts[6]), (1, 1, rows, rows));
        let expected: i64 = crate::desk::rows_of(&bytes).iter().map(|row| {
            let texts = [row.seller_order_id(), row.order_reference_id(), row.transaction_id(), row.seller_reference_id()];
            i64::try_from(texts.iter().filter(|text| !text.is_empty()).count()).unwrap()
        }).sum();
        assert_eq!(counts[5], expected);
    }
}
