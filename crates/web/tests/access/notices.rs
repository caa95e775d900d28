//! Schnittstellenstatus and Benachrichtigungen: what is missing, and who hears of it.

use std::sync::Arc;

use app::documents::{Receiver, Source, import};
use app::notices::{NoticeKind, Rhythm};
use app::{Actor, Role, Silent};
use axum::http::StatusCode;
use testkit::both_databases;

use crate::world::{Who, World};

both_databases! {
    async fn the_status_names_the_months_and_the_gap_between_two_settlements(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Reader)).await;
        let path = format!("/clients/{}/connections/status", world.client);
        let empty = world.get(&path, cookie.as_deref()).await;
        assert!(empty.body.contains("Noch keine Schnittstelle"), "{}", empty.body);
        let mut reports = testkit::reports::settlements(6);
        reports.remove(2);
        for (name, bytes) in reports {
            let mut tray = Receiver::new().unwrap();
            tray.take(&bytes).unwrap();
            let received = tray.finish(&name, Source::Upload).unwrap();
            import(&world.app, &Actor::CommandLine, &world.client, received, Arc::new(Silent)).await.unwrap();
        }
        let page = world.get(&path, cookie.as_deref()).await;
        assert!(page.body.contains("nur aus Uploads, ohne Schnittstelle"), "{}", page.body);
        assert_eq!(page.body.matches("fehlt ein Bericht, oder es war nichts los").count(), 1, "{}", page.body);
        assert!(page.body.contains("Lücke nach"));
        assert!(!page.body.contains("Bericht hochladen"), "a reader cannot");
        let owner = world.cookie_of(Who::Member(Role::Owner)).await;
        assert!(world.get(&path, owner.as_deref()).await.body.contains("Bericht hochladen"));
        let csv = world.get(&format!("{path}?format=csv"), cookie.as_deref()).await;
        assert!(csv.body.contains("A2KONTOREXAMPLE") && csv.body.contains("Lücke nach"), "{}", csv.body);
    }

    async fn everybody_chooses_for_himself_and_each_kind_when_he_hears_of_it(test) {
        let world = World::new(test).await;
        let path = format!("/clients/{}/notices", world.client);
        let owner = world.cookie_of(Who::Member(Role::Owner)).await;
        let page = world.get(&path, owner.as_deref()).await;
        assert_eq!(page.body.matches("<option value=\"daily\" selected>").count(), NoticeKind::ALL.len());
        let reader = world.cookie_of(Who::Member(Role::Reader)).await;
        let page = world.get(&path, reader.as_deref()).await;
        assert_eq!(page.body.matches("<option value=\"never\" selected>").count(), NoticeKind::ALL.len());
        let form: Vec<String> = NoticeKind::ALL
            .iter()
            .map(|kind| format!("{}={}", kind.name(), if *kind == NoticeKind::Gap { "never" } else { "at-once" }))
            .collect();
        let form = form.join("&");
        let saved = world.post(&path, &form, owner.as_deref()).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = world.get(saved.header("location"), owner.as_deref()).await;
        assert!(page.body.contains("Gespeichert") && page.body.contains("<option value=\"never\" selected>"));
        let wrong = world.post(&path, &form.replace("never", "sometimes"), owner.as_deref()).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let id = world.user_of(Who::Member(Role::Owner)).await.id;
        let mut transaction = world.app.database.read().await.unwrap();
        for (kind, expected) in [("gap", Rhythm::Never), ("key-refused", Rhythm::AtOnce)] {
            let all = store::notices::recipients(&mut transaction, &world.client, kind).await.unwrap();
            let own = all.iter().find(|recipient| recipient.user == id).unwrap();
            assert_eq!(own.rhythm, expected, "{kind}");
            assert!(all.iter().any(|recipient| recipient.rhythm == Rhythm::Daily), "the others as before");
        }
        let auditor = world.cookie_of(Who::Auditor).await;
        assert_eq!(world.get(&path, auditor.as_deref()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
