#![doc = include_str!("../README.md")]

mod amazon_pay_api;
mod bank_statement;
mod configuration;
mod datev;
mod report;

/// A fuzz target: its name and what it does with the bytes.
pub struct Target {
    /// The name of its binary and of its folders under `corpus/` and `regressions/`.
    pub name: &'static str,
    /// Takes any bytes at all; must come back without a panic, whatever they are.
    pub body: fn(&[u8]),
}

/// Every fuzz target there is.
pub const TARGETS: &[Target] = &[
    Target { name: "authorization_header", body: amazon_pay_api::authorization_header },
    Target { name: "camt", body: bank_statement::camt },
    Target { name: "canonical_request", body: amazon_pay_api::canonical_request },
    Target { name: "configuration", body: configuration::configuration },
    Target { name: "datev_checker", body: datev::datev_checker },
    Target { name: "datev_reader", body: datev::datev_reader },
    Target { name: "mt940", body: bank_statement::mt940 },
    Target { name: "pem", body: amazon_pay_api::pem },
    Target { name: "refund_report", body: report::refund_report },
    Target { name: "settlement_report", body: report::settlement_report },
];

/// Runs the target of that name on the bytes; what the binaries in `fuzz_targets/` call.
///
/// # Panics
/// Where no target has that name, and where the body finds what it looks for.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a binary has the name of its target").body)(bytes);
}
