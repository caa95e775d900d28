//! The REST API: what a program does with keys, problems for everything that goes wrong, and other clients out of reach.

use app::Scope;
use app::settings::Document;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{Method, Request, StatusCode};
use ledger::chart::Chart;
use serde_json::{Value, json};
use store::id::ClientId;
use testkit::both_databases;

use crate::world::{Answer, World};

struct Program<'w> {
    world: &'w World,
    key: String,
    base: String,
}

impl<'w> Program<'w> {
    async fn new(world: &'w World, client: &ClientId, scope: Scope) -> Self {
        let key = world.key_of(client, scope).await;
        Self { world, key, base: format!("/api/v1/clients/{client}") }
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        let request = request.header(HOST, "kontor.example.org").header(CONTENT_TYPE, kind);
        let request = request.header(AUTHORIZATION, format!("Bearer {}", self.key));
        self.world.send(request.body(body.into()).unwrap()).await
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.send(Method::GET, path, "", Body::empty()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    async fn json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send(method, path, "application/json", body.to_string()).await
    }

    async fn done(&self, method: Method, path: &str, body: &Value, status: StatusCode) -> Value {
        let answer = self.json(method, path, body).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }
}

fn problem(answer: &Answer, status: StatusCode, code: &str) {
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (status, "application/problem+json"),
        "{}",
        answer.body
    );
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&value["status"], &value["code"]), (&status.as_u16().into(), &code.into()));
    assert!(value["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
}

fn confirmed() -> String {
    let mut document = Document::proposed(Chart::Skr04);
    document.kontor.accounts_confirmed = Some("true".to_owned());
    document.to_toml()
}

both_databases! {
    async fn a_program_goes_the_whole_way_from_a_report_to_a_batch(test) {
        let world = World::new(test).await;
        let settings = Program::new(&world, &world.client, Scope::Settings).await;
        let saved = json!({ "based_on": 0, "toml": confirmed(), "note": "first" });
        let saved = settings.done(Method::PUT, "/settings", &saved, StatusCode::OK).await;
        assert_eq!((&saved["version"], settings.get("/settings").await["version"].as_i64()), (&1.into(), Some(1)));
        let (name, bytes) = crate::world::report();
        let program = Program::new(&world, &world.client, Scope::Export).await;
        let taken = program.send(Method::POST, &format!("/documents?name={name}"), "text/csv", bytes.clone()).await;
        let taken: Value = serde_json::from_str(&taken.body).unwrap();
        assert_eq!(taken["new"], true);
        let again = program.send(Method::POST, "/documents", "text/csv", bytes.clone()).await;
        assert!(again.body.starts_with("{\"new\":false"));
        let id = taken["document"]["id"].as_str().unwrap();
        let out = program.send(Method::GET, &format!("/documents/{id}/bytes"), "", Body::empty()).await;
        assert_eq!(out.body.as_bytes(), bytes);
        assert_eq!(program.get("/documents").await["items"][0]["id"], id);
        assert_eq!(program.get("/settlements").await["items"][0]["document"], id);

        let mut rows = 0;
        let mut after = String::new();
        loop {
            let page = program.get(&format!("/movements?limit=25{after}")).await;
            rows += page["items"].as_array().unwrap().len();
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(Some(u64::try_from(rows).unwrap()), taken["document"]["rows"].as_u64());

        let months = program.get("/months").await;
        let month = months["items"][0]["month"].as_str().unwrap();
        assert_eq!(months["items"][0]["scopes"][0]["state"], "new");
        let entries = program.get(&format!("/months/{month}/entries")).await;
        assert!(entries["items"].as_array().unwrap().iter().any(|row| row["entries"].as_array().is_some_and(|list| !list.is_empty())));
        let totals = program.get(&format!("/months/{month}/totals")).await;
        let made = program.done(Method::POST, &format!("/months/{month}/export"), &json!({}), StatusCode::CREATED).await;
        let own = totals["items"].as_array().unwrap().iter().find(|total| total["provider"] == true).unwrap();
        assert_eq!(own["entries"], made["postings"]);
        let batch = made["id"].as_str().unwrap();
        let whole = program.get(&format!("/batches/{batch}")).await;
        let file = program.send(Method::GET, &format!("/batches/{batch}/files/0"), "", Body::empty()).await;
        assert!(file.body.starts_with("\"EXTF\";") && file.header("content-type") == "application/octet-stream");
        assert_eq!(whole["files"][0]["postings"], made["postings"]);
        assert!(file.header("content-disposition").contains("EXTF_Buchungsstapel"));
        let archive = program.send(Method::GET, &format!("/batches/{batch}/archive"), "", Body::empty()).await;
        assert!(archive.body.starts_with("PK"));
        assert_eq!(program.get(&format!("/batches/{batch}/sheet")).await["sheet"]["postings"], made["postings"]);
        let twice = program.json(Method::POST, &format!("/months/{month}/export"), &json!({})).await;
        problem(&twice, StatusCode::CONFLICT, "already-exported");
        program.done(Method::POST, &format!("/batches/{batch}/withdraw"), &json!({}), StatusCode::NO_CONTENT).await;
        assert_eq!(program.get(&format!("/months/{month}")).await["scopes"][0]["state"], "withdrawn");
        assert!(program.get("/log").await["items"].as_array().unwrap().len() > 4);
        assert_eq!(program.get("/members").await["items"].as_array().unwrap().len(), 4);
    }

    async fn whatever_goes_wrong_is_a_problem(test) {
        let world = World::new(test).await;
        let program = Program::new(&world, &world.client, Scope::Settings).await;
        let nothing = world.with_key(Method::GET, "/api/v1/nothing", None).await;
        problem(&nothing, StatusCode::NOT_FOUND, "not-found");
        let stranger = world.with_key(Method::GET, "/api/v1/clients", None).await;
        problem(&stranger, StatusCode::UNAUTHORIZED, "key-missing");
        assert_eq!(stranger.header("www-authenticate"), "Bearer");
        let wrong = world.with_key(Method::GET, "/api/v1/clients", Some("kontor_guessed")).await;
        problem(&wrong, StatusCode::UNAUTHORIZED, "key-unknown");
        let method = program.send(Method::DELETE, "/settings", "", Body::empty()).await;
        problem(&method, StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed");
        assert!(method.header("allow").contains("PUT"), "{:?}", method.headers);
        let kind = program.send(Method::PUT, "/settings", "text/plain", "x").await;
        problem(&kind, StatusCode::UNSUPPORTED_MEDIA_TYPE, "malformed");
        let syntax = program.send(Method::PUT, "/settings", "application/json", "{").await;
        problem(&syntax, StatusCode::BAD_REQUEST, "malformed");
        let field = program.json(Method::PUT, "/settings", &json!({ "based_on": 0, "toml": "", "x": 1 })).await;
        problem(&field, StatusCode::UNPROCESSABLE_ENTITY, "malformed");
        let toml = program.json(Method::PUT, "/settings", &json!({ "based_on": 0, "toml": "[client" })).await;
        problem(&toml, StatusCode::UNPROCESSABLE_ENTITY, "toml-form");
        let large = json!({ "based_on": 0, "toml": "#".repeat(300_000) });
        problem(&program.json(Method::PUT, "/settings", &large).await, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
        let report = program.send(Method::POST, "/documents", "text/csv", "no report").await;
        assert_eq!(report.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", report.body);
        for path in ["/months/2026-13", "/movements?limit=0", "/movements?kind=x", "/movements?after=x", "/jobs?before=x"] {
            let answer = program.send(Method::GET, path, "", Body::empty()).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
        }
        let query = program.send(Method::GET, "/movements?x=1", "", Body::empty()).await;
        problem(&query, StatusCode::BAD_REQUEST, "malformed");
        let key = json!({ "seller_id": "A1B2C3D4E5F6G7", "public_key_id": "LIVE-X", "private_key": "secret-words" });
        let key = program.json(Method::POST, "/connections", &key).await;
        assert!(key.status == StatusCode::UNPROCESSABLE_ENTITY && !key.body.contains("secret-words"), "{}", key.body);
    }

    async fn ids_of_another_client_lead_nowhere(test) {
        let world = World::new(test).await;
        let theirs = Program::new(&world, &world.other, Scope::Export).await;
        let (_, bytes) = crate::world::report();
        let taken = theirs.send(Method::POST, "/documents", "text/csv", bytes).await;
        let document: Value = serde_json::from_str(&taken.body).unwrap();
        let document = document["document"]["id"].as_str().unwrap().to_owned();
        let movement = theirs.get("/movements?limit=1").await["items"][0]["id"].as_str().unwrap().to_owned();
        let owner = Program::new(&world, &world.other, Scope::Settings).await;
        owner.done(Method::PUT, "/settings", &json!({ "based_on": 0, "toml": confirmed() }), StatusCode::OK).await;
        let month = theirs.get("/months").await["items"][0]["month"].as_str().unwrap().to_owned();
        let made = theirs.done(Method::POST, &format!("/months/{month}/export"), &json!({}), StatusCode::CREATED).await;
        let batch = made["id"].as_str().unwrap();
        let saved = json!({ "based_on": 0, "toml": confirmed() });
        let own = Program::new(&world, &world.client, Scope::Settings).await;
        own.done(Method::PUT, "/settings", &saved, StatusCode::OK).await;
        for scope in Scope::ALL {
            let ours = Program::new(&world, &world.client, scope).await;
            let paths = [
                format!("/documents/{document}"),
                format!("/documents/{document}/bytes"),
                format!("/movements/{movement}"),
                format!("/batches/{batch}"),
                format!("/batches/{batch}/archive"),
                format!("/batches/{batch}/files/0"),
                format!("/batches/{batch}/sheet"),
                format!("/months/{month}"),
                "/settings/versions/2".to_owned(),
            ];
            for path in paths {
                let answer = ours.send(Method::GET, &path, "", Body::empty()).await;
                problem(&answer, StatusCode::NOT_FOUND, "not-found");
            }
            for list in ["/documents", "/settlements", "/movements", "/months", "/batches", "/connections", "/jobs"] {
                assert_eq!(ours.get(list).await["items"], json!([]), "{list}");
            }
            for step in ["withdraw", "processed", "replace"] {
                let answer = ours.json(Method::POST, &format!("/batches/{batch}/{step}"), &json!({})).await;
                assert!([StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&answer.status), "{step}: {}", answer.body);
            }
        }
        assert_eq!(theirs.get(&format!("/batches/{batch}")).await["batch"]["state"], "exported");
    }

    async fn the_document_is_served_and_shown(test) {
        let world = World::new(test).await;
        let document = world.with_key(Method::GET, "/api/v1/openapi.json", None).await;
        let document: Value = serde_json::from_str(&document.body).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let page = world.get("/api", None).await;
        assert_eq!(page.status, StatusCode::OK);
        for path in document["paths"].as_object().unwrap().keys() {
            assert!(page.body.contains(path.as_str()), "{path} is not shown");
        }
    }
}
