//! Values into a statement.

use jiff::Timestamp;
use jiff::civil::Date;

/// A value for a placeholder. An absent value has a type as well, because PostgreSQL asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// TEXT.
    Text(Option<String>),
    /// BIGINT.
    Integer(Option<i64>),
    /// BOOLEAN.
    Boolean(Option<bool>),
    /// BLOB or BYTEA.
    Bytes(Option<Vec<u8>>),
}

macro_rules! arguments_from {
    ($($source:ty => $variant:ident by $convert:expr;)*) => {$(
        impl From<$source> for Argument {
            fn from(value: $source) -> Self {
                Self::$variant(Some($convert(value)))
            }
        }

        impl From<Option<$source>> for Argument {
            fn from(value: Option<$source>) -> Self {
                Self::$variant(value.map($convert))
            }
        }
    )*};
}

arguments_from! {
    &str => Text by str::to_owned;
    String => Text by std::convert::identity;
    &String => Text by String::clone;
    i64 => Integer by std::convert::identity;
    u32 => Integer by i64::from;
    i32 => Integer by i64::from;
    u8 => Integer by i64::from;
    bool => Boolean by std::convert::identity;
    Vec<u8> => Bytes by std::convert::identity;
    &[u8] => Bytes by <[u8]>::to_vec;
    Timestamp => Integer by Timestamp::as_microsecond;
    Date => Text by |date: Date| date.to_string();
}

/// A list of arguments: `arguments![&client, 7, "text"]`.
#[macro_export]
macro_rules! arguments {
    () => { ::std::vec::Vec::<$crate::Argument>::new() };
    ($($value:expr),+ $(,)?) => { ::std::vec![$($crate::Argument::from($value)),+] };
}
