//! settings.

use super::texts;

texts! {}
