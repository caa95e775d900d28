//! Samples: every page in every state that it has, filled as the demo would fill it. Tests render them all in both
//! languages.

use app::{Language, Role};
use jiff::tz::TimeZone;
use ledger::money::{Currency, Money};

use crate::{
    address::Place,
    page::{ClientChoice, Counts, Frame, Person, Theme},
    text::Words,
};

mod connect;
mod dashboard;
mod documents;
mod entries;
mod export;
mod gallery;
mod login;
mod reconciliation;
mod settings;
mod status;

const CLIENT: &str = "01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c11";

pub(crate) fn words(language: Language) -> Words {
    Words::new(language, TimeZone::get("Europe/Berlin").unwrap(), "2026-11-23T06:02:00Z".parse().unwrap())
}

pub(crate) fn german() -> Words {
    words(Language::De)
}

pub(crate) fn english() -> Words {
    words(Language::En)
}

/// An amount in cents.
fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// The frame of a page of the demo's client.
fn frame(words: &Words, place: Place) -> Frame {
    let choice = |id: &str, name: &str, role| ClientChoice { id: id.to_owned(), name: name.to_owned(), role };
    let client = choice(CLIENT, "10 234 · Teehaus Demo GmbH", Some(Role::Owner));
    let other =
        choice("01938c5e-7d3a-7c1b-9a55-3f2f5b7d1c12", "10 235 · Kräuterhof Allgäu OHG", Some(Role::Adviser));
    Frame {
        person: Some(Person {
            name: "Erika Musterfrau".to_owned(),
            email: "erika@teehaus.example".to_owned(),
        }),
        client: Some(client.clone()),
        clients: vec![client, other],
        place: Some(place),
        counts: Counts { reconciliation: 2, export: 1, connections: 0 },
        places: Place::ALL.to_vec(),
        ..Frame::bare(words.clone(), Theme::Auto, place.of(CLIENT))
    }
}

/// The frame of a page for somebody who is not logged in.
fn bare(words: &Words, path: &str) -> Frame {
    Frame::bare(words.clone(), Theme::Auto, path)
}
