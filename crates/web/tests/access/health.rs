//! Whether a process is alive and ready, for machines that keep it running; and what it counts.

use app::metrics;
use axum::http::{Method, StatusCode};
use testkit::both_databases;

use crate::world::{Who, World};

both_databases! {
    async fn a_process_is_ready_as_long_as_its_database_answers(test) {
        let world = World::new(test).await;
        for path in ["/healthz", "/readyz"] {
            assert_eq!(world.get(path, None).await.status, StatusCode::OK, "{path}");
        }
        world.app.database.close().await;
        assert_eq!(world.get("/healthz", None).await.status, StatusCode::OK);
        let unready = world.get("/readyz", None).await;
        assert_eq!(unready.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(unready.body, "the database does not answer\n", "why stands in the log");
    }

    async fn requests_are_counted_by_their_route_and_no_label_holds_anything_of_a_client(test) {
        let world = World::new(test).await;
        let owner = world.cookie_of(Who::Member(app::Role::Owner)).await;
        let users = format!("/clients/{}/users", world.client);
        world.get(&users, owner.as_deref()).await;
        world.get("/invitation?code=geheim", None).await;
        world.get("/nowhere/at/all", None).await;
        let odd = World::request(Method::from_bytes(b"MADEUP").unwrap(), "/login", None);
        world.send(odd.body(axum::body::Body::empty()).unwrap()).await;
        let text = metrics::text(&world.app).await.unwrap();
        for line in [
            "kontor_requests_total{method=\"GET\",route=\"/clients/{client}/users\",status=\"200\"} 1\n",
            "kontor_requests_total{method=\"GET\",route=\"-\",status=\"404\"} 1\n",
            "kontor_request_duration_seconds_count{route=\"/clients/{client}/users\"} 1\n",
            "kontor_queue{state=\"waiting\"} 0\n",
            "kontor_queue_oldest_wait_seconds 0\n",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
        for secret in [world.client.as_str(), "geheim", "nowhere", "MADEUP", "owner@"] {
            assert!(!text.contains(secret), "{secret} is in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }
}
