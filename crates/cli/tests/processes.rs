//! Several processes on one PostgreSQL: workers are killed at random, the database is restarted, Amazon is unreliable; in
//! the end every settlement is there exactly once, and every batch left once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(unix)]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use amazon_pay::client::{Clock, RetryPolicy};
use amazon_pay::key::Environment;
use amazon_pay::model::ReportType;
use amazon_pay::simulator::{Running, Simulator};
use app::automation::{WaysForm, save};
use app::connections::{self, ConnectForm, KeyForm};
use app::settings::{Document, stored};
use app::{Actor, App, AppError, Language};
use jiff::Timestamp;
use kontor::house::HouseArguments;
use ledger::chart::Chart;
use rand::rngs::SmallRng;
use rand::{RngExt as _, SeedableRng as _};
use store::id::{ClientId, ConnectionId};
use store::{arguments, transact};
use testkit::postgres::Server;

const ME: Actor = Actor::CommandLine;
const WORKERS: usize = 3;
const WEBS: usize = 2;
const CLIENTS: usize = 4;
const MERCHANTS: u32 = 12;
/// So many fetches at least, and then no more killing.
const FETCHES: u64 = 2_000;
const FAULTS: [&str; 6] = [
    "api:3%=429",
    "api:2%=500",
    "api:1%=drop",
    "download:4%=cut:50%",
    "download:2%=503",
    "document:2%=expired",
];
/// Nothing here takes so long unless it hangs.
const PATIENCE: Duration = Duration::from_mins(10);

#[derive(Debug, Clone)]
struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "the processes live by the clock of the machine")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A process of the house, killed when the test ends, and what it says.
struct Process {
    child: Child,
    /// Who stopped listening would end it.
    _said: Option<BufReader<ChildStdout>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _over = self.child.kill();
        let _over = self.child.wait();
    }
}

struct House {
    folder: tempfile::TempDir,
    server: Server,
    database: String,
}

impl House {
    fn serve(&self, role: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
        command.args(["serve", "--role", role, "--allow-simulator", "--lease", "5", "--jobs", "8"]);
        command
            .args(["--listen", "127.0.0.1:0", "--database", &self.database])
            .arg("--data")
            .arg(self.data());
        command.arg("--deliveries").arg(self.deliveries());
        command.env("KONTOR_LOG", "off").env_remove("KONTOR_MASTER_KEY").stderr(Stdio::null());
        command
    }

    fn worker(&self) -> Process {
        Process { child: self.serve("worker").stdout(Stdio::null()).spawn().unwrap(), _said: None }
    }

