//! The walk through a month of all merchants in question, into one receiver.

use std::cell::RefCell;
use std::path::Path;

use ledger::assign::EntrySink;
use ledger::calendar::Month;
use store::Database;

use super::load::Books;
use super::stored::{Earlier, StoredSource, Walked};
use crate::convert::ConvertError;
use crate::convert::run::{Run, Way, run};

/// Walks through a month. It blocks, so it runs on a thread that may, within the runtime.
pub(super) fn walk<S: EntrySink, L: EntrySink>(
    books: &Books,
    database: &Database,
    month: Month,
    scratch: &Path,
    mut entries: S,
    mut single_fees: L,
) -> Result<(Vec<Run>, S, L), ConvertError> {
    let rules = &books.configuration.rules;
    let mut runs = Vec::with_capacity(books.chains.len());
    for (place, chain) in books.chains.iter().enumerate() {
        let walked = RefCell::new(Walked::default());
        let folder = scratch.join(place.to_string());
        std::fs::create_dir_all(&folder)
            .map_err(|source| ConvertError::Write { path: folder.clone(), source })?;
        let zone = rules.client().zone.clone();
        let mut earlier = Earlier { database, client: books.client.number, zone, walked: &walked };
        let way = Way { rules, period: month.days(), handed_out: &books.handed_out, scratch: &folder };
        let source = StoredSource::new(database, chain, &walked);
        let found;
        (found, entries, single_fees) = run(source, way, &mut earlier, entries, single_fees)?;
        runs.push(found);
    }
    Ok((runs, entries, single_fees))
}
