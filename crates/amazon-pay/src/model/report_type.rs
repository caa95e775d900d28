use super::names::names;

names! {
    /// The kinds of report (Amazon Pay API v2, "Reports"). The underscores belong to the names.
    ReportType {
        /// One settlement. Amazon makes it with each settlement; it cannot be ordered.
        Settlement = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
        /// The sandbox's transactions in the shape of a settlement. The only kind that the sandbox has, and to be ordered.
        SandboxSettlement = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_",
        /// Orders, that is charge permissions.
        OrderReference = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_ORDER_REFERENCE_DATA_",
        /// Recurring contracts.
        BillingAgreement = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_BILLING_AGREEMENT_DATA_",
        /// Authorisations.
        Authorization = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_AUTHORIZATION_DATA_",
        /// Captures. The official .NET SDK says that the API does not offer it at present.
        Capture = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_",
        /// Refunds.
        Refund = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
        /// Transactions with the amounts in the currency that the buyer saw.
        MultiCurrencyPayments = "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_",
    }
}
