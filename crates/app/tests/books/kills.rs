//! The process ends at any step of an export: the batch is wholly there or not at all, and exporting again hands it out;
//! two exports at once make one batch.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::books::batch::{find, history};
use app::books::export::export;
use app::verify::verify;
use app::{App, Silent};
use jiff::{SignedDuration, Timestamp};
use store::id::ClientId;
use store::{Database, Machine, Vault};
use testkit::both_databases;
use testkit::database::TestDatabase;
use testkit::machine::TestMachine;

use crate::desk::{Desk, ME, confirmed, desk, october};

/// The database, the client and the number of the step at which the child ends.
const CHILD: &str = "KONTOR_TEST_DYING_EXPORT";

/// Ends the process when it is asked for the time or for randomness so often, which an export does before each of its
/// transactions and within the last one.
#[derive(Debug)]
struct Dying(TestMachine, AtomicU32);

impl Dying {
    fn step(&self) {
        if self.1.fetch_sub(1, Ordering::SeqCst) == 1 {
            std::process::abort();
        }
    }
}

impl Machine for Dying {
    fn now(&self) -> Timestamp {
        self.step();
        self.0.now()
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.step();
        self.0.fill(bytes);
    }
}

/// Not a test of its own: the process that dies.
#[tokio::test]
async fn child_that_dies() {
    let Ok(order) = std::env::var(CHILD) else { return };
    let [address, client, step] = order.split('\t').collect::<Vec<_>>()[..] else { panic!("{order}") };
    let database = Database::open(address).await.unwrap();
    let step: u32 = step.parse().unwrap();
    let machine = TestMachine::new("2026-12-05T08:00:00Z".parse().unwrap(), u64::from(step) + 100);
    let vault = Vault::in_memory(&machine);
    let app = App::new(database, Arc::new(Dying(machine, AtomicU32::new(step))), vault);
    export(&app, &ME, &ClientId::parse(client).unwrap(), october(), None).await.unwrap();
}

/// Runs an export that dies at a step. Did it die?
fn dies(test: &TestDatabase, client: &ClientId, step: u32) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kills::child_that_dies"])
        .env(CHILD, format!("{}\t{client}\t{step}", test.address))
        .output()
        .unwrap()
        .status;
    !status.success()
}

async fn batches(desk: &Desk) -> usize {
    history(&desk.app, &ME, &desk.client, (october(), october())).await.unwrap().len()
}

both_databases! {
    async fn after_a_kill_at_any_step_a_batch_is_wholly_there_or_not_at_all(test) {
        let desk = desk(&test.database).await;
        let mut step = 1;
        // What the dead left behind is in the way until its lease has run out.
        let mut later = desk.app.now();
        while dies(&test, &desk.client, step) {
            assert_eq!(batches(&desk).await, 0, "after step {step}");
            later += SignedDuration::from_hours(1);
            let machine = Arc::new(TestMachine::new(later, u64::from(step) + 1000));
            let app = App::new(test.database.clone(), machine, desk.app.vault.clone());
            let verified = verify(&test.database, Arc::new(Silent)).await.unwrap();
            assert_eq!(verified.mismatch, None, "after step {step}");
            give_up_left_behind(&app).await;
            step += 1;
            assert!(step < 60, "an export has not that many steps");
        }
        assert!(step >= 5, "the export was killed at {step} steps");
        // The last child lived: its batch is there, whole, and the only one.
        assert_eq!(batches(&desk).await, 1);
        let all = history(&desk.app, &ME, &desk.client, (october(), october())).await.unwrap();
        let found = find(&desk.app, &ME, &desk.client, &all[0].begun.id).await.unwrap();
        let name = "EXTF_Buchungsstapel_2026-10.csv";
        assert!(desk.bytes(&found, 0).await == desk.converted(&confirmed(), october(), name));
        assert_eq!(verify(&test.database, Arc::new(Silent)).await.unwrap().mismatch, None);
    }

    async fn two_exports_of_a_month_at_once_make_one_batch(test) {
        let one = desk(&test.database).await;
        let other = Database::open(&test.address).await.unwrap();
        let machine = Arc::new(TestMachine::new(one.app.now(), 77));
        let other = App::new(other, machine, one.app.vault.clone());
        let exports = (
            export(&one.app, &ME, &one.client, october(), None),
            export(&other, &ME, &one.client, october(), None),
        );
        let (first, second) = tokio::join!(exports.0, exports.1);
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
        let refused = first.err().or(second.err()).unwrap();
        let code = refused.refusal().unwrap_or_else(|| panic!("{refused:?}")).code;
        assert!(["export-running", "already-exported"].contains(&code), "{code}");
        assert_eq!(batches(&one).await, 1);
        assert_eq!(verify(&test.database, Arc::new(Silent)).await.unwrap().mismatch, None);
    }
}

/// What every export does first.
async fn give_up_left_behind(app: &App) {
    let mut transaction = app.database.begin().await.unwrap();
    for batch in store::batches::left_behind(&mut transaction, app.now(), 10).await.unwrap() {
        store::batches::give_up(&mut transaction, &batch).await.unwrap();
    }
    transaction.commit().await.unwrap();
}
