//! Documents come in once, wholly or not at all, and come out as they came; on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test tells what is missing by stopping there")]

mod desk;
mod hostile;
mod importing;
mod kills;
mod looking;
mod stored;
mod together;
