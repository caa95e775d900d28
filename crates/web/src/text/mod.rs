//! Every word on a page, in German and in English side by side; leaving one out does not compile.
//!
//! One file a page, and each text a method of [`Words`]: `{{ t.sign_in() }}` in a template. A text that nobody uses is
//! found by a test.

use app::Language;
use jiff::{Timestamp, tz::TimeZone};

mod account;
mod action;
mod amazon_pay;
mod api;
mod assignment;
mod booking;
mod component;
mod connection;
mod dashboard;
mod delivery;
mod document;
mod entries;
mod error;
mod export;
mod login;
mod navigation;
mod notice;
mod people;
mod reconciliation;
mod settings;
mod status;
mod upload;

/// How a page speaks: its language, and the zone and the moment in which times are told.
#[derive(Clone, Debug)]
pub struct Words {
    language: Language,
    zone: TimeZone,
    now: Timestamp,
}

impl Words {
    /// The words of a language; times are told in `zone` (the client's), «today» is the day of `now` there.
    pub fn new(language: Language, zone: TimeZone, now: Timestamp) -> Self {
        Self { language, zone, now }
    }

    /// The language of these words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The two letters of the language, for the attribute `lang`.
    pub fn code(&self) -> &'static str {
        self.language.code()
    }

    /// The zone in which times are told.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The moment at which the page is made.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// One of two texts that come from elsewhere in both languages.
    pub fn pick<T>(&self, german: T, english: T) -> T {
        self.language.pick(german, english)
    }
}

/// Makes texts into methods of [`Words`].
///
/// - `name: "Deutsch", "English";` a plain text, `&'static str`
/// - `name(a, b): "… {a} …", "… {a} …";` a sentence with what is filled in, `String`
/// - `name[n]: "{n} Datei", "{n} Dateien", "{n} file", "{n} files";` a count, one and many in each language
macro_rules! texts {
    (@each) => {};
    (@each $name:ident: $german:literal, $english:literal; $($rest:tt)*) => {
        #[doc = $german]
        pub fn $name(&self) -> &'static str {
            self.pick($german, $english)
        }
        $crate::text::texts!(@each $($rest)*);
    };
    (@each $name:ident($($argument:ident),+): $german:literal, $english:literal; $($rest:tt)*) => {
        #[doc = $german]
        pub fn $name(&self, $($argument: impl std::fmt::Display),+) -> String {
            match self.language() {
                app::Language::De => format!($german),
                app::Language::En => format!($english),
            }
        }
        $crate::text::texts!(@each $($rest)*);
    };
    (@each $name:ident[$count:ident]: $one:literal, $many:literal, $one_english:literal, $many_english:literal; $($rest:tt)*) => {
        #[doc = $many]
        pub fn $name(&self, count: impl $crate::format::Given<u64>) -> String {
            let count = count.given();
            let $count = self.number(count);
            match (self.language(), count) {
                (app::Language::De, 1) => format!($one),
                (app::Language::De, _) => format!($many),
                (app::Language::En, 1) => format!($one_english),
                (app::Language::En, _) => format!($many_english),
            }
        }
        $crate::text::texts!(@each $($rest)*);
    };
    (@names [$($names:expr,)*]) => {
        #[cfg(test)]
        pub(crate) const NAMES: &[&str] = &[$($names),*];
    };
    (@names [$($names:expr,)*] $name:ident $(($($argument:ident),+))? $([$count:ident])? : $($text:literal),+; $($rest:tt)*) => {
        $crate::text::texts!(@names [$($names,)* stringify!($name),] $($rest)*);
    };
    ($($all:tt)*) => {
        impl $crate::text::Words {
            $crate::text::texts!(@each $($all)*);
        }
        $crate::text::texts!(@names [] $($all)*);
    };
}
pub(crate) use texts;

#[cfg(test)]
mod tests;
