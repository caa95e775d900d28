//! Whether two reports of one settlement say the same.

use std::io::Read;

use amazon_pay::report::{self, ReportError, SettlementReport, SettlementRow};

use super::error::Difference;

/// The report that could not be read.
#[derive(Debug)]
pub(crate) enum Side {
    /// The first.
    First(ReportError),
    /// The second.
    Second(ReportError),
}

/// The first difference between the rows of two reports; none where they say the same.
pub(crate) fn first_difference(
    mut one: SettlementReport<impl Read>,
    mut other: SettlementReport<impl Read>,
) -> Result<Option<Difference>, Side> {
    let (mut row, mut twin) = (SettlementRow::default(), SettlementRow::default());
    loop {
        let here = one.read(&mut row).map_err(Side::First)?;
        let there = other.read(&mut twin).map_err(Side::Second)?;
        match (here, there) {
            (false, false) => return Ok(None),
            (true, false) => return Ok(Some(Difference::OnlyInFirst { line: row.line() })),
            (false, true) => return Ok(Some(Difference::OnlyInSecond { line: twin.line() })),
            (true, true) => {
                if let Some((column, first, second)) = column_that_differs(&row, &twin) {
                    let lines = (row.line(), twin.line());
                    return Ok(Some(Difference::Field { lines, column, first, second }));
                }
            }
        }
    }
}

/// The first column in which two rows differ, compared by meaning: `10` and `10.00` are the same amount.
fn column_that_differs(one: &SettlementRow, other: &SettlementRow) -> Option<(&'static str, String, String)> {
    let texts = |row: &SettlementRow| {
        let amount = |minor: i64| report::AmountText(minor, row.currency()).to_string();
        [
            ("TransactionPostedDate", row.posted().to_string()),
            ("AmazonTransactionId", row.transaction_id().to_owned()),
            ("SellerReferenceId", row.seller_reference_id().to_owned()),
            ("TransactionType", row.transaction_type_text().to_owned()),
            ("AmazonOrderReferenceId", row.order_reference_id().to_owned()),
            ("SellerOrderId", row.seller_order_id().to_owned()),
            ("StoreName", row.store_name().to_owned()),
            ("CurrencyCode", row.currency().as_str().to_owned()),
            ("TransactionDescription", row.description().to_owned()),
            ("TransactionAmount", amount(row.amount())),
            ("TransactionPercentageFee", amount(row.percentage_fee())),
            ("TransactionFixedFee", amount(row.fixed_fee())),
            ("NetTransactionAmount", amount(row.net())),
        ]
    };
    let pairs = texts(one).into_iter().zip(texts(other));
    pairs
        .into_iter()
        .find(|((_, here), (_, there))| here != there)
        .map(|((column, here), (_, there))| (column, here, there))
}
