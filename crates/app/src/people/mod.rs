//! Who belongs to a client: invitations, roles, leaving; and users as the operator sees them.

pub mod auditor;
pub mod invite;
pub mod key;
pub mod log;
pub mod member;
pub mod operate;
