//! Uploaddaten and Originalberichte: files in, verdicts, the exact bytes out.

use app::Role;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use testkit::both_databases;

use crate::world::{Answer, Who, World, links, report};

const BOUNDARY: &str = "kontor-boundary";

/// The body of a form with a reason and files.
fn form(reason: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body =
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"reason\"\r\n\r\n{reason}\r\n")
            .into_bytes();
    for (name, bytes) in files {
        body.extend(
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n")
                .into_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

impl World {
    async fn upload(&self, path: &str, body: Vec<u8>, cookie: Option<&str>) -> Answer {
        let request = Self::request(Method::POST, path, cookie)
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// The verdicts of a page, each as the texts of its row.
fn verdicts(body: &str) -> Vec<String> {
    let (_, results) = body.split_once("data-results-list").unwrap();
    let results = results.split("</section>").next().unwrap();
    results.split("<tr>").skip(2).map(str::to_owned).collect()
}

both_databases! {
    async fn each_file_of_a_form_gets_its_verdict_and_one_that_is_broken_stops_no_other(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await;
        let path = format!("/clients/{}/uploads", world.client);
        let (name, bytes) = report();
        let cut = &bytes[..bytes.len() / 2];
        let files = [(name.as_str(), &bytes[..]), ("again.csv", &bytes[..]), ("cut.csv", cut), ("photo.csv", b"\x89PNG")];
        let answer = world.upload(&path, form("", &files), cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let verdicts = verdicts(&answer.body);
        assert_eq!(verdicts.len(), 4, "{verdicts:?}");
        assert!(verdicts[0].contains("neu") && verdicts[0].contains("Verkäufer-ID"), "{}", verdicts[0]);
        assert!(verdicts[1].contains("schon bekannt") && verdicts[1].contains(&name), "{}", verdicts[1]);
        assert!(verdicts[2].contains("abgewiesen") && verdicts[2].contains("Zeile"), "{}", verdicts[2]);
        assert!(verdicts[3].contains("abgewiesen") && verdicts[3].contains("Das ist kein Bericht"), "{}", verdicts[3]);
        let nothing = world.upload(&path, form("", &[("", b"")]), cookie.as_deref()).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.body.contains("mindestens eine Datei"));
        let reader = world.cookie_of(Who::Member(Role::Reader)).await;
        let answer = world.upload(&path, form("", &files), reader.as_deref()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }

    async fn a_page_with_a_script_is_told_how_far_a_file_is_and_then_its_verdict(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Bookkeeper)).await;
        let path = format!("/clients/{}/uploads/one", world.client);
        let (name, bytes) = report();
        let answer = world.upload(&path, form("", &[(&name, &bytes)]), cookie.as_deref()).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/event-stream"));
        let lines: Vec<&str> = answer.body.split("\n\n").filter(|line| !line.is_empty()).collect();
        assert!(lines.len() > 1 && lines[0].starts_with("data: {\"done\":"), "{}", answer.body);
        let last: serde_json::Value = serde_json::from_str(lines[lines.len() - 1].strip_prefix("data: ").unwrap()).unwrap();
        assert!(last["html"].as_str().unwrap().contains("neu"), "{last}");
        let broken = world.upload(&path, form("", &[("x.csv", b"a,b")]), cookie.as_deref()).await;
        assert!(broken.body.contains("abgewiesen"), "{}", broken.body);
    }

    async fn a_report_that_contradicts_itself_is_taken_with_a_reason(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await;
        let path = format!("/clients/{}/uploads", world.client);
        let (name, bytes) = report();
        let text = String::from_utf8(bytes).unwrap();
        let line = text.lines().find(|line| line.contains(",Capture,") || line.contains("\"Capture\"")).unwrap();
        let last = line.rsplit_once(['.']).unwrap();
        let digit = if last.1.starts_with('1') { "2" } else { "1" };
        let wrong = format!("{}.{digit}{}", last.0, &last.1[1..]);
        let bad = text.replacen(line, &wrong, 1);
        let answer = world.upload(&path, form("", &[(&name, bad.as_bytes())]), cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("nennt einen Grund"), "{}", answer.body);
        assert!(!answer.body.contains("<div data-reason hidden>"));
        let form = form("Amazon bestätigt es", &[(&name, bad.as_bytes())]);
        let answer = world.upload(&path, form, cookie.as_deref()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let log = world.get(&format!("/clients/{}/log", world.client), cookie.as_deref()).await;
        assert!(log.body.contains("document.accepted") && log.body.contains("Amazon bestätigt es"));
    }

    async fn a_report_is_listed_with_its_proof_and_its_bytes_come_out_as_they_came_in(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await;
        let documents = format!("/clients/{}/documents", world.client);
        let empty = world.get(&documents, cookie.as_deref()).await;
        assert!(empty.body.contains("Noch kein Bericht"));
        let (name, bytes) = report();
        let path = format!("/clients/{}/uploads", world.client);
        world.upload(&path, form("", &[(&name, &bytes)]), cookie.as_deref()).await;
        let list = world.get(&documents, cookie.as_deref()).await;
        let one = links(&list.body).into_iter().find(|link| link.starts_with(&format!("{documents}/"))).unwrap();
        for who in [Who::Member(Role::Reader), Who::Auditor] {
            let cookie = world.cookie_of(who).await;
            let page = world.get(&one, cookie.as_deref()).await;
            let in_period = page.body.contains("Jede der");
            assert!(in_period || who == Who::Auditor, "{}", page.body);
        }
        let page = world.get(&one, cookie.as_deref()).await;
        let sha256 = app_sha256(&bytes);
        assert!(page.body.contains(&sha256), "{}", page.body);
        assert!(page.body.contains("Die Summe der Zeilen ist die der Abrechnung"));
        assert!(page.body.contains("Dieser Mandant hat noch keine Kontierung"));
        let file = world.get(&format!("{one}/file"), cookie.as_deref()).await;
        assert_eq!(file.body.as_bytes(), bytes);
        assert!(file.header("content-disposition").contains(&name));
        let other = one.replace(world.client.as_str(), world.other.as_str());
        let stranger = world.cookie_of(Who::OtherOwner).await;
        for path in [other.clone(), format!("{other}/file")] {
            assert_eq!(world.get(&path, stranger.as_deref()).await.status, StatusCode::NOT_FOUND);
        }
        let csv = world.get(&format!("{documents}?format=csv"), cookie.as_deref()).await;
        assert!(csv.body.contains(&sha256) && csv.body.contains(&name));
        let rows = world.get(&format!("{one}?format=csv"), cookie.as_deref()).await;
        let lines = String::from_utf8(bytes).unwrap().lines().count();
        assert!(rows.body.lines().count() > 50 && rows.body.lines().count() < lines);
    }

    async fn a_row_is_led_to_and_leads_on(test) {
        let world = World::new(test).await;
        let cookie = world.cookie_of(Who::Member(Role::Owner)).await;
        let (name, bytes) = report();
        let path = format!("/clients/{}/uploads", world.client);
        let answer = world.upload(&path, form("", &[(&name, &bytes)]), cookie.as_deref()).await;
        let documents = format!("/clients/{}/documents/", world.client);
        let one = links(&answer.body).into_iter().find(|link| link.starts_with(&documents)).unwrap();
        let page = world.get(&format!("{one}?line=40"), cookie.as_deref()).await;
        let rows: Vec<&str> = page.body.split("<tr id=\"row-").skip(1).collect();
        assert!(rows[0].starts_with("30\""), "{}", rows[0]);
        let chosen = rows.iter().find(|row| row.starts_with("40\"")).unwrap();
        assert!(chosen.starts_with("40\" data-chosen"));
        let later = world.get(&format!("{one}?after=40"), cookie.as_deref()).await;
        assert!(later.body.contains("<tr id=\"row-41\"") && !later.body.contains("<tr id=\"row-40\""));
    }
}

/// SHA-256 in hexadecimal, by the same library as the rest.
fn app_sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    store::journal::hex(&sha2::Sha256::digest(bytes))
}
