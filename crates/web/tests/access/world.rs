//! A house with two clients and somebody in each role, asked in process.

use std::sync::Arc;

use app::account::password::Passwords;
use app::people::{auditor, key, operate};
use app::{Actor, App, Language, Role, Scope};
use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use store::id::ClientId;
use store::{Vault, client, membership, transact, user};
use testkit::database::TestDatabase;
use testkit::machine::TestMachine;
use tower::ServiceExt as _;
use web::server::{Site, WebState, service};

pub(crate) const ORIGIN_OF_SITE: &str = "https://kontor.example.org";
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// Somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Stranger,
    Member(Role),
    OtherOwner,
    Operator,
    Auditor,
}

impl Who {
    pub(crate) const ALL: [Self; 8] = [
        Self::Stranger,
        Self::Member(Role::Owner),
        Self::Member(Role::Bookkeeper),
        Self::Member(Role::Adviser),
        Self::Member(Role::Reader),
        Self::OtherOwner,
        Self::Operator,
        Self::Auditor,
    ];

    pub(crate) fn email(self) -> String {
        match self {
            Self::Member(role) => format!("{}@example.org", role.name()),
            Self::Stranger | Self::OtherOwner | Self::Operator | Self::Auditor => {
                format!("{self:?}@example.org").to_lowercase()
            }
        }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn leads_to_login(&self) -> bool {
        self.status == StatusCode::SEE_OTHER && self.header(LOCATION.as_str()).starts_with("/login")
    }

    /// The session cookie as it is sent back.
    pub(crate) fn cookie(&self) -> Option<String> {
        let cookies = self.headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        let session = cookies.into_iter().find(|cookie| cookie.starts_with("__Host-kontor="))?;
        Some(session.split(';').next().unwrap().to_owned())
    }
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) machine: Arc<TestMachine>,
    pub(crate) client: ClientId,
    pub(crate) other: ClientId,
    pub(crate) auditor_link: String,
    service: Router,
    _test: TestDatabase,
}

impl World {
    pub(crate) async fn new(test: TestDatabase) -> Self {
        Self::with(test, |_| ()).await
    }

    /// A house that is set up otherwise.
    pub(crate) async fn with(test: TestDatabase, set: impl FnOnce(&mut App)) -> Self {
        let mut world = Self::unpeopled(test, set).await;
        let app = &world.app;
        let line = &Actor::CommandLine;
        for who in Who::ALL {
            if matches!(who, Who::Stranger | Who::Auditor) {
                continue;
            }
            let (email, operator) = (who.email(), who == Who::Operator);
            let password = PASSWORD.into();
            let id = operate::create(
                app,
                line,
                &email,
                "Erika Musterfrau",
                Some(&password),
                operator,
                Language::De,
            )
            .await
            .unwrap();
            let (client, role) = match who {
                Who::Member(role) => (&world.client, role),
                Who::OtherOwner => (&world.other, Role::Owner),
                Who::Stranger | Who::Operator | Who::Auditor => continue,
            };
            let outcome: Result<(), app::AppError> = transact!(app.database, transaction =>
                Ok(membership::set(transaction, client, &id, role.name(), app.now()).await?));
            outcome.unwrap();
        }
        let period = ("2026-10-01".parse().unwrap(), "2026-10-31".parse().unwrap());
        let ends = "2027-01-01T00:00:00Z".parse().unwrap();
        let auditors = auditor::create(app, line, &world.client, "Frau Prüfer", period, ends).await.unwrap();
        auditors.reveal().clone_into(&mut world.auditor_link);
        world
    }

    /// The house before anybody is in it, but with two clients.
    pub(crate) async fn empty(test: TestDatabase) -> Self {
        Self::unpeopled(test, |_| ()).await
    }

    async fn unpeopled(test: TestDatabase, set: impl FnOnce(&mut App)) -> Self {
        let machine = Arc::new(TestMachine::new("2026-11-25T08:00:00Z".parse().unwrap(), 11));
        let vault = Vault::in_memory(&*machine);
        let mut app = App::new(test.database.clone(), machine.clone(), vault);
        app.passwords = Passwords::cheap();
        set(&mut app);
        let (one, two) = (ClientId::new(&*machine), ClientId::new(&*machine));
        let outcome: Result<(), app::AppError> = transact!(app.database, transaction => {
            client::insert(transaction, &one, "Teehaus Demo GmbH", app.now()).await?;
            client::insert(transaction, &two, "Kräuterhof OHG", app.now()).await?;
            Ok(())
        });
        outcome.unwrap();
        let site = Site::new(ORIGIN_OF_SITE, false).unwrap();
        let service = service(&WebState::new(app.clone(), site), web::routes());
        Self { app, machine, client: one, other: two, auditor_link: String::new(), service, _test: test }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) fn request(method: Method, path: &str, cookie: Option<&str>) -> axum::http::request::Builder {
        let builder = Request::builder().method(method).uri(path).header(HOST, "kontor.example.org");
        let builder = builder.header("sec-fetch-site", "same-origin").header(ORIGIN, ORIGIN_OF_SITE);
        match cookie {
            Some(cookie) => builder.header(COOKIE, cookie),
            None => builder,
        }
    }

    pub(crate) async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.send(Self::request(Method::GET, path, cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &str, cookie: Option<&str>) -> Answer {
        let request = Self::request(Method::POST, path, cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    pub(crate) async fn with_key(&self, method: Method, path: &str, key: Option<&str>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(HOST, "kontor.example.org");
        if let Some(key) = key {
            request = request.header(AUTHORIZATION, format!("Bearer {key}"));
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Logs somebody in; none for a stranger.
    pub(crate) async fn cookie_of(&self, who: Who) -> Option<String> {
        let answer = match who {
            Who::Stranger => return None,
            Who::Auditor => self.post("/audit", &format!("code={}", self.auditor_link), None).await,
            Who::Member(_) | Who::OtherOwner | Who::Operator => self.log_in(&who.email(), PASSWORD).await,
        };
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who:?}: {}", answer.body);
        Some(answer.cookie().unwrap())
    }

    pub(crate) async fn log_in(&self, email: &str, password: &str) -> Answer {
        let (email, password) = (email.replace('@', "%40"), password.replace(' ', "+"));
        self.post("/login", &format!("email={email}&password={password}"), None).await
    }

    /// A key of a client with one scope.
    pub(crate) async fn key_of(&self, client: &ClientId, scope: Scope) -> String {
        let made = key::create(&self.app, &Actor::CommandLine, client, scope.name(), &[scope], None).await;
        made.unwrap().0.reveal().to_owned()
    }

    pub(crate) async fn user_of(&self, who: Who) -> user::User {
        let mut transaction = self.app.database.read().await.unwrap();
        user::by_email(&mut transaction, &who.email()).await.unwrap().unwrap()
    }
}

/// The addresses to which the links of a part of a page lead.
pub(crate) fn links(html: &str) -> Vec<String> {
    html.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&")).collect()
}

/// A settlement report: name and bytes.
pub(crate) fn report() -> (String, Vec<u8>) {
    testkit::reports::settlements(1).remove(0)
}
