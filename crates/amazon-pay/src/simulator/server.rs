//! The network: connections in, answers out, with the faults of the line.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, Response, StatusCode};
use futures_util::stream;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::admission::Received;
use super::clock::RealTime;
use super::control::{self, Access, Control};
use super::fault::Wire;
use super::service::{Answer, Service};

/// More connections than this wait.
const MOST_CONNECTIONS: usize = 1_024;
/// Requests of the API are small.
const LARGEST_BODY: usize = 64 * 1024;
/// For a handshake, for the headers and for the body of a request.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long after a stop the answers under way may take.
const FAREWELL: Duration = Duration::from_secs(5);
/// Pieces into which a slow body is cut.
const PIECES: usize = 16;
/// Before a line breaks, what was sent before gets so long to leave.
const BEFORE_BREAK: Duration = Duration::from_millis(10);

/// What every connection needs.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) service: Arc<Service>,
    pub(super) acceptor: Option<TlsAcceptor>,
    pub(super) access: Access,
    /// Scheme and address of this server.
    pub(super) origin: Arc<str>,
    pages: Router,
}

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection ends here, as a fault wants it")]
struct Dropped;

impl Server {
    pub(super) fn new(
        service: Arc<Service>,
        acceptor: Option<TlsAcceptor>,
        access: Access,
        control: Control,
        origin: &str,
    ) -> Self {
        let pages = control::pages(control);
        Self { service, acceptor, access, origin: origin.into(), pages }
    }

    /// Serves until `stop` becomes true or its sender is gone; answers under way are finished.
    pub(super) async fn run(self, listener: TcpListener, mut stop: watch::Receiver<bool>) {
        let permits = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        let mut connections = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = accept(&listener, &permits) => accepted,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            while connections.try_join_next().is_some() {}
            let Ok((stream, peer, permit)) = accepted else {
                // Too many open files, or a connection that ended before it began.
                sleep(Duration::from_millis(20)).await;
                continue;
            };
            let (server, stop) = (self.clone(), stop.clone());
            connections.spawn(async move {
                server.connection(stream, peer, stop).await;
                drop(permit);
            });
        }
        drop(listener);
        let all_done = async { while connections.join_next().await.is_some() {} };
        // Whoever takes longer is cut off when the set is dropped.
        let _in_time = timeout(FAREWELL, all_done).await;
    }

    async fn connection(self, stream: TcpStream, peer: SocketAddr, stop: watch::Receiver<bool>) {
        // Answers are small and wanted at once.
        let _best_effort = stream.set_nodelay(true);
        match self.acceptor.clone() {
            None => self.http(stream, peer, stop).await,
            Some(acceptor) => {
                if let Ok(Ok(stream)) = timeout(PATIENCE, acceptor.accept(stream)).await {
                    self.http(stream, peer, stop).await;
                }
            }
        }
    }

    async fn http<S>(self, stream: S, peer: SocketAddr, mut stop: watch::Receiver<bool>)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(move |request| {
            let server = self.clone();
            async move { server.respond(request, peer).await }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        tokio::select! {
            _ended = connection.as_mut() => return,
            _ = stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
        }
        let _ended = connection.await;
    }

    async fn respond(&self, request: Request<Incoming>, peer: SocketAddr) -> Result<Response<Body>, Dropped> {
        if control::is_page(request.uri().path()) {
            return Ok(if self.access.allows(peer, request.headers()) {
                self.page(request).await
            } else {
                control::not_here()
            });
        }
        let (parts, body) = request.into_parts();
        let Some(body) = read(body).await else { return Ok(too_large()) };
        let received = Received {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        };
        let answer = self.service.answer(&received, &self.origin);
        if !answer.wire.delay.is_zero() {
            self.service.clock.sleep(answer.wire.delay).await;
        }
        if answer.wire.dropped { Err(Dropped) } else { Ok(response(answer, self.service.clock.clone())) }
    }

    async fn page(&self, request: Request<Incoming>) -> Response<Body> {
        let pages: TowerToHyperService<Router> = TowerToHyperService::new(self.pages.clone());
        let answered: Result<Response<Body>, Infallible> = pages.call(request).await;
        answered.unwrap_or_else(|never| match never {})
    }
}

async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, permit))
}

/// The body of a request; `None` where it is too large, too slow or broken off.
async fn read(body: Incoming) -> Option<Bytes> {
    let collected = timeout(PATIENCE, Limited::new(body, LARGEST_BODY).collect()).await;
    collected.ok()?.ok().map(http_body_util::Collected::to_bytes)
}

fn too_large() -> Response<Body> {
    let mut response = Response::new(Body::from(
        "{\"reasonCode\":\"InvalidRequest\",\"message\":\"The body is too large.\"}",
    ));
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    response
}

fn response(answer: Answer, clock: RealTime) -> Response<Body> {
    let Answer { status, headers, body, wire } = answer;
    let length = body.len();
    let body = if wire.is_plain() { Body::from(body) } else { disturbed(&body, wire, clock) };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    if !wire.is_plain() {
        let length = u64::try_from(length).unwrap_or(u64::MAX).saturating_add_signed(wire.misstated);
        response.headers_mut().insert("content-length", HeaderValue::from(length));
    }
    response
}

/// A body in pieces, with pauses, that may break off.
fn disturbed(body: &Bytes, wire: Wire, clock: RealTime) -> Body {
    let kept = wire.cut.unwrap_or(body.len()).min(body.len());
    let piece = if wire.pause.is_zero() { kept.max(1) } else { kept.div_ceil(PIECES).max(1) };
    let rest = body.slice(..kept);
    // Who says too much breaks off as well, for there is nothing left to send.
    let breaks = wire.cut.is_some() || wire.misstated > 0;
    Body::from_stream(stream::unfold(Some((rest, true)), move |state| {
        let clock = clock.clone();
        async move {
            let (mut rest, is_first) = state?;
            if rest.is_empty() {
                if breaks {
                    sleep(BEFORE_BREAK).await;
                }
                return breaks.then(|| (Err(Dropped), None));
            }
            if !is_first && !wire.pause.is_zero() {
                clock.sleep(wire.pause).await;
            }
            let piece = rest.split_to(piece.min(rest.len()));
            Some((Ok(piece), Some((rest, false))))
        }
    }))
}
