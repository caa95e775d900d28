//! A mail server on loopback: takes mail, or behaves as mail servers now and then do.

#![expect(clippy::missing_panics_doc, reason = "a test without its mail server has failed")]

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// How the server behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// It takes every mail.
    #[default]
    Takes,
    /// It has no room at present (452).
    RefusesForNow,
    /// It does not know the recipient (550).
    RefusesForGood,
    /// It accepts no password (535).
    RefusesLogin,
    /// It takes the mail, and the connection ends before it says so.
    TakesAndHangsUp,
    /// The connection ends at once.
    HangsUp,
}

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// From whom, by the envelope.
    pub from: String,
    /// To whom, by the envelope.
    pub to: String,
    /// Headers and text, as sent.
    pub raw: String,
}

impl Received {
    /// A header, unfolded and decoded.
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        let line = head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)));
        line.map(|(_, value)| decode_words(value)).unwrap_or_default()
    }

    /// The text of a mail of one part, decoded.
    pub fn text(&self) -> String {
        let body = self.raw.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let bytes = match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => STANDARD.decode(body.replace("\r\n", "")).unwrap_or_default(),
            "quoted-printable" => quoted_printable(body),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
    }
}

/// Words like `=?utf-8?b?…?=` (RFC 2047); the blank between two of them is none.
fn decode_words(value: &str) -> String {
    let (mut text, mut after_coded) = (String::new(), true);
    for word in value.split(' ') {
        let coded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        let decoded = coded.and_then(|coded| STANDARD.decode(coded).ok());
        let between_coded = after_coded && decoded.is_some();
        if !(text.is_empty() || between_coded) {
            text.push(' ');
        }
        after_coded = decoded.is_some();
        match decoded {
            Some(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
            None => text.push_str(word),
        }
    }
    text
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    while let [first, after @ ..] = rest {
        let coded = (*first == b'=').then(|| after.get(..2)).flatten();
        let coded = coded.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(coded.unwrap_or(*first));
        rest = if coded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes
}

#[derive(Debug, Default)]
struct State {
    mood: Mood,
    mails: Vec<Received>,
    /// Mails that were tried, refused ones included.
    tried: u32,
}

/// The running server; it ends with the test.
#[derive(Debug)]
pub struct MailServer {
    /// As settings name it: `smtp://127.0.0.1:…`.
    pub url: String,
    state: Arc<Mutex<State>>,
    news: Arc<Notify>,
    task: tokio::task::JoinHandle<()>,
}

impl MailServer {
    /// Starts one at a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port on loopback");
        let url = format!("smtp://{}", listener.local_addr().expect("its address"));
        let state: Arc<Mutex<State>> = Arc::default();
        let news: Arc<Notify> = Arc::default();
        let (kept, told) = (Arc::clone(&state), Arc::clone(&news));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (state, news) = (Arc::clone(&kept), Arc::clone(&told));
                tokio::spawn(async move {
                    // Whoever hangs up is no concern of the server.
                    let _ended = talk(stream, &state, &news).await;
                });
            }
        });
        Self { url, state, news, task }
    }

    /// Its port, for settings that write it otherwise.
    pub fn port(&self) -> &str {
        self.url.rsplit(':').next().unwrap_or_default()
    }

    /// From now on it behaves so.
    pub fn behave(&self, mood: Mood) {
        lock(&self.state).mood = mood;
    }

    /// What came so far.
    pub fn mails(&self) -> Vec<Received> {
        lock(&self.state).mails.clone()
    }

    /// How often somebody wanted to send.
    pub fn tried(&self) -> u32 {
        lock(&self.state).tried
    }

    /// Takes away what came, and waits for a first mail where there is none.
    pub async fn next(&self) -> Received {
        loop {
            let news = self.news.notified();
            {
                let mut state = lock(&self.state);
                if !state.mails.is_empty() {
                    return state.mails.remove(0);
                }
            }
            news.await;
        }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One conversation (RFC 5321, with AUTH of RFC 4954).
async fn talk(stream: TcpStream, state: &Mutex<State>, news: &Notify) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader);
    if lock(state).mood == Mood::HangsUp {
        return Ok(());
    }
    say(&mut writer, "220 test ESMTP").await?;
    let mut mail = Received { from: String::new(), to: String::new(), raw: String::new() };
    while let Some(line) = read_line(&mut lines).await? {
        let mood = lock(state).mood;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match (verb.as_str(), mood) {
            ("EHLO", _) => "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
            ("AUTH", Mood::RefusesLogin) => "535 5.7.8 bad credentials",
            ("AUTH", _) => "235 2.7.0 welcome",
            ("MAIL", _) => {
                lock(state).tried += 1;
                mail.from = address(&line);
                "250 ok"
            }
            ("RCPT", Mood::RefusesForNow) => "452 4.2.2 mailbox full",
            ("RCPT", Mood::RefusesForGood) => "550 5.1.1 no such user",
            ("RCPT", _) => {
                mail.to = address(&line);
                "250 ok"
            }
            ("DATA", _) => {
                say(&mut writer, "354 go on").await?;
                mail.raw = read_data(&mut lines).await?;
                lock(state).mails.push(mail.clone());
                news.notify_waiters();
                if mood == Mood::TakesAndHangsUp {
                    return Ok(());
                }
                "250 2.0.0 taken"
            }
            ("QUIT", _) => {
                say(&mut writer, "221 bye").await?;
                return Ok(());
            }
            ("NOOP" | "RSET", _) => "250 ok",
            _ => "502 what?",
        };
        say(&mut writer, answer).await?;
    }
    Ok(())
}

async fn say(writer: &mut (impl AsyncWrite + Unpin), line: &str) -> std::io::Result<()> {
    writer.write_all(format!("{line}\r\n").as_bytes()).await
}

async fn read_line(lines: &mut BufReader<impl AsyncRead + Unpin>) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let read = lines.read_line(&mut line).await?;
    Ok((read > 0).then(|| line.trim_end().to_owned()))
}

/// Until the line with only a dot; lines that begin with one have two (RFC 5321, section 4.5.2).
async fn read_data(lines: &mut BufReader<impl AsyncRead + Unpin>) -> std::io::Result<String> {
    let mut data = String::new();
    while let Some(line) = read_line(lines).await? {
        match line.strip_prefix('.') {
            Some("") => break,
            Some(rest) => data.push_str(rest),
            None => data.push_str(&line),
        }
        data.push_str("\r\n");
    }
    Ok(data)
}

fn address(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or("", |(address, _)| address)
        .to_owned()
}
