//! Faults: what a real network and a real server do now and then, on order.
//!
//! A rule says where, when and what: `download:3=cut:50%` cuts the third download at half. See [`Rule`].

mod content;
mod language;
mod plan;
mod surprise;
mod wire;

use std::time::Duration;

use jiff::SignedDuration;

use super::route::Operation;

pub use language::{CATALOGUE, RuleError};
pub use plan::Rule;

pub(super) use content::{changed_document, changed_reply, compressed};
pub(super) use plan::Plan;
pub(super) use wire::{Instead, Wire, answer_instead};

/// Where a fault may strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A signed request to the API.
    Call(Operation),
    /// The download of a report document.
    Download,
}

impl Place {
    /// The name in the language of faults.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Call(operation) => operation.name(),
            Self::Download => "download",
        }
    }

    /// All thirteen.
    pub fn all() -> impl Iterator<Item = Self> {
        Operation::ALL.into_iter().map(Self::Call).chain([Self::Download])
    }
}

/// The places that a rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// All of them.
    Any,
    /// Every signed request to the API, but not the download.
    Api,
    /// A single one.
    Place(Place),
}

impl Target {
    /// Whether the rule means this place.
    pub fn holds(self, place: Place) -> bool {
        match self {
            Self::Any => true,
            Self::Api => place != Place::Download,
            Self::Place(own) => own == place,
        }
    }
}

/// The times at which a rule strikes, counted by the requests to its target from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Every time.
    Always,
    /// From the first of these times to the last; without a last one for ever.
    Times {
        /// The first time.
        first: u64,
        /// The last time.
        last: Option<u64>,
    },
    /// By lot, so often in ten thousand times.
    Chance(u32),
}

/// A part of a whole, in percent from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(pub(super) u8);

impl Percent {
    /// This part of a length.
    pub fn of(self, length: usize) -> usize {
        length / 100 * usize::from(self.0) + length % 100 * usize::from(self.0) / 100
    }
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another status, with the body that belongs to it.
    Status(u16),
    /// A page for people, as a broken proxy sends it, with status 502.
    HtmlPage,
    /// A body that ends in the middle of its JSON, with status 200.
    InvalidJson,
    /// Fields that no documentation names, in every object.
    UnknownField,
    /// Names that no documentation lists, in place of states and types.
    UnknownValue,
    /// The `nextToken` of the request once more.
    RepeatedToken,
    /// A redirection to another host.
    Redirect,
    /// The connection ends before anything was answered; what was asked for is done.
    Drop,
    /// The connection ends after the headers.
    DropAfterHeaders,
    /// The connection ends after so much of the body.
    Cut(Percent),
    /// The answer comes later.
    Delay(Duration),
    /// The body comes in sixteen pieces with a pause between them.
    Slow(Duration),
    /// `Content-Length` is off by so many bytes.
    Length(i64),
    /// The document is compressed: `document` says so, `download` does not.
    Gzip,
    /// The address of the document has expired when it is handed out.
    Expired,
    /// The server's clock is off.
    Clock(SignedDuration),
    /// The signature does not match.
    WrongSignature,
    /// The key is not known.
    UnknownKey,
    /// The key belongs to the other environment.
    WrongEnvironment,
    /// The merchant's account is not in good standing.
    Suspended,
    /// The document ends after so much of it, and its length says so.
    Truncated(Percent),
    /// The document ends at the end of a line before so much of it, and its length says so.
    TruncatedAtLine(Percent),
    /// A row of a kind that no documentation names.
    UnknownType,
    /// No space between the time and its offset.
    NoSpace,
    /// Lines end in CR LF.
    CarriageReturns,
    /// No byte order mark.
    NoByteOrderMark,
    /// Any one of the faults that a good client gets over by trying again.
    Surprise,
}

impl Fault {
    /// Whether the fault can happen at this place.
    pub fn suits(&self, place: Place) -> bool {
        let is_download = place == Place::Download;
        let is_list = matches!(place, Place::Call(Operation::Reports | Operation::Disbursements));
        let is_document = place == Place::Call(Operation::Document);
        match self {
            Self::Truncated(_)
            | Self::TruncatedAtLine(_)
            | Self::UnknownType
            | Self::NoSpace
            | Self::CarriageReturns
            | Self::NoByteOrderMark => is_download,
            Self::Gzip => is_download || is_document,
            Self::Expired => is_document,
            Self::RepeatedToken => is_list,
            Self::InvalidJson
            | Self::UnknownField
            | Self::UnknownValue
            | Self::Clock(_)
            | Self::WrongSignature
            | Self::UnknownKey
            | Self::WrongEnvironment
            | Self::Suspended => !is_download,
            _ => true,
        }
    }
}

/// What faults do to the admission of a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Disturbance {
    pub(super) clock: SignedDuration,
    pub(super) spoils_body: bool,
    pub(super) forgets_key: bool,
    pub(super) mistakes_environment: bool,
}

impl Disturbance {
    pub(super) fn of(faults: &[Fault]) -> Self {
        let mut disturbance = Self::default();
        for fault in faults {
            match fault {
                Fault::Clock(shift) => disturbance.clock = disturbance.clock.saturating_add(*shift),
                Fault::WrongSignature => disturbance.spoils_body = true,
                Fault::UnknownKey => disturbance.forgets_key = true,
                Fault::WrongEnvironment => disturbance.mistakes_environment = true,
                _ => {}
            }
        }
        disturbance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_of_a_length_is_exact_to_the_byte() {
        assert_eq!(
            (Percent(50).of(1_001), Percent(100).of(7), Percent(0).of(7), Percent(33).of(100)),
            (500, 7, 0, 33)
        );
        assert_eq!(Percent(100).of(usize::MAX), usize::MAX);
    }
}
