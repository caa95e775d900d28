//! What a program that imports settlements needs: the region of a key, the reports of a period, their bytes.

use amazon_pay::client::{
    Client, ClientBuilder, DocumentProblem, Error, RefusalCause, Region, SettlementPeriod,
};
use amazon_pay::key::Environment;
use amazon_pay::model::ReportType;
use amazon_pay::simulator::{Builder, Running};
use rand::SeedableRng as _;
use rand::rngs::SmallRng;

use crate::peer::{KEY_ID, TestClock, key, simulator};

async fn pair(
    set: impl FnOnce(Builder) -> Builder,
    with: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> (Running, Client) {
    let clock = TestClock::new();
    let running = set(simulator(&clock)).start().await.unwrap();
    let builder = Client::builder(KEY_ID.parse().unwrap(), key()).endpoint(running.endpoint());
    let client = with(builder.rate_limit(None)).build(clock, SmallRng::seed_from_u64(1)).unwrap();
    (running, client)
}

#[tokio::test]
async fn the_region_of_a_key_is_found_by_trying() {
    for (region, requests) in [(Region::Europe, 1), (Region::NorthAmerica, 2), (Region::Japan, 3)] {
        let (running, client) = pair(|builder| builder.region(region), |client| client).await;
        let found = client.find_region().await.unwrap();
        assert_eq!((found.region(), running.control().request_count()), (region, requests));
        assert!(!found.settlement_reports(&SettlementPeriod::default()).await.unwrap().is_empty());
        assert_eq!(client.region(), Region::Europe, "the client that asked stays as it is");
    }
}

#[tokio::test]
async fn a_key_that_works_nowhere_says_why_by_the_region_that_knows_it() {
    for (rule, cause) in [
        ("api=wrong-signature", RefusalCause::WrongSignature),
        ("api=unknown-key", RefusalCause::NotAuthorized),
        ("api=suspended", RefusalCause::AccountStatus),
    ] {
        let (_running, client) =
            pair(|builder| builder.region(Region::Japan).faults([rule.parse().unwrap()]), |client| client)
                .await;
        let failed = client.find_region().await.unwrap_err();
        assert_eq!(failed.first.error.refusal().unwrap().cause, cause, "{failed}");
        assert_eq!(failed.others.len(), 2, "{failed}");
    }
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_wrong_in_every_region() {
    let late = ["api=clock:-30s".parse().unwrap()];
    let (running, client) = pair(|builder| builder.faults(late), |client| client).await;
    let failed = client.find_region().await.unwrap_err();
    let cause = failed.first.error.refusal().unwrap().cause;
    assert!(matches!(cause, RefusalCause::ClockAhead { by: Some(_) }), "{failed}");
    assert_eq!((failed.others.len(), running.control().request_count()), (0, 1));
}

#[tokio::test]
async fn the_reports_of_a_period_come_once_and_the_oldest_first() {
    let (running, client) = pair(|builder| builder, |client| client).await;
    let all = client.settlement_reports(&SettlementPeriod::default()).await.unwrap();
    assert!(all.len() > 60 && all.is_sorted_by_key(|report| report.start_time));

    let (since, until) = (Some("2026-10-01T00:00:00Z".parse().unwrap()), "2026-11-01T00:00:00Z".parse().ok());
    let october = client.settlement_reports(&SettlementPeriod { since, until }).await.unwrap();
    let files = running.control().report_files(Environment::Live);
    let expected = files
        .iter()
        .map(|file| &file.report)
        .filter(|report| report.report_type == ReportType::Settlement)
        .filter(|report| report.end_time > since && report.start_time < until);
    assert!(october.iter().eq(expected), "{}", october.len());
    assert!(october.len() > 25);

    let long_ago = SettlementPeriod { since: Some("2020-01-01T00:00:00Z".parse().unwrap()), until: None };
    assert_eq!(client.settlement_reports(&long_ago).await.unwrap(), all);
}

#[tokio::test]
async fn a_document_reaches_a_writer_whole_or_not_at_all() {
    for rule in ["download=gzip", "download:1=cut:50%", "download:1-2=drop", "document:1=expired"] {
        let (running, client) =
            pair(|builder| builder.faults([rule.parse().unwrap()]), |client| client).await;
        let file = running.control().report_files(Environment::Live).pop().unwrap();
        let mut bytes = Vec::new();
        let count = client.download_to(&file.report.report_document_id.unwrap(), &mut bytes).await.unwrap();
        assert_eq!(
            (bytes.len(), bytes.as_slice()),
            (usize::try_from(count).unwrap(), &*file.document),
            "{rule}"
        );
    }

    let never = ["download=drop-after-headers".parse().unwrap()];
    let (running, client) = pair(|builder| builder.faults(never), |client| client).await;
    let id = running.control().report_files(Environment::Live).pop().unwrap().report.report_document_id;
    let mut bytes = Vec::new();
    let error = client.download_to(&id.unwrap(), &mut bytes).await.unwrap_err();
    assert!(matches!(error, Error::Document { .. }) && bytes.is_empty(), "{error}");

    let (running, client) = pair(|builder| builder, |client| client.largest_document(100)).await;
    let id = running.control().report_files(Environment::Live).pop().unwrap().report.report_document_id;
    let mut bytes = Vec::new();
    let error = client.download_to(&id.unwrap(), &mut bytes).await.unwrap_err();
    assert!(
        matches!(error, Error::Document { problem: DocumentProblem::TooLarge { limit: 100 }, .. }),
        "{error}"
    );
    assert!(bytes.is_empty());
}
