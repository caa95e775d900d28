//! The written file reads back to the defaults, and every setting in it holds when it is turned on.

use jiff::civil::date;
use ledger::kind::Purpose;
use ledger::money::Currency;
use ledger::rules::TextKey;

use super::*;
use crate::configuration::{Configuration, account, client, kontor, rates, stores};

const CHARTS: [Chart; 2] = [Chart::Skr03, Chart::Skr04];
const LANGUAGES: [Language; 2] = [Language::De, Language::En];

/// Takes the hash away from every setting that waits.
fn turned_on(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Everything that decides about entries, as text; rules as they resolve, because the file names what a chart proposes.
fn meaning(configuration: &Configuration) -> String {
    let rules = &configuration.rules;
    let (day, day_after) = (date(2026, 10, 5), date(2030, 1, 1));
    let usd = Currency::parse("USD").unwrap();
    let accounts: Vec<_> = [(Currency::EUR, day), (Currency::EUR, day_after), (usd, day)]
        .into_iter()
        .flat_map(|(currency, day)| Purpose::ALL.map(|purpose| (purpose, currency, day)))
        .map(|(purpose, currency, day)| {
            let rule = rules.rule(purpose, "Shop", currency, day);
            (purpose, rule.and_then(|rule| rule.assignment.clone()))
        })
        .collect();
    let texts: Vec<_> = TextKey::all().map(|key| rules.texts().template(key)).collect();
    let stores: Vec<_> = rules.stores().collect();
    let client = rules.client();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}\n{accounts:?}\n{texts:?}\n{stores:?}\n{:?} {:?}\n{:?}",
        client.chart,
        client.account_length,
        client.zone.zone(),
        client.base_currency,
        client.booking_mode,
        client.taxation,
        client.fee_summing,
        client.start,
        rules.numbers("Shop"),
        rules.rates(),
        configuration.datev
    )
}

#[test]
fn the_written_file_reads_back_to_exactly_the_defaults() {
    for chart in CHARTS {
        for language in LANGUAGES {
            let written = Configuration::read(&commented(Some(chart), language)).unwrap();
            let defaults = Configuration::of_chart(chart).unwrap();
            assert_eq!(meaning(&written), meaning(&defaults));
            assert!(written.warnings.is_empty() && defaults.warnings.is_empty());
        }
    }
}

#[test]
fn every_setting_that_waits_holds_when_it_is_turned_on() {
    for chart in [None, Some(Chart::Skr03), Some(Chart::Skr04)] {
        for language in LANGUAGES {
            let text = turned_on(&commented(chart, language));
            let read = Configuration::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert!(read.warnings.is_empty(), "{:?}", read.warnings);
            assert_eq!(read.rules.stores().count(), 1);
        }
    }
}

#[test]
fn without_a_chart_the_file_waits_for_someone_to_choose_one() {
    let error = Configuration::read(&commented(None, Language::De)).unwrap_err();
    assert_eq!(error.problems.len(), 1, "{error}");
    assert_eq!(error.problems[0].setting, "[client] chart");
}

#[test]
fn every_key_is_there_or_explained() {
    for language in LANGUAGES {
        let text = commented(Some(Chart::Skr03), language);
        let known =
            [client::KEYS, account::KEYS, stores::NUMBER_KEYS, stores::STORE_KEYS, rates::KEYS, kontor::KEYS]
                .concat();
        for key in known {
            let explained = text.lines().any(|line| line.starts_with(&format!("# {key} ")));
            let set = text.lines().any(|line| line.trim_start_matches('#').starts_with(&format!("{key} = ")));
            assert!(explained || set, "{key}");
        }
    }
}

#[test]
fn no_line_is_wider_than_a_screen() {
    for language in LANGUAGES {
        for line in commented(Some(Chart::Skr04), language).lines() {
            assert!(line.chars().count() <= 120, "{line}");
        }
    }
}
