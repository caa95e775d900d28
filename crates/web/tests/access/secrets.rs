//! No secret in a page, a problem, a journal line or a row.

use app::{Actor, Role, Scope};
use axum::http::{Method, StatusCode};
use store::{arguments, journal};
use testkit::both_databases;

use crate::world::{PASSWORD, Who, World};

both_databases! {
    async fn tokens_and_passwords_are_nowhere_in_the_clear(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await.unwrap();
        let token = cookie.split_once('=').unwrap().1.to_owned();
        let key = world.key_of(&world.client, Scope::Read).await;
        let secrets = [PASSWORD, token.as_str(), key.as_str(), world.auditor_link.as_str(), "$argon2id$"];
        for route in web::routes().iter().filter(|route| route.method == Method::GET) {
            let path = route.path.replace("{client}", world.client.as_str());
            let body = world.get(&path, Some(&cookie)).await.body;
            for secret in secrets {
                assert!(!body.contains(secret), "{path} shows a secret");
            }
        }
        let mut transaction = world.app.database.read().await.unwrap();
        let lines = journal::from(&mut transaction, 1, 10_000).await.unwrap();
        assert!(!lines.is_empty());
        for secret in secrets {
            assert!(!format!("{lines:?}").contains(secret), "the journal holds a secret");
        }
        for sql in [
            "SELECT token_hash FROM session",
            "SELECT token_hash FROM link",
            "SELECT token_hash FROM api_key",
        ] {
            for row in transaction.fetch_all(sql, arguments![]).await.unwrap() {
                let hash: String = row.get(0).unwrap();
                assert_eq!(hash.len(), 64);
                assert!(!secrets.contains(&hash.as_str()));
            }
        }
        let user = world.user_of(Who::Member(Role::Owner)).await;
        assert!(!format!("{user:?}").contains("$argon2id$"));
    }

    async fn a_program_is_told_what_is_wrong_as_a_problem(test) {
        let world = World::new(test).await;
        let answer = world.with_key(Method::GET, "/api/v1/nothing", Some("kontor_wrong")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.body.contains("\"code\":\"not-found\"") && !answer.body.contains("kontor_wrong"));
    }

    async fn what_is_ours_is_not_told_to_the_world(test) {
        let world = World::new(test).await;
        world.app.database.close().await;
        let answer = world.get("/login", Some("__Host-kontor=x")).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!answer.body.to_lowercase().contains("pool"), "{}", answer.body);
        assert!(answer.body.contains(answer.header("x-request-id")), "the number leads into the log");
    }

    async fn every_deed_has_its_line(test) {
        let world = World::new(test).await;
        let owner = world.cookie_of(Who::Member(Role::Owner)).await;
        let users = format!("/clients/{}/users", world.client);
        world.post(&format!("{users}/keys"), "name=Laden&scope-read=yes", owner.as_deref()).await;
        let form = "email=neu%40example.org&role=reader";
        world.post(&format!("{users}/invitations"), form, owner.as_deref()).await;
        let line = Actor::CommandLine;
        let log = app::people::log::list(&world.app, &line, &world.client, None, 100).await.unwrap();
        let actions: Vec<&str> = log.iter().map(|line| line.action.as_str()).collect();
        assert!(actions.starts_with(&["user.invited", "api-key.created"]), "{actions:?}");
        let file = world.get(&format!("/clients/{}/log?format=csv", world.client), owner.as_deref()).await;
        assert!(file.header("content-disposition").contains("kontor-protokoll.csv"));
        assert!(file.body.contains("user.invited"), "{}", file.body);
        let sheet = world.get(&format!("/clients/{}/log?format=xlsx", world.client), owner.as_deref()).await;
        assert!(sheet.body.starts_with("PK"));
    }
}
