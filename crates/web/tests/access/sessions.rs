//! Sessions: new with each login, ended by time, by hand, by a new password; throttled attempts; the second factor.

use app::account::{login, second_factor, session, totp};
use app::{Role, Token};
use axum::http::StatusCode;
use jiff::SignedDuration;
use secrecy::ExposeSecret as _;
use testkit::both_databases;

use crate::world::{PASSWORD, Who, World};

const OWNER: Who = Who::Member(Role::Owner);

async fn is_in(world: &World, cookie: &str) -> bool {
    world.get("/security", Some(cookie)).await.status == StatusCode::OK
}

both_databases! {
    async fn a_cookie_from_before_the_login_is_worth_nothing(test) {
        let world = World::new(test).await;
        let planted = "__Host-kontor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let form = format!("email=owner%40example.org&password={}", PASSWORD.replace(' ', "+"));
        let answer = world.post("/login", &form, Some(planted)).await;
        let cookie = answer.cookie().unwrap();
        assert_ne!(cookie, planted);
        assert!(is_in(&world, &cookie).await && !is_in(&world, planted).await);
        for wanted in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(answer.header("set-cookie").contains(wanted), "{wanted}");
        }
        assert_ne!(world.cookie_of(OWNER).await.unwrap(), cookie);
    }

    async fn a_session_ends_when_it_is_not_used_and_at_the_latest_after_a_week(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await.unwrap();
        for _ in 0..14 {
            world.machine.advance(session::IDLE - SignedDuration::from_mins(1));
            assert!(is_in(&world, &cookie).await);
        }
        world.machine.advance(session::IDLE);
        assert!(!is_in(&world, &cookie).await, "a week is over");
        let cookie = world.cookie_of(OWNER).await.unwrap();
        world.machine.advance(session::IDLE + SignedDuration::from_mins(2));
        assert!(!is_in(&world, &cookie).await, "not used for too long");
        assert!(session::sweep(&world.app).await.unwrap() > 0);
    }

    async fn logging_out_and_a_new_password_end_sessions(test) {
        let world = World::new(test).await;
        let [one, two] = [world.cookie_of(OWNER).await.unwrap(), world.cookie_of(OWNER).await.unwrap()];
        let form = format!("current={}&password=another+long+password", PASSWORD.replace(' ', "+"));
        assert_eq!(world.post("/security/password", &form, Some(&one)).await.status, StatusCode::SEE_OTHER);
        assert!(is_in(&world, &one).await && !is_in(&world, &two).await);
        assert!(world.post("/logout", "", Some(&one)).await.header("set-cookie").contains("Max-Age=0"));
        assert!(!is_in(&world, &one).await);
        assert_eq!(world.log_in("owner@example.org", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
        let answer = world.log_in("owner@example.org", "another long password").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }

    async fn roles_are_read_with_each_request(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Bookkeeper)).await.unwrap();
        let path = format!("/clients/{}/users", world.client);
        assert_eq!(world.get(&path, Some(&cookie)).await.status, StatusCode::OK);
        let owner = world.cookie_of(OWNER).await.unwrap();
        let id = world.user_of(Who::Member(Role::Bookkeeper)).await.id;
        world.post(&format!("{path}/{id}/remove"), "confirmed=yes", Some(&owner)).await;
        assert_eq!(world.get(&path, Some(&cookie)).await.status, StatusCode::NOT_FOUND);
    }

    async fn whoever_fails_too_often_waits_even_with_the_right_password(test) {
        let world = World::new(test).await;
        for _ in 0..5 {
            let answer = world.log_in("owner@example.org", "wrong password").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert!(!answer.body.contains("wrong password"));
        }
        world.log_in("owner@example.org", "wrong password").await;
        let answer = world.log_in("owner@example.org", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        world.machine.advance(SignedDuration::from_mins(16));
        assert_eq!(world.log_in("owner@example.org", PASSWORD).await.status, StatusCode::SEE_OTHER);
    }

    async fn many_attempts_at_once_are_counted_one_by_one(test) {
        let world = std::sync::Arc::new(World::new(test).await);
        let tasks: Vec<_> = (0..12)
            .map(|number| {
                let app = world.app.clone();
                tokio::spawn(async move {
                    let password = format!("wrong password {number}").into();
                    let origin = login::Origin { address: "192.0.2.1", agent: "test" };
                    let outcome = login::with_password(&app, "owner@example.org", &password, origin).await;
                    outcome.unwrap_err().refusal().map(|refusal| refusal.code)
                })
            })
            .collect();
        let mut tried = 0;
        for task in tasks {
            if task.await.unwrap() == Some("login-wrong") {
                tried += 1;
            }
        }
        assert!(tried <= 6, "{tried} of 12 attempts were made");
    }

    async fn nobody_learns_who_has_an_account(test) {
        let world = World::new(test).await;
        let known = world.log_in("owner@example.org", "wrong password").await;
        let unknown = world.log_in("nobody@example.org", "wrong password").await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.body.replace("owner@", "x@"), unknown.body.replace("nobody@", "x@"));
    }

    async fn the_second_factor_is_asked_for_and_a_code_counts_once(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(OWNER).await.unwrap();
        let form = format!("current-factor={}", PASSWORD.replace(' ', "+"));
        world.post("/security/second-factor", &form, Some(&cookie)).await;
        let page = world.get("/security/second-factor", Some(&cookie)).await;
        let visit = session::resume(&world.app, &token(&cookie)).await.unwrap().unwrap();
        let pending = second_factor::pending(&world.app, &visit.actor).await.unwrap().unwrap();
        assert!(page.body.contains(pending.secret.expose_secret()) && page.body.contains("<svg"));
        let secret = unbase32(pending.secret.expose_secret());
        let code = |world: &World| totp::code(&secret, totp::step(world.app.now()));
        assert_eq!(
            world.post("/security/second-factor/confirm", "code=000000", Some(&cookie)).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let form = format!("code={}", code(&world));
        let codes = world.post("/security/second-factor/confirm", &form, Some(&cookie)).await;
        assert_eq!(codes.status, StatusCode::OK);
        let recovery: Vec<&str> =
            codes.body.split("<li>").filter_map(|part| part.split_once("</li>")).map(|(code, _)| code)
                .filter(|code| code.len() == 19 && code.matches('-').count() == 3).collect();
        assert_eq!(recovery.len(), 10, "{}", codes.body);

        let answer = world.log_in("owner@example.org", PASSWORD).await;
        assert!(answer.header("location").starts_with("/login/code"));
        let waiting = answer.cookie().unwrap();
        assert!(!is_in(&world, &waiting).await, "the password alone is not enough");
        let used = format!("code={}", code(&world));
        let answer = world.post("/login/code", &used, Some(&waiting)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "the code of the set-up was used");
        world.machine.advance(SignedDuration::from_secs(60));
        let fresh = format!("code={}", code(&world));
        let answer = world.post("/login/code", &fresh, Some(&waiting)).await;
        assert!(is_in(&world, &answer.cookie().unwrap()).await);

        for (expected, code) in [(true, recovery[0]), (false, recovery[0])] {
            let waiting = world.log_in("owner@example.org", PASSWORD).await.cookie().unwrap();
            let answer = world.post("/login/code", &format!("code={code}"), Some(&waiting)).await;
            assert_eq!(answer.status == StatusCode::SEE_OTHER, expected);
        }
        let operator = app::Actor::CommandLine;
        second_factor::reset(&world.app, &operator, "owner@example.org").await.unwrap();
        assert!(is_in(&world, &world.cookie_of(OWNER).await.unwrap()).await);
    }
}

fn token(cookie: &str) -> Token {
    Token::of(cookie.split_once('=').unwrap().1)
}

fn unbase32(text: &str) -> Vec<u8> {
    let values = text
        .bytes()
        .map(|letter| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|one| *one == letter).unwrap());
    let bits = values.map(|value| format!("{value:05b}")).collect::<Vec<_>>().concat();
    (0..bits.len() / 8).map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap()).collect()
}
