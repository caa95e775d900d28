//! A month on its way out: made, downloaded, compared, processed, corrected.

use app::Actor;
use app::Role;
use app::books::batch;
use app::books::months::{FIRST, LAST};
use app::settings::stored;
use axum::http::StatusCode;
use store::batches::BatchState;
use testkit::both_databases;

use crate::desk::{after, with_books, with_chart};
use crate::world::{Who, World};

const OWNER: Who = Who::Member(Role::Owner);

both_databases! {
    async fn a_month_is_made_downloaded_and_compared(test) {
        let world = World::new(test).await;
        let month = *with_books(&world).await.last().unwrap();
        let cookie = world.cookie_of(OWNER).await;
        let dashboard = format!("/clients/{}/export", world.client);
        let page = world.get(&dashboard, cookie.as_deref()).await;
        assert!(page.body.contains(&format!("{dashboard}/{month}")), "{}", page.body);
        let here = format!("{dashboard}/{month}");
        let made = world.post(&here, "confirmed=yes", cookie.as_deref()).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert!(made.header("location").ends_with("said=exported"), "{}", made.header("location"));
        let page = world.get(&here, cookie.as_deref()).await;
        let all = batch::history(&world.app, &Actor::CommandLine, &world.client, (FIRST, LAST)).await.unwrap();
        assert!(page.body.contains(&all[0].content.sha256), "{}", page.body);
        let at = format!("{here}/{}", all[0].begun.id);
        let file = world.get(&format!("{at}/files/0"), cookie.as_deref()).await;
        assert!(file.body.starts_with("\"EXTF\""), "{}", file.body);
        assert!(file.header("content-disposition").contains("EXTF_Buchungsstapel_"));
        for archive in [format!("{at}/archive"), format!("{here}/archive")] {
            let zip = world.get(&archive, cookie.as_deref()).await;
            assert!(zip.body.starts_with("PK") && zip.body.contains("EXTF_Kontenbeschriftungen.csv"));
        }
        let sheet = world.get(&format!("{at}/sheet?datev=0,01"), cookie.as_deref()).await;
        assert!(sheet.body.contains("Saldo laut DATEV") && sheet.body.contains("Unterschied:"), "{}", sheet.body);
        let list = world.get(&format!("{dashboard}?format=csv"), cookie.as_deref()).await;
        assert!(list.body.contains("exportiert"), "{}", list.body);
    }

    async fn a_month_that_is_not_covered_asks_first(test) {
        let world = World::new(test).await;
        let months = with_books(&world).await;
        let cookie = world.cookie_of(OWNER).await;
        let here = format!("/clients/{}/export/{}", world.client, months.last().unwrap());
        let asked = world.post(&here, "connection=", cookie.as_deref()).await;
        assert_eq!(asked.status, StatusCode::OK);
        assert!(asked.body.contains("trotzdem exportieren?"), "{}", asked.body);
        assert_eq!(after(&asked.body, "name=\"confirmed\" value=\""), "yes");
    }

    async fn what_left_is_withdrawn_replaced_or_processed_and_then_only_corrected(test) {
        let world = World::new(test).await;
        let month = *with_books(&world).await.last().unwrap();
        let cookie = world.cookie_of(OWNER).await;
        let here = format!("/clients/{}/export/{month}", world.client);
        world.post(&here, "confirmed=yes", cookie.as_deref()).await;
        let newest = async || {
            let all = batch::history(&world.app, &Actor::CommandLine, &world.client, (FIRST, LAST)).await;
            let standing = all.unwrap().into_iter().filter(|batch| batch.state == BatchState::Exported);
            standing.max_by_key(|batch| batch.begun.correction).unwrap().begun.id
        };
        let first = newest().await;
        let asked = world.post(&format!("{here}/{first}/replace"), "", cookie.as_deref()).await;
        assert!(asked.body.contains("neu erstellen?"), "{}", asked.body);
        world.post(&format!("{here}/{first}/replace"), "confirmed=yes", cookie.as_deref()).await;
        let second = newest().await;
        assert_ne!(first, second);
        world.post(&format!("{here}/{second}/processed"), "", cookie.as_deref()).await;
        let late = world.post(&format!("{here}/{second}/withdraw"), "confirmed=yes", cookie.as_deref()).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("schon verarbeitet"), "{}", late.body);
        let nothing = world.post(&format!("{here}/correct"), "connection=", cookie.as_deref()).await;
        assert_eq!(nothing.status, StatusCode::CONFLICT, "nothing has changed");

        // Another account for the fees: the page of settings asks, and then there is something to correct.
        let rule = format!("/clients/{}/settings/expense-accounts/rule", world.client);
        let form = "based-on=1&row=2&for=fee&account=6857";
        let asked = world.post(&rule, form, cookie.as_deref()).await;
        assert!(asked.body.contains("exportierter Monate wären zu ändern"), "{}", asked.body);
        let open = after(&asked.body, "name=\"from\" value=\"");
        assert_eq!(open, month.next().first().to_string());
        let changed = world.post(&rule, &format!("{form}&sure=yes"), cookie.as_deref()).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
        let page = world.get(&here, cookie.as_deref()).await;
        assert!(page.body.contains("geändert seit Export"), "{}", page.body);
        world.post(&format!("{here}/correct"), "connection=", cookie.as_deref()).await;
        let page = world.get(&here, cookie.as_deref()).await;
        assert!(page.body.contains("Korrektur 1"), "{}", page.body);
        let correction = newest().await;
        let sheet = world.get(&format!("{here}/{correction}/sheet"), cookie.as_deref()).await;
        assert!(sheet.body.contains("Neuer Saldo"), "{}", sheet.body);
    }

    async fn a_rule_from_the_first_open_month_changes_nothing_that_left(test) {
        let world = World::new(test).await;
        let month = *with_books(&world).await.last().unwrap();
        let cookie = world.cookie_of(OWNER).await;
        let here = format!("/clients/{}/export/{month}", world.client);
        world.post(&here, "confirmed=yes", cookie.as_deref()).await;
        let rule = format!("/clients/{}/settings/expense-accounts/rule", world.client);
        let form = format!("based-on=1&row=2&for=fee&account=6857&from={}", month.next().first());
        let answer = world.post(&rule, &form, cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let settings = stored::current(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        assert_eq!((settings.version, settings.document.accounts.len()), (2, 6));
    }

    async fn an_empty_month_and_missing_settings_are_told_in_words(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        let dashboard = format!("/clients/{}/export", world.client);
        let page = world.get(&dashboard, cookie.as_deref()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Noch nichts zu übergeben"), "{}", page.body);
        with_chart(&world).await;
        let answer = world.post(&format!("{dashboard}/2026-10"), "confirmed=yes", cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("nichts zu buchen"), "{}", answer.body);
        assert_eq!(world.get(&format!("{dashboard}/2026-13"), cookie.as_deref()).await.status, StatusCode::NOT_FOUND);
    }
}
