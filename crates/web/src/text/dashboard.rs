//! dashboard.

use super::texts;

texts! {}
