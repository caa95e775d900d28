//! Notices: what happened and somebody should know. While it lasts it is told once; when all is well nobody hears anything.

mod gaps;
mod kind;
mod post;
mod raise;
mod rhythm;
mod words;

pub(crate) use gaps::tell_gaps;
pub use kind::NoticeKind;
pub(crate) use post::{post, users_due};
pub(crate) use raise::{raise, settle, settle_all_of};
pub use rhythm::{open, rhythms, set_rhythms};
pub(crate) use words::Notice;

pub use store::notices::Rhythm;
