//! The typed client against the simulator, under each fault.

use std::path::Path;
use std::pin::pin;

use amazon_pay::client::{
    Client, ConnectionFailure, DisbursementQuery, DocumentProblem, Error, IdempotencyKey, PageSize,
    RefusalCause, ReportQuery, RetryPolicy,
};
use amazon_pay::key::Environment;
use amazon_pay::model::{
    NewReport, NewReportSchedule, ProcessingStatus, Report, ReportType, ScheduleFrequency,
};
use amazon_pay::report::{SettlementReport, SettlementRow, TransactionType};
use amazon_pay::simulator::{CATALOGUE, ReportFile, Running};
use futures_util::{StreamExt as _, TryStreamExt as _};
use rand::SeedableRng as _;
use rand::rngs::SmallRng;
use tokio::net::TcpListener;

use crate::peer::{KEY_ID, TestClock, key, simulator};

/// A simulator with its client; both live by one clock.
struct Pair {
    running: Running,
    client: Client,
    folder: tempfile::TempDir,
}

impl Pair {
    async fn new(rules: &[&str]) -> Self {
        let clock = TestClock::new();
        let simulator =
            simulator(&clock).faults(rules.iter().map(|rule| rule.parse().unwrap())).build().unwrap();
        let running = simulator.serve(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
        let client = Client::builder(KEY_ID.parse().unwrap(), key())
            .endpoint(running.endpoint())
            .rate_limit(None)
            .retry(RetryPolicy::default())
            .build(clock, SmallRng::seed_from_u64(1))
            .unwrap();
        Self { running, client, folder: tempfile::tempdir().unwrap() }
    }

    /// The newest settlement report as the world holds it.
    fn newest(&self) -> ReportFile {
        let files = self.running.control().report_files(Environment::Live);
        files.into_iter().rev().find(|file| file.report.report_type == ReportType::Settlement).unwrap()
    }

    async fn settlements(&self) -> Result<Vec<Report>, Error> {
        self.client.reports(&ReportQuery::settlements()).try_collect().await
    }

    /// Downloads the newest settlement report.
    async fn download(&self) -> Result<Vec<u8>, Error> {
        let path = self.folder.path().join("report.csv");
        let id = self.newest().report.report_document_id.unwrap();
        self.client.download(&id, &path).await?;
        Ok(std::fs::read(&path).unwrap())
    }

    fn requests_to(&self, operation: &str) -> usize {
        self.running.control().requests().iter().filter(|entry| entry.operation == Some(operation)).count()
    }
}

fn refused(error: &Error) -> RefusalCause {
    error.refusal().unwrap_or_else(|| panic!("{error}")).cause
}

#[tokio::test]
async fn without_faults_every_report_arrives_as_it_is() {
    let pair = Pair::new(&[]).await;
    let reports = pair.settlements().await.unwrap();
    let files = pair.running.control().report_files(Environment::Live);
    let settled = files.iter().filter(|file| file.report.report_type == ReportType::Settlement).count();
    assert_eq!(reports.len(), settled);
    assert_eq!(pair.download().await.unwrap(), pair.newest().document);
}

#[tokio::test]
async fn every_operation_is_understood() {
    let pair = Pair::new(&[]).await;
    let (client, control) = (&pair.client, pair.running.control());
    client.check().await.unwrap();

    let sale = control.sell(Environment::Live, 4_200, "R-5", "Shop").unwrap();
    let refund_id = control.refund(&sale.charge_id, None).unwrap();
    let charge = client.charge(&sale.charge_id.parse().unwrap()).await.unwrap();
    assert_eq!(charge.capture_amount.unwrap().to_string(), "42.00 EUR");
    let refund = client.refund(&refund_id.parse().unwrap()).await.unwrap();
    assert_eq!(refund.charge_id, Some(charge.charge_id));
    let permission = client.charge_permission(&sale.charge_permission_id.parse().unwrap()).await.unwrap();
    assert_eq!(permission.merchant_metadata.unwrap().merchant_reference_id.as_deref(), Some("R-5"));

    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let mut rng = SmallRng::seed_from_u64(2);
    let order = NewReport {
        report_type: ReportType::Refund,
        start_time: at("2026-11-01T00:00:00Z"),
        end_time: at("2026-11-20T00:00:00Z"),
    };
    let id = client.create_report(&order, &IdempotencyKey::random(&mut rng)).await.unwrap();
    let report = client.report(&id).await.unwrap();
    assert_eq!((report.processing_status, report.report_document_id), (ProcessingStatus::InProgress, None));

    let schedule = NewReportSchedule {
        report_type: ReportType::Refund,
        schedule_frequency: ScheduleFrequency::Week,
        next_report_creation_time: at("2026-11-30T00:00:00Z"),
        delete_existing_schedule: false,
    };
    let id = client.create_report_schedule(&schedule, &IdempotencyKey::random(&mut rng)).await.unwrap();
    assert_eq!(client.report_schedule(&id).await.unwrap().schedule_frequency, ScheduleFrequency::Week);
    assert_eq!(client.report_schedules(&[ReportType::Refund]).await.unwrap().len(), 1);
    client.cancel_report_schedule(&id).await.unwrap();
    assert_eq!(client.report_schedules(&[]).await.unwrap(), []);

    let query = DisbursementQuery::of(at("2026-01-01T00:00:00Z"), at("2026-12-31T00:00:00Z"));
    let sent: Vec<_> = client.disbursements(&query).try_collect().await.unwrap();
    assert_eq!(sent.len(), control.disbursements(Environment::Live).len());
    assert_eq!(pair.requests_to("disbursements"), 1, "{} payouts fit on one page", sent.len());
    let small = DisbursementQuery { page_size: PageSize::try_from(40).unwrap(), ..query };
    assert_eq!(client.disbursements(&small).try_collect::<Vec<_>>().await.unwrap(), sent);
    assert_eq!(pair.requests_to("disbursements"), 1 + sent.len().div_ceil(40), "page by page");
    assert!(sent.len() > 40);
}

#[tokio::test]
async fn what_passes_is_got_over() {
    for fault in ["429", "500", "503", "408", "425", "html", "drop", "delay:2s", "slow:10ms", "unknown-field"]
    {
        let rule = format!("reports:1={fault}");
        let pair = Pair::new(&[&rule]).await;
        let reports = pair.settlements().await.unwrap_or_else(|error| panic!("{fault}: {error}"));
        assert!(reports.len() > 60, "{fault}: {}", reports.len());
    }
}

#[tokio::test]
async fn a_burst_of_refusals_is_waited_out_and_a_lasting_one_is_named() {
    let pair = Pair::new(&["reports:1-4=429"]).await;
    pair.settlements().await.unwrap();
    let lasting = Pair::new(&["reports=503"]).await;
    let error = lasting.settlements().await.unwrap_err();
    assert_eq!(refused(&error), RefusalCause::Server);
    assert_eq!(lasting.requests_to("reports"), 6, "{error}");
}

#[tokio::test]
async fn documents_arrive_whole_whatever_the_line_does() {
    for fault in [
        "download:1=cut:50%",
        "download:1=cut:0%",
        "download:1=drop",
        "download:1=drop-after-headers",
        "download:1=503",
        "download:1=html",
        "download:1=length:+10",
        "download=slow:1ms",
        "download=gzip",
        "document=gzip",
        "document:1=expired",
        "document:1=202",
        "document:1=503",
        "download:1-3=cut:80%",
    ] {
        let pair = Pair::new(&[fault]).await;
        let document = pair.download().await.unwrap_or_else(|error| panic!("{fault}: {error}"));
        assert!(document == pair.newest().document, "{fault}");
    }
}

#[tokio::test]
async fn what_no_trying_mends_is_named_at_once() {
    for (rule, cause) in [
        ("reports=wrong-signature", RefusalCause::WrongSignature),
        ("reports=unknown-key", RefusalCause::NotAuthorized),
        ("reports=wrong-environment", RefusalCause::NotAuthorized),
        ("reports=suspended", RefusalCause::AccountStatus),
        ("reports=400", RefusalCause::Request),
        ("reports=404", RefusalCause::NotFound),
        ("reports=redirect", RefusalCause::Unexpected),
    ] {
        let pair = Pair::new(&[rule]).await;
        let error = pair.settlements().await.unwrap_err();
        assert_eq!(refused(&error), cause, "{rule}");
        assert_eq!(pair.requests_to("reports"), 1, "{rule}");
    }
}

#[tokio::test]
async fn a_list_that_leads_to_itself_is_given_up() {
    let pair = Pair::new(&["reports=same-token", "disbursements=same-token"]).await;
    let small = PageSize::try_from(10).unwrap();
    let query = ReportQuery { page_size: small, ..ReportQuery::settlements() };
    let mut reports = pin!(pair.client.reports(&query));
    let mut read = 0;
    let error = loop {
        match reports.next().await {
            Some(Ok(_report)) => read += 1,
            Some(Err(error)) => break error,
            None => panic!("the list ended after {read} reports"),
        }
    };
    assert!(matches!(error, Error::RepeatedPage { operation: "Get Reports", page: 3 }), "{error}");
    assert_eq!((read, pair.requests_to("reports")), (10, 2), "the page that leads to itself is not taken");

    let year = |month| format!("2026-{month}T00:00:00Z").parse().unwrap();
    let query = DisbursementQuery { page_size: small, ..DisbursementQuery::of(year("01-01"), year("12-31")) };
    let error = pair.client.disbursements(&query).try_collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(error, Error::RepeatedPage { operation: "Get Disbursements", page: 3 }), "{error}");
}

