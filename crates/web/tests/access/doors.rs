//! Doors that open with a link: the first set-up, invitations, new passwords, auditors; and what a client's owner does.

use app::account::{reset, setup};
use app::{Actor, Role, clients, people};
use axum::http::StatusCode;
use jiff::SignedDuration;
use store::journal;
use testkit::both_databases;

use crate::world::{Who, World};

const OWNER: Who = Who::Member(Role::Owner);

/// The text of what a page shows once.
fn once(body: &str) -> String {
    let (_, after) = body.split_once("<code class=\"key-once\">").unwrap_or_else(|| panic!("{body}"));
    after.split_once("</code>").unwrap().0.replace("&#38;", "&").replace("&amp;", "&")
}

fn path_of(link: &str) -> String {
    link.strip_prefix(crate::world::ORIGIN_OF_SITE).unwrap().to_owned()
}

fn code_of(link: &str) -> String {
    link.split_once("code=").unwrap().1.to_owned()
}

both_databases! {
    async fn the_owner_sets_the_house_up_once(test) {
        let world = World::empty(test).await;
        assert_eq!(world.get("/", None).await.header("location"), "/setup");
        let code = setup::link(&world.app).await.unwrap().unwrap();
        let page = world.get(&format!("/setup?code={}", code.reveal()), None).await;
        assert!(page.body.contains(code.reveal()));
        let form = |code: &str, password: &str| {
            format!("code={code}&client=Teehaus&name=Erika&email=erika%40example.org&password={password}")
        };
        let weak = world.post("/setup", &form(code.reveal(), "short"), None).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.body.contains("erika@example.org") && weak.body.contains("mindestens 12"));
        let wrong = world.post("/setup", &form("guessed", "a+long+password"), None).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        let done = world.post("/setup", &form(code.reveal(), "a+long+password"), None).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(done.header("location").ends_with("/dashboard"));
        let cookie = done.cookie();
        assert_eq!(world.get("/clients", cookie.as_deref()).await.status, StatusCode::OK);
        assert!(setup::link(&world.app).await.unwrap().is_none());
        assert_eq!(world.get("/setup", None).await.header("location"), "/login");
        let again = world.post("/setup", &form(code.reveal(), "a+long+password"), None).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
    }

    async fn an_invitation_makes_a_member_with_its_role_and_works_once(test) {
        let world = World::new(test).await;
        let owner = world.cookie_of(OWNER).await;
        let users = format!("/clients/{}/users", world.client);
        let form = "email=neu%40example.org&role=reader";
        let answer = world.post(&format!("{users}/invitations"), form, owner.as_deref()).await;
        let link = once(&answer.body);
        let page = world.get(&path_of(&link), None).await;
        assert!(page.body.contains("Teehaus Demo GmbH") && page.body.contains("Lesen"), "{}", page.body);
        let form = format!("code={}&name=Neu&password=a+long+password", code_of(&link));
        let joined = world.post("/invitation", &form, None).await;
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
        let cookie = joined.cookie();
        assert_eq!(world.get(&users, cookie.as_deref()).await.status, StatusCode::OK);
        let forbidden = world.post(&format!("{users}/invitations"), "email=x&role=owner", cookie.as_deref()).await;
        assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
        assert_eq!(world.post("/invitation", &form, None).await.status, StatusCode::NOT_FOUND);
    }

    async fn an_invitation_never_sets_the_password_of_an_account_that_exists(test) {
        let world = World::new(test).await;
        let owner = world.cookie_of(OWNER).await;
        let form = "email=otherowner%40example.org&role=adviser";
        let path = format!("/clients/{}/users/invitations", world.client);
        let link = once(&world.post(&path, form, owner.as_deref()).await.body);
        let code = code_of(&link);
        let taken = world.post("/invitation", &format!("code={code}&name=X&password=a+long+password"), None).await;
        assert_eq!(taken.status, StatusCode::CONFLICT);
        let stranger = world.cookie_of(Who::Member(Role::Reader)).await;
        let answer = world.post("/invitation/accept", &format!("code={code}"), stranger.as_deref()).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        let invited = world.cookie_of(Who::OtherOwner).await;
        let answer = world.post("/invitation/accept", &format!("code={code}"), invited.as_deref()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }

    async fn the_last_owner_stays(test) {
        let world = World::new(test).await;
        let owner = world.cookie_of(OWNER).await;
        let id = world.user_of(OWNER).await.id;
        let path = format!("/clients/{}/users/{id}", world.client);
        for (what, form) in [("remove", "confirmed=yes"), ("role", "role=reader")] {
            let answer = world.post(&format!("{path}/{what}"), form, owner.as_deref()).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{what}");
        }
        let reader = world.user_of(Who::Member(Role::Reader)).await.id;
        let other = format!("/clients/{}/users/{reader}/role", world.client);
        world.post(&other, "role=owner", owner.as_deref()).await;
        let answer = world.post(&format!("{path}/remove"), "confirmed=yes", owner.as_deref()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }

    async fn a_link_for_a_new_password_works_once_and_expires(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await;
        let line = Actor::CommandLine;
        let link = reset::by_operator(&world.app, &line, "owner@example.org").await.unwrap();
        world.machine.advance(SignedDuration::from_hours(3));
        let form = |link: &app::Token| format!("code={}&password=a+new+password", link.reveal());
        assert_eq!(world.post("/password", &form(&link), None).await.status, StatusCode::NOT_FOUND);
        let link = reset::by_operator(&world.app, &line, "owner@example.org").await.unwrap();
        assert_eq!(world.post("/password", &form(&link), None).await.status, StatusCode::OK);
        assert_eq!(world.post("/password", &form(&link), None).await.status, StatusCode::NOT_FOUND);
        assert!(world.get("/security", cookie.as_deref()).await.leads_to_login(), "sessions ended");
        assert_eq!(world.log_in("owner@example.org", "a new password").await.status, StatusCode::SEE_OTHER);
    }

    async fn an_auditor_reads_until_his_link_ends_or_is_taken_back(test) {
        let world = World::new(test).await;
        let page = world.get(&format!("/audit?code={}", world.auditor_link), None).await;
        assert!(page.body.contains("01.10.2026"), "{}", page.body);
        let cookie = world.cookie_of(Who::Auditor).await;
        let log = format!("/clients/{}/log", world.client);
        assert_eq!(world.get(&log, cookie.as_deref()).await.status, StatusCode::OK);
        let line = Actor::CommandLine;
        let links = people::auditor::list(&world.app, &line, &world.client).await.unwrap();
        let owner = world.cookie_of(OWNER).await;
        let path = format!("/clients/{}/users/links/{}/withdraw", world.client, links[0].id);
        world.post(&path, "", owner.as_deref()).await;
        assert!(world.get(&log, cookie.as_deref()).await.leads_to_login());
        let form = format!("code={}", world.auditor_link);
        assert_eq!(world.post("/audit", &form, None).await.status, StatusCode::NOT_FOUND);
    }

    async fn an_adviser_makes_clients_and_others_do_not(test) {
        let world = World::new(test).await;
        for (who, expected) in [
            (Who::Member(Role::Adviser), StatusCode::SEE_OTHER),
            (Who::Member(Role::Owner), StatusCode::FORBIDDEN),
            (Who::Operator, StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let cookie = world.cookie_of(who).await;
            let answer = world.post("/clients", "name=Neuer+Laden&owner=", cookie.as_deref()).await;
            assert_eq!(answer.status, expected, "{who:?}");
        }
        let cookie = world.cookie_of(Who::Operator).await;
        let form = "name=Laden&owner=inhaber%40example.org";
        let answer = world.post("/clients", form, cookie.as_deref()).await;
        assert!(once(&answer.body).contains("/invitation?code="));
    }

    async fn a_client_with_books_cannot_be_deleted_before_the_law_allows_it(test) {
        let world = World::new(test).await;
        let owner = world.user_of(OWNER).await;
        let roles = vec![(world.client.clone(), Role::Owner)];
        let actor = Actor::User { id: owner.id, email: owner.email, operator: false, roles };
        let outcome: Result<(), app::AppError> = store::transact!(world.app.database, transaction =>
            world.app.journal(transaction, &actor, Some(&world.client), "batch.frozen", "10/2026", "ab").await);
        outcome.unwrap();
        let delete = clients::delete::delete(&world.app, &actor, &world.client, "Teehaus").await;
        assert_eq!(delete.unwrap_err().refusal().unwrap().code, "name-differs");
        let delete = clients::delete::delete(&world.app, &actor, &world.client, "Teehaus Demo GmbH").await;
        let refused = delete.unwrap_err();
        assert!(refused.refusal().unwrap().text(app::Language::De).contains("31.12.2036"));
        world.machine.set("2037-01-01T00:00:00Z".parse().unwrap());
        clients::delete::delete(&world.app, &actor, &world.client, "Teehaus Demo GmbH").await.unwrap();
        let cookie = world.cookie_of(OWNER).await;
        let path = format!("/clients/{}/users", world.client);
        assert_eq!(world.get(&path, cookie.as_deref()).await.status, StatusCode::NOT_FOUND);
        let lines = journal::from(&mut world.app.database.read().await.unwrap(), 1, 1000).await.unwrap();
        assert!(lines.iter().any(|line| line.action == "client.deleted"));
    }

    async fn language_and_theme_are_remembered_with_and_without_an_account(test) {
        let world = World::new(test).await;
        let answer = world.post("/preferences", "language=en&back=/login", None).await;
        assert_eq!(answer.header("location"), "/login");
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        assert!(world.get("/login", Some(&cookie)).await.body.contains("<html lang=\"en\""));
        let owner = world.cookie_of(OWNER).await;
        world.post("/preferences", "language=en&theme=dark&back=//evil.example", owner.as_deref()).await;
        let other_browser = world.cookie_of(OWNER).await;
        let page = world.get("/clients", other_browser.as_deref()).await;
        assert!(page.body.contains("<html lang=\"en\" data-theme=\"dark\""));
    }
}
