//! amazon_pay.

use super::texts;

texts! {}
