//! The finished month leaves by itself, once, and arrives where the client chose.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use app::automation::{Saved, Ways, WaysForm, deliveries, save, see, signature};
use app::books::export::export;
use app::books::months::{MonthState, months};
use app::documents::Intake;
use app::jobs::{Worker, schedule};
use app::mail::Mailer;
use app::{Actor, App, notices};
use jiff::SignedDuration;
use jiff::Timestamp;
use ledger::calendar::Month;
use secrecy::SecretString;
use store::automation::Delivery;
use testkit::both_databases;
use testkit::machine::TestMachine;
use testkit::smtp::{MailServer, Mood};

use crate::desk::{Desk, ME, code, confirmed, empty, october};

/// A clock that the test moves, behind the client of `desk`.
struct House {
    desk: Desk,
    machine: Arc<TestMachine>,
    folder: tempfile::TempDir,
}

impl House {
    /// A client whose months leave on the fifth, at the beginning of November; its settlements come later.
    async fn new(database: &store::Database) -> Self {
        let mut desk = empty(database).await;
        let machine = Arc::new(TestMachine::new("2026-11-03T08:00:00Z".parse().unwrap(), 2));
        let folder = tempfile::tempdir().unwrap();
        desk.app.machine = machine.clone();
        desk.app.outside.other_endpoints = true;
        desk.app.outside.deliveries = Some(folder.path().to_owned());
        let mut document = confirmed();
        document.kontor.export_day = Some("5".to_owned());
        desk.save(&document).await.unwrap();
        Self { desk, machine, folder }
    }

    async fn choose(&self, folder: &str, webhook: &str) -> Saved {
        let form = WaysForm { folder: folder.to_owned(), webhook: webhook.to_owned(), ..WaysForm::default() };
        save(&self.desk.app, &ME, &self.desk.client, &form).await.unwrap()
    }

    /// Lets days pass, each with its schedule and its work.
    async fn days(&self, number: usize) {
        for _ in 0..number {
            self.machine.advance(SignedDuration::from_hours(24));
            schedule(&self.desk.app).await.unwrap();
            let worker = Worker::new(self.desk.app.clone(), Arc::new(Intake));
            Box::pin(worker.work_all()).await.unwrap();
        }
    }

    async fn ways(&self) -> Ways {
        see(&self.desk.app, &ME, &self.desk.client).await.unwrap()
    }

    async fn deliveries(&self) -> Vec<Delivery> {
        deliveries(&self.desk.app, &ME, &self.desk.client, 100).await.unwrap()
    }

    async fn told(&self) -> Vec<String> {
        let open = notices::open(&self.desk.app, &ME, &self.desk.client).await.unwrap();
        open.into_iter().map(|notice| notice.kind).collect()
    }

    async fn state(&self, month: Month) -> MonthState {
        let found = months(&self.desk.app, &ME, &self.desk.client, (month, month)).await.unwrap();
        found.first().map_or(MonthState::New, |month| month.overviews[0].state)
    }

