//! Settings as fields: what was typed is kept, and what is wrong is told at its field.

use std::collections::BTreeMap;

use app::Language;
use app::configuration::{Configuration, commented};
use app::settings::{
    AccountForm, ClientForm, Document, HandlingForm, NumbersForm, RateForm, Section, StoreForm,
};
use exports::datev::review::Severity;
use ledger::chart::Chart;
use proptest::prelude::*;

/// Anything a person or a hostile program types.
fn typed() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(String::new())),
        2 => prop_oneof!["[0-9]{1,9}", "20[0-9]{2}-[01][0-9]-[0-3][0-9]", "true|false", "[a-zA-Z -]{1,12}"].prop_map(Some),
        1 => any::<String>().prop_map(Some),
    ]
}

fn section<S: Section + std::fmt::Debug>() -> impl Strategy<Value = S> {
    proptest::collection::vec(typed(), S::KEYS.len()).prop_map(|values| {
        let mut section = S::default();
        for ((key, _), value) in S::KEYS.iter().zip(values) {
            section.set(key, value);
        }
        section
    })
}

fn document() -> impl Strategy<Value = Document> {
    let many = 0..3_usize;
    let texts = proptest::collection::btree_map("[a-z-]{1,8}|\\PC{1,4}", any::<String>(), 0..3);
    (
        section::<ClientForm>(),
        section::<NumbersForm>(),
        proptest::collection::vec(section::<AccountForm>(), many.clone()),
        proptest::collection::vec(section::<StoreForm>(), many.clone()),
        texts,
        proptest::collection::vec(section::<RateForm>(), many),
        section::<HandlingForm>(),
    )
        .prop_map(|(client, document_numbers, accounts, stores, texts, rates, kontor)| Document {
            client,
            document_numbers,
            accounts,
            stores,
            texts,
            rates,
            kontor,
        })
}

proptest! {
    #[test]
    fn whatever_was_typed_is_read_back(document in document()) {
        // A list of days is the one thing that is tidied: it is read back with commas between.
        let mut expected = document.clone();
        let whole = |days: &String| {
            let days: Vec<&str> = days.split([',', ' ']).filter(|day| !day.is_empty()).collect();
            (!days.is_empty() && days.iter().all(|day| day.parse::<jiff::civil::Date>().is_ok())).then(|| days.join(", "))
        };
        if let Some(days) = expected.client.fiscal_years.as_ref().and_then(whole) {
            expected.client.fiscal_years = Some(days);
        }
        let text = document.to_toml();
        let read = Document::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn every_problem_stands_at_a_section(document in document()) {
        for problem in document.review().problems {
            prop_assert!(!problem.place.section.is_empty());
            prop_assert!(!problem.text(Language::De).is_empty() && !problem.text(Language::En).is_empty());
        }
    }
}

#[test]
fn proposals_of_both_charts_hold_without_a_word() {
    for chart in [Chart::Skr03, Chart::Skr04] {
        let document = Document::proposed(chart);
        let review = document.review();
        assert!(review.problems.is_empty(), "{:?}", review.problems);
        let configuration = review.configuration.unwrap();
        assert_eq!(configuration.rules.client().chart, chart);
        assert!(!configuration.handling.accounts_confirmed, "nobody has confirmed them yet");
        assert_eq!(document.accounts.len(), 5);
    }
    let own = Document::proposed(Chart::Own);
    assert!(own.accounts.is_empty() && own.review().configuration.is_none());
}

#[test]
fn a_file_with_every_setting_becomes_fields_and_means_the_same() {
    for chart in [Chart::Skr03, Chart::Skr04] {
        let text = commented(Some(chart), Language::De);
        let turned_on: String = text
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let document = Document::from_toml(&turned_on).unwrap();
        let (read, again) =
            (Configuration::read(&turned_on).unwrap(), document.review().configuration.unwrap());
        assert_eq!(read.rules.own_accounts(), again.rules.own_accounts());
        assert_eq!((read.datev, read.handling), (again.datev, again.handling));
        assert_eq!(read.rules.rates(), again.rules.rates());
        assert_eq!(read.rules.client().closed_until, again.rules.client().closed_until);
    }
}

#[test]
fn a_problem_leads_to_its_field() {
    let mut document = Document::proposed(Chart::Skr03);
    document.client.berater = Some("99".to_owned());
    document.client.start = Some("gestern".to_owned());
    document.accounts[2].key = Some("506".to_owned());
    document.accounts.push(AccountForm { scope: Some("fee-fixed".to_owned()), ..AccountForm::default() });
    document.stores.push(StoreForm::default());
    document.texts = BTreeMap::from([("payment".to_owned(), "{nix}".to_owned())]);
    document.kontor.export_day = Some("31".to_owned());
    let review = document.review();
    assert!(review.configuration.is_none());
    let refused = review.problems.iter().filter(|problem| problem.severity == Severity::Refused);
    let places: Vec<String> = refused
        .map(|problem| {
            let index = problem.place.index.map(|index| format!("[{index}]")).unwrap_or_default();
            format!("{}{index}.{}", problem.place.section, problem.place.key.as_deref().unwrap_or("?"))
        })
        .collect();
    assert_eq!(
        places,
        [
            "client.berater",
            "client.start",
            "account[5].account",
            "store[0].name",
            "texts.payment",
            "kontor.export-day"
        ]
    );
    assert_eq!(review.problems[0].text(Language::De), "erlaubt ist eine ganze Zahl von 1001 bis 9999999");
}

#[test]
fn a_file_that_no_form_can_hold_is_refused_in_words() {
    let unknown = Document::from_toml("[client]\nchart = \"skr03\"\nkarte = 1\n").unwrap_err();
    assert!(unknown.say(Language::De).contains("karte"), "{}", unknown.say(Language::De));
    assert!(Document::from_toml("[client\n").is_err());
    assert!(Document::from_toml("[client]\nchart = \"skr03\"\nberater = 0x3E9\n").is_err());
}
