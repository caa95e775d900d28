//! Bounds for what strangers send.

use amazon_pay::report::Limits;

/// The greatest number of bytes of one upload or download. A report of a million rows has about 190 MB.
pub const RECEIVED_BYTES_MAX: u64 = 4 << 30;

/// The greatest number of bytes that a packed report may unpack to: 50 million rows of ordinary length.
pub(super) const UNPACKED_BYTES_MAX: u64 = 12 << 30;

/// The bounds of one report. Amazon's fields are far shorter than a kilobyte; what is looked up must fit into an index.
pub const REPORT_LIMITS: Limits = Limits { rows: 50_000_000, field_bytes: 1_024 };

/// How many shops, and words for kinds that nobody knows, a report may name.
pub(super) const TEXTS_MAX: usize = 1_000;

/// How many sums by day, kind, currency, shop and sign a report may need.
pub(super) const SUMS_MAX: usize = 50_000;

/// How many payouts and carry-overs a report may hold; an ordinary one holds one or two.
pub(super) const PAYOUTS_MAX: u64 = 10_000;