    fn files(&self, folder: &str) -> Vec<String> {
        names(&self.folder.path().join(folder))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Answers so many calls, the first ones with the given statuses, and gives what was sent.
fn listening(statuses: &'static [u16]) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/batches", listener.local_addr().unwrap());
    let heard =
        std::thread::spawn(move || statuses.iter().map(|status| answer(&listener, *status)).collect());
    (address, heard)
}

fn answer(listener: &TcpListener, status: u16) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    let (mut heard, mut buffer) = (String::new(), [0_u8; 4096]);
    loop {
        let read = stream.read(&mut buffer).unwrap();
        heard.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        let length =
            heard.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        let body = heard.split_once("\r\n\r\n").map_or(0, |(_, body)| body.len());
        if read == 0 || length.is_some_and(|length: usize| body >= length) {
            break;
        }
    }
    write!(stream, "HTTP/1.1 {status} Answer\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
    heard
}

both_databases! {
    async fn a_finished_month_leaves_on_its_day_and_arrives_once(test) {
        let house = House::new(&test.database).await;
        house.choose("kanzlei", "").await;
        let day = house.ways().await.next_run_at.unwrap().to_string();
        assert!(day.starts_with("2026-11-05T0"), "{day}");
        for place in 0..house.desk.reports.len() {
            house.desk.import(place).await;
        }
        house.days(1).await;
        assert_eq!((house.state(october()).await, house.files("kanzlei").len()), (MonthState::New, 0), "not before its day");
        house.days(2).await;
        assert_eq!(house.state(october()).await, MonthState::Exported);
        assert_eq!(house.files("kanzlei"), ["2026-10"], "the history before is nobody's wish");
        let files = house.files("kanzlei/2026-10");
        assert_eq!(files, ["EXTF_Buchungsstapel_2026-10.csv", "EXTF_Debitoren.csv", "EXTF_Kontenbeschriftungen.csv"]);
        let sent = house.deliveries().await;
        assert_eq!((sent.len(), sent[0].tries, sent[0].delivered_at.is_some()), (1, 1, true));
        assert_eq!(house.told().await, ["batch-ready"]);
        let next = house.ways().await.next_run_at.unwrap().to_string();
        assert!(next.starts_with("2026-12-05T0"), "{next}");
        house.days(10).await;
        assert_eq!(house.deliveries().await.len(), 1);
    }

    async fn a_month_that_is_not_covered_waits_and_is_told_of_after_some_days(test) {
        let house = House::new(&test.database).await;
        house.choose("kanzlei", "").await;
        house.desk.import(0).await;
        house.desk.import(1).await;
        house.desk.import(2).await;
        house.desk.import(3).await;
        house.desk.import(4).await;
        house.days(3).await;
        assert_eq!((house.state(october()).await, house.told().await.len()), (MonthState::New, 0));
        house.days(6).await;
        assert_eq!(house.told().await, ["not-delivered"]);
        house.days(3).await;
        assert_eq!(house.told().await, ["not-delivered"], "once");
        for place in 5..house.desk.reports.len() {
            house.desk.import(place).await;
        }
        house.days(1).await;
        assert_eq!(house.state(october()).await, MonthState::Exported);
        assert_eq!(house.told().await, ["batch-ready"]);
    }

    async fn what_changes_later_comes_as_a_correction(test) {
        let house = House::new(&test.database).await;
        house.choose("kanzlei", "").await;
        let last = house.desk.reports.len() - 1;
        for place in (0..=last).filter(|place| *place != 6) {
            house.desk.import(place).await;
        }
        // By hand, because the gap keeps Kontor from doing it.
        export(&house.desk.app, &ME, &house.desk.client, october(), None).await.unwrap();
        house.desk.import(6).await;
        house.days(3).await;
        let changed = house.state(october()).await;
        assert_eq!(changed, MonthState::Exported);
        assert!(house.files("kanzlei").contains(&"2026-10-Korrektur-1".to_owned()), "{:?}", house.files("kanzlei"));
        let again = house.deliveries().await.len();
        house.days(31).await;
        let names = house.files("kanzlei");
        assert!(!names.contains(&"2026-10-Korrektur-2".to_owned()), "{names:?} after {again}");
    }

    async fn a_call_is_signed_and_tried_again(test) {
        let house = House::new(&test.database).await;
        let (address, heard) = listening(&[500, 200]);
        let secret = house.choose("", &address).await.secret.unwrap();
        assert!(house.choose("", &address).await.secret.is_none(), "the same address keeps its secret");
        for place in 0..house.desk.reports.len() {
            house.desk.import(place).await;
        }
        house.days(4).await;
        let heard = heard.join().unwrap();
        let sent = house.deliveries().await;
        assert_eq!((sent[0].tries, sent[0].delivered_at.is_some(), heard.len()), (2, true, 2));
        let (head, body) = heard[1].split_once("\r\n\r\n").unwrap();
        let header = |name: &str| {
            let line = head.lines().find(|line| line.to_lowercase().starts_with(name)).unwrap();
            line.split_once(": ").unwrap().1.to_owned()
        };
        let signed = header("kontor-signature");
        let seconds = signed.strip_prefix("t=").unwrap().split_once(',').unwrap().0.parse().unwrap();
        let at = Timestamp::from_second(seconds).unwrap();
        assert_eq!(signed, signature(&SecretString::from(secret.reveal()), at, body));
        assert_eq!(header("kontor-delivery"), sent[0].id);
        let told: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!((told["event"].as_str(), told["month"].as_str()), (Some("batch.ready"), Some("2026-10")));
        assert_eq!(told["files"].as_array().unwrap().len(), 3);
    }

    async fn the_files_come_by_mail_once_for_each_address(test) {
        let mut house = House::new(&test.database).await;
        let server = MailServer::start().await;
        house.desk.app.outside.mail =
            Some(Mailer::new(&server.url, "Kontor <kontor@example.org>", "https://kontor.example.org").unwrap());
        let form = WaysForm { mail: "kanzlei@example.org, buch@example.org".to_owned(), ..WaysForm::default() };
        save(&house.desk.app, &ME, &house.desk.client, &form).await.unwrap();
        for place in 0..house.desk.reports.len() {
            house.desk.import(place).await;
        }
        server.behave(Mood::HangsUp);
        house.days(3).await;
        assert_eq!(server.mails().len(), 0);
        server.behave(Mood::Takes);
        house.days(3).await;
        let mut mails = server.mails();
        mails.sort_by(|one, other| one.to.cmp(&other.to));
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["buch@example.org", "kanzlei@example.org"]);
        assert_eq!(mails[0].header("Subject"), "Kontor: Buchungsstapel 2026-10 – Nordlicht");
        let raw = &mails[0].raw;
        assert!(raw.contains("filename=\"DATEV-2026-10.zip\""), "{raw}");
        assert!(raw.contains("Content-Type: application/zip"));
        let sent = house.deliveries().await;
        assert!(sent.len() == 2 && sent.iter().all(|delivery| delivery.delivered_at.is_some()));
    }

    async fn who_never_answers_is_told_of(test) {
        let house = House::new(&test.database).await;
        // Nobody listens there any more.
        let address = format!("http://{}/", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
        house.choose("", &address).await;
        for place in 0..house.desk.reports.len() {
            house.desk.import(place).await;
        }
        house.days(16).await;
        let sent = house.deliveries().await;
        assert_eq!((sent[0].delivered_at, sent[0].trouble.as_ref().unwrap().code.as_str()), (None, "webhook-not-reached"));
        let mut told = house.told().await;
        told.sort();
        assert_eq!(told, ["batch-ready", "not-delivered"]);
    }

    async fn what_is_no_place_is_refused(test) {
        let house = House::new(&test.database).await;
        let app: &App = &house.desk.app;
        let form = |mail: &str, folder: &str, webhook: &str| WaysForm {
            mail: mail.to_owned(),
            folder: folder.to_owned(),
            webhook: webhook.to_owned(),
        };
        for (form, expected) in [
            (form("no address", "", ""), "no-address"),
            (form("", "../elsewhere", ""), "no-folder"),
            (form("", "/etc", ""), "no-folder"),
            (form("", "", "ftp://example.com"), "no-webhook"),
            (form("", "", "https://user:secret@example.com"), "no-webhook"),
        ] {
            assert_eq!(code(save(app, &ME, &house.desk.client, &form).await), expected, "{form:?}");
        }
        let nobody = Actor::User { id: store::id::UserId::new(&*app.machine), email: String::new(), operator: true, roles: Vec::new() };
        assert_eq!(code(save(app, &nobody, &house.desk.client, &form("", "", "")).await), "not-found");
    }
}
