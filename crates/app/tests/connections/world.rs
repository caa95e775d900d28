//! A house with one client, a merchant at the simulated Amazon, and a shelf for what is fetched.

use std::collections::BTreeMap;
use std::io::BufReader;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use amazon_pay::client::Clock;
use amazon_pay::key::{Environment, PrivateKey};
use amazon_pay::model::ReportType;
use amazon_pay::report::{SettlementReport, SettlementRow, TransactionType};
use amazon_pay::simulator::{Builder, Control, Credentials, Running, Simulator};
use app::connections::{self, ConnectForm, Connected, KeyForm, Overview};
use app::fetch::{Receive, Received, Receiving, Reception};
use app::jobs::Worker;
use app::{Actor, App, AppError, Outside, Refusal, RefusalKind};
use jiff::{SignedDuration, Timestamp};
use store::id::{ClientId, ConnectionId, DocumentId};
use store::{Machine as _, StoreError, Vault, arguments, transact};
use testkit::database::TestDatabase;
use testkit::machine::TestMachine;

pub(crate) const KEY: &[u8] = include_bytes!("../../../amazon-pay/tests/keys/rsa-pkcs8.pem");
pub(crate) const KEY_ID: &str = "LIVE-AFVX7ULWSGBZ5535PCUQOY7B";
pub(crate) const SELLER: &str = "A3TESTSELLER01";

/// The clock of the test for both sides; whoever waits by it moves it.
#[derive(Debug, Clone)]
pub(crate) struct SharedMachine(pub(crate) Arc<TestMachine>);

impl Clock for SharedMachine {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.advance(duration.try_into().unwrap());
        Box::pin(tokio::task::yield_now())
    }
}

/// What was received, by client and settlement.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) settlements: Mutex<BTreeMap<String, (u64, u32)>>,
}

impl Shelf {
    /// How often each settlement came in; each once is what is wanted.
    pub(crate) fn times(&self) -> Vec<u32> {
        self.settlements.lock().unwrap().values().map(|(_, times)| *times).collect()
    }

    /// All so many came in; one that was in hand when a worker died came twice, and counts once.
    pub(crate) fn has_all(&self, number: usize) -> bool {
        let times = self.times();
        times.len() == number && times.iter().sum::<u32>() <= u32::try_from(number).unwrap() + 1
    }

    fn take(&self, app: &App, received: &Received<'_>) -> Reception {
        let file = std::fs::File::open(received.file).unwrap();
        let (settlement, rows, unknown) = match read(file, &received.connection.seller_id) {
            Ok(read) => read,
            Err(why) => {
                let refusal = Refusal::new(RefusalKind::Invalid, "report-broken", why.clone(), why);
                return Reception::Refused(refusal);
            }
        };
        let document = DocumentId::new(app.machine.as_ref());
        let mut settlements = self.settlements.lock().unwrap();
        let key = format!("{} {settlement}", received.connection.client);
        let (_, times) = settlements.entry(key).or_insert((rows, 0));
        *times += 1;
        if *times > 1 {
            return Reception::There { document, settlement };
        }
        Reception::Kept { document, settlement, movements: rows, unknown_kinds: unknown }
    }
}

/// The settlement's number, its rows, and the kinds that nobody knows.
fn read(file: std::fs::File, seller: &str) -> Result<(String, u64, Vec<String>), String> {
    let mut report = SettlementReport::open(BufReader::new(file)).map_err(|error| error.to_string())?;
    let found = report.preamble().seller_id.clone();
    if found != seller {
        return Err(format!("the report is of {found}"));
    }
    let (mut row, mut rows, mut unknown) = (SettlementRow::default(), 0, Vec::new());
    while report.read(&mut row).map_err(|error| error.to_string())? {
        rows += 1;
        if row.transaction_type() == TransactionType::Unknown {
            unknown.push(row.transaction_type_text().to_owned());
        }
    }
    let settlement = report.settlement_id().unwrap_or_default().to_owned();
    Ok((settlement, rows, unknown))
}

