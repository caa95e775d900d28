//! Kontierung as somebody fills it in.

use app::settings::stored;
use app::{Actor, Role};
use axum::http::StatusCode;
use testkit::both_databases;

use crate::world::{Who, World};

const OWNER: Who = Who::Member(Role::Owner);

async fn chosen(world: &World, cookie: Option<&str>) {
    let form = "based-on=0&berater=29098&mandant=10234&chart=skr04&accounts-confirmed=yes";
    let answer = world.post(&format!("/clients/{}/settings/client", world.client), form, cookie).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn version(world: &World) -> i64 {
    stored::current(&world.app, &Actor::CommandLine, &world.client).await.unwrap().version
}

both_databases! {
    async fn a_chart_and_one_tick_make_a_client_ready(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        let path = format!("/clients/{}/settings/client", world.client);
        let page = world.get(&path, cookie.as_deref()).await;
        assert!(page.body.contains("Beraternummer") && page.body.contains("1810"), "{}", page.body);
        chosen(&world, cookie.as_deref()).await;
        let settings = stored::current(&world.app, &Actor::CommandLine, &world.client).await.unwrap();
        let configuration = settings.review.configuration.unwrap();
        assert!(configuration.handling.accounts_confirmed);
        assert_eq!(settings.document.accounts.len(), 5);
        for (place, account) in [("payment-accounts", "1810"), ("expense-accounts", "6855"), ("debtors", "10000")] {
            let page = world.get(&format!("/clients/{}/settings/{place}", world.client), cookie.as_deref()).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains(account), "{place}");
        }
    }

    async fn what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        let path = format!("/clients/{}/settings/client", world.client);
        let answer = world.post(&path, "based-on=0&berater=99&mandant=10234&chart=", cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("id=\"berater-error\"") && answer.body.contains("value=\"99\""));
        assert!(answer.body.contains("id=\"chart-error\""), "{}", answer.body);
        assert_eq!(version(&world).await, 0);
    }

    async fn a_later_day_makes_a_line_of_its_own_and_leaves_the_present_one(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        chosen(&world, cookie.as_deref()).await;
        let path = format!("/clients/{}/settings/expense-accounts", world.client);
        let form = "based-on=1&row=2&for=fee&account=5923&from=2027-01-01";
        let answer = world.post(&format!("{path}/rule"), form, cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = world.get(&path, cookie.as_deref()).await;
        assert!(page.body.contains("bis 31.12.2026") && page.body.contains("ab 01.01.2027"), "{}", page.body);
        let remove = format!("{path}/rule/remove?row=3&based-on=2");
        let asked = world.post(&remove, "", cookie.as_deref()).await;
        assert!(asked.body.contains("confirmed"), "{}", asked.body);
        world.post(&remove, "confirmed=yes", cookie.as_deref()).await;
        assert!(!world.get(&path, cookie.as_deref()).await.body.contains("5923"));
        let stale = world.post(&remove, "confirmed=yes", cookie.as_deref()).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
    }

    async fn the_example_follows_what_is_typed_and_keeps_nothing(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        chosen(&world, cookie.as_deref()).await;
        let path = format!("/clients/{}/settings/texts", world.client);
        let form = "based-on=1&payment=Tee+{order}&prefix=T-";
        let live = world.post(&format!("{path}/example"), form, cookie.as_deref()).await;
        assert!(live.body.contains("Tee TH-20418") && live.body.contains("T-TH-20418"), "{}", live.body);
        assert!(!live.body.contains("<html"));
        let button = world.post(&path, &format!("{form}&example=yes"), cookie.as_deref()).await;
        assert!(button.body.contains("Tee TH-20418") && button.body.contains("value=\"Tee {order}\""));
        assert_eq!(version(&world).await, 1);
        let broken = world.post(&path, "based-on=1&payment=Tee+{bestell", cookie.as_deref()).await;
        assert!(broken.body.contains("id=\"payment-error\""), "{}", broken.body);
        world.post(&path, form, cookie.as_deref()).await;
        assert_eq!(version(&world).await, 2);
    }

    async fn shops_and_rates_come_and_go(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        chosen(&world, cookie.as_deref()).await;
        let debtors = format!("/clients/{}/settings/debtors", world.client);
        let form = "based-on=1&name=Teehaus+AT&prefix=AT-";
        let answer = world.post(&format!("{debtors}/store"), form, cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(world.get(&debtors, cookie.as_deref()).await.body.contains("Teehaus AT"));
        let payment = format!("/clients/{}/settings/payment-accounts", world.client);
        let wrong = "based-on=2&currency=USD&rate=viel&month=2026-10&source=EZB";
        let answer = world.post(&format!("{payment}/rate"), wrong, cookie.as_deref()).await;
        assert!(answer.body.contains("id=\"rate-error\""), "{}", answer.body);
        let right = "based-on=2&currency=USD&rate=1.0850&month=2026-10&source=EZB";
        world.post(&format!("{payment}/rate"), right, cookie.as_deref()).await;
        assert!(world.get(&payment, cookie.as_deref()).await.body.contains("1.0850"));
    }

    async fn a_version_is_a_file_and_a_reader_changes_nothing(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        chosen(&world, cookie.as_deref()).await;
        let path = format!("/clients/{}/settings/client", world.client);
        let file = world.get(&format!("{path}/versions/1"), cookie.as_deref()).await;
        assert!(file.body.contains("berater = 29098"), "{}", file.body);
        let reader = world.cookie_of(Who::Member(Role::Reader)).await;
        let page = world.get(&path, reader.as_deref()).await;
        assert!(!page.body.contains("<input type=\"checkbox\"") && page.body.contains("1810"));
        let answer = world.post(&path, "based-on=1&chart=skr03", reader.as_deref()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }

    async fn settings_are_copied_from_a_client_of_the_same_person_only(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        chosen(&world, cookie.as_deref()).await;
        let path = format!("/clients/{}/settings/client/copy", world.client);
        let form = format!("other={}&confirmed=yes", world.other);
        let answer = world.post(&path, &form, cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}
