//! Several at once, and several clients.

use app::documents::{Imported, library, movements};
use app::refusal::RefusalKind;
use app::{Actor, Role};
use store::id::{ClientId, UserId};
use testkit::both_databases;

use crate::desk::{desk, new_client, one_report};

fn reader(client: &ClientId, desk: &crate::desk::Desk) -> Actor {
    Actor::User {
        id: UserId::new(&*desk.app.machine),
        email: "someone@example.com".to_owned(),
        operator: false,
        roles: vec![(client.clone(), Role::Reader)],
    }
}

both_databases! {
    async fn of_two_imports_at_once_one_wins_and_the_other_sees_it(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(2_000);
        let (one, other) = tokio::join!(desk.import(&name, &bytes), desk.import("other.csv", &bytes));
        let outcomes = [one.unwrap(), other.unwrap()];
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Imported::New(_))).count(), 1, "{outcomes:?}");
        assert_eq!(outcomes[0].document(), outcomes[1].document());
        let counts = desk.counts().await;
        assert_eq!((counts[0], counts[2], counts[4], counts[6]), (1, 1, 2_000, 2_000));
        assert_eq!(desk.journal().await, ["document.received"]);
    }

    async fn ten_clients_at_once_each_keep_their_own(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(300);
        let mut clients = Vec::new();
        for number in 0..10 {
            clients.push(new_client(&desk.app, &format!("Mandant {number}")).await);
        }
        let imports = clients.iter().map(|client| desk.import_for(client, &name, &bytes));
        for outcome in futures_util::future::join_all(imports).await {
            assert!(matches!(outcome.unwrap(), Imported::New(_)));
        }
        for client in &clients {
            let documents = library::list(&desk.app, &Actor::CommandLine, client, None, None, 10).await.unwrap();
            assert_eq!(documents.len(), 1);
            let walk = movements::Walk::Oldest;
            let page = movements::list(&desk.app, &Actor::CommandLine, client, &walk, &movements::Query::default(), None, 500).await.unwrap();
            assert_eq!(page.rows.len(), 300);
        }
        assert_eq!(desk.counts().await[4], 3_000);
    }

    async fn what_belongs_to_another_client_is_out_of_reach(test) {
        let desk = desk(&test.database).await;
        let stranger = new_client(&desk.app, "Fremd").await;
        let (name, bytes) = one_report(40);
        let document = desk.import(&name, &bytes).await.unwrap().document().clone();
        let settlement = document.settlement.clone().unwrap().number;
        let id = &document.received.id;
        let actor = reader(&stranger, &desk);
        let refused = |kind| move |error: app::AppError| error.refusal().is_some_and(|refusal| refusal.kind == kind);
        let not_found = refused(RefusalKind::NotFound);
        // By the other client's address, and by the own one with the other's things.
        for client in [&desk.client, &stranger] {
            assert!(library::show(&desk.app, &actor, client, id).await.map(drop).is_err_and(not_found));
            let copied = library::copy_bytes(&desk.app, &actor, client, id, Vec::new()).await;
            assert!(copied.map(drop).is_err_and(not_found));
            let shown = movements::show(&desk.app, &actor, client, settlement, document.received.rows).await;
            assert!(shown.map(drop).is_err_and(not_found));
        }
        let page = movements::list(&desk.app, &actor, &stranger, &movements::Walk::Newest,
            &movements::Query { settlement: Some(settlement), ..movements::Query::default() }, None, 10).await.unwrap();
        assert!(page.rows.is_empty());
        let import = app::documents::import(&desk.app, &actor, &stranger, crate::desk::received(&name, &bytes), std::sync::Arc::new(app::Silent));
        assert!(import.await.map(drop).is_err_and(refused(RefusalKind::Forbidden)), "a reader may not upload");
    }
}
