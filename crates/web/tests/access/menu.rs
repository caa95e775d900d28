//! The menu: what stands there for whom, where it leads, and in whose time it tells.

use std::sync::Arc;

use app::documents::{Receiver, Source, import};
use app::settings::{Document, stored};
use app::{Actor, Role, Silent};
use axum::http::StatusCode;
use ledger::chart::Chart;
use testkit::both_databases;

use crate::world::{Who, World, links};

const SEEN_BY_ALL: [&str; 3] = ["dashboard", "connections", "log"];

/// The links of the menu.
fn menu(body: &str) -> Vec<String> {
    let (_, menu) = body.split_once("<nav aria-label=\"Hauptmenü\">").unwrap();
    links(menu.split_once("</nav>").unwrap().0)
}

both_databases! {
    async fn no_link_of_the_menu_leads_nowhere_whoever_follows_it(test) {
        let world = World::new(test).await;
        for who in Who::ALL {
            if matches!(who, Who::Stranger | Who::OtherOwner | Who::Operator) {
                continue;
            }
            let cookie = world.cookie_of(who).await;
            let home = format!("/clients/{}/dashboard", world.client);
            let page = world.get(&home, cookie.as_deref()).await;
            assert_eq!(page.status, StatusCode::OK, "{who:?}: {}", page.body);
            let menu = menu(&page.body);
            for part in SEEN_BY_ALL {
                let path = format!("/clients/{}/{part}", world.client);
                assert!(menu.contains(&path), "{who:?} does not see {part}");
            }
            for link in menu {
                let answer = world.get(&link, cookie.as_deref()).await;
                assert_eq!(answer.status, StatusCode::OK, "{who:?} at {link}");
                assert!(answer.body.contains(&format!("href=\"{link}\" aria-current=\"page\"")), "{link}");
            }
        }
    }

    async fn after_the_login_stands_the_dashboard(test) {
        let world = World::new(test).await;
        let owner = world.cookie_of(Who::Member(Role::Owner)).await;
        let start = world.get("/", owner.as_deref()).await;
        assert_eq!(start.header("location"), format!("/clients/{}/dashboard", world.client));
        let page = world.get(start.header("location"), owner.as_deref()).await;
        assert!(page.body.contains("+ Neue Schnittstelle anbinden"), "{}", page.body);
        assert!(page.body.contains("Noch ist nichts angebunden"));
        let reader = world.cookie_of(Who::Member(Role::Reader)).await;
        let page = world.get(start.header("location"), reader.as_deref()).await;
        assert!(!page.body.contains("+ Neue Schnittstelle anbinden"));
    }

    async fn times_are_told_in_the_zone_of_the_client(test) {
        let world = World::new(test).await;
        let owner = world.cookie_of(Who::Member(Role::Owner)).await;
        let home = format!("/clients/{}/dashboard", world.client);
        let hour = |zone: &str| {
            let zoned = world.app.now().in_tz(zone).unwrap();
            format!("Stand {}", zoned.strftime("%d.%m.%Y, %H:%M"))
        };
        assert!(world.get(&home, owner.as_deref()).await.body.contains(&hour("Europe/Berlin")));
        let mut settings = Document::proposed(Chart::Skr03);
        settings.client.zone = Some("America/New_York".to_owned());
        stored::save(&world.app, &Actor::CommandLine, &world.client, &settings, 0, "").await.unwrap();
        assert!(world.get(&home, owner.as_deref()).await.body.contains(&hour("America/New_York")));
    }

    async fn the_dashboard_shows_what_the_reports_say(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await;
        let (name, bytes) = crate::world::report();
        let mut tray = Receiver::new().unwrap();
        tray.take(&bytes).unwrap();
        let received = tray.finish(&name, Source::Upload).unwrap();
        import(&world.app, &Actor::CommandLine, &world.client, received, Arc::new(Silent)).await.unwrap();
        let home = format!("/clients/{}/dashboard", world.client);
        let page = world.get(&home, cookie.as_deref()).await;
        let sums = {
            let mut transaction = world.app.database.read().await.unwrap();
            let day = store::settlements::last_day(&mut transaction, 1).await.unwrap().unwrap();
            let days = (day.first_of_month(), day.last_of_month());
            store::settlements::month_sums(&mut transaction, 1, days, None, None).await.unwrap()
        };
        let payments = sums.iter().find(|sum| sum.kind == ledger::kind::MovementKind::Payment).unwrap();
        let figure = ledger::money::Money::new(payments.gross, payments.currency).figure(',');
        let digits: String = figure.chars().filter(char::is_ascii_digit).collect();
        let shown: String = page.body.chars().filter(|letter| *letter != '.').collect();
        let (whole, cents) = digits.split_at(digits.len() - 2);
        assert!(shown.contains(&format!("{whole},{cents}\u{a0}€")), "{figure}: {}", page.body);
        assert!(page.body.contains("Kontierung vor dem ersten Export bestätigen"));
    }
}
