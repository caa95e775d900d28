//! Lists of names that may grow.

/// Makes an enum of the names that the API is known to use; any other is kept as text.
macro_rules! names {
    ($(#[$about:meta])* $list:ident { $($(#[$meaning:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $list {
            $($(#[$meaning])* $variant,)+
            /// A name that was not known when this was written.
            Other(String),
        }

        impl $list {
            /// All the known names.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The name as the API writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Other(name) => name,
                }
            }
        }

        impl From<&str> for $list {
            fn from(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $list {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $list {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $list {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Ok(Self::from(&*name))
            }
        }
    };
}

pub(super) use names;

#[cfg(test)]
mod tests {
    use crate::model::ProcessingStatus;

    #[test]
    fn a_new_name_is_kept_and_written_again() {
        let read: Vec<ProcessingStatus> = serde_json::from_str(r#"["COMPLETED","PAUSED"]"#).unwrap();
        assert_eq!(read, [ProcessingStatus::Completed, ProcessingStatus::Other("PAUSED".to_owned())]);
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["COMPLETED","PAUSED"]"#);
    }

    #[test]
    fn every_known_name_is_read_as_itself() {
        for status in ProcessingStatus::KNOWN {
            assert_eq!(&ProcessingStatus::from(status.as_str()), status);
        }
    }
}
