//! How many requests a second are signed and verified, beside what OpenSSL signs in the same minute.
//! `cargo bench -p amazon-pay --bench signing`

use std::hint::black_box;
use std::process::Command;
use std::time::Duration;

use amazon_pay::key::{PrivateKey, PublicKeyId};
use amazon_pay::sign::{Authorization, OutgoingRequest, ReceivedRequest, canonical_query_of_pairs};
use divan::Bencher;
use divan::counter::ItemsCount;

const HEADERS: [(&str, &str); 5] = [
    ("accept", "application/json"),
    ("content-type", "application/json"),
    ("x-amz-pay-date", "20261123T061426Z"),
    ("x-amz-pay-host", "pay-api.amazon.eu"),
    ("x-amz-pay-region", "eu"),
];

fn main() {
    divan::main();
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test` only asks whether the benchmarks run.
    if !arguments.iter().any(|argument| argument == "--test" || argument == "--list") {
        beside_openssl();
    }
}

fn key() -> (PrivateKey, PublicKeyId) {
    (PrivateKey::generate().expect("a key"), "LIVE-AFVX7ULWSGBZ5535PCUQOY7B".parse().expect("an id"))
}

/// The list of settlement reports, from its parameters to the header.
fn signed(key: &PrivateKey, id: &PublicKeyId) -> String {
    let query = canonical_query_of_pairs([
        ("reportTypes", "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_"),
        ("processingStatuses", "COMPLETED"),
        ("pageSize", "100"),
    ]);
    let request =
        OutgoingRequest { method: "GET", path: "/v2/reports", query: &query, headers: &HEADERS, body: b"" };
    request.sign(key, id).expect("a signature").to_string()
}

#[divan::bench]
fn sign_a_request(bencher: Bencher) {
    let (key, id) = key();
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| signed(&key, &id));
}

/// The server's side, with the header read anew each time.
#[divan::bench]
fn verify_a_request(bencher: Bencher) {
    let (key, id) = key();
    let header = signed(&key, &id);
    let query = "pageSize=100&processingStatuses=COMPLETED\
                 &reportTypes=_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_";
    let request = ReceivedRequest { method: "GET", path: "/v2/reports", query, headers: &HEADERS, body: b"" };
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        let authorization = Authorization::parse(&header).expect("a header");
        request.verify(key.public_key(), &authorization).expect("verified");
    });
}

/// Three rounds in turn. Both count the time on the processor, not on the wall, so other work on the machine does not
/// weigh on either.
fn beside_openssl() {
    let (key, id) = key();
    println!("\nsignatures a second of processor time, key of 2048 bits, rounds of 3 s in turn");
    for round in 1..=3 {
        let (Some(openssl), Some(ours)) = (openssl_signatures_a_second(), our_requests_a_second(&key, &id))
        else {
            println!("there is no openssl command to compare with, or no Linux to ask for processor time");
            return;
        };
        println!(
            "round {round}: openssl {openssl:8.1}   whole requests {ours:8.1}   ratio {:.2}",
            ours / openssl
        );
    }
}

/// The column sign/s of `openssl speed`.
fn openssl_signatures_a_second() -> Option<f64> {
    let output = Command::new("openssl").args(["speed", "-seconds", "3", "rsa2048"]).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find(|line| line.starts_with("rsa") && line.contains("2048 bits"))?;
    line.split_whitespace().nth_back(1)?.parse().ok()
}

fn our_requests_a_second(key: &PrivateKey, id: &PublicKeyId) -> Option<f64> {
    let started = processor_time()?;
    let mut requests = 0_u32;
    loop {
        for _ in 0..50 {
            black_box(signed(black_box(key), id));
        }
        requests += 50;
        let spent = processor_time()?.saturating_sub(started);
        if spent >= Duration::from_secs(3) {
            return Some(f64::from(requests) / spent.as_secs_f64());
        }
    }
}

/// How long this thread has run: the first figure of Linux's schedstat, in nanoseconds.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
