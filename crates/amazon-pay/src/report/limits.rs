/// Bounds for a report; what exceeds them is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The greatest number of rows.
    pub rows: u64,
    /// The greatest length of one field in bytes.
    pub field_bytes: usize,
}

impl Default for Limits {
    /// 50 million rows, 16 KiB in a field.
    fn default() -> Self {
        Self { rows: 50_000_000, field_bytes: 16 * 1024 }
    }
}