#[tokio::test]
async fn a_server_that_always_hangs_up_is_not_reached_and_that_is_said() {
    let pair = Pair::new(&["reports=drop"]).await;
    let error = pair.settlements().await.unwrap_err();
    assert!(
        matches!(error, Error::NotReached { cause: ConnectionFailure::Lost, attempts: 6, .. }),
        "{error}"
    );
    assert_eq!(pair.requests_to("reports"), 6);
}

#[tokio::test]
async fn a_clock_that_runs_ahead_is_named_with_its_offset() {
    let pair = Pair::new(&["reports=clock:-30s"]).await;
    let error = pair.settlements().await.unwrap_err();
    let RefusalCause::ClockAhead { by: Some(by) } = refused(&error) else { panic!("{error}") };
    assert_eq!(by.as_secs(), 30);
    let late = Pair::new(&["reports=clock:10m"]).await;
    let error = late.settlements().await.unwrap_err();
    let RefusalCause::ClockBehind { by } = refused(&error) else { panic!("{error}") };
    assert_eq!(by.as_secs(), 600);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_named_with_its_operation() {
    let pair = Pair::new(&["reports=invalid-json"]).await;
    let error = pair.settlements().await.unwrap_err();
    assert!(matches!(error, Error::UnreadableReply { .. }), "{error}");
    assert!(error.to_string().contains("Get Reports"), "{error}");
}

#[tokio::test]
async fn new_names_are_kept_as_text() {
    let pair = Pair::new(&["reports:1=unknown-value"]).await;
    let page = pair.client.reports_page(&ReportQuery::default()).await.unwrap();
    assert_eq!(page.items[0].processing_status, ProcessingStatus::Other("VALUE_OF_TOMORROW".to_owned()));
    assert_eq!(page.items[0].report_type, ReportType::Other("VALUE_OF_TOMORROW".to_owned()));
}

#[tokio::test]
async fn a_document_that_is_never_ready_or_always_cut_is_given_up() {
    let problem = async |rule: &str| match Pair::new(&[rule]).await.download().await.unwrap_err() {
        Error::Document { problem, .. } => problem,
        error => panic!("{rule}: {error}"),
    };
    assert!(matches!(problem("document=202").await, DocumentProblem::NotReady { .. }));
    assert!(matches!(problem("download=403").await, DocumentProblem::Storage { status: 403, .. }));
    let cut = problem("download=drop-after-headers").await;
    assert!(matches!(cut, DocumentProblem::Transfer { .. } | DocumentProblem::Length { .. }), "{cut}");
}

#[tokio::test]
async fn a_lost_answer_to_an_order_makes_one_report() {
    let pair = Pair::new(&["create-report:1=drop", "create-report:2=500", "create-report:3=cut:50%"]).await;
    let before = pair.client.reports(&ReportQuery::default()).try_collect::<Vec<_>>().await.unwrap().len();
    let order = NewReport {
        report_type: ReportType::Refund,
        start_time: "2026-11-01T00:00:00Z".parse().unwrap(),
        end_time: "2026-11-20T00:00:00Z".parse().unwrap(),
    };
    let key = IdempotencyKey::random(&mut SmallRng::seed_from_u64(3));
    let id = pair.client.create_report(&order, &key).await.unwrap();
    let after: Vec<_> = pair.client.reports(&ReportQuery::default()).try_collect().await.unwrap();
    assert_eq!((after.len(), &after[0].report_id), (before + 1, &id));
}

/// Reads the rows of a report and counts those of unknown kind.
fn unknown_rows(document: &[u8]) -> Result<usize, amazon_pay::report::ReportError> {
    let mut report = SettlementReport::open(document)?;
    let (mut row, mut unknown) = (SettlementRow::default(), 0);
    while report.read(&mut row)? {
        unknown += usize::from(row.transaction_type() == TransactionType::Unknown);
    }
    Ok(unknown)
}

#[tokio::test]
async fn the_reader_takes_every_dress_and_refuses_what_is_cut() {
    for rule in ["download=crlf", "download=no-bom", "download=no-space"] {
        let document = Pair::new(&[rule]).await.download().await.unwrap();
        assert_eq!(unknown_rows(&document).unwrap(), 0, "{rule}");
    }
    let document = Pair::new(&["download=unknown-type"]).await.download().await.unwrap();
    assert_eq!(unknown_rows(&document).unwrap(), 1);
    // A cut in the middle of a row is seen in the file itself; one at the end of a line is not.
    let document = Pair::new(&["download=truncated:97%"]).await.download().await.unwrap();
    assert!(unknown_rows(&document).is_err());
    let document = Pair::new(&["download=truncated-at-line:97%"]).await.download().await.unwrap();
    assert!(unknown_rows(&document).is_ok());
}

#[tokio::test]
async fn no_fault_at_all_makes_the_client_panic_or_hang() {
    for (fault, _) in CATALOGUE {
        let pair = Pair::new(&[&format!("any={fault}")]).await;
        let _any_answer = pair.settlements().await;
        let _any_answer = pair.download().await;
        assert!(Path::new(pair.folder.path()).exists(), "{fault}");
    }
}

#[tokio::test]
async fn encrypted_lines_work_under_the_simulators_own_authority() {
    let clock = TestClock::new();
    let simulator = simulator(&clock).faults(["any:1=drop".parse().unwrap()]).build().unwrap();
    let running = simulator.serve_tls(TcpListener::bind("127.0.0.1:0").await.unwrap()).unwrap();
    let builder =
        || Client::builder(KEY_ID.parse().unwrap(), key()).endpoint(running.endpoint()).rate_limit(None);
    let trusting = builder().root_certificate(running.certificate_authority().unwrap());
    let client = trusting.build(clock.clone(), SmallRng::seed_from_u64(4)).unwrap();
    let reports: Vec<_> = client.reports(&ReportQuery::settlements()).try_collect().await.unwrap();
    assert!(reports.len() > 60);
    let folder = tempfile::tempdir().unwrap();
    let id = reports[0].report_document_id.clone().unwrap();
    assert!(client.download(&id, &folder.path().join("a.csv")).await.unwrap().bytes > 0);

    let doubting = builder().build(clock, SmallRng::seed_from_u64(5)).unwrap();
    let error = doubting.check().await.unwrap_err();
    assert!(matches!(error, Error::NotReached { cause: ConnectionFailure::Certificate, .. }), "{error}");
    running.stop().await;
}
