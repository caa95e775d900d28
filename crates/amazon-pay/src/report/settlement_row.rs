use jiff::Timestamp;

use super::record::Record;
use super::table::{Shape, field_problem};
use super::{
    Currency, FieldProblem, Identity, IdentityName, ReportError, ReportKind, TransactionType, amount,
    timestamp,
};

/// The column by which a settlement report's header row is known.
pub(super) const HEADER_MARK: &str = "TransactionPostedDate";

const POSTED: usize = 0;
pub(super) const SETTLEMENT_ID: usize = 1;
const TRANSACTION_ID: usize = 2;
const SELLER_REFERENCE_ID: usize = 3;
const TRANSACTION_TYPE: usize = 4;
const ORDER_REFERENCE_ID: usize = 5;
const SELLER_ORDER_ID: usize = 6;
const STORE_NAME: usize = 7;
const CURRENCY: usize = 8;
const DESCRIPTION: usize = 9;
/// TransactionAmount, its percentage, fixed and total fee, and the net amount.
const AMOUNTS: [usize; 5] = [10, 11, 12, 13, 14];

/// The columns of the settlement report, in the order of the documentation.
pub const SETTLEMENT_COLUMNS: [&str; 15] = [
    HEADER_MARK,
    "SettlementId",
    "AmazonTransactionId",
    "SellerReferenceId",
    "TransactionType",
    "AmazonOrderReferenceId",
    "SellerOrderId",
    "StoreName",
    "CurrencyCode",
    "TransactionDescription",
    "TransactionAmount",
    "TransactionPercentageFee",
    "TransactionFixedFee",
    "TotalTransactionFee",
    "NetTransactionAmount",
];

pub(super) const SHAPE: Shape<15> =
    Shape { kind: ReportKind::Settlement, mark: HEADER_MARK, names: SETTLEMENT_COLUMNS };

/// One row of a settlement report. Texts are given as they stand in the file; amounts are signed minor units
/// of [`currency`](Self::currency), fees negative where they are charged.
#[derive(Debug, Clone, Default)]
pub struct SettlementRow {
    record: Record,
    columns: [usize; 15],
    posted: Timestamp,
    transaction_type: TransactionType,
    currency: Currency,
    amounts: [i64; 5],
}

impl SettlementRow {
    pub(super) fn record_mut(&mut self) -> &mut Record {
        &mut self.record
    }

    /// Reads the typed fields of the record that was just filled.
    pub(super) fn interpret(&mut self, columns: [usize; 15]) -> Result<(), ReportError> {
        self.columns = columns;
        self.posted = timestamp::parse(self.text(POSTED).as_bytes())
            .ok_or_else(|| self.problem(POSTED, FieldProblem::Date))?;
        self.transaction_type = TransactionType::from_text(self.text(TRANSACTION_TYPE));
        self.currency = Currency::from_bytes(self.text(CURRENCY).as_bytes())
            .ok_or_else(|| self.problem(CURRENCY, FieldProblem::Currency))?;
        let digits = self.currency.digits();
        let mut amounts = [0; 5];
        for (amount, column) in amounts.iter_mut().zip(AMOUNTS) {
            *amount = amount::parse(self.text(column).as_bytes(), digits)
                .map_err(|problem| self.problem(column, problem))?;
        }
        self.amounts = amounts;
        Ok(())
    }

    fn text(&self, column: usize) -> &str {
        self.record.field(self.columns[column])
    }

    fn problem(&self, column: usize, problem: FieldProblem) -> ReportError {
        field_problem(self.line(), SHAPE.names[column], self.text(column), problem)
    }

    /// The line of the (unpacked) file on which the row begins, counted from 1.
    pub fn line(&self) -> u64 {
        self.record.line()
    }

    /// When the balance was credited or debited.
    pub fn posted(&self) -> Timestamp {
        self.posted
    }

    /// TransactionPostedDate as written, with its offset.
    pub fn posted_text(&self) -> &str {
        self.text(POSTED)
    }

    /// The settlement, the same on every row of a report.
    pub fn settlement_id(&self) -> &str {
        self.text(SETTLEMENT_ID)
    }

    /// The charge or refund (AmazonTransactionId), empty on rows without one.
    pub fn transaction_id(&self) -> &str {
        self.text(TRANSACTION_ID)
    }

    /// The merchant's reference of the charge or refund.
    pub fn seller_reference_id(&self) -> &str {
        self.text(SELLER_REFERENCE_ID)
    }

    /// The kind of the row.
    pub fn transaction_type(&self) -> TransactionType {
        self.transaction_type
    }

    /// TransactionType as written, which tells unknown kinds apart.
    pub fn transaction_type_text(&self) -> &str {
        self.text(TRANSACTION_TYPE)
    }

    /// The charge permission (AmazonOrderReferenceId).
    pub fn order_reference_id(&self) -> &str {
        self.text(ORDER_REFERENCE_ID)
    }

    /// The merchant's order number.
    pub fn seller_order_id(&self) -> &str {
        self.text(SELLER_ORDER_ID)
    }

    /// The store, where the merchant names one.
    pub fn store_name(&self) -> &str {
        self.text(STORE_NAME)
    }

    /// The currency of all amounts of the row.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Free text or a code, mostly empty.
    pub fn description(&self) -> &str {
        self.text(DESCRIPTION)
    }

    /// The gross amount (TransactionAmount).
    pub fn amount(&self) -> i64 {
        self.amounts[0]
    }

    /// The part of the fee that grows with the amount.
    pub fn percentage_fee(&self) -> i64 {
        self.amounts[1]
    }

    /// The part of the fee that does not.
    pub fn fixed_fee(&self) -> i64 {
        self.amounts[2]
    }

    /// Both parts of the fee.
    pub fn total_fee(&self) -> i64 {
        self.amounts[3]
    }

    /// What the balance moved by.
    pub fn net(&self) -> i64 {
        self.amounts[4]
    }

    /// The row's own proofs: total fee = percentage + fixed fee, net = gross + total fee. A report read with
    /// the default options delivers only rows for which both hold.
    pub fn identities(&self) -> [Identity; 2] {
        let [gross, percentage, fixed, total, net] = self.amounts;
        let identity = |name, stated, computed| Identity {
            name,
            line: self.line(),
            stated,
            computed,
            currency: self.currency,
        };
        [
            identity(IdentityName::TotalFee, total, percentage + fixed),
            identity(IdentityName::Net, net, gross + total),
        ]
    }
}
