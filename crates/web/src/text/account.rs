//! account.

use super::texts;

texts! {}
