//! What the tests of books share: a client with settings and three months of settlements.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use amazon_pay::generate::{Settings, Style, World, write_csv};
use app::books::batch::{self, Found};
use app::configuration::Configuration;
use app::convert::folder::Workplace;
use app::convert::source::{Reports, Source as File};
use app::convert::{Order, hand_over};
use app::documents::{Receiver, Source, import};
use app::settings::{Document, stored};
use app::{Actor, App, AppError, Language, Silent};
use jiff::civil::date;
use ledger::calendar::Month;
use ledger::chart::Chart;
use store::id::ClientId;
use store::{Database, Vault, client, transact};
use testkit::machine::TestMachine;

pub(crate) const ME: Actor = Actor::CommandLine;

pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) client: ClientId,
    pub(crate) reports: Vec<(String, Vec<u8>)>,
}

/// A client without settings and documents.
pub(crate) async fn empty(database: &Database) -> Desk {
    let machine = Arc::new(TestMachine::new("2026-12-05T08:00:00Z".parse().unwrap(), 1));
    let app = App::new(database.clone(), machine.clone(), Vault::in_memory(&*machine));
    let client = new_client(&app, "Nordlicht").await;
    let world = World::new(Settings { rows: 900, settlements: Some(12), ..Settings::default() }).unwrap();
    let reports = world
        .map(|settlement| {
            let name = format!("settlement-{}.csv", settlement.head.settlement_id);
            (name, write_csv(&settlement, Vec::new(), Style::default()).unwrap())
        })
        .collect();
    Desk { app, client, reports }
}

pub(crate) async fn new_client(app: &App, name: &str) -> ClientId {
    let id = ClientId::new(&*app.machine);
    let now = app.now();
    transact!(app.database, transaction => client::insert(transaction, &id, name, now).await).unwrap();
    id
}

/// A client with confirmed settings of SKR03 and all its settlements.
pub(crate) async fn desk(database: &Database) -> Desk {
    let desk = empty(database).await;
    desk.save(&confirmed()).await.unwrap();
    for place in 0..desk.reports.len() {
        desk.import(place).await;
    }
    desk
}

pub(crate) fn confirmed() -> Document {
    let mut document = Document::proposed(Chart::Skr03);
    document.kontor.accounts_confirmed = Some("true".to_owned());
    document
}

pub(crate) fn october() -> Month {
    Month::of(date(2026, 10, 1))
}

impl Desk {
    pub(crate) async fn save(&self, document: &Document) -> Result<i64, AppError> {
        let based_on = stored::current(&self.app, &ME, &self.client).await?.version;
        stored::save(&self.app, &ME, &self.client, document, based_on, "").await
    }

    pub(crate) async fn import(&self, place: usize) {
        let (name, bytes) = &self.reports[place];
        let mut tray = Receiver::new().unwrap();
        tray.take_all(bytes.as_slice()).unwrap();
        let received = tray.finish(name, Source::Upload).unwrap();
        import(&self.app, &ME, &self.client, received, Arc::new(Silent)).await.unwrap();
    }

    /// The bytes of a file of a batch, put together from its pieces.
    pub(crate) async fn bytes(&self, found: &Found, file: i64) -> Vec<u8> {
        let (mut bytes, mut number) = (Vec::new(), 0);
        while let Some(piece) = batch::piece(&self.app, found, file, number).await.unwrap() {
            bytes.extend_from_slice(&piece);
            number += 1;
        }
        bytes
    }

    /// The file of a name that the one-shot command makes of the same reports and settings for a month.
    pub(crate) fn converted(&self, document: &Document, month: Month, name: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let sources = self.reports.iter().map(|(report, bytes)| {
            let path = folder.path().join(report);
            fs::write(&path, bytes).unwrap();
            File::file(&path)
        });
        let reports = Reports::arrange(sources.collect()).unwrap();
        let configuration = Configuration::read(&document.to_toml()).unwrap();
        let out = folder.path().join("out");
        let order = Order {
            reports: &reports,
            configuration: &configuration,
            period: month.days(),
            created: self.app.now(),
            language: Language::De,
        };
        hand_over(&order, Workplace::prepare(&out, false).unwrap(), &Silent).unwrap();
        fs::read(Path::new(&out).join(name)).unwrap()
    }
}

pub(crate) fn code<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> &'static str {
    match outcome {
        Err(error) => match error.refusal() {
            Some(refusal) => refusal.code,
            None => panic!("no refusal: {error:?}"),
        },
        Ok(value) => panic!("not refused: {value:?}"),
    }
}
