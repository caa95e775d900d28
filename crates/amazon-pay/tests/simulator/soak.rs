//! Thousands of faults by lot: in the end every report is there exactly once, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::time::Duration;

use amazon_pay::client::{Client, Error, ReportQuery, RetryPolicy};
use amazon_pay::key::Environment;
use amazon_pay::model::{Report, ReportType};
use futures_util::TryStreamExt as _;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;
use tokio::net::TcpListener;

use crate::peer::{KEY_ID, TestClock, key, simulator};

/// More than any of the runs needs.
const MOST_ROUNDS: usize = 200;

/// Fetches every settlement report that is listed and not yet there, as often as it takes.
async fn fetch_all(client: &Client, folder: &std::path::Path) -> Result<usize, Error> {
    let reports: Vec<Report> = client.reports(&ReportQuery::settlements()).try_collect().await?;
    let mut fetched = 0;
    for report in reports {
        let path = folder.join(format!("{}.csv", report.report_id));
        if !path.exists() {
            client.download(report.report_document_id.as_ref().unwrap(), &path).await?;
            fetched += 1;
        }
    }
    Ok(fetched)
}

async fn soak(seed: u64, faults: &[&str]) -> usize {
    let clock = TestClock::new();
    let running = simulator(&clock)
        .seed(seed)
        .faults(faults.iter().map(|rule| rule.parse().unwrap()))
        .build()
        .unwrap()
        .serve(TcpListener::bind("127.0.0.1:0").await.unwrap())
        .unwrap();
    let policy = RetryPolicy {
        attempts: NonZeroU32::new(4).unwrap(),
        longest_pause: Duration::from_secs(4),
        ..RetryPolicy::default()
    };
    let client = Client::builder(KEY_ID.parse().unwrap(), key())
        .endpoint(running.endpoint())
        .rate_limit(None)
        .retry(policy)
        .build(clock, SmallRng::seed_from_u64(seed))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();

    let mut rounds = 0;
    while fetch_all(&client, folder.path()).await.is_err() {
        rounds += 1;
        assert!(rounds < MOST_ROUNDS, "seed {seed}: it does not come to an end");
    }

    let files = running.control().report_files(Environment::Live);
    let settled = files.into_iter().filter(|file| file.report.report_type == ReportType::Settlement);
    let expected: BTreeMap<String, Vec<u8>> =
        settled.map(|file| (format!("{}.csv", file.report.report_id), file.document.to_vec())).collect();
    let found: BTreeSet<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(found.iter().eq(expected.keys()), "seed {seed}: every report once, and no half of one");
    for (name, document) in &expected {
        assert!(std::fs::read(folder.path().join(name)).unwrap() == *document, "seed {seed}: {name}");
    }
    usize::try_from(running.control().request_count()).unwrap()
}

#[tokio::test]
async fn every_report_arrives_once_and_whole_whatever_happens() {
    let mut requests = 0;
    for (seed, faults) in [
        (1, &["any:30%=surprise"][..]),
        (2, &["any:60%=surprise"]),
        (3, &["download:90%=surprise", "document:50%=surprise"]),
        (4, &["any:20%=surprise", "any:20%=drop", "download:50%=cut:30%"]),
        (5, &["any:40%=surprise"]),
        (6, &["any:50%=surprise"]),
        (7, &["download=surprise"]),
        (8, &["reports:70%=surprise"]),
    ] {
        requests += soak(seed, faults).await;
    }
    assert!(requests > 3_000, "{requests}");
}
