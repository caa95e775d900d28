//! What the walk gets from the store is what the reports say.

use app::convert::ConvertError;
use app::convert::movement_source::MovementSource as _;
use app::documents::{StoredPayments, StoredSource};
use ledger::kind::MovementKind;
use providers::amazon_pay::EarlierPayments as _;
use testkit::both_databases;

use crate::desk::{desk, reports, rows_of, small};

both_databases! {
    async fn stored_settlements_are_the_reports_row_by_row_in_their_order(test) {
        let desk = desk(&test.database).await;
        let reports = reports(small());
        for (name, bytes) in reports.iter().rev() {
            desk.import(name, bytes).await.unwrap();
        }
        let database = desk.app.database.clone();
        let read = move || {
            let mut source = StoredSource::new(database, 1, None, None);
            let mut read = Vec::new();
            while let Some(head) = source.advance().unwrap() {
                let mut rows = Vec::new();
                let document = source
                    .rows(|movement| {
                        rows.push(format!("{movement:?}"));
                        Ok::<_, ConvertError>(())
                    })
                    .unwrap();
                let stored = head.stored.unwrap();
                assert_eq!(stored.days.iter().map(|day| day.rows).sum::<u64>(), document.rows);
                assert_eq!(Some(stored.chain.period), head.period);
                read.push((head.name, document.sha256, rows));
            }
            read
        };
        let read = tokio::task::spawn_blocking(read).await.unwrap();
        assert_eq!(read.len(), reports.len());
        for ((name, _, rows), (file, bytes)) in read.iter().zip(&reports) {
            assert_eq!(name, file, "the order is that of the periods");
            let expected = rows_of(bytes);
            assert_eq!(rows.len(), expected.len());
            for (row, expected) in rows.iter().zip(&expected) {
                let movement = providers::amazon_pay::movement(expected);
                assert_eq!(row, &format!("{movement:?}"));
            }
        }
    }

    async fn a_payment_is_found_only_in_settlements_that_ended_before(test) {
        let desk = desk(&test.database).await;
        let reports = reports(small());
        for (name, bytes) in &reports {
            desk.import(name, bytes).await.unwrap();
        }
        let rows = rows_of(&reports[0].1);
        let paid = rows.iter().find(|row| providers::amazon_pay::movement(row).kind == MovementKind::Payment).unwrap().clone();
        let database = desk.app.database.clone();
        let look_up = move || {
            let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
            let mut found = Vec::new();
            for before in ["2026-09-02T00:00:00Z", "2027-09-01T00:00:00Z"] {
                let mut payments = StoredPayments::new(database.clone(), 1, zone.clone(), before.parse().unwrap());
                let mut count = 0;
                let mut take = |movement: &ledger::movement::Movement<'_>, day| {
                    assert_eq!(movement.identifiers.order_reference, paid.order_reference_id());
                    assert_eq!(day, paid.posted().to_zoned(zone.clone()).date());
                    count += 1;
                };
                payments.of_order(paid.order_reference_id(), &mut take).unwrap();
                found.push(count);
            }
            found
        };
        assert_eq!(tokio::task::spawn_blocking(look_up).await.unwrap(), [0, 1]);
    }
}
