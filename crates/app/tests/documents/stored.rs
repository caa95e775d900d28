//! What the walk gets from the store is what the reports say.

use app::convert::ConvertError;
use app::convert::movement_source::MovementSource as _;
use app::documents::StoredSource;
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
                let mut movement = providers::amazon_pay::movement(expected);
                if movement.kind != ledger::kind::MovementKind::Unknown {
                    movement.kind_text = "";
                }
                assert_eq!(row, &format!("{movement:?}"));
            }
        }
    }
}
