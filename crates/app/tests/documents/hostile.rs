//! Files that are broken or made to hurt are refused as a whole.

use std::fmt::Write as _;
use std::io::Write as _;

use app::Language;
use flate2::Compression;
use flate2::write::GzEncoder;
use testkit::both_databases;

use crate::desk::{code, desk, one_report};

const HEAD: &str = "SettlementId,1\nSellerId,A2KONTOREXAMPLE\nSettlementStartDate,2026-10-01T00:00:00 +0000\n\
    SettlementEndDate,2026-10-15T00:00:00 +0000\n\
    TransactionPostedDate,SettlementId,AmazonTransactionId,SellerReferenceId,TransactionType,AmazonOrderReferenceId,SellerOrderId,\
    StoreName,CurrencyCode,TransactionDescription,TransactionAmount,TransactionPercentageFee,TransactionFixedFee,\
    TotalTransactionFee,NetTransactionAmount\n";

fn row(store: &str, order: &str) -> String {
    format!(
        "2026-10-02T10:00:00 +0000,4711,P01-1-C1,r,Capture,P01-1,{order},{store},EUR,,1.00,0.00,0.00,0.00,1.00\n"
    )
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

both_databases! {
    async fn what_is_broken_leaves_nothing_and_says_where(test) {
        let desk = desk(&test.database).await;
        let (name, bytes) = one_report(200);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let damaged = text.replacen("EUR", "euro", 150).replacen("euro", "EUR", 149);
        let error = desk.import(&name, damaged.as_bytes()).await.unwrap_err();
        let refusal = error.refusal().unwrap().clone();
        assert_eq!(refusal.code, "report-broken");
        for text in [refusal.text(Language::De), refusal.text(Language::En)] {
            assert!(text.contains("CurrencyCode") && text.contains("euro") && text.contains("156"), "{text}");
        }
        let cut = &bytes[..bytes.len() - 7];
        assert_eq!(code(desk.import(&name, cut).await), "report-broken");
        let half = packed(&bytes);
        assert_eq!(code(desk.import(&name, &half[..half.len() / 2]).await), "report-broken");
        assert_eq!(code(desk.import("photo.jpg", &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16]).await), "no-report");
        assert_eq!(code(desk.import("empty.csv", b"").await), "no-report");
        let refunds = include_bytes!("../../../amazon-pay/data/refund-us-2015.csv");
        assert_eq!(code(desk.import("refunds.csv", refunds).await), "report-of-refunds");
        assert_eq!(desk.counts().await, [0; 7]);
        assert!(desk.journal().await.is_empty());
    }

    async fn a_file_that_unpacks_to_rubbish_without_end_is_refused_quickly(test) {
        let desk = desk(&test.database).await;
        let spaces = packed(&vec![b' '; 64 << 20]);
        assert!(spaces.len() < 1 << 20);
        assert_eq!(code(desk.import("bomb.csv.gz", &spaces).await), "no-report");
        let one_field = packed(&[HEAD.as_bytes(), &vec![b'x'; 64 << 20]].concat());
        assert_eq!(code(desk.import("bomb.csv.gz", &one_field).await), "report-broken");
    }

    async fn a_report_with_more_shops_than_there_are_is_refused(test) {
        let desk = desk(&test.database).await;
        let mut text = HEAD.to_owned();
        for shop in 0..1_500 {
            write!(text, "{}", row(&format!("shop {shop}"), "1")).unwrap();
        }
        assert_eq!(code(desk.import("shops.csv", text.as_bytes()).await), "report-not-ordinary");
        assert_eq!(desk.counts().await, [0; 7]);
    }

    async fn long_and_strange_texts_are_kept_as_they_are_or_refused(test) {
        let desk = desk(&test.database).await;
        let strange = "'; DROP TABLE movement; -- %_\\ ä€𐍈";
        let long = "ß".repeat(512);
        let text = [HEAD, &row(strange, strange), &row(&long, &long)].concat();
        desk.import("strange.csv", text.as_bytes()).await.unwrap();
        assert_eq!(desk.counts().await[4], 2);
        let too_long = [HEAD, &row("s", &"x".repeat(1_025)).replace("4711", "4712")].concat();
        assert_eq!(code(desk.import("long.csv", too_long.as_bytes()).await), "report-broken");
    }
}
