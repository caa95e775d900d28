//! Abstimmung: the balance of a month is what its parts say, and what the hand-over sheet says.

use app::books::export::export;
use app::books::sheet::Sheet;
use app::books::statement::statements;
use app::{Actor, Role};
use axum::http::StatusCode;
use testkit::both_databases;

use crate::desk::with_books;
use crate::world::{Who, World};

const ME: Actor = Actor::CommandLine;

both_databases! {
    async fn the_statement_from_sums_says_what_the_batch_proves_row_by_row(test) {
        let world = World::new(test).await;
        let months = with_books(&world).await;
        let all = statements(&world.app, &ME, &world.client).await.unwrap();
        assert_eq!(all.len(), 1);
        let mut opening = None;
        for month in months {
            let proved = all[0].months.iter().find(|proved| proved.month == month.to_string()).unwrap();
            assert!(opening.is_none_or(|before| before == proved.opening.minor), "{month}");
            opening = Some(proved.closing.minor);
            let batch = export(&world.app, &ME, &world.client, month, None).await.unwrap();
            let sheet: Sheet = serde_json::from_str(&batch.content.sheet).unwrap();
            let balance = &sheet.balances[0];
            assert_eq!((balance.opening, balance.closing), (proved.opening.minor, proved.closing.minor));
            assert_eq!(balance.not_settled, proved.closing_explained.not_yet_settled.minor);
        }
    }

    async fn the_page_shows_the_proof_and_the_chain(test) {
        let world = World::new(test).await;
        let here = format!("/clients/{}/reconciliation", world.client);
        let cookie = world.cookie_of(Who::Member(Role::Adviser)).await;
        let empty = world.get(&here, cookie.as_deref()).await;
        assert!(empty.body.contains("Noch nichts abzustimmen"), "{}", empty.body);
        let months = with_books(&world).await;
        let page = world.get(&format!("{here}?month={}", months[0]), cookie.as_deref()).await;
        assert_eq!(page.status, StatusCode::OK);
        for part in ["Anfangsbestand", "Endbestand", "Kette der Abrechnungen", "Monatsende"] {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        let csv = world.get(&format!("{here}?month={}&format=csv", months[0]), cookie.as_deref()).await;
        assert!(csv.body.contains("zu zahlen"), "{}", csv.body);
    }
}
