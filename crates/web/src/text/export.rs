//! export.

use super::texts;

texts! {}