    /// A process with pages, and where they are.
    fn web(&self) -> (Process, String) {
        let mut child = self.serve("web").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let address = line.trim().split(' ').next_back().unwrap().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{line}");
        (Process { child, _said: Some(said) }, address)
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    fn deliveries(&self) -> std::path::PathBuf {
        self.folder.path().join("deliveries")
    }
}

/// Tries until the database is back.
async fn patiently<T, F: Future<Output = Result<T, AppError>>>(mut what: impl FnMut() -> F) -> T {
    for _ in 0..100 {
        match what().await {
            Ok(value) => return value,
            Err(error) => {
                assert!(error.refusal().is_none(), "{error:?}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    what().await.unwrap()
}

async fn number(app: &App, sql: &'static str) -> u64 {
    patiently(|| async {
        let row = app.database.read().await?.fetch_one(sql, arguments![]).await?;
        Ok(row.get(0)?)
    })
    .await
}

/// Clients whose months leave by themselves, and a connection for each merchant.
async fn connect_all(app: &App, running: &Running) -> Vec<(ClientId, ConnectionId)> {
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let id = ClientId::new(app.machine.as_ref());
        let made: Result<(), AppError> = transact!(app.database, transaction =>
            Ok(store::client::insert(transaction, &id, &format!("Mandant {number}"), app.now()).await.map(drop)?));
        made.unwrap();
        let mut document = Document::proposed(Chart::Skr04);
        document.kontor.accounts_confirmed = Some("true".to_owned());
        document.kontor.export_day = Some("28".to_owned());
        stored::save(app, &ME, &id, &document, 0, "").await.unwrap();
        let ways = WaysForm { folder: format!("mandant-{number}"), ..WaysForm::default() };
        save(app, &ME, &id, &ways).await.unwrap();
        clients.push(id);
    }
    let mut made = Vec::new();
    for (place, merchant) in running.merchants().iter().enumerate() {
        let client = &clients[place % CLIENTS];
        let form = ConnectForm {
            label: format!("Laden {place}"),
            seller_id: merchant.merchant_id().to_owned(),
            key: KeyForm {
                public_key_id: merchant.public_key_id().to_string(),
                private_key: merchant.pem().as_bytes().to_vec().into(),
            },
            start_date: String::new(),
            endpoint: Some(running.endpoint().to_owned()),
        };
        let connected = connections::connect(app, &ME, client, &form).await.unwrap();
        made.push((client.clone(), connected.connection));
    }
    made
}

/// Wants every connection fetched.
async fn fetch_all(app: &App, connections: &[(ClientId, ConnectionId)]) {
    for (client, connection) in connections {
        patiently(|| connections::fetch_now(app, &ME, client, connection)).await;
    }
}

/// Lets the day come on which finished months leave.
async fn let_the_day_come(app: &App) {
    patiently(|| async {
        transact!(app.database, transaction => {
            let now = app.now();
            transaction.execute("UPDATE automation SET next_run_at = $1", arguments![now]).await?;
            Ok::<(), AppError>(())
        })
    })
    .await;
}

async fn wait_until_quiet(app: &App, begin: Instant) {
    while number(app, "SELECT COUNT(*) FROM job WHERE state IN ('waiting', 'running') AND kind <> 'post'")
        .await
        > 0
    {
        assert!(begin.elapsed() < PATIENCE, "the queue does not become empty");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn answers(addresses: &[String]) -> bool {
    for address in addresses {
        let answer = reqwest::get(format!("{address}/login")).await;
        if !answer.is_ok_and(|answer| answer.status().is_success()) {
            return false;
        }
    }
    true
}

/// The settlements of a merchant at Amazon.
fn at_amazon(running: &Running, seller: &str) -> usize {
    let files = running.control().of_merchant(seller).unwrap().report_files(Environment::Live);
    files.iter().filter(|file| file.report.report_type == ReportType::Settlement).count()
}

fn folders(path: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(path).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "a test of processes waits for them")]
async fn workers_die_the_database_restarts_and_nothing_is_lost_or_doubled() {
    let begin = Instant::now();
    let server = Server::start().unwrap();
    let database = server.address.clone();
    let house = House { folder: tempfile::tempdir().unwrap(), server, database };
    let arguments =
        HouseArguments { data: house.data(), database: Some(house.database.clone()), master_key: None };
    std::fs::create_dir_all(house.data()).unwrap();
    let mut app = arguments.open(Language::De).await.unwrap();
    app.outside.other_endpoints = true;
    app.outside.deliveries = Some(house.deliveries());
    app.outside.retry = RetryPolicy::default();
    let simulator =
        Simulator::builder(Now).seed(5).months(3).rows(400).merchants(MERCHANTS).throttling(false);
    let running = simulator.start().await.unwrap();
    let connections = connect_all(&app, &running).await;
    for rule in FAULTS {
        assert!(running.control().add_fault(rule.parse().unwrap()), "{rule}");
    }

    let mut workers: Vec<Process> = (0..WORKERS).map(|_| house.worker()).collect();
    let (webs, addresses): (Vec<Process>, Vec<String>) = (0..WEBS).map(|_| house.web()).unzip();
    let mut dice = SmallRng::seed_from_u64(11);
    let (mut kills, mut restarted, mut answered) = (0, false, 0_u32);
    while number(&app, "SELECT COUNT(*) FROM retrieval").await < FETCHES {
        assert!(
            begin.elapsed() < PATIENCE,
            "{} fetches",
            number(&app, "SELECT COUNT(*) FROM retrieval").await
        );
        if kills % 4 == 1 {
            let_the_day_come(&app).await;
        }
        for _ in 0..dice.random_range(8..25) {
            fetch_all(&app, &connections).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let place = dice.random_range(0..WORKERS);
        workers[place] = house.worker();
        kills += 1;
        answered += u32::from(answers(&addresses).await);
        if !restarted && number(&app, "SELECT COUNT(*) FROM retrieval").await > FETCHES / 2 {
            house.server.restart().unwrap();
            restarted = true;
            running.control().close_settlement();
        }
    }
    assert!(
        kills > 10 && restarted && answered > 5,
        "{kills} kills, restarted: {restarted}, {answered} answers"
    );

    // Amazon is well again, and everything that was begun comes to its end.
    running.control().clear_faults();
    fetch_all(&app, &connections).await;
    wait_until_quiet(&app, begin).await;
    let_the_day_come(&app).await;
    tokio::time::sleep(Duration::from_secs(11)).await;
    wait_until_quiet(&app, begin).await;

    for merchant in running.merchants() {
        let seller = merchant.merchant_id();
        let mut transaction = app.database.read().await.unwrap();
        let sql = "SELECT COUNT(*), COUNT(DISTINCT identifier) FROM settlement WHERE seller = $1 AND kept";
        let row = transaction.fetch_one(sql, arguments![seller]).await.unwrap();
        let counts: (u64, u64) = (row.get(0).unwrap(), row.get(1).unwrap());
        let expected = u64::try_from(at_amazon(&running, seller)).unwrap();
        assert_eq!(counts, (expected, expected), "{seller}");
    }
    let lost = "SELECT COUNT(*) FROM settlement s WHERE s.kept AND s.row_count <>
                (SELECT COUNT(*) FROM movement m WHERE m.settlement = s.number)";
    assert_eq!(number(&app, lost).await, 0);
    let twice =
        "SELECT COUNT(*) FROM (SELECT client, month FROM batch WHERE correction = 0 AND state = 'exported'
                 GROUP BY client, month HAVING COUNT(*) > 1) AS doubled";
    assert_eq!(number(&app, twice).await, 0);
    let batches = number(&app, "SELECT COUNT(*) FROM batch WHERE state = 'exported'").await;
    let arrived = number(&app, "SELECT COUNT(*) FROM delivery WHERE delivered_at IS NOT NULL").await;
    assert!(batches >= u64::try_from(CLIENTS).unwrap(), "{batches} batches");
    assert_eq!(arrived, batches, "every batch arrived, once");
    let names: usize =
        (0..CLIENTS).map(|client| folders(&house.deliveries().join(format!("mandant-{client}"))).len()).sum();
    assert_eq!(u64::try_from(names).unwrap(), batches);
    assert!(answers(&addresses).await, "the pages outlived the restart of the database");

    for process in workers.iter().chain(&webs) {
        let id = process.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }
    for process in &mut workers {
        assert!(process.child.wait().unwrap().success(), "a worker that is asked to end ends well");
    }
    eprintln!("{kills} workers killed, {batches} batches, {:?}", begin.elapsed());
}
