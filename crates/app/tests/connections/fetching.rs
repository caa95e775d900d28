//! Fetching: everything that Amazon has, once; what is new, once; and what it says about it.

use app::connections::Shown;
use app::fetch::{FetchOutcome, history};
use app::jobs::{JobState, schedule};
use app::{Actor, jobs};
use jiff::{SignedDuration, Timestamp};
use store::payouts;
use testkit::both_databases;

use crate::world::{SELLER, World};

both_databases! {
    async fn everything_comes_once_and_the_next_fetch_brings_what_is_new(test) {
        let world = World::new(test).await;
        let connected = world.connect().await;
        let id = &connected.connection;
        let there = world.reports_at_amazon();
        assert!(there > 60, "{there}");
        assert_eq!(world.worker().work_all().await.unwrap(), 1);
        assert_eq!(world.shelf.times(), vec![1; there]);
        let job = jobs::find(&world.app, &Actor::CommandLine, &world.client, &connected.job).await.unwrap();
        assert_eq!((job.state, job.done, job.total), (JobState::Done, job.total, u64::try_from(there).unwrap()));
        let view = world.overview(id).await;
        assert_eq!((view.shown, view.connection.last_success_at.is_some()), (Shown::Ok, true));

        world.fetch_now(id).await;
        assert_eq!(world.shelf.times(), vec![1; there]);
        world.advance(SignedDuration::from_hours(30));
        world.control().move_clock(SignedDuration::from_hours(30)).unwrap();
        world.control().close_settlement();
        let more = world.reports_at_amazon();
        assert!(more > there);
        assert_eq!(schedule(&world.app).await.unwrap(), 1);
        assert_eq!(world.worker().work_all().await.unwrap(), 1);
        assert_eq!(world.shelf.times(), vec![1; more]);

        let fetches = history(&world.app, &Actor::CommandLine, &world.client, id, None, 10).await.unwrap();
        let [third, second, first] = &fetches[..] else { panic!("{fetches:?}") };
        let number = |count: usize| u64::try_from(count).unwrap();
        assert_eq!((first.counts.imported, first.counts.known), (number(there), 0));
        assert_eq!((second.counts.imported, second.counts.known), (0, number(there)));
        assert_eq!((third.counts.imported, third.asked_by.as_str()), (number(more - there), "system"));
        assert!(first.counts.payouts > 50 && first.counts.movements > 500);
        assert!(fetches.iter().all(|fetch| fetch.outcome == FetchOutcome::Done && fetch.trouble.is_none()));
        let of_page = history(&world.app, &Actor::CommandLine, &world.client, id, Some(&third.id), 1).await.unwrap();
        assert_eq!(of_page.as_slice(), std::slice::from_ref(second));
    }

    async fn payouts_are_kept_with_the_words_of_the_bank_statement(test) {
        let world = World::new(test).await;
        let id = world.connect().await.connection;
        world.worker().work_all().await.unwrap();
        let listed = world.control().disbursements(amazon_pay::key::Environment::Live);
        let mut transaction = world.app.database.read().await.unwrap();
        let kept = payouts::of_client(&mut transaction, &world.client, Timestamp::UNIX_EPOCH, Timestamp::MAX)
            .await
            .unwrap();
        drop(transaction);
        assert_eq!(kept.len(), listed.len());
        for payout in &listed {
            let mut transaction = world.app.database.read().await.unwrap();
            let found = payouts::of_settlement(&mut transaction, &world.client, SELLER, &payout.settlement_id)
                .await
                .unwrap();
            // A payout that came back is paid once more, with another reference.
            let found = found.iter().find(|found| found.reference.as_deref() == Some(&payout.reference)).unwrap();
            assert_eq!((found.amount, found.currency.as_str()), (payout.amount, "EUR"));
        }
        world.fetch_now(&id).await;
        let fetches = history(&world.app, &Actor::CommandLine, &world.client, &id, None, 1).await.unwrap();
        assert_eq!(fetches[0].counts.payouts, 0, "they were here already");
    }

    async fn nothing_older_than_the_start_date_is_fetched(test) {
        let world = World::new(test).await;
        let mut form = world.form();
        "1.11.2026".clone_into(&mut form.start_date);
        let id = world.try_connect(&form).await.unwrap().connection;
        world.worker().work_all().await.unwrap();
        let fetches = history(&world.app, &Actor::CommandLine, &world.client, &id, None, 1).await.unwrap();
        let listed = usize::try_from(fetches[0].counts.listed).unwrap();
        assert!(listed < world.reports_at_amazon() / 2 && listed > 15, "{listed}");
        assert_eq!(world.shelf.times(), vec![1; listed]);
    }
}
