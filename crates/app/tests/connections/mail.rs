//! What people hear by mail, sent to a mail server on loopback: all that happened, once, and nothing when all is well.

use std::sync::Arc;

use app::account::reset;
use app::connections::ConnectForm;
use app::documents::Intake;
use app::jobs::{self, JobState, Worker, schedule};
use app::mail::Mailer;
use app::notices::{NoticeKind, Rhythm};
use app::people::operate;
use app::{Actor, Language, Role};
use jiff::SignedDuration;
use store::id::UserId;
use store::notices;
use store::{StoreError, membership, transact};
use testkit::both_databases;
use testkit::database::TestDatabase;
use testkit::smtp::{MailServer, Mood, Received};

use crate::world::World;

const SITE: &str = "https://kontor.example.org";
const OWNER: &str = "erika@example.org";

/// A house with a mail server and an owner who hears of everything at once.
struct House {
    world: World,
    server: MailServer,
}

impl House {
    async fn new(test: TestDatabase) -> Self {
        let server = MailServer::start().await;
        let mut world = World::new(test).await;
        world.app.outside.mail = Some(mailer(&server.url));
        let house = Self { world, server };
        house.member(OWNER, Role::Owner, Language::De, Some(Rhythm::AtOnce)).await;
        house
    }

    /// Connects from a day on after which no row of an unknown kind comes.
    async fn connect_late(&self) {
        let form = ConnectForm { start_date: "2026-11-10".to_owned(), ..self.world.form() };
        self.world.try_connect(&form).await.unwrap();
    }

    async fn member(&self, email: &str, role: Role, language: Language, rhythm: Option<Rhythm>) -> UserId {
        let (app, client) = (&self.world.app, &self.world.client);
        let made = operate::create(app, &Actor::CommandLine, email, "Erika", None, false, language).await;
        let id = made.unwrap();
        let joined: Result<(), StoreError> = transact!(app.database, transaction =>
            membership::set(transaction, client, &id, role.name(), app.now()).await);
        joined.unwrap();
        if let Some(rhythm) = rhythm {
            let mut transaction = app.database.begin().await.unwrap();
            for kind in NoticeKind::ALL {
                notices::set_rhythm(&mut transaction, client, &id, kind.name(), rhythm).await.unwrap();
            }
            transaction.commit().await.unwrap();
        }
        id
    }

    /// What the processes of a house do, until there is nothing more to do.
    async fn work(&self) {
        schedule(&self.world.app).await.unwrap();
        Worker::new(self.world.app.clone(), Arc::new(Intake)).work_all().await.unwrap();
        schedule(&self.world.app).await.unwrap();
        Worker::new(self.world.app.clone(), Arc::new(Intake)).work_all().await.unwrap();
    }

    async fn pass(&self, time: SignedDuration) {
        self.world.advance(time);
        self.work().await;
    }

    fn to(&self, email: &str) -> Vec<Received> {
        self.server.mails().into_iter().filter(|mail| mail.to == email).collect()
    }