impl Receive for Shelf {
    fn receive<'a>(&'a self, app: &'a App, received: Received<'a>) -> Receiving<'a> {
        Box::pin(async move { Ok(self.take(app, &received)) })
    }
}

/// Everything that a test needs.
pub(crate) struct World {
    pub(crate) machine: Arc<TestMachine>,
    _test: TestDatabase,
    pub(crate) app: App,
    pub(crate) client: ClientId,
    pub(crate) running: Running,
    pub(crate) shelf: Arc<Shelf>,
}

impl World {
    pub(crate) async fn new(test: TestDatabase) -> Self {
        Self::with(test, |builder| builder).await
    }

    pub(crate) async fn with(test: TestDatabase, set: impl FnOnce(Builder) -> Builder) -> Self {
        let start = "2026-11-23T08:00:00Z".parse().unwrap();
        let machine = Arc::new(TestMachine::new(start, 7));
        let clock = SharedMachine(Arc::clone(&machine));
        let builder = Simulator::builder(clock.clone())
            .rows(600)
            .merchant_id(SELLER)
            .throttling(false)
            .key(KEY_ID.parse().unwrap(), PrivateKey::from_pem(KEY).unwrap());
        let running = set(builder).start().await.unwrap();
        let vault = Vault::in_memory(machine.as_ref());
        let mut app = App::new(test.database.clone(), machine.clone(), vault);
        app.outside = Outside::with_clock(Arc::new(clock));
        app.outside.rate_limit = None;
        app.outside.other_endpoints = true;
        let client = add_client(&app, 1).await;
        Self { machine, _test: test, app, client, running, shelf: Arc::default() }
    }

    pub(crate) fn control(&self) -> Control {
        self.running.control()
    }

    pub(crate) fn worker(&self) -> Worker {
        Worker::new(self.app.clone(), self.shelf.clone())
    }

    /// The form as a person would fill it in rightly.
    pub(crate) fn form(&self) -> ConnectForm {
        ConnectForm {
            label: "Mein Laden".to_owned(),
            seller_id: SELLER.to_owned(),
            key: key_form(KEY_ID, KEY),
            start_date: String::new(),
            endpoint: Some(self.running.endpoint().to_owned()),
        }
    }

    pub(crate) async fn try_connect(&self, form: &ConnectForm) -> Result<Connected, AppError> {
        connections::connect(&self.app, &Actor::CommandLine, &self.client, form).await
    }

    pub(crate) async fn connect(&self) -> Connected {
        self.try_connect(&self.form()).await.unwrap()
    }

    pub(crate) async fn overview(&self, id: &ConnectionId) -> Overview {
        connections::overview(&self.app, &Actor::CommandLine, &self.client, id).await.unwrap()
    }

    pub(crate) async fn fetch_now(&self, id: &ConnectionId) {
        connections::fetch_now(&self.app, &Actor::CommandLine, &self.client, id).await.unwrap();
        self.worker().work_all().await.unwrap();
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        self.machine.advance(by);
    }

    /// How many settlement reports Amazon has.
    pub(crate) fn reports_at_amazon(&self) -> usize {
        let files = self.control().report_files(Environment::Live);
        files.iter().filter(|file| file.report.report_type == ReportType::Settlement).count()
    }
}

pub(crate) fn key_form(id: &str, key: &[u8]) -> KeyForm {
    KeyForm { public_key_id: id.to_owned(), private_key: key.to_vec().into() }
}

pub(crate) fn key_of(credentials: &Credentials) -> KeyForm {
    key_form(credentials.public_key_id().as_str(), credentials.pem().as_bytes())
}

pub(crate) async fn add_client(app: &App, number: i64) -> ClientId {
    let id = ClientId::new(app.machine.as_ref());
    let added: Result<u64, StoreError> = transact!(app.database, transaction => transaction
        .execute(
            "INSERT INTO client (id, number, name, created_at) VALUES ($1, $2, $3, $4)",
            arguments![&id, number, format!("Mandant {number}"), app.now()],
        )
        .await);
    added.unwrap();
    id
}

/// The code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> &'static str {
    let error = outcome.unwrap_err();
    error.refusal().unwrap_or_else(|| panic!("{error:?}")).code
}
