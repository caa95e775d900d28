//! booking.

use super::texts;

texts! {}
