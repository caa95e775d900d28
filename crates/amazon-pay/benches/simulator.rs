//! How many signed requests the simulator verifies and answers in a second, with throttling off.
//!
//! Server and clients share one machine and one runtime of two threads; connections are kept open, every request was signed
//! before the measurement began, and each answer is read to its end. A thousand different requests go round, because
//! signing takes twenty times as long as verifying; the simulator remembers nothing about a signature it has seen.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use amazon_pay::key::{Environment, PrivateKey, PublicKeyId};
use amazon_pay::sign::OutgoingRequest;
use amazon_pay::simulator::{Running, Simulator};
use jiff::Timestamp;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const KEY: &[u8] = include_bytes!("../tests/keys/rsa-pkcs8.pem");
const CONNECTIONS: usize = 16;
const DIFFERENT_REQUESTS: usize = 1_000;
const ROUND: Duration = Duration::from_secs(4);
/// What issue and README promise on two cores.
const PROMISED: u64 = 5_000;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    // `cargo bench simulator` passes the word on; another word means another benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    let is_only_asked = arguments.iter().any(|argument| argument == "--test" || argument == "--list");
    if is_only_asked || filter.is_some_and(|filter| !"simulator".contains(filter.as_str())) {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(measure())
}

async fn measure() -> Result<(), Failure> {
    let now: Timestamp = "2026-11-23T08:00:00Z".parse()?;
    let id: PublicKeyId = "LIVE-AFVX7ULWSGBZ5535PCUQOY7B".parse()?;
    let key = PrivateKey::from_pem(KEY)?;
    let simulator = Simulator::builder(move || now)
        .throttling(false)
        .key(id.clone(), PrivateKey::from_pem(KEY)?)
        .build()?;
    let running = simulator.serve(TcpListener::bind("127.0.0.1:0").await?)?;

    let sales: Vec<_> = (0..10).map(|_| running.control().sell(Environment::Live, 11_900, "", "")).collect();
    let charge = sales.into_iter().next().ok_or("no sale")??.charge_id;
    let report = running.control().report_files(Environment::Live).pop().ok_or("no report")?.report.report_id;
    let shapes = [
        ("a report by id", vec![(format!("/v2/reports/{report}"), "")]),
        ("a charge", vec![(format!("/v2/charges/{charge}"), "")]),
        ("ten disbursements", vec![("/v2/disbursements".to_owned(), "pageSize=10")]),
        ("ten reports", vec![("/v2/reports".to_owned(), "pageSize=10")]),
    ];
    let mixed = shapes.iter().flat_map(|(_, targets)| targets.clone()).collect();

    println!(
        "verified requests a second, {CONNECTIONS} connections, two threads for server and clients together"
    );
    println!("  {:<24}{:>8}{:>22}", "", "by wall", "two cores, by CPU");
    for (name, targets) in shapes.into_iter().chain([("all of these by turns", mixed)]) {
        let requests = Arc::new(signed(&running, &key, &id, now, &targets)?);
        let Rate { by_wall, by_processor } = rate(&running, &requests).await?;
        let verdict = if by_processor.unwrap_or(by_wall) >= PROMISED { "" } else { "  (below the promise)" };
        let by_processor = by_processor.map_or_else(|| "not known here".to_owned(), |rate| rate.to_string());
        println!("  {name:<24}{by_wall:>8}{by_processor:>22}{verdict}");
    }
    running.stop().await;
    Ok(())
}

/// Different signed requests, ready to be written to the socket. PSS draws a salt for each, so no two signatures are equal.
fn signed(
    running: &Running,
    key: &PrivateKey,
    id: &PublicKeyId,
    now: Timestamp,
    targets: &[(String, &str)],
) -> Result<Vec<Vec<u8>>, Failure> {
    let date = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let host = running.address().to_string();
    let headers = [
        ("accept", "application/json"),
        ("content-type", "application/json"),
        ("x-amz-pay-date", date.as_str()),
        ("x-amz-pay-host", host.as_str()),
        ("x-amz-pay-region", "eu"),
    ];
    let request = |(path, query): &(String, &str)| -> Result<Vec<u8>, Failure> {
        let request = OutgoingRequest { method: "GET", path, query, headers: &headers, body: b"" };
        let question = if query.is_empty() { "" } else { "?" };
        let mut text = format!("GET {path}{question}{query} HTTP/1.1\r\nhost: {host}\r\n");
        for (name, value) in headers {
            write!(text, "{name}: {value}\r\n")?;
        }
        write!(text, "authorization: {}\r\n\r\n", request.sign(key, id)?)?;
        Ok(text.into_bytes())
    };
    targets.iter().cycle().take(DIFFERENT_REQUESTS).map(request).collect()
}

/// How many requests were answered in a second.
struct Rate {
    by_wall: u64,
    /// In a second of both cores, by the processor time that server and clients used together. Other work on the machine
    /// does not weigh on it.
    by_processor: Option<u64>,
}

/// What this process has used of the processor, in hundredths of a second: fields 14 and 15 of Linux's `/proc/self/stat`.
fn processor_time() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in parentheses and may hold anything; the third field follows it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures by the machine's clock")]
async fn rate(running: &Running, requests: &Arc<Vec<Vec<u8>>>) -> Result<Rate, Failure> {
    let address = running.address();
    let (begin, used_before) = (Instant::now(), processor_time());
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CONNECTIONS {
        let requests = Arc::clone(requests);
        clients.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let mut answered = 0_u64;
            for request in requests.iter().cycle().skip(client * DIFFERENT_REQUESTS / CONNECTIONS) {
                if begin.elapsed() >= ROUND {
                    break;
                }
                stream.write_all(request).await?;
                read_answer(&mut stream).await?;
                answered += 1;
            }
            Ok::<u64, Failure>(answered)
        });
    }
    let mut answered = 0;
    while let Some(client) = clients.join_next().await {
        answered += client??;
    }
    let milliseconds = u64::try_from(begin.elapsed().as_millis())?;
    let used = used_before.zip(processor_time()).map(|(before, after)| after - before);
    Ok(Rate {
        by_wall: answered * 1_000 / milliseconds,
        by_processor: used.filter(|used| *used > 0).map(|used| answered * 2 * 100 / used),
    })
}

/// Reads one answer to its end; it must be a 200.
async fn read_answer(stream: &mut TcpStream) -> Result<(), Failure> {
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        if stream.read_buf(&mut buffer).await? == 0 {
            return Err("the simulator hung up".into());
        }
        let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&buffer[..end])?;
        if !head.starts_with("HTTP/1.1 200 ") {
            return Err(String::from_utf8_lossy(&buffer).into());
        }
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("no length")?;
        if buffer.len() >= end + 4 + length.parse::<usize>()? {
            return Ok(());
        }
    }
}
