//! Importing: once, whole, with the same bytes and the report's own sums.

use std::collections::BTreeMap;
use std::io::Write as _;

use app::documents::{Imported, library};
use app::{Actor, Language};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::civil::date;
use store::connections::{self, Connection, ConnectionState};
use store::id::ConnectionId;
use store::transact;
use testkit::both_databases;

use crate::desk::{code, desk, one_report, received, reports, rows_of, small};

both_databases! {
    async fn a_report_comes_in_once_and_its_bytes_come_out_as_they_came(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(3_000);
        let Imported::New(document) = desk.import(&name, &bytes).await.unwrap() else { panic!("it is new") };
        assert_eq!((document.received.rows, document.received.file_name.as_str()), (3_000, name.as_str()));
        let before = desk.counts().await;
        for again in [name.as_str(), "renamed.csv"] {
            let there = desk.import(again, &bytes).await.unwrap();
            assert_eq!(there, Imported::AlreadyThere(document.clone()));
        }
        assert_eq!(desk.counts().await, before, "again changes nothing");
        assert_eq!(desk.journal().await, ["document.received"]);
        let mut out = Vec::new();
        let id = &document.received.id;
        library::copy_bytes(&desk.app, &Actor::CommandLine, &desk.client, id, &mut out).await.unwrap();
        assert!(out == bytes, "the exact bytes");
    }

    async fn the_same_rows_in_other_bytes_are_the_same_report(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(500);
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&bytes).unwrap();
        let packed = packed.finish().unwrap();
        let new = desk.import("packed.csv.gz", &packed).await.unwrap();
        assert_eq!(desk.import(&name, &bytes).await.unwrap(), Imported::AlreadyThere(Box::new(new.document().clone())));
        let windows = String::from_utf8(bytes).unwrap().replace("\r\n", "\n").replace('\n', "\r\n");
        assert!(matches!(desk.import("windows.csv", windows.as_bytes()).await, Ok(Imported::AlreadyThere(_))));
    }

    async fn the_same_settlement_with_other_rows_is_refused_and_the_first_difference_named(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(50);
        desk.import(&name, &bytes).await.unwrap();
        let before = desk.counts().await;
        let text = String::from_utf8(bytes).unwrap();
        let shorter = text.trim_end().rsplit_once('\n').unwrap().0;
        let error = desk.import("shorter.csv", shorter.as_bytes()).await.unwrap_err();
        let refusal = error.refusal().unwrap();
        assert_eq!(refusal.code, "settlement-with-other-rows");
        assert!(refusal.text(Language::En).contains("stands in the first file only"), "{refusal}");
        assert!(refusal.text(Language::De).contains("steht nur in der ersten Datei"));
        assert_eq!(desk.counts().await, before);
    }

    async fn the_sums_are_the_sums_of_the_report(test) {
        let desk = desk(&test.database).await;
        let mut expected: BTreeMap<String, (u64, i64, i64)> = BTreeMap::new();
        let days = (date(2026, 1, 1), date(2027, 12, 31));
        for (name, bytes) in reports(small()) {
            let document = desk.import(&name, &bytes).await.unwrap().document().clone();
            let mut net = 0;
            for row in rows_of(&bytes) {
                let kind = providers::amazon_pay::movement(&row).kind.name().to_owned();
                let sum = expected.entry(kind).or_default();
                *sum = (sum.0 + 1, sum.1 + row.amount(), sum.2 + row.total_fee());
                net += row.net();
            }
            let id = &document.received.id;
            let shown = library::show(&desk.app, &Actor::CommandLine, &desk.client, id).await.unwrap();
            assert!(!shown.equations.is_empty() && shown.equations.iter().all(ledger::proof::Equation::holds));
            assert_eq!(shown.equations[0].left.minor(), net);
        }
        let actor = Actor::CommandLine;
        let sums = app::documents::movements::month_sums(&desk.app, &actor, &desk.client, days, None, None).await.unwrap();
        let mut found: BTreeMap<String, (u64, i64, i64)> = BTreeMap::new();
        for month in sums {
            let sum = found.entry(month.kind.name().to_owned()).or_default();
            *sum = (sum.0 + month.rows, sum.1 + month.gross, sum.2 + month.fees);
        }
        assert_eq!(found, expected);
    }

    async fn a_report_of_another_merchant_never_enters(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(20);
        let connection = Connection {
            id: ConnectionId::new(&*desk.app.machine),
            client: desk.client.clone(),
            provider: "amazon-pay".to_owned(),
            label: "Amazon Pay".to_owned(),
            seller_id: "A2SOMEBODYELSE".to_owned(),
            public_key_id: "LIVE-X".to_owned(),
            region: "eu".to_owned(),
            environment: "live".to_owned(),
            endpoint: None,
            start_date: None,
            state: ConnectionState::Active,
            created_by: "test".to_owned(),
            created_at: desk.app.now(),
            last_started_at: None,
            last_success_at: None,
            fetched_until: None,
            next_run_at: desk.app.now(),
            waiting_until: None,
            trouble: None,
            trouble_at: None,
            failures: 0,
        };
        transact!(desk.app.database, transaction => connections::insert(transaction, &connection, &[1]).await).unwrap();
        let error = desk.import(&name, &bytes).await.unwrap_err();
        let refusal = error.refusal().unwrap();
        assert_eq!(refusal.code, "report-of-another-seller");
        assert!(refusal.text(Language::De).contains("A2KONTOREXAMPLE"), "{refusal}");
        assert_eq!(desk.counts().await, [0; 7]);
    }

    async fn a_contradictory_report_is_taken_only_with_a_reason_and_its_difference_stays_visible(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(30);
        let honest = rows_of(&bytes);
        let row = honest.iter().find(|row| row.amount() > 10_000).unwrap();
        let net = |minor: i64| format!("{}.{:02}", minor / 100, minor % 100);
        let text = String::from_utf8(bytes).unwrap();
        let (stated, wrong) = (net(row.net()), net(row.net() - 100));
        let bad: String = text
            .split_inclusive('\n')
            .map(|line| if line.contains(row.transaction_id()) && line.contains(&stated) { line.replacen(&stated, &wrong, 9) } else { line.to_owned() })
            .collect();
        assert_ne!(bad, text);
        assert_eq!(code(desk.import(&name, bad.as_bytes()).await), "report-contradicts-itself");
        let mut given = received(&name, bad.as_bytes());
        given.accept_because = Some(" ".to_owned());
        let import = |given| app::documents::import(&desk.app, &Actor::CommandLine, &desk.client, given, std::sync::Arc::new(app::Silent));
        assert_eq!(code(import(given).await), "reason-missing");
        let mut given = received(&name, bad.as_bytes());
        given.accept_because = Some("Amazon bestätigt den Betrag".to_owned());
        let document = import(given).await.unwrap().document().clone();
        assert_eq!(desk.journal().await, ["document.accepted"]);
        let shown = library::show(&desk.app, &Actor::CommandLine, &desk.client, &document.received.id).await.unwrap();
        let unknown = shown.sums.iter().find(|sum| sum.kind == ledger::kind::MovementKind::Unknown).unwrap();
        assert_eq!((unknown.rows, unknown.gross.minor()), (1, -100));
    }
}
