//! Settlement reports of made-up merchants.

use amazon_pay::generate::{Settings, Style, World, write_csv};

/// Settlement reports of one merchant, one after the other, of some sixty rows each: name and bytes.
///
/// # Panics
/// Where the generator cannot write into memory.
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
pub fn settlements(count: u64) -> Vec<(String, Vec<u8>)> {
    let settings = Settings { rows: 60 * count, months: 1, settlements: Some(count), ..Settings::default() };
    World::new(settings)
        .unwrap()
        .map(|settlement| {
            let name = format!("settlement-{}.csv", settlement.head.settlement_id);
            (name, write_csv(&settlement, Vec::new(), Style::default()).unwrap())
        })
        .collect()
}
