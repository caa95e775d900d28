//! What a file says is what the rules and the settings hold.

use app::configuration::Configuration;
use jiff::civil::date;
use ledger::chart::Chart;
use ledger::document_number::Unfit;
use ledger::kind::{FeeKind, MovementKind, Purpose};
use ledger::money::Currency;
use ledger::rules::{BookingMode, FeeSumming, RuleScope, Taxation};

fn read(text: &str) -> Configuration {
    Configuration::read(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_defaults_of_a_chart_are_those_of_an_adviser() {
    for (chart, accounts) in
        [(Chart::Skr03, [1210, 10_000, 4970, 1361, 1792]), (Chart::Skr04, [1810, 10_000, 6855, 1461, 3630])]
    {
        let configuration = Configuration::of_chart(chart).unwrap();
        let rules = &configuration.rules;
        let purposes = [
            Purpose::Provider,
            Purpose::Contra(MovementKind::Payment),
            Purpose::Fee(FeeKind::Processing),
            Purpose::Contra(MovementKind::Payout),
            Purpose::Contra(MovementKind::Unknown),
        ];
        let found = purposes.map(|purpose| {
            let rule = rules.rule(purpose, "", Currency::EUR, date(2026, 10, 5)).unwrap();
            rule.assignment.as_ref().unwrap().account.value()
        });
        assert_eq!(found, accounts);
        assert_eq!(configuration.datev.adviser.get(), 1001);
        assert_eq!(configuration.datev.client.get(), 1);
        assert_eq!(rules.client().account_length.digits(), 4);
        assert_eq!(rules.client().zone.zone().iana_name(), Some("Europe/Berlin"));
        assert!(!configuration.datev.locked && configuration.warnings.is_empty());
        let year = configuration.datev.fiscal_years.of(date(2026, 10, 5)).unwrap();
        assert_eq!(year.begin, date(2026, 1, 1));
    }
}

#[test]
fn a_chart_of_ones_own_has_no_defaults() {
    assert!(Configuration::of_chart(Chart::Own).is_err());
}

#[test]
fn the_command_may_name_another_adviser_and_client() {
    let defaults = || Configuration::of_chart(Chart::Skr03).unwrap();
    let named = defaults().with_numbers(Some(29_098), Some(10_001)).unwrap();
    assert_eq!((named.datev.adviser.get(), named.datev.client.get()), (29_098, 10_001));
    assert_eq!(defaults().with_numbers(None, None).unwrap().datev, defaults().datev);
    assert!(defaults().with_numbers(Some(1000), None).is_err());
    assert!(defaults().with_numbers(None, Some(0)).is_err());
}

#[test]
fn every_key_arrives_where_it_belongs() {
    let configuration = read(
        r##"
        [client]
        berater = 29098
        mandant = 10001
        chart = "SKR03"
        account-length = 6
        fiscal-years = [2026-01-01, 2026-07-01]
        zone = "Europe/Vienna"
        currency = "CHF"
        booking = "receivables"
        taxation = "kleinunternehmer"
        fees = "settlement"
        locked = true
        start = 2026-02-01
        format = 9
        exported-by = "Kanzlei_7"

        [document-numbers]
        unfit = "remove"
        prefix = "X/"

        [[store]]
        name = "Shop A"
        strip-prefix = "#"
        order-key = "seller-reference"

        [[account]]
        for = "fee"
        account = "4970"
        from = 2026-10-01
        store = "Shop A"
        currency = "USD"
        key = 6506
        fact = "7"
        cost-centre = 100
        vat-id = "LU12345678"
        eu-rate = "5,5"
        document = "AP-{Jahr}-{Monat}"

        [texts]
        payment = "Zahlung {order}"

        [[rate]]
        currency = "USD"
        day = 2026-10-05
        rate = 1.085
        source = "EZB"

        [[rate]]
        currency = "USD"
        month = "2026-11"
        rate = "1,0912"
        source = "BMF"
        "##,
    );
    let (rules, datev) = (&configuration.rules, &configuration.datev);
    let client = rules.client();
    assert_eq!((datev.adviser.get(), datev.client.get()), (29_098, 10_001));
    assert_eq!((client.chart, client.account_length.digits()), (Chart::Skr03, 6));
    assert_eq!(datev.fiscal_years.of(date(2026, 3, 1)).unwrap().end, date(2026, 6, 30));
    assert_eq!(client.zone.zone().iana_name(), Some("Europe/Vienna"));
    assert_eq!(client.base_currency.code(), "CHF");
    assert_eq!((client.booking_mode, client.taxation), (BookingMode::Receivables, Taxation::SmallBusiness));
    assert_eq!((client.fee_summing, client.start), (FeeSumming::Settlement, Some(date(2026, 2, 1))));
    assert_eq!((datev.locked, datev.format_version.number()), (true, 9));
    assert_eq!(datev.exported_by, "Kanzlei_7");

    assert_eq!((rules.numbers("").unfit, rules.numbers("").prefix.as_str()), (Unfit::Remove, "X/"));
    let store = rules.store("Shop A").unwrap();
    assert!(store.key_is_seller_reference);
    assert_eq!((store.numbers.strip_prefix.as_str(), store.numbers.prefix.as_str()), ("#", "X/"));
    assert_eq!(store.numbers.unfit, Unfit::Remove);

    let [rule] = rules.own_accounts() else { panic!("{:?}", rules.own_accounts()) };
    assert_eq!((rule.scope, rule.store.as_deref()), (RuleScope::Fees, Some("Shop A")));
    assert_eq!(
        (rule.valid_from, rule.currency.unwrap().code().to_owned()),
        (Some(date(2026, 10, 1)), "USD".into())
    );
    let fee = rule.assignment.as_ref().unwrap();
    assert_eq!((fee.account.value(), fee.tax_key.unwrap().value()), (497_000, 6506));
    assert_eq!((fee.fact_code.unwrap().value(), fee.cost_centre.as_deref()), (7, Some("100")));
    assert_eq!((fee.eu_vat_id.as_deref(), fee.eu_rate), (Some("LU12345678"), Some(550)));
    assert!(fee.document.is_some());

    let usd = Currency::parse("USD").unwrap();
    let millionths =
        |day| rules.rates().on(usd, day).map(|rate| (rate.rate.millionths(), rate.source.clone()));
    assert_eq!(millionths(date(2026, 10, 5)), Some((1_085_000, "EZB".into())));
    assert_eq!(millionths(date(2026, 11, 30)), Some((1_091_200, "BMF".into())));
    assert_eq!(millionths(date(2026, 10, 6)), None);
}

#[test]
fn a_four_digit_number_is_lengthened_and_a_full_one_taken_as_it_is() {
    let configuration = read(
        "[client]\nchart = \"skr03\"\naccount-length = 6\n\
         [[account]]\nfor = \"provider\"\naccount = 1210\n\
         [[account]]\nfor = \"fee\"\naccount = 497007\n\
         [[account]]\nfor = \"debtor\"\naccount = 1000000\n",
    );
    let numbers: Vec<u32> = configuration
        .rules
        .own_accounts()
        .iter()
        .map(|rule| rule.assignment.as_ref().unwrap().account.value())
        .collect();
    assert_eq!(numbers, [121_000, 497_007, 1_000_000]);
}

#[test]
fn the_reserve_gets_an_account_and_loses_it_from_a_day_on() {
    let configuration = read(
        "[client]\nchart = \"skr03\"\n\
         [[account]]\nfor = \"reserve\"\naccount = 1501\n\
         [[account]]\nfor = \"reserve\"\naccount = \"none\"\nfrom = 2027-01-01\n",
    );
    let reserve = |day| {
        let rule = configuration.rules.rule(Purpose::Contra(MovementKind::Reserve), "", Currency::EUR, day);
        rule.and_then(|rule| rule.assignment.as_ref()).map(|assignment| assignment.account.value())
    };
    assert_eq!((reserve(date(2026, 12, 31)), reserve(date(2027, 1, 1))), (Some(1501), None));
}

#[test]
fn the_accountants_cases_hold_in_both_charts() {
    for (chart, automatic, plain, without_deduction) in
        [("skr03", 3123, 4970, 3143), ("skr04", 5923, 6855, 5943)]
    {
        let fee = |account: u32, rest: &str| {
            let text = format!("[client]\nchart = \"{chart}\"\n{rest}");
            Configuration::read(&text.replace("ACCOUNT", &account.to_string()))
        };
        // A12: § 13b from a date on, by the automatic account or by the key; with German VAT.
        let rule = "[[account]]\nfor = \"fee\"\naccount = ACCOUNT\nfrom = 2026-10-01\n";
        for (account, more) in
            [(automatic, ""), (plain, "key = 506"), (plain, "key = 401"), (plain, "key = 94\nfact = 7")]
        {
            assert!(fee(account, &format!("{rule}{more}")).is_ok(), "{chart} {account} {more}");
        }
        for (account, more) in [
            (automatic, "key = 94\nfact = 7"),
            (automatic, "key = 506"),
            (plain, "key = 94"),
            (plain, "key = 3"),
        ] {
            assert!(fee(account, &format!("{rule}{more}")).is_err(), "{chart} {account} {more}");
        }
        let small = "taxation = \"kleinunternehmer\"\n[[account]]\nfor = \"fee\"\naccount = ACCOUNT";
        assert!(fee(without_deduction, small).is_ok() && fee(automatic, small).is_err());
    }
    // A14: without debtors.
    for (chart, mode, account, holds) in [
        ("skr03", "revenue", 8400, true),
        ("skr04", "revenue", 4400, true),
        ("skr03", "revenue", 8192, true),
        ("skr04", "revenue", 4184, true),
        ("skr03", "revenue", 8195, false),
        ("skr04", "revenue", 4185, false),
        ("skr03", "receivables", 1410, true),
        ("skr04", "receivables", 1210, true),
        ("skr03", "receivables", 1400, false),
        ("skr04", "receivables", 1200, false),
    ] {
        let text = format!(
            "[client]\nchart = \"{chart}\"\nbooking = \"{mode}\"\n[[account]]\nfor = \"debtor\"\naccount = {account}\n"
        );
        assert_eq!(Configuration::read(&text).is_ok(), holds, "{text}");
    }
}
