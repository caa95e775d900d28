//! Lists, filters and searches against the report's own rows.

use std::collections::BTreeSet;

use amazon_pay::report::SettlementRow;
use app::Actor;
use app::documents::movements::{self, Identifier, Query, Walk};
use app::documents::{chain, recount};
use jiff::tz::TimeZone;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use providers::amazon_pay::movement;
use testkit::both_databases;

use crate::desk::{Desk, desk, reports, rows_of, small};

type Place = (String, u64);

async fn stored(desk: &Desk) -> Vec<SettlementRow> {
    let mut rows = Vec::new();
    for (name, bytes) in reports(small()) {
        desk.import(&name, &bytes).await.unwrap();
        rows.extend(rows_of(&bytes));
    }
    rows
}

/// All pages of a list, seven rows each.
async fn listed(desk: &Desk, walk: &Walk, query: &Query) -> Vec<Place> {
    let mut places = Vec::new();
    let mut after = None;
    loop {
        let page =
            movements::list(&desk.app, &Actor::CommandLine, &desk.client, walk, query, after.as_ref(), 7)
                .await
                .unwrap();
        places.extend(page.rows.iter().map(|row| (row.settlement_identifier.clone(), row.line)));
        match page.next {
            Some(next) => after = Some(next.to_string().parse().unwrap()),
            None => return places,
        }
    }
}

fn place(row: &SettlementRow) -> Place {
    (row.settlement_id().to_owned(), row.line())
}

fn expected(rows: &[SettlementRow], wanted: impl Fn(&SettlementRow) -> bool) -> BTreeSet<Place> {
    rows.iter().filter(|row| wanted(row)).map(place).collect()
}

#[track_caller]
fn same(found: &[Place], expected: &BTreeSet<Place>) {
    assert!(!expected.is_empty());
    assert_eq!(found.len(), expected.len(), "each once");
    assert_eq!(&found.iter().cloned().collect::<BTreeSet<_>>(), expected);
}

