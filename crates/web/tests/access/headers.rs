//! Headers on every answer, and requests from other sites.

use app::Role;
use axum::body::Body;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{Method, Request, StatusCode};
use testkit::both_databases;

use crate::world::{Answer, Who, World};

fn assert_secured(answer: &Answer, path: &str) {
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self'"), "{path}: {policy}");
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        assert_eq!(answer.header(name), value, "{path}");
    }
    let kept =
        if path.starts_with("/assets/") && answer.status.is_success() { "immutable" } else { "no-store" };
    assert!(answer.header("cache-control").contains(kept), "{path}");
    assert_eq!(answer.header("x-request-id").len(), 12, "{path}");
}

both_databases! {
    async fn every_answer_is_secured(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await;
        let style = web::asset::STYLESHEET.address.as_str();
        for path in ["/", "/login", "/nothing", "/healthz", "/clients", "/api/v1/nothing", style, "/assets/x/y"] {
            assert_secured(&world.get(path, cookie.as_deref()).await, path);
        }
        assert_secured(&world.post("/clients", "x", cookie.as_deref()).await, "/clients");
        assert_secured(&world.send(foreign("/login", None)).await, "/login");
    }

    async fn a_request_from_another_site_changes_nothing(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await.unwrap();
        for route in web::routes().iter().filter(|route| route.method != Method::GET) {
            let path = route.path.replace("{client}", world.client.as_str());
            let answer = world.send(foreign(&path, Some(&cookie))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert!(answer.body.contains("--public-url"), "{path} explains itself");
        }
        // Browsers without Fetch Metadata send the origin.
        let request = Request::post("/preferences").header(HOST, "kontor.example.org");
        let request = request.header(ORIGIN, "https://evil.example").body(Body::empty()).unwrap();
        assert_eq!(world.send(request).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_body_that_is_too_large_is_refused_in_words(test) {
        let world = World::new(test).await;
        let answer = world.post("/login", &"x".repeat(1024 * 1024), None).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.contains("größer"), "{}", answer.body);
    }
}

fn foreign(path: &str, cookie: Option<&str>) -> Request<Body> {
    let builder = Request::post(path)
        .header(HOST, "kontor.example.org")
        .header(ORIGIN, "https://evil.example")
        .header("sec-fetch-site", "cross-site");
    let builder = match cookie {
        Some(cookie) => builder.header("cookie", cookie),
        None => builder,
    };
    builder.body(Body::empty()).unwrap()
}
