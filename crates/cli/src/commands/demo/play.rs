//! What has happened before somebody looks: client, accounts, connection, first fetch, older reports, exported months.

use std::path::Path;
use std::sync::Arc;

use amazon_pay::client::Region;
use amazon_pay::key::Environment;
use amazon_pay::model::ReportType;
use amazon_pay::simulator::{Credentials, ReportFile, Running, Simulator};
use anyhow::{Context as _, anyhow, bail};
use app::account::login::Origin;
use app::account::session;
use app::account::setup::{self, Owner};
use app::books::{batch, export, months};
use app::connections::{self, ConnectForm, KeyForm};
use app::documents::{self, Imported, Intake, Receiver, Source};
use app::jobs::{self, JobState, Worker};
use app::settings::{self, Document};
use app::{Actor, App, AppError, Language, Silent, Token};
use jiff::SignedDuration;
use ledger::calendar::Month;
use ledger::chart::Chart;
use store::id::{ClientId, ConnectionId, JobId};
use store::vault::Source as KeySource;
use store::{Machine as _, batches::Batch};

use crate::edge::Now;
use crate::house::{HouseArguments, spoken};
use crate::machine::SystemMachine;

/// Months of history. Amazon lists those of the last 90 days; what is older comes by upload.
const MONTHS: u32 = 7;
/// Rows of each merchant's reports together: enough to look at, and quick to bring in.
const ROWS: u64 = 2_800;
/// Amazon Pay keeps reports for so long (Amazon Pay API v2, «Reports»).
const LISTED: SignedDuration = SignedDuration::from_hours(90 * 24);
const EMAIL: &str = "demo@example.org";
const CLIENT: &str = "Teehaus Demo GmbH";
/// The numbers of the examples in DATEV's documentation of its format.
const NUMBERS: (&str, &str) = ("29098", "55003");

/// A demo that is ready.
pub(super) struct Play {
    pub(super) app: App,
    pub(super) simulator: Running,
    pub(super) client: ClientId,
    /// Who looks around.
    pub(super) actor: Actor,
    pub(super) email: &'static str,
    pub(super) password: String,
    /// Reports that came by key.
    pub(super) fetched: u64,
    /// Older reports that came by upload.
    pub(super) uploaded: u64,
    /// Months that have left, the newest first.
    pub(super) exported: Vec<Month>,
    /// The last finished month, which has not.
    pub(super) to_export: Option<Month>,
}

impl Play {
    /// The merchant who is not connected.
    pub(super) fn spare(&self) -> anyhow::Result<&Credentials> {
        self.simulator.merchants().get(1).context("the simulator has two merchants")
    }

    /// Exports a month.
    pub(super) async fn export(&self, month: Month, language: Language) -> anyhow::Result<Batch> {
        let batch = export::export(&self.app, &self.actor, &self.client, month, None).await;
        batch.map_err(|error| spoken(error, language))
    }
}

/// Makes the house and lets everything happen.
pub(super) async fn play(folder: &Path, seed: u64, language: Language) -> anyhow::Result<Play> {
    let simulator = Simulator::builder(Now)
        .seed(seed)
        .months(MONTHS)
        .rows(ROWS)
        .merchants(2)
        .region(Region::Europe)
        // Nobody waits here for a quota that protects Amazon.
        .throttling(false);
    let starting = async { simulator.start().await.map_err(|error| anyhow!(error)) };
    let (simulator, house) = tokio::try_join!(starting, furnish(folder, language))?;
    let House { app, actor, client, password, token } = house;
    let mut play = Play {
        app,
        simulator,
        client,
        actor,
        email: EMAIL,
        password,
        fetched: 0,
        uploaded: 0,
        exported: Vec::new(),
        to_export: None,
    };
    let told = |error: AppError| spoken(error, language);
    let (connection, job) = connect(&play).await.map_err(told)?;
    let uploading = async { upload_older(&play).await.map_err(told) };
    let ((), uploaded) = tokio::try_join!(fetch(&play, &job, language), uploading)?;
    play.uploaded = uploaded;
    play.fetched = fetched(&play, &connection).await.map_err(told)?;
    hand_over(&mut play, language).await?;
    play.app.database.settle().await?;
    // Whoever looks around begins with a session of his own.
    session::log_out(&play.app, &token).await.map_err(told)?;
    Ok(play)
}

/// A house with an owner and a client whose accounts are confirmed.
struct House {
    app: App,
    actor: Actor,
    client: ClientId,
    password: String,
    token: Token,
}

