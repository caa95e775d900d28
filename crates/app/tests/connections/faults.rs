//! Fetching while Amazon and the network do what they now and then do.

use app::connections::{ConnectionState, Shown};
use app::fetch::{FetchOutcome, history, refused_reports};
use app::jobs::schedule;
use app::{Actor, Language};
use jiff::SignedDuration;
use testkit::both_databases;

use crate::world::World;

both_databases! {
    async fn under_every_passing_fault_each_report_comes_exactly_once(test) {
        let world = World::new(test).await;
        let id = world.connect().await.connection;
        world.control().add_fault("any:15%=surprise".parse().unwrap());
        let there = world.reports_at_amazon();
        for _ in 0..20 {
            world.worker().work_all().await.unwrap();
            if world.shelf.times().len() == there && world.overview(&id).await.shown == Shown::Ok {
                break;
            }
            world.advance(SignedDuration::from_hours(7));
            schedule(&world.app).await.unwrap();
        }
        assert_eq!(world.shelf.times(), vec![1; there]);
        assert_eq!(world.overview(&id).await.shown, Shown::Ok);
    }

    async fn one_bad_report_does_not_stop_the_others_and_comes_when_it_is_mended(test) {
        let world = World::new(test).await;
        world.control().add_fault("download:3=truncated:97%".parse().unwrap());
        world.control().add_fault("download:5=unknown-type".parse().unwrap());
        let id = world.connect().await.connection;
        world.worker().work_all().await.unwrap();
        let there = world.reports_at_amazon();
        assert_eq!(world.shelf.times(), vec![1; there - 1]);
        let view = world.overview(&id).await;
        assert_eq!((view.shown, view.connection.state), (Shown::Error, ConnectionState::Active));
        let refused = refused_reports(&world.app, &Actor::CommandLine, &world.client, &id).await.unwrap();
        let [refused] = &refused[..] else { panic!("{refused:?}") };
        assert_eq!(refused.trouble.as_ref().unwrap().code, "report-broken");
        let notices = app::notices::open(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        let kinds: Vec<&str> = notices.iter().map(|notice| notice.kind.as_str()).collect();
        assert!(kinds.contains(&"report-refused") && kinds.contains(&"unknown-kinds"), "{kinds:?}");

        world.fetch_now(&id).await;
        assert_eq!(world.shelf.times().len(), there - 1, "not again at once");
        world.advance(SignedDuration::from_hours(2));
        world.fetch_now(&id).await;
        assert_eq!(world.shelf.times(), vec![1; there]);
        assert_eq!(world.overview(&id).await.shown, Shown::Ok);
        let notices = app::notices::open(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        assert!(notices.iter().all(|notice| notice.kind != "report-refused"), "it is over");
    }

    async fn who_is_asked_for_patience_waits_and_goes_on(test) {
        let world = World::new(test).await;
        let id = world.connect().await.connection;
        world.control().add_fault("document:10+=429".parse().unwrap());
        world.worker().work_all().await.unwrap();
        let came = world.shelf.times().len();
        assert!(came > 5 && came < world.reports_at_amazon(), "{came}");
        let view = world.overview(&id).await;
        assert_eq!(view.shown, Shown::Waiting);
        let until = view.connection.waiting_until.unwrap();
        assert_eq!(view.next_run_at(), Some(until));
        let fetches = history(&world.app, &Actor::CommandLine, &world.client, &id, None, 1).await.unwrap();
        assert_eq!(fetches[0].outcome, FetchOutcome::Waiting);
        assert_eq!(schedule(&world.app).await.unwrap(), 0, "not before its time");

        world.control().clear_faults();
        world.machine.set(until);
        assert_eq!(schedule(&world.app).await.unwrap(), 1);
        world.worker().work_all().await.unwrap();
        assert_eq!(world.shelf.times(), vec![1; world.reports_at_amazon()]);
        assert_eq!(world.overview(&id).await.shown, Shown::Ok);
    }

    async fn a_key_that_is_refused_stops_the_connection_and_says_so(test) {
        let world = World::new(test).await;
        let id = world.connect().await.connection;
        world.control().add_fault("reports=unknown-key".parse().unwrap());
        world.worker().work_all().await.unwrap();
        let view = world.overview(&id).await;
        assert_eq!((view.shown, view.connection.state), (Shown::Error, ConnectionState::Stopped));
        assert_eq!(view.next_run_at(), None);
        let trouble = view.connection.trouble.unwrap();
        assert_eq!(trouble.code, "key-not-authorized");
        let notices = app::notices::open(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        let [notice] = &notices[..] else { panic!("{notices:?}") };
        assert_eq!(notice.kind, "key-refused");
        assert!(notice.german.contains("Mein Laden") && notice.german.contains(&trouble.german));
        world.advance(SignedDuration::from_hours(48));
        assert_eq!(schedule(&world.app).await.unwrap(), 0, "a person has to do something first");
    }

    async fn an_amazon_that_is_away_is_asked_again_with_longer_and_longer_pauses(test) {
        let world = World::new(test).await;
        let id = world.connect().await.connection;
        world.control().add_fault("reports=503".parse().unwrap());
        let mut pauses = Vec::new();
        for _ in 0..8 {
            world.worker().work_all().await.unwrap();
            let connection = world.overview(&id).await.connection;
            let pause = connection.next_run_at.duration_since(connection.trouble_at.unwrap());
            pauses.push(pause.as_mins());
            assert!(connection.trouble.unwrap().german.contains("von selbst wieder"));
            world.machine.set(connection.next_run_at);
            assert_eq!(schedule(&world.app).await.unwrap(), 1);
        }
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 240, 240]);
        let open = app::notices::open(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        assert!(open.is_empty(), "troubles of some hours pass by themselves");
        world.advance(SignedDuration::from_hours(12));
        world.worker().work_all().await.unwrap();
        let open = app::notices::open(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        assert_eq!(open.iter().map(|notice| notice.kind.as_str()).collect::<Vec<_>>(), ["connection-stopped"]);
        world.control().clear_faults();
        world.fetch_now(&id).await;
        assert_eq!(world.overview(&id).await.shown, Shown::Ok);
        let open = app::notices::open(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        assert!(open.iter().all(|notice| notice.kind != "connection-stopped"), "{open:?}");
    }

    async fn the_payouts_of_another_seller_stop_the_connection_and_nothing_enters(test) {
        let world = World::with(test, |builder| builder.merchants(2)).await;
        let id = world.connect().await.connection;
        // Somebody at Amazon gives the key to another merchant: the connection now shows the wrong seller.
        let mut transaction = world.app.database.begin().await.unwrap();
        transaction
            .execute("UPDATE connection SET seller_id = 'A9ANOTHERSELLER' WHERE id = $1", store::arguments![&id])
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        world.worker().work_all().await.unwrap();
        assert!(world.shelf.times().is_empty());
        let connection = world.overview(&id).await.connection;
        assert_eq!(connection.state, ConnectionState::Stopped);
        assert_eq!(connection.trouble.unwrap().code, "other-seller");
        let mut transaction = world.app.database.read().await.unwrap();
        let kept = store::payouts::of_client(
            &mut transaction, &world.client, jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::MAX).await.unwrap();
        assert!(kept.is_empty());
    }
}

#[test]
fn every_state_has_its_word_in_both_languages() {
    for shown in Shown::ALL {
        assert!(Language::ALL.iter().all(|language| !shown.text(*language).is_empty()), "{shown:?}");
    }
}
