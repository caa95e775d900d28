use jiff::Timestamp;

use super::record::Record;
use super::table::{Shape, field_problem};
use super::{Currency, FieldProblem, ReportError, ReportKind, amount, timestamp};

/// The column by which a refund report's header row is known.
pub(super) const HEADER_MARK: &str = "AmazonRefundId";

const REFUND_ID: usize = 0;
const REFUND_REFERENCE_ID: usize = 1;
const CAPTURE_ID: usize = 2;
const ORDER_REFERENCE_ID: usize = 3;
const AMOUNT: usize = 4;
const CURRENCY: usize = 5;
const SELLER_NOTE: usize = 6;
const REFUND_TYPE: usize = 7;
const STATUS: usize = 8;
const LAST_UPDATE: usize = 9;
const REASON_CODE: usize = 10;
const CREATED: usize = 11;

/// The columns of the refund report, in the order of a real file.
pub(super) const SHAPE: Shape<12> = Shape {
    kind: ReportKind::Refund,
    mark: HEADER_MARK,
    names: [
        HEADER_MARK,
        "RefundReferenceId",
        "AmazonCaptureId",
        "AmazonOrderReferenceId",
        "RefundAmount",
        "CurrencyCode",
        "SellerRefundNote",
        "RefundType",
        "RefundStatus",
        "LastUpdateTimestamp",
        "ReasonCode",
        "CreationTimestamp",
    ],
};

/// Who began a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RefundType {
    /// The merchant.
    SellerInitiated,
    /// The buyer, by a chargeback or a guarantee claim.
    BuyerInitiated,
    /// A word that no documentation knows.
    #[default]
    Unknown,
}

/// How far a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RefundStatus {
    /// Under way.
    Pending,
    /// Paid to the buyer.
    Completed,
    /// Refused.
    Declined,
    /// A word that no documentation knows.
    #[default]
    Unknown,
}

/// One row of a refund report: a refund in one of its states.
#[derive(Debug, Clone, Default)]
pub struct RefundRow {
    record: Record,
    columns: [usize; 12],
    amount: i64,
    currency: Currency,
    last_update: Timestamp,
    created: Timestamp,
}

impl RefundRow {
    pub(super) fn record_mut(&mut self) -> &mut Record {
        &mut self.record
    }

    /// Reads the typed fields of the record that was just filled.
    pub(super) fn interpret(&mut self, columns: [usize; 12]) -> Result<(), ReportError> {
        self.columns = columns;
        if self.refund_id().is_empty() {
            return Err(self.problem(REFUND_ID, FieldProblem::Empty));
        }
        self.currency = Currency::from_bytes(self.text(CURRENCY).as_bytes())
            .ok_or_else(|| self.problem(CURRENCY, FieldProblem::Currency))?;
        self.amount = amount::parse(self.text(AMOUNT).as_bytes(), self.currency.digits())
            .map_err(|problem| self.problem(AMOUNT, problem))?;
        self.last_update = self.instant(LAST_UPDATE)?;
        self.created = self.instant(CREATED)?;
        Ok(())
    }

    fn instant(&self, column: usize) -> Result<Timestamp, ReportError> {
        timestamp::parse(self.text(column).as_bytes()).ok_or_else(|| self.problem(column, FieldProblem::Date))
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

    /// The refund (AmazonRefundId).
    pub fn refund_id(&self) -> &str {
        self.text(REFUND_ID)
    }

    /// The merchant's reference of the refund.
    pub fn refund_reference_id(&self) -> &str {
        self.text(REFUND_REFERENCE_ID)
    }

    /// The charge that is refunded.
    pub fn capture_id(&self) -> &str {
        self.text(CAPTURE_ID)
    }

    /// The charge permission.
    pub fn order_reference_id(&self) -> &str {
        self.text(ORDER_REFERENCE_ID)
    }

    /// What the buyer gets back, positive, in minor units of [`currency`](Self::currency).
    pub fn amount(&self) -> i64 {
        self.amount
    }

    /// The currency of the amount.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// What the merchant noted.
    pub fn seller_note(&self) -> &str {
        self.text(SELLER_NOTE)
    }

    /// Who began the refund.
    pub fn refund_type(&self) -> RefundType {
        match self.text(REFUND_TYPE) {
            "SellerInitiated" => RefundType::SellerInitiated,
            "BuyerInitiated" => RefundType::BuyerInitiated,
            _ => RefundType::Unknown,
        }
    }

    /// RefundType as written.
    pub fn refund_type_text(&self) -> &str {
        self.text(REFUND_TYPE)
    }

    /// How far the refund is.
    pub fn status(&self) -> RefundStatus {
        match self.text(STATUS) {
            "Pending" => RefundStatus::Pending,
            "Completed" => RefundStatus::Completed,
            "Declined" => RefundStatus::Declined,
            _ => RefundStatus::Unknown,
        }
    }

    /// RefundStatus as written.
    pub fn status_text(&self) -> &str {
        self.text(STATUS)
    }

    /// When this state was reached.
    pub fn last_update(&self) -> Timestamp {
        self.last_update
    }

    /// Why, where Amazon says so.
    pub fn reason_code(&self) -> &str {
        self.text(REASON_CODE)
    }

    /// When the refund was asked for.
    pub fn created(&self) -> Timestamp {
        self.created
    }
}
