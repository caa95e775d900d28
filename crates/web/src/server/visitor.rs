//! Who is asking, and how he wants to be spoken to: read afresh with every request.

use std::net::SocketAddr;

use app::account::session::{self, Visit};
use app::{Language, Token};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, REFERER, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use cookie::{Cookie, CookieBuilder, SameSite};

use super::problem::Problem;
use super::state::{Site, WebState};
use super::trace::Number;
use crate::page::Theme;

const LANGUAGE: &str = "kontor-language";
const THEME: &str = "kontor-theme";
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Who is asking.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who is logged in, with the rights that he has now.
    pub visit: Option<Visit>,
    /// The token of the session cookie, complete or not.
    pub token: Option<Token>,
    /// His language: that of the account, else of the cookie, else of the browser, else German.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// The address of the page with its query.
    pub path: String,
    /// The address of the other end.
    pub address: String,
    /// The browser, as it calls itself.
    pub agent: String,
    /// What the log calls this request.
    pub number: String,
}

impl Visitor {
    /// Where he comes from, for use cases of the login.
    pub fn origin(&self) -> app::account::login::Origin<'_> {
        app::account::login::Origin { address: &self.address, agent: &self.agent }
    }
}

/// Finds out who is asking.
pub(super) async fn recognise(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match visitor_of(&state, &parts).await {
        Ok(visitor) => drop(parts.extensions.insert(visitor)),
        Err(error) => return super::problem::bare(&state, &parts, error),
    }
    next.run(Request::from_parts(parts, body)).await
}

async fn visitor_of(state: &WebState, parts: &Parts) -> Result<Visitor, app::AppError> {
    let headers = &parts.headers;
    // A program shows a key, never a cookie.
    let program = parts.uri.path().starts_with("/api/");
    let asset = parts.uri.path().starts_with("/assets/");
    let token = cookie(headers, session_name(&state.site)).filter(|_| !program && !asset).map(Token::of);
    let visit = match &token {
        Some(token) => session::resume(&state.app, token).await?,
        None => None,
    };
    let account = visit.as_ref().and_then(|visit| visit.language.as_deref());
    let language = account
        .and_then(Language::of_code)
        .or_else(|| cookie(headers, LANGUAGE).and_then(Language::of_code))
        .unwrap_or_else(|| of_browser(headers));
    let theme = visit.as_ref().and_then(|visit| visit.theme.as_deref());
    let theme = theme.or_else(|| cookie(headers, THEME)).map(Theme::parse).unwrap_or_default();
    let path = path_of(&state.site, parts);
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default().to_owned();
    let number = parts.extensions.get::<Number>().map(|number| number.0.clone()).unwrap_or_default();
    let address = address_of(&state.site, parts);
    Ok(Visitor { visit, token, language, theme, path, address, agent, number })
}

/// Where the switches of language and theme lead back to: the page, or the one whose form was sent.
fn path_of(site: &Site, parts: &Parts) -> String {
    if parts.method == Method::GET {
        return parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    }
    let from = parts.headers.get(REFERER).and_then(|from| from.to_str().ok());
    let path = from.and_then(|from| from.strip_prefix(site.origin())).filter(|path| path.starts_with('/'));
    path.unwrap_or("/").to_owned()
}

fn address_of(site: &Site, parts: &Parts) -> String {
    let forwarded = parts.headers.get_all(FORWARDED_FOR).iter().next_back();
    let forwarded = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    match forwarded.map(str::trim).filter(|address| site.is_behind_proxy() && !address.is_empty()) {
        Some(address) => address.chars().take(64).collect(),
        None => parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or_else(|| "unknown".to_owned(), |ConnectInfo(address)| address.ip().to_string()),
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}

/// German, unless the browser puts English before it.
fn of_browser(headers: &HeaderMap) -> Language {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok()).unwrap_or_default();
    wanted
        .split(',')
        .find_map(|language| Language::of_code(language.trim().get(..2)?.to_lowercase().as_str()))
        .unwrap_or_default()
}

/// `__Host-` binds a cookie to this host, TLS and the whole site; browsers refuse the name without TLS.
fn session_name(site: &Site) -> &'static str {
    if site.is_secure() { "__Host-kontor" } else { "kontor" }
}

/// The cookie that carries a session's token. It ends with the browser; the server ends it earlier.
pub fn session_cookie(site: &Site, token: &Token) -> HeaderValue {
    header(&base(site, session_name(site), token.reveal().to_owned()).build())
}

/// Takes the cookie of the session away.
pub fn clear_session(site: &Site) -> HeaderValue {
    let mut cookie = base(site, session_name(site), String::new()).build();
    cookie.make_removal();
    header(&cookie)
}

/// The cookie that remembers the language of somebody who is not logged in.
pub(crate) fn language_cookie(site: &Site, language: Language) -> HeaderValue {
    header(&base(site, LANGUAGE, language.code().to_owned()).permanent().build())
}

/// The cookie that remembers the theme of somebody who is not logged in.
pub(crate) fn theme_cookie(site: &Site, theme: Theme) -> HeaderValue {
    header(&base(site, THEME, theme.name().to_owned()).permanent().build())
}

fn base(site: &Site, name: &'static str, value: String) -> CookieBuilder<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(site.is_secure())
}

fn header(cookie: &Cookie<'_>) -> HeaderValue {
    HeaderValue::from_str(&cookie.to_string()).unwrap_or_else(|_| HeaderValue::from_static(""))
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let missing =
            || app::AppError::failed("know who is asking")("the route stands outside of the server");
        Ok(parts.extensions.get::<Self>().cloned().ok_or_else(missing)?)
    }
}
