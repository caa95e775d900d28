//! The whole table of routes, walked as everybody: each answer must be the one that the table of rights says.

use app::{Permission, Role, Scope};
use axum::http::{Method, StatusCode};
use testkit::both_databases;
use web::server::{Needs, Route};

use crate::world::{Answer, Who, World};

/// An identifier that belongs to nothing.
const NOTHING: &str = "01938c5e-0000-7000-8000-000000000000";

/// What the table of rights lets somebody expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// The handler is reached.
    Passes,
    /// The login comes first.
    Login,
    /// The role is not enough.
    Forbidden,
    /// As if it were not there.
    Nothing,
    /// No key was shown.
    Unknown,
}

fn expected(needs: Needs, who: Who) -> Expected {
    match (needs, who) {
        (Needs::Key(_), _) => Expected::Unknown,
        (Needs::Nobody, _) => Expected::Passes,
        (_, Who::Stranger) => Expected::Login,
        (Needs::Account, Who::Auditor) | (Needs::Client(_), Who::OtherOwner | Who::Operator) => {
            Expected::Nothing
        }
        (Needs::Login | Needs::Account, _) => Expected::Passes,
        (Needs::Operator, who) => {
            if who == Who::Operator {
                Expected::Passes
            } else {
                Expected::Forbidden
            }
        }
        (Needs::Client(permission), Who::Member(role)) => allowed(permission.of_role(role)),
        (Needs::Client(permission), Who::Auditor) => allowed(permission == Permission::See),
    }
}

fn allowed(allowed: bool) -> Expected {
    if allowed { Expected::Passes } else { Expected::Forbidden }
}

/// The address with the client, and an identifier of nothing for what else is in braces. Says whether there was more.
fn address(path: &str, client: &str) -> (String, bool) {
    let mut more = false;
    let parts = path.split('/').map(|part| match part {
        "{client}" => client,
        part if part.starts_with('{') => {
            more = true;
            NOTHING
        }
        part => part,
    });
    let parts: Vec<&str> = parts.collect();
    (parts.join("/"), more)
}

fn holds(expected: Expected, answer: &Answer, more: bool) -> bool {
    let status = answer.status;
    match expected {
        Expected::Passes => {
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status);
            let missing = status == StatusCode::NOT_FOUND && !more;
            !refused && !missing && !status.is_server_error()
        }
        Expected::Login => answer.leads_to_login(),
        Expected::Forbidden => status == StatusCode::FORBIDDEN,
        Expected::Nothing => status == StatusCode::NOT_FOUND,
        Expected::Unknown => status == StatusCode::UNAUTHORIZED,
    }
}

/// Links and the login answer with 401 or 404 of their own where nothing was given.
const OWN_ANSWER: [&str; 5] = ["/login", "/login/code", "/assets/{hash}/{name}", "/invitation", "/password"];

async fn ask(world: &World, route: &Route, path: &str, who: Who) -> Answer {
    let cookie = world.cookie_of(who).await;
    if route.method == Method::GET {
        world.get(path, cookie.as_deref()).await
    } else {
        let request = World::request(route.method.clone(), path, cookie.as_deref());
        world.send(request.body(axum::body::Body::empty()).unwrap()).await
    }
}

both_databases! {
    async fn every_route_answers_everybody_as_the_table_of_rights_says(test) {
        let world = World::new(test).await;
        let mut wrong = Vec::new();
        for route in web::routes() {
            let (path, more) = address(route.path, world.client.as_str());
            for who in Who::ALL {
                let answer = ask(&world, &route, &path, who).await;
                let expected = expected(route.needs, who);
                let own = OWN_ANSWER.contains(&route.path) && !answer.status.is_server_error();
                if !own && !holds(expected, &answer, more) {
                    wrong.push(format!(
                        "{} {} as {who:?}: {expected:?} expected, {} given",
                        route.method, route.path, answer.status
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn an_identifier_that_is_none_is_nothing(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await;
        for client in [NOTHING, "1", "..", "%27%20OR%201=1", world.client.as_str().to_uppercase().as_str()] {
            for route in web::routes().iter().filter(|route| matches!(route.needs, Needs::Client(_))) {
                let (path, _) = address(route.path, client);
                let request = World::request(route.method.clone(), &path, cookie.as_deref());
                let answer = world.send(request.body(axum::body::Body::empty()).unwrap()).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {path}", route.method);
            }
        }
    }

    async fn a_key_reaches_what_its_scope_says_and_only_its_client(test) {
        let world = World::new(test).await;
        for scope in Scope::ALL {
            let own = world.key_of(&world.client, scope).await;
            let others = world.key_of(&world.other, scope).await;
            for route in web::routes() {
                let (path, more) = address(route.path, world.client.as_str());
                let answer = world.with_key(route.method.clone(), &path, Some(&own)).await;
                let Needs::Key(permission) = route.needs else {
                    // A key opens no page: whoever shows only a key is a stranger there.
                    let stranger = expected(route.needs, Who::Stranger);
                    let own = OWN_ANSWER.contains(&route.path);
                    assert!(own || holds(stranger, &answer, more), "{} {}", route.path, answer.status);
                    continue;
                };
                let expected = allowed(permission.of_scope(scope));
                assert!(holds(expected, &answer, more), "{scope:?} {} {}", route.path, answer.status);
                if route.path.contains("{client}") {
                    let answer = world.with_key(route.method.clone(), &path, Some(&others)).await;
                    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", route.path);
                }
            }
        }
    }
}

#[test]
fn no_two_lines_of_the_table_are_one() {
    let mut seen = std::collections::BTreeSet::new();
    for route in web::routes() {
        assert!(seen.insert((route.method.to_string(), route.path)), "{} {}", route.method, route.path);
    }
}

#[test]
fn what_belongs_to_a_client_needs_a_permission_for_it() {
    for route in web::routes() {
        let of_client = route.path.contains("{client}");
        let by_client = matches!(route.needs, Needs::Client(_) | Needs::Key(_));
        assert!(!of_client || by_client, "{} {}", route.method, route.path);
        let program = route.path.starts_with("/api/");
        let by_key = matches!(route.needs, Needs::Key(_));
        assert!(by_key == program || route.needs == Needs::Nobody, "{} {}", route.method, route.path);
    }
}
