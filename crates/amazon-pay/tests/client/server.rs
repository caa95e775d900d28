//! A small HTTP/1.1 server: it writes down every request and answers as it is told, also with half an answer.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// What is sent back. The connection is closed after it.
#[derive(Clone)]
pub(crate) struct Answer {
    head: String,
    body: Vec<u8>,
    names_length: bool,
    cut_after: Option<usize>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n");
        Self { head, body: body.into(), names_length: true, cut_after: None }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        write!(self.head, "{name}: {value}\r\n").unwrap();
        self
    }

    /// Closes the connection after so many bytes of the body.
    pub(crate) fn cut_after(self, bytes: usize) -> Self {
        Self { cut_after: Some(bytes), ..self }
    }

    pub(crate) fn without_length(self) -> Self {
        Self { names_length: false, ..self }
    }

    /// Closes the connection before a byte is sent.
    pub(crate) fn nothing() -> Self {
        Self { head: String::new(), ..Self::new(200, "") }
    }

    async fn send(self, mut stream: TcpStream) -> std::io::Result<()> {
        if self.head.is_empty() {
            return Ok(());
        }
        let length = if self.names_length {
            format!("Content-Length: {}\r\n", self.body.len())
        } else {
            String::new()
        };
        stream.write_all(format!("{}{length}\r\n", self.head).as_bytes()).await?;
        stream.write_all(&self.body[..self.cut_after.unwrap_or(self.body.len())]).await?;
        stream.shutdown().await
    }
}

type Handler = dyn Fn(&Request, usize) -> Answer + Send + Sync;

pub(crate) struct Server {
    address: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers request number `n` (from 0) with what `handler` says.
    pub(crate) async fn answering(
        handler: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (written, handler): (_, Arc<Handler>) = (Arc::clone(&requests), Arc::new(handler));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&written), Arc::clone(&handler)));
            }
        });
        Self { address, requests }
    }

    /// Answers with each of `answers` in turn, and then with the last for ever.
    pub(crate) async fn with(answers: Vec<Answer>) -> Self {
        Self::answering(move |_request, number| answers[number.min(answers.len() - 1)].clone()).await
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Every request so far, in order.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, requests: Arc<Mutex<Vec<Request>>>, handler: Arc<Handler>) {
    let Some(request) = received(&mut stream).await else { return };
    let number = {
        let mut requests = requests.lock().unwrap();
        requests.push(request.clone());
        requests.len() - 1
    };
    // The client may have gone away, which is its right.
    let _sent = handler(&request, number).send(stream).await;
}

async fn received(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let (head, mut body) = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break (String::from_utf8(bytes[..end].to_vec()).unwrap(), bytes[end + 4..].to_vec());
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut request =
        Request { method, path: path.to_owned(), query: query.to_owned(), headers, body: Vec::new() };
    let length: usize = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    request.body = body;
    Some(request)
}