async fn furnish(folder: &Path, language: Language) -> anyhow::Result<House> {
    let told = |error: AppError| spoken(error, language);
    let house = HouseArguments { data: folder.to_owned(), database: None, master_key: None };
    KeySource::make_file(&house.key_file(), &SystemMachine)?;
    let mut app = house.open(language).await?;
    // The history is made anew at every start, so nothing of it needs to survive a power failure.
    app.database.haste().await?;
    app.outside.rate_limit = None;
    app.outside.other_endpoints = true;
    let password = made_up_password();
    let owner = Owner {
        name: "Erika Musterfrau".to_owned(),
        email: EMAIL.to_owned(),
        password: password.clone().into(),
        client: CLIENT.to_owned(),
        language,
    };
    let code = setup::link(&app).await.map_err(told)?.context("the folder is new")?;
    let origin = Origin { address: "127.0.0.1", agent: "kontor demo" };
    let (token, client) = setup::finish(&app, &code, &owner, origin).await.map_err(told)?;
    let visit = session::resume(&app, &token).await.map_err(told)?.context("the session has just begun")?;
    let actor = visit.actor;
    settings::stored::save(&app, &actor, &client, &accounts(), 0, "").await.map_err(told)?;
    Ok(House { app, actor, client, password, token })
}

/// The proposals of SKR03, looked at and confirmed.
fn accounts() -> Document {
    let mut document = Document::proposed(Chart::Skr03);
    document.client.berater = Some(NUMBERS.0.to_owned());
    document.client.mandant = Some(NUMBERS.1.to_owned());
    document.kontor.accounts_confirmed = Some("true".to_owned());
    document.kontor.reverse_charge_confirmed = Some("true".to_owned());
    document
}

/// Twelve random letters and digits that cannot be taken for one another, in three groups.
fn made_up_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut random = [0; 12];
    SystemMachine.fill(&mut random);
    let letters: Vec<char> = random
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied().map(char::from))
        .collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Connects the first merchant.
async fn connect(play: &Play) -> Result<(ConnectionId, JobId), AppError> {
    let merchant = play.simulator.merchant();
    let form = ConnectForm {
        label: "Amazon Pay Teeladen".to_owned(),
        seller_id: merchant.merchant_id().to_owned(),
        key: KeyForm {
            public_key_id: merchant.public_key_id().to_string(),
            private_key: merchant.pem().as_bytes().to_vec().into(),
        },
        start_date: String::new(),
        endpoint: Some(play.simulator.endpoint().to_owned()),
    };
    let made = connections::connect(&play.app, &play.actor, &play.client, &form).await?;
    Ok((made.connection, made.job))
}

/// Fetches what Amazon lists.
async fn fetch(play: &Play, job: &JobId, language: Language) -> anyhow::Result<()> {
    let told = |error: AppError| spoken(error, language);
    let worker = Worker::new(play.app.clone(), Arc::new(Intake));
    worker.work_on(job).await.map_err(told)?;
    let job = jobs::by_id(&play.app, &Actor::CommandLine, job).await.map_err(told)?;
    if job.state != JobState::Done {
        let words = job.outcome.map(|words| language.pick(words.german, words.english));
        bail!("{}", words.unwrap_or_else(|| format!("{:?}", job.state)));
    }
    Ok(())
}

async fn fetched(play: &Play, connection: &ConnectionId) -> Result<u64, AppError> {
    let history = app::fetch::history(&play.app, &play.actor, &play.client, connection, None, 1).await?;
    Ok(history.first().map_or(0, |fetch| fetch.counts.imported))
}

/// Uploads the reports that Amazon lists no longer, as a merchant would who had kept them.
async fn upload_older(play: &Play) -> Result<u64, AppError> {
    let since = play.app.now() - LISTED;
    let is_older = |file: &ReportFile| {
        file.report.report_type == ReportType::Settlement
            && file.report.created_time.is_some_and(|created| created < since)
    };
    let files = play.simulator.control().report_files(Environment::Live);
    let mut uploaded = 0;
    for file in files.into_iter().filter(is_older) {
        let mut receiver = Receiver::new()?;
        receiver.take(&file.document)?;
        let report = receiver.finish(&format!("{}.csv", file.report.report_id), Source::Upload)?;
        let imported =
            documents::import(&play.app, &play.actor, &play.client, report, Arc::new(Silent)).await?;
        uploaded += u64::from(matches!(imported, Imported::New(_)));
    }
    Ok(uploaded)
}

/// Exports every finished month but the last, and lets the adviser process all but the newest of them.
async fn hand_over(play: &mut Play, language: Language) -> anyhow::Result<()> {
    let told = |error: AppError| spoken(error, language);
    let span = (months::FIRST, months::LAST);
    let months = months::months(&play.app, &play.actor, &play.client, span).await.map_err(told)?;
    let mut finished = months.into_iter().filter(|month| month.coverage.complete).map(|month| month.month);
    play.to_export = finished.next();
    play.exported = finished.collect();
    for (age, month) in play.exported.iter().enumerate().rev() {
        let batch = play.export(*month, language).await?;
        if age > 0 || play.exported.len() == 1 {
            let id = &batch.begun.id;
            batch::mark_processed(&play.app, &play.actor, &play.client, id).await.map_err(told)?;
        }
    }
    Ok(())
}
