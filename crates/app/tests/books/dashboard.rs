//! The first page of a client: its sums are the reports', and a month waits until it left.

use app::Actor;
use app::books::export;
use app::dashboard::{dashboard, open_counts};
use jiff::civil::date;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use store::id::LinkId;
use testkit::both_databases;

use crate::desk::{ME, desk, empty, october};

both_databases! {
    async fn a_client_without_anything_sees_that_there_is_nothing(test) {
        let desk = empty(&test.database).await;
        let seen = dashboard(&desk.app, &ME, &desk.client).await.unwrap();
        assert!(seen.is_empty() && seen.due.months.is_empty() && !seen.due.confirmed);
    }

    async fn months_that_are_over_wait_until_they_left(test) {
        let desk = desk(&test.database).await;
        let seen = dashboard(&desk.app, &ME, &desk.client).await.unwrap();
        assert!(seen.due.confirmed);
        let held: Vec<Month> = {
            let mut transaction = desk.app.database.read().await.unwrap();
            store::settlements::months(&mut transaction, 1).await.unwrap()
        };
        // It is December: what lies in it is not over.
        let over: Vec<Month> = held.iter().copied().filter(|month| *month < Month::of(date(2026, 12, 1))).collect();
        assert!(over.len() >= 3 && over.contains(&october()), "{held:?}");
        assert_eq!(seen.due.months, over);
        export::export(&desk.app, &ME, &desk.client, october(), None).await.unwrap();
        let counts = open_counts(&desk.app, &ME, &desk.client).await.unwrap();
        assert_eq!(counts.months, u64::try_from(over.len() - 1).unwrap());
        let seen = dashboard(&desk.app, &ME, &desk.client).await.unwrap();
        assert!(!seen.due.months.contains(&october()));
    }

    async fn the_sums_are_those_of_the_months_and_of_the_connections(test) {
        let desk = desk(&test.database).await;
        let seen = dashboard(&desk.app, &ME, &desk.client).await.unwrap();
        let (last, first) = seen.months.unwrap();
        let days = (first.first(), last.last());
        let sums = app::documents::movements::month_sums(&desk.app, &ME, &desk.client, days, None, None).await.unwrap();
        assert_eq!(seen.sums, sums);
        let paid = sums.iter().find(|sum| sum.month == last && sum.kind == MovementKind::Payment);
        let by_connection: i64 = seen.payments.iter().map(|sum| sum.gross).sum();
        assert_eq!(paid.map_or(0, |sum| sum.gross), by_connection);
        assert_eq!(seen.chains.len(), 1);
        assert_eq!(seen.owed.len(), 1);
    }

    async fn an_auditor_sees_his_period_alone(test) {
        let desk = desk(&test.database).await;
        let auditor = Actor::Auditor {
            link: LinkId::new(&*desk.app.machine),
            name: "Prüfer".to_owned(),
            client: desk.client.clone(),
            from: date(2026, 10, 1),
            until: date(2026, 10, 31),
        };
        let seen = dashboard(&desk.app, &auditor, &desk.client).await.unwrap();
        assert_eq!(seen.months, Some((october(), october())));
        assert!(!seen.sums.is_empty() && seen.sums.iter().all(|sum| sum.month == october()));
        assert!(seen.due.months.is_empty() && seen.notices.is_empty());
        let all = dashboard(&desk.app, &ME, &desk.client).await.unwrap();
        let count = |seen: &app::dashboard::Dashboard| seen.chains.iter().map(|chain| chain.settlements.len()).sum::<usize>();
        assert!(count(&seen) < count(&all));
        let documents = app::documents::library::list(&desk.app, &auditor, &desk.client, None, None, 100).await.unwrap();
        assert_eq!(documents.len(), count(&seen));
        let everything = app::documents::library::list(&desk.app, &ME, &desk.client, None, None, 100).await.unwrap();
        let hidden = everything.iter().find(|one| !documents.iter().any(|seen| seen.received.id == one.received.id)).unwrap();
        let refused = app::documents::library::show(&desk.app, &auditor, &desk.client, &hidden.received.id).await;
        assert_eq!(crate::desk::code(refused), "not-found");
    }
}
