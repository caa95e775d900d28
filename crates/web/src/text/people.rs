//! people.

use super::texts;

texts! {}