both_databases! {
    async fn every_list_holds_each_row_that_is_wanted_once(test) {
        let desk = desk(&test.database).await;
        let rows = stored(&desk).await;
        let all = expected(&rows, |_| true);
        let oldest = listed(&desk, &Walk::Oldest, &Query::default()).await;
        let newest = listed(&desk, &Walk::Newest, &Query::default()).await;
        same(&oldest, &all);
        assert!(newest.iter().rev().eq(&oldest));
        let october = Month::parse("2026-09").unwrap();
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let in_month = |row: &SettlementRow| Month::of(row.posted().to_zoned(berlin.clone()).date()) == october;
        let query = Query { month: Some(october), ..Query::default() };
        same(&listed(&desk, &Walk::Newest, &query).await, &expected(&rows, in_month));
        let kind = MovementKind::Refund;
        let query = Query { kind: Some(kind), ..query };
        same(&listed(&desk, &Walk::Oldest, &query).await, &expected(&rows, |row| in_month(row) && movement(row).kind == kind));
        let store = rows.iter().map(SettlementRow::store_name).find(|store| !store.is_empty()).unwrap().to_owned();
        let query = Query { store: Some(store.clone()), ..Query::default() };
        for walk in [Walk::Oldest, Walk::Newest] {
            same(&listed(&desk, &walk, &query).await, &expected(&rows, |row| row.store_name() == store));
        }
    }

    async fn every_number_and_amount_finds_its_rows(test) {
        let desk = desk(&test.database).await;
        let rows = stored(&desk).await;
        let of = |name: Identifier, row: &SettlementRow| match name {
            Identifier::SellerOrder => row.seller_order_id().to_owned(),
            Identifier::OrderReference => row.order_reference_id().to_owned(),
            Identifier::Transaction => row.transaction_id().to_owned(),
            Identifier::SellerReference => row.seller_reference_id().to_owned(),
        };
        for name in Identifier::ALL {
            let text = rows.iter().map(|row| of(name, row)).find(|text| text.len() > 4).unwrap();
            let walk = |text: &str, prefix| Walk::Identifiers { names: vec![name], text: text.to_owned(), prefix };
            let found = listed(&desk, &walk(&text, false), &Query::default()).await;
            same(&found, &expected(&rows, |row| of(name, row) == text));
            let start = &text[..text.len().min(5)];
            let found = listed(&desk, &walk(start, true), &Query::default()).await;
            same(&found, &expected(&rows, |row| of(name, row).starts_with(start)));
        }
        let reference = rows.iter().map(SettlementRow::order_reference_id).find(|text| !text.is_empty()).unwrap();
        let anywhere = Walk::Identifiers { names: Identifier::ALL.to_vec(), text: reference.to_owned(), prefix: true };
        let begins = |row: &SettlementRow| Identifier::ALL.iter().any(|name| of(*name, row).starts_with(reference));
        same(&listed(&desk, &anywhere, &Query::default()).await, &expected(&rows, begins));
        let amount = rows.iter().map(SettlementRow::amount).find(|amount| *amount != 0).unwrap().unsigned_abs();
        let found = listed(&desk, &Walk::Amount(amount), &Query::default()).await;
        same(&found, &expected(&rows, |row| row.amount().unsigned_abs() == amount));
        let nothing = Walk::Identifiers { names: Identifier::ALL.to_vec(), text: "%".to_owned(), prefix: true };
        assert!(listed(&desk, &nothing, &Query::default()).await.is_empty());
    }

    async fn a_movement_leads_to_its_document_and_its_order(test) {
        let desk = desk(&test.database).await;
        let rows = stored(&desk).await;
        let refund = rows.iter().find(|row| movement(row).kind == MovementKind::Refund).unwrap();
        let walk = Walk::Identifiers { names: vec![Identifier::Transaction], text: refund.transaction_id().to_owned(), prefix: false };
        let page = movements::list(&desk.app, &Actor::CommandLine, &desk.client, &walk, &Query::default(), None, 1).await.unwrap();
        let found = &page.rows[0];
        let shown = movements::show(&desk.app, &Actor::CommandLine, &desk.client, found.settlement, found.line).await.unwrap();
        assert_eq!(&shown.movement, found);
        assert!(shown.document.received.file_name.contains(refund.settlement_id()));
        let order = rows.iter().filter(|row| row.order_reference_id() == refund.order_reference_id()).count();
        assert_eq!(shown.same_order.len(), order);
    }

    async fn a_missing_report_is_a_gap_in_the_chain(test) {
        let desk = desk(&test.database).await;
        let reports = reports(small());
        for (place, (name, bytes)) in reports.iter().enumerate() {
            if place != 1 {
                desk.import(name, bytes).await.unwrap();
            }
        }
        let chains = chain::list(&desk.app, &Actor::CommandLine, &desk.client, None).await.unwrap();
        assert_eq!((chains.len(), chains[0].settlements.len()), (1, 3));
        let gaps = |chains: &[chain::MerchantChain]| {
            let warnings = chains[0].warnings.iter();
            warnings.filter(|warning| matches!(warning, providers::amazon_pay::ChainWarning::Gap { .. })).count()
        };
        assert_eq!(gaps(&chains), 1);
        desk.import(&reports[1].0, &reports[1].1).await.unwrap();
        let chains = chain::list(&desk.app, &Actor::CommandLine, &desk.client, None).await.unwrap();
        assert_eq!(gaps(&chains), 0);
    }

    async fn another_zone_moves_rows_to_other_days_and_loses_none(test) {
        let desk = desk(&test.database).await;
        let rows = stored(&desk).await;
        let zone = TimeZone::get("Pacific/Auckland").unwrap();
        assert_eq!(recount(&desk.app, &Actor::CommandLine, &desk.client, &zone).await.unwrap(), 4);
        assert_eq!(recount(&desk.app, &Actor::CommandLine, &desk.client, &zone).await.unwrap(), 0);
        let days = (jiff::civil::date(2026, 1, 1), jiff::civil::date(2027, 12, 31));
        let sums = movements::month_sums(&desk.app, &Actor::CommandLine, &desk.client, days, None, None).await.unwrap();
        for sum in sums {
            let wanted = |row: &&SettlementRow| {
                Month::of(row.posted().to_zoned(zone.clone()).date()) == sum.month && movement(row).kind == sum.kind
            };
            assert_eq!(rows.iter().filter(wanted).count(), usize::try_from(sum.rows).unwrap());
        }
    }
}
