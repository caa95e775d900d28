use app::books::totals::MonthChange;
use app::settings::stored::Settings;
use app::settings::{AccountForm, Document, RateForm, StoreForm};
use jiff::civil::date;
use ledger::calendar::Month;
use ledger::chart::Chart;
use store::settings::Version;

use super::{frame, gallery::Sample};
use crate::{
    address::Place,
    page::settings::{SettingsView, client, question, rules, stores, texts},
    text::Words,
};

pub(super) fn samples(t: &Words) -> Vec<Sample> {
    let (full, empty, refused) = (full(), empty(), refused());
    let at = |place| frame(t, place);
    let rule = full.settings.document.accounts[5].clone();
    let months = [
        MonthChange { month: Month::of(date(2026, 9, 1)), entries: 908 },
        MonthChange { month: Month::of(date(2026, 10, 1)), entries: 1_243 },
    ];
    let typed = [("for".to_owned(), "fee".to_owned()), ("account".to_owned(), "5923".to_owned())];
    let wrong = refused.settings.document.accounts[0].clone();
    vec![
        Sample::of("settings-client", client::page(&at(Place::ClientSettings), &full, &versions())),
        Sample::of("settings-client-empty", client::page(&at(Place::ClientSettings), &empty, &[])),
        Sample::of(
            "settings-client-refused",
            client::page(&at(Place::ClientSettings), &refused, &versions()),
        ),
        Sample::of(
            "settings-payment",
            rules::page(&at(Place::PaymentAccounts), Place::PaymentAccounts, &full),
        ),
        Sample::of(
            "settings-payment-empty",
            rules::page(&at(Place::PaymentAccounts), Place::PaymentAccounts, &empty),
        ),
        Sample::of(
            "settings-expense",
            rules::page(&at(Place::ExpenseAccounts), Place::ExpenseAccounts, &full),
        ),
        Sample::of("settings-debtors", rules::page(&at(Place::Debtors), Place::Debtors, &full)),
        Sample::of(
            "settings-rule",
            rules::rule_page(
                &at(Place::ExpenseAccounts),
                Place::ExpenseAccounts,
                &full,
                (Some(5), &rule),
                Some(5),
            ),
        ),
        Sample::of(
            "settings-rule-refused",
            rules::rule_page(
                &at(Place::PaymentAccounts),
                Place::PaymentAccounts,
                &refused,
                (Some(0), &wrong),
                Some(0),
            ),
        ),
        Sample::of(
            "settings-question",
            question(
                &at(Place::ExpenseAccounts),
                Place::ExpenseAccounts,
                "/settings/rule",
                &typed,
                &months,
                Some(Month::of(date(2026, 11, 1))),
            ),
        ),
        Sample::of(
            "settings-store",
            stores::store_page(
                &at(Place::Debtors),
                &full,
                (Some(0), &full.settings.document.stores[0]),
                Some(0),
            ),
        ),
        Sample::of("settings-texts", texts::page(&at(Place::VoucherTexts), &full)),
        Sample::of("settings-texts-refused", texts::page(&at(Place::VoucherTexts), &refused)),
    ]
}

fn view(document: Document, version: i64, sent: bool) -> SettingsView {
    let review = document.review();
    SettingsView {
        settings: Settings { version, document, review },
        version: versions().into_iter().next().filter(|_| version > 0),
        sent,
        error: None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every field may be left out")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn full_document() -> Document {
    let mut document = Document::proposed(Chart::Skr04);
    document.client.berater = text("29098");
    document.client.mandant = text("10234");
    document.client.closed_until = text("2026-08-31");
    document.kontor.accounts_confirmed = text("true");
    document.kontor.export_day = text("5");
    let account = |scope: &str, account: &str| AccountForm {
        scope: text(scope),
        account: text(account),
        ..AccountForm::default()
    };
    document.accounts.push(AccountForm { from: text("2027-01-01"), ..account("fee", "5923") });
    document.accounts.push(AccountForm { currency: text("USD"), ..account("provider", "1820") });
    document.accounts.push(AccountForm { store: text("Teehaus AT"), ..account("debtor", "10001") });
    document.stores.push(StoreForm { name: text("Teehaus AT"), prefix: text("AT-"), ..StoreForm::default() });
    document.rates.push(RateForm {
        currency: text("USD"),
        month: text("2026-10"),
        rate: text("1.0850"),
        source: text("EZB"),
        ..RateForm::default()
    });
    document.texts.insert("payment".to_owned(), "Zahlung {order} {store}".to_owned());
    document
}

fn full() -> SettingsView {
    view(full_document(), 3, false)
}

fn empty() -> SettingsView {
    view(Document::default(), 0, false)
}

fn refused() -> SettingsView {
    let mut document = full_document();
    document.client.berater = text("99");
    document.kontor.export_day = text("31");
    document.accounts[0].account = text("18");
    document.texts.insert("refund".to_owned(), "Erstattung {bestell".to_owned());
    view(document, 3, true)
}

fn versions() -> Vec<Version> {
    let version = |version: i64, at: &str, note: &str| Version {
        version,
        content: String::new(),
        sha256: format!("{version}f4c1a2b9d0e37765a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071"),
        author: "erika@teehaus.example".to_owned(),
        at: at.parse().unwrap(),
        note: note.to_owned(),
    };
    vec![
        version(3, "2026-11-20T09:12:00Z", "fee 5923"),
        version(2, "2026-09-02T07:40:00Z", ""),
        version(1, "2026-09-01T08:10:00Z", "⇐ Kräuterhof Allgäu OHG"),
    ]
}
