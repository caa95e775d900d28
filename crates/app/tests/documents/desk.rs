//! What the tests of documents share: an app with a client, and reports.

use std::sync::Arc;

use amazon_pay::generate::{Settings, Style, World, write_csv};
use amazon_pay::report::{SettlementReport, SettlementRow};
use app::documents::{Imported, Received, Receiver, Source, import};
use app::{Actor, App, AppError, Silent};
use jiff::Timestamp;
use store::id::ClientId;
use store::{Database, Vault, client, transact};
use testkit::machine::TestMachine;

pub(crate) const NOW: &str = "2026-11-25T08:00:00Z";

pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) machine: Arc<TestMachine>,
    pub(crate) client: ClientId,
}

pub(crate) async fn desk(database: &Database) -> Desk {
    desk_with(database, 1).await
}

/// Another process would have another seed.
pub(crate) async fn desk_with(database: &Database, seed: u64) -> Desk {
    let now: Timestamp = NOW.parse().unwrap();
    let machine = Arc::new(TestMachine::new(now, seed));
    let app = App::new(database.clone(), machine.clone(), Vault::in_memory(&*machine));
    let client = new_client(&app, "Nordlicht").await;
    Desk { app, machine, client }
}

pub(crate) async fn new_client(app: &App, name: &str) -> ClientId {
    let id = ClientId::new(&*app.machine);
    let now = app.now();
    transact!(app.database, transaction => client::insert(transaction, &id, name, now).await).unwrap();
    id
}

/// The reports of a merchant: name and bytes.
pub(crate) fn reports(settings: Settings) -> Vec<(String, Vec<u8>)> {
    let world = World::new(settings).unwrap();
    world
        .map(|settlement| {
            let name = format!("settlement-{}.csv", settlement.head.settlement_id);
            (name, write_csv(&settlement, Vec::new(), Style::default()).unwrap())
        })
        .collect()
}

pub(crate) fn small() -> Settings {
    Settings { rows: 600, months: 1, settlements: Some(4), ..Settings::default() }
}

pub(crate) fn one_report(rows: u64) -> (String, Vec<u8>) {
    let settings = Settings { rows, months: 1, settlements: Some(1), ..Settings::default() };
    reports(settings).remove(0)
}

pub(crate) fn received(name: &str, bytes: &[u8]) -> Received {
    let mut receiver = Receiver::new().unwrap();
    receiver.take_all(bytes).unwrap();
    receiver.finish(name, Source::Upload).unwrap()
}

impl Desk {
    pub(crate) async fn import(&self, name: &str, bytes: &[u8]) -> Result<Imported, AppError> {
        self.import_for(&self.client, name, bytes).await
    }

    pub(crate) async fn import_for(
        &self,
        client: &ClientId,
        name: &str,
        bytes: &[u8],
    ) -> Result<Imported, AppError> {
        let received = received(name, bytes);
        import(&self.app, &Actor::CommandLine, client, received, Arc::new(Silent)).await
    }

    /// How many rows each table of documents has.
    pub(crate) async fn counts(&self) -> [i64; 7] {
        let mut transaction = self.app.database.read().await.unwrap();
        let mut counts = [0; 7];
        let statements = [
            "SELECT COUNT(*) FROM document",
            "SELECT COUNT(*) FROM document_piece",
            "SELECT COUNT(*) FROM settlement",
            "SELECT COUNT(*) FROM settlement_sum",
            "SELECT COUNT(*) FROM movement",
            "SELECT COUNT(*) FROM movement_identifier",
            "SELECT COUNT(*) FROM movement_amount",
        ];
        for (count, statement) in counts.iter_mut().zip(statements) {
            *count = transaction.fetch_one(statement, Vec::new()).await.unwrap().get(0).unwrap();
        }
        counts
    }

    /// The actions in the client's journal, the newest first.
    pub(crate) async fn journal(&self) -> Vec<String> {
        let mut transaction = self.app.database.read().await.unwrap();
        let lines = store::journal::of_client(&mut transaction, &self.client, None, 100).await.unwrap();
        lines.into_iter().map(|line| line.action).collect()
    }
}

/// The rows of a report, read without Kontor's store.
pub(crate) fn rows_of(bytes: &[u8]) -> Vec<SettlementRow> {
    let mut report = SettlementReport::open(bytes).unwrap();
    let (mut rows, mut row) = (Vec::new(), SettlementRow::default());
    while report.read(&mut row).unwrap() {
        rows.push(row.clone());
    }
    rows
}

/// The word for programs of a refusal.
pub(crate) fn code(result: Result<Imported, AppError>) -> &'static str {
    match result {
        Err(AppError::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}
