//! The stored form of the smallest values: what a text says is read back, or refused.

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize, Serializer};

use crate::calendar::Month;
use crate::kind::{FeeKind, MovementKind};
use crate::money::Currency;
use crate::sums::Signs;

/// Stores a value as the text that `$write` makes of it, and reads it by `$read`.
macro_rules! stored_as_text {
    ($type:ty, $what:literal, $write:expr, $read:expr) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$type) -> String = $write;
                serializer.serialize_str(&write(self))
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                let read: fn(&str) -> Option<$type> = $read;
                read(&text).ok_or_else(|| de::Error::custom(format!(concat!("{:?} is no ", $what), text)))
            }
        }
    };
}

stored_as_text!(Currency, "currency", |currency| currency.code().to_owned(), Self::parse);
stored_as_text!(MovementKind, "kind of movement", |kind| kind.name().to_owned(), Self::parse);
stored_as_text!(FeeKind, "kind of fee", |kind| kind.name().to_owned(), Self::parse);
stored_as_text!(Month, "month", Month::to_string, Self::parse);
stored_as_text!(Signs, "combination of signs", Signs::to_string, Self::parse);