    /// Something happened at the client, as whoever found it would say it.
    async fn raise(&self, kind: NoticeKind, subject: &str, to: &UserId) {
        let app = &self.world.app;
        let notice = notices::Notice {
            id: store::id::new_uuid(app.machine.as_ref()),
            client: self.world.client.clone(),
            kind: kind.name().to_owned(),
            subject: subject.to_owned(),
            german: format!("Es geschah {subject}."),
            english: format!("It happened: {subject}."),
            path: format!("/clients/{}/export", self.world.client),
            created_at: app.now(),
        };
        let mut transaction = app.database.begin().await.unwrap();
        assert!(notices::open(&mut transaction, &notice).await.unwrap());
        notices::address(&mut transaction, &notice.id, to, app.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// The newest job that sends mail: its state, its code and its sentence.
    async fn last_post(&self) -> (JobState, String, String) {
        let listed = jobs::newest(&self.world.app, &Actor::CommandLine, 50).await.unwrap();
        let job = listed.into_iter().find(|job| job.kind == jobs::POST).unwrap();
        let outcome = job.outcome.unwrap();
        (job.state, outcome.code, outcome.german)
    }
}

fn mailer(url: &str) -> Mailer {
    Mailer::new(url, "Kontor <kontor@example.org>", SITE).unwrap()
}

both_databases! {
    async fn a_refused_key_is_told_at_once_and_once(test) {
        let house = House::new(test).await;
        house.world.connect().await;
        house.world.control().add_fault("reports=unknown-key".parse().unwrap());
        house.work().await;
        let mails = house.to(OWNER);
        let [mail] = &mails[..] else { panic!("{mails:?}") };
        assert_eq!(mail.from, "kontor@example.org");
        assert_eq!(mail.header("Subject"), "Kontor: Schlüssel abgelehnt – Mandant 1");
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        let text = mail.text();
        assert!(text.contains("«Mein Laden» wird nicht mehr abgerufen"), "{text}");
        assert!(text.contains(&format!("{SITE}/clients/{}/connections/", house.world.client)), "{text}");
        house.pass(SignedDuration::from_hours(72)).await;
        assert_eq!(house.to(OWNER).len(), 1, "told once while it lasts");
    }

    async fn when_all_is_well_nobody_hears_anything(test) {
        let house = House::new(test).await;
        house.connect_late().await;
        for _ in 0..6 {
            house.pass(SignedDuration::from_hours(12)).await;
        }
        assert_eq!(house.server.tried(), 0, "{:?}", house.server.mails());
    }

    async fn a_digest_comes_in_the_morning_in_ones_own_language_and_not_to_readers(test) {
        let house = House::new(test).await;
        house.member("daily@example.org", Role::Bookkeeper, Language::En, None).await;
        house.member("reader@example.org", Role::Reader, Language::De, None).await;
        house.member("never@example.org", Role::Adviser, Language::De, Some(Rhythm::Never)).await;
        house.world.control().add_fault("download:3=truncated:97%".parse().unwrap());
        house.world.control().add_fault("download:5=unknown-type".parse().unwrap());
        house.world.connect().await;
        house.work().await;
        assert!(house.to("daily@example.org").is_empty(), "not before the morning");
        let at_once = house.to(OWNER);
        let told: String = at_once.iter().map(Received::text).collect();
        for kind in [NoticeKind::ReportRefused, NoticeKind::UnknownKinds, NoticeKind::Gap] {
            assert!(told.contains(kind.text(Language::De)), "{kind:?}: {told}");
        }
        // The report comes in the night, so that only what is still true is told.
        for now in ["2026-11-23T20:00:00Z", "2026-11-24T05:00:00Z", "2026-11-24T06:01:00Z"] {
            house.world.machine.set(now.parse().unwrap());
            house.work().await;
        }
        let mails = house.to("daily@example.org");
        let [mail] = &mails[..] else { panic!("{mails:?}") };
        let text = mail.text();
        assert!(text.contains("Unknown kinds of rows") && !text.contains("Gap between"), "{text}");
        assert!(text.starts_with("Mandant 1\n=========\n"), "{text}");
        assert_eq!(house.to("reader@example.org").len() + house.to("never@example.org").len(), 0);
    }

    async fn a_connection_that_stands_still_and_the_limit_of_ninety_days_are_told(test) {
        let house = House::new(test).await;
        house.connect_late().await;
        house.work().await;
        house.world.control().add_fault("reports=503".parse().unwrap());
        for _ in 0..10 {
            house.pass(SignedDuration::from_hours(4)).await;
        }
        let told: Vec<String> = house.to(OWNER).iter().map(|mail| mail.header("Subject")).collect();
        assert_eq!(told, ["Kontor: Schnittstelle steht still – Mandant 1"]);
        house.pass(SignedDuration::from_hours(60 * 24)).await;
        let mails = house.to(OWNER);
        assert_eq!(mails.len(), 2);
        assert!(mails[1].header("Subject").contains("90-Tage-Grenze"), "{:?}", mails[1]);
        assert!(mails[1].text().contains("In 29 Tagen"), "{}", mails[1].text());
    }

    async fn every_kind_of_notice_has_its_heading_in_one_mail(test) {
        let house = House::new(test).await;
        let user = house.member("all@example.org", Role::Owner, Language::En, None).await;
        for kind in NoticeKind::ALL {
            house.raise(kind, kind.name(), &user).await;
        }
        house.work().await;
        let mails = house.to("all@example.org");
        let [mail] = &mails[..] else { panic!("{mails:?}") };
        assert_eq!(mail.header("Subject"), format!("Kontor: {} notices", NoticeKind::ALL.len()));
        for kind in NoticeKind::ALL {
            let block = format!("{}\nIt happened: {}.\n{SITE}/", kind.text(Language::En), kind.name());
            assert!(mail.text().contains(&block), "{kind:?}: {}", mail.text());
        }
    }

    async fn while_the_mail_server_is_away_nothing_is_lost_and_nothing_is_sent_twice(test) {
        let house = House::new(test).await;
        let user = house.member("away@example.org", Role::Owner, Language::De, None).await;
        house.raise(NoticeKind::BatchReady, "2026-10", &user).await;
        for mood in [Mood::HangsUp, Mood::RefusesForNow] {
            house.server.behave(mood);
            house.work().await;
            let (state, code, german) = house.last_post().await;
            assert_eq!(state, JobState::Waiting, "{code}");
            assert!(["mail-unreachable", "mail-later"].contains(&code.as_str()), "{code} {german}");
            house.world.advance(SignedDuration::from_mins(20));
        }
        house.server.behave(Mood::Takes);
        house.work().await;
        house.pass(SignedDuration::from_hours(48)).await;
        assert_eq!(house.to("away@example.org").len(), 1);
        assert_eq!(house.last_post().await.0, JobState::Done);
    }

    async fn a_mail_whose_fate_nobody_knows_comes_again_under_the_same_number(test) {
        let house = House::new(test).await;
        let user = house.member("fate@example.org", Role::Owner, Language::De, None).await;
        house.raise(NoticeKind::BatchReady, "2026-10", &user).await;
        house.server.behave(Mood::TakesAndHangsUp);
        house.work().await;
        house.server.behave(Mood::Takes);
        house.pass(SignedDuration::from_hours(1)).await;
        house.pass(SignedDuration::from_hours(48)).await;
        let mails = house.to("fate@example.org");
        assert_eq!(mails.len(), 2, "the server closed before it said that it had taken it");
        assert_eq!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    }

    async fn what_a_server_refuses_for_good_is_kept_and_tried_anew_the_next_day(test) {
        let house = House::new(test).await;
        let user = house.member("gone@example.org", Role::Owner, Language::De, None).await;
        house.raise(NoticeKind::NotDelivered, "2026-10", &user).await;
        house.server.behave(Mood::RefusesForGood);
        house.work().await;
        let (state, code, german) = house.last_post().await;
        assert_eq!((state, code.as_str()), (JobState::Failed, "mail-refused"));
        assert!(german.contains("lehnt die Mail ab") && german.contains("no such user"), "{german}");
        house.pass(SignedDuration::from_hours(1)).await;
        assert_eq!(house.server.tried(), 1, "the server is not plagued");
        house.server.behave(Mood::Takes);
        house.pass(SignedDuration::from_hours(24)).await;
        assert_eq!(house.to("gone@example.org").len(), 1);
    }

    async fn four_workers_send_one_mail(test) {
        let house = House::new(test).await;
        let user = house.member("one@example.org", Role::Owner, Language::De, None).await;
        house.raise(NoticeKind::BatchReady, "2026-10", &user).await;
        let workers = (0..4).map(|_| {
            let app = house.world.app.clone();
            tokio::spawn(async move {
                schedule(&app).await.unwrap();
                Worker::new(app, Arc::new(Intake)).work_all().await.unwrap();
            })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap();
        }
        house.work().await;
        assert_eq!(house.to("one@example.org").len(), 1);
    }

    async fn a_process_without_mail_server_leaves_the_mail_to_others(test) {
        let mut house = House::new(test).await;
        let user = house.member("later@example.org", Role::Owner, Language::De, None).await;
        house.raise(NoticeKind::BatchReady, "2026-10", &user).await;
        schedule(&house.world.app).await.unwrap();
        let mail = house.world.app.outside.mail.take();
        house.work().await;
        assert_eq!(house.last_post().await.0, JobState::Waiting);
        house.world.app.outside.mail = mail;
        house.pass(SignedDuration::from_mins(6)).await;
        assert_eq!(house.to("later@example.org").len(), 1);
    }

    async fn a_link_for_a_new_password_goes_only_to_who_has_an_account(test) {
        let house = House::new(test).await;
        let app = &house.world.app;
        let link = |token: &app::Token| format!("{SITE}/password?code={}", token.reveal());
        reset::ask(app, "stranger@example.org", "192.0.2.7", link).await.unwrap();
        reset::ask(app, OWNER, "192.0.2.7", link).await.unwrap();
        let mail = house.server.next().await;
        assert_eq!((mail.to.as_str(), mail.header("Subject").as_str()), (OWNER, "Kontor: neues Passwort"));
        let text = mail.text();
        let code = text.split_once("code=").unwrap().1.split_whitespace().next().unwrap();
        assert_eq!(reset::look(app, &app::Token::of(code)).await.unwrap(), OWNER);
        assert!(house.server.mails().is_empty());
    }
}

#[tokio::test]
async fn what_a_mail_server_says_no_to_is_told_in_words() {
    let server = MailServer::start().await;
    let (port, login) = (server.port(), format!("smtp://erika:geheim@127.0.0.1:{}", server.port()));
    server.behave(Mood::RefusesLogin);
    let cases = [
        (format!("smtp://127.0.0.1:{port}?tls=required"), "mail-tls", "STARTTLS auf Port 587", "STARTTLS"),
        (format!("smtps://127.0.0.1:{port}"), "mail-tls", "smtps:// ist für Port 465", "encrypted"),
        (login, "mail-login", "nimmt die Anmeldung nicht an", "login"),
        ("smtp://127.0.0.1:1".to_owned(), "mail-unreachable", "nicht erreichbar", "reached"),
    ];
    for (url, code, german, english) in cases {
        let error = mailer(&url).check().await.unwrap_err();
        assert_eq!(error.code(), code, "{url}: {error:?}");
        let (in_german, in_english) = (error.text(Language::De), error.text(Language::En));
        assert!(in_german.contains(german), "{url}: {in_german}");
        assert!(in_english.contains(english), "{url}: {in_english}");
        assert!(!in_german.contains("geheim"), "no password in {in_german}");
    }
    server.behave(Mood::Takes);
    mailer(&server.url).check().await.unwrap();
    assert_eq!(server.tried(), 0, "nothing was sent");
}
