//! A fault by lot: only such as pass, so that trying again gives the same bytes in the end.

use std::time::Duration;

use super::{Fault, Percent, Place};
use crate::simulator::letters::Letters;
use crate::simulator::route::Operation;

/// One of the faults that a good client gets over.
pub(super) fn surprise(place: Place, letters: &mut Letters) -> Fault {
    let part = Percent(u8::try_from(letters.below(100)).unwrap_or(50));
    let mut possible = vec![
        Fault::Status(429),
        Fault::Status(500),
        Fault::Status(503),
        Fault::HtmlPage,
        Fault::Drop,
        Fault::DropAfterHeaders,
        Fault::Cut(part),
        Fault::Slow(Duration::from_millis(1)),
        Fault::Delay(Duration::from_millis(5)),
    ];
    match place {
        Place::Download => possible.extend([Fault::Gzip, Fault::Length(7)]),
        Place::Call(Operation::Document) => {
            possible.extend([Fault::Gzip, Fault::Expired, Fault::Status(202), Fault::UnknownField]);
        }
        Place::Call(_) => possible.push(Fault::UnknownField),
    }
    let count = u64::try_from(possible.len()).unwrap_or(1);
    let place = usize::try_from(letters.below(count)).unwrap_or(0);
    possible.swap_remove(place.min(possible.len() - 1))
}
