//! The cases of an accountant, in both charts: what is refused, what is worth a word, and what passes.

use std::collections::BTreeMap;

use datev::KeyDirection;
use jiff::tz::TimeZone;
use ledger::account::{AccountLength, AccountNumber};
use ledger::calendar::BookingZone;
use ledger::chart::Chart::{self, Own, Skr03, Skr04};
use ledger::document_number::NumberRule;
use ledger::money::Currency;
use ledger::rate::Rates;
use ledger::rules::{BookingMode, Client, FeeSumming, Parts, RuleScope, Taxation, Texts};
use ledger::tax_key::{FactCode, TaxKey};

use super::*;

/// A client with some rules, and what is said about them.
struct Case {
    client: Client,
    accounts: Vec<AccountRule>,
}

impl Case {
    fn of(chart: Chart) -> Self {
        let client = Client {
            chart,
            account_length: AccountLength::FOUR,
            zone: BookingZone::new(TimeZone::UTC),
            base_currency: Currency::EUR,
            booking_mode: BookingMode::Debtor,
            taxation: Taxation::Accrual,
            fee_summing: FeeSumming::Single,
            start: None,
            closed_until: None,
        };
        Self { client, accounts: Vec::new() }
    }

    fn mode(mut self, mode: BookingMode) -> Self {
        self.client.booking_mode = mode;
        self
    }

    fn taxation(mut self, taxation: Taxation) -> Self {
        self.client.taxation = taxation;
        self
    }

    fn length(mut self, digits: u32) -> Self {
        self.client.account_length = AccountLength::new(digits).unwrap();
        self
    }

    fn with(mut self, scope: &str, account: u32, change: impl FnOnce(&mut Assignment)) -> Self {
        let number = AccountNumber::parse(&account.to_string(), self.client.account_length).unwrap();
        let mut assignment = Assignment::plain(number);
        change(&mut assignment);
        self.accounts.push(AccountRule {
            scope: RuleScope::parse(scope).unwrap(),
            store: None,
            currency: None,
            valid_from: None,
            assignment: Some(assignment),
        });
        self
    }

    fn account(self, scope: &str, account: u32) -> Self {
        self.with(scope, account, |_| {})
    }

    fn key(self, scope: &str, account: u32, key: u16) -> Self {
        self.with(scope, account, |assignment| assignment.tax_key = TaxKey::new(key))
    }

    fn review(self) -> Vec<ReviewProblem> {
        let parts = Parts {
            client: self.client,
            accounts: self.accounts,
            stores: BTreeMap::new(),
            numbers: NumberRule::default(),
            texts: Texts::of_provider("Amazon Pay").unwrap(),
            rates: Rates::default(),
        };
        review(&Rules::new(parts).unwrap())
    }

    /// The one thing that is said, and that nothing may be booked.
    fn refused(self) -> Remark {
        let problems = self.review();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].severity, Severity::Refused);
        assert_eq!(problems[0].rule, Some(0));
        problems[0].remark.clone()
    }

    fn warned(self) -> Remark {
        let problems = self.review();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].severity, Severity::Warning);
        problems[0].remark.clone()
    }

    fn passes(self) {
        assert_eq!(self.review(), []);
    }
}

#[test]
fn the_proposals_of_both_charts_pass_in_every_way_of_booking() {
    for chart in [Skr03, Skr04] {
        for mode in [BookingMode::Debtor, BookingMode::Revenue, BookingMode::Receivables] {
            for taxation in [Taxation::Accrual, Taxation::SmallBusiness] {
                Case::of(chart).mode(mode).taxation(taxation).passes();
            }
        }
        Case::of(chart).length(8).passes();
    }
}

#[test]
fn a12_an_automatic_account_of_13b_takes_no_key_at_all() {
    for (chart, account) in [(Skr03, 3123), (Skr04, 5923)] {
        Case::of(chart).account("fee", account).passes();
        for key in [94, 506, 9, 40, 3] {
            let remark = Case::of(chart).key("fee", account, key).refused();
            assert!(matches!(remark, Remark::KeyOnAutomatic { .. }), "{remark}");
        }
    }
}

#[test]
fn a12_key_94_needs_its_case_and_506_says_it_by_itself() {
    for (chart, account) in [(Skr03, 4970), (Skr04, 6855)] {
        assert!(matches!(Case::of(chart).key("fee", account, 94).refused(), Remark::KeyNeedsFact { .. }));
        let with_fact = |assignment: &mut Assignment| {
            assignment.tax_key = TaxKey::new(94);
            assignment.fact_code = FactCode::new(7);
        };
        Case::of(chart).with("fee", account, with_fact).passes();
        for key in [506, 401, 9] {
            Case::of(chart).key("fee", account, key).passes();
        }
        for key in [1, 2, 3, 5] {
            assert!(matches!(
                Case::of(chart).key("fee", account, key).refused(),
                Remark::WrongDirection { wanted: KeyDirection::Input, .. }
            ));
        }
    }
}

#[test]
fn a12_a_small_business_takes_the_account_without_deduction() {
    for (chart, with, without) in [(Skr03, 3123, 3143), (Skr04, 5923, 5943)] {
        let case = || Case::of(chart).taxation(Taxation::SmallBusiness);
        case().account("fee", without).passes();
        let remark = case().account("fee", with).refused();
        assert!(
            matches!(remark, Remark::DeductionByAccount { instead, .. } if u32::from(instead) == without)
        );
    }
    let small = || Case::of(Skr03).taxation(Taxation::SmallBusiness);
    for key in [9, 401, 506, 19] {
        assert!(matches!(small().key("fee", 4970, key).refused(), Remark::DeductionByKey { .. }), "{key}");
    }
    small().key("fee", 4970, 6506).passes();
}

#[test]
fn a14_revenue_takes_the_gross_amount_without_a_key() {
    for (chart, revenue) in [(Skr03, 8400), (Skr04, 4400)] {
        let case = || Case::of(chart).mode(BookingMode::Revenue);
        case().account("debtor", revenue).passes();
        case().account("debtor", revenue - 100).passes();
        assert!(matches!(case().key("debtor", revenue, 3).refused(), Remark::KeyOnAutomatic { .. }));
    }
}

#[test]
fn a14_a_small_business_books_its_own_revenue_account_and_never_the_reserved_one() {
    for (chart, right, reserved, taxed) in [(Skr03, 8192, 8195, 8400), (Skr04, 4184, 4185, 4400)] {
        let case = || Case::of(chart).mode(BookingMode::Revenue).taxation(Taxation::SmallBusiness);
        case().account("debtor", right).passes();
        let remark = case().account("debtor", reserved).refused();
        assert!(
            matches!(remark, Remark::Reserved { instead: Some(instead), .. } if u32::from(instead) == right)
        );
        let remark = case().account("debtor", taxed).refused();
        assert!(matches!(remark, Remark::TaxedSale { instead, .. } if u32::from(instead) == right));
    }
}

#[test]
fn a14_receivables_without_a_sub_ledger_pass_and_the_collective_account_does_not() {
    for (chart, plain, collective) in [(Skr03, 1410, 1400), (Skr04, 1210, 1200)] {
        let case = || Case::of(chart).mode(BookingMode::Receivables);
        case().account("debtor", plain).passes();
        let remark = case().account("debtor", collective).refused();
        assert!(
            matches!(remark, Remark::Collective { instead: Some(instead), .. } if u32::from(instead) == plain)
        );
    }
}

#[test]
fn a14_the_numbers_of_the_other_chart_are_refused_with_both_names() {
    let wrong_chart = |chart, scope: &str, account: u32| {
        let remark = Case::of(chart).account(scope, account).refused();
        let Remark::WrongChart { name, other_name, wanted, .. } = remark else { panic!("{remark}") };
        (name, other_name, wanted.get())
    };
    let receivables = "Forderungen aus Lieferungen und Leistungen ohne Kontokorrent";
    let insurance = "Versicherungsentschädigungen und Schadenersatzleistungen";
    let bank_charges = Some("Nebenkosten des Geldverkehrs");
    assert_eq!(wrong_chart(Skr04, "provider", 1210), (Some(receivables), Some("Bank 1"), 1810));
    assert_eq!(wrong_chart(Skr03, "provider", 1810), (Some("Privatsteuern"), Some("Bank 1"), 1210));
    assert_eq!(wrong_chart(Skr04, "fee", 4970), (Some(insurance), bank_charges, 6855));
    assert_eq!(wrong_chart(Skr03, "fee", 6855), (None, bank_charges, 4970));
    assert_eq!(wrong_chart(Skr03, "transit", 1461).2, 1361);
    assert_eq!(wrong_chart(Skr04, "transit", 1361).2, 1461);
    assert_eq!(wrong_chart(Skr04, "clarification", 1792).2, 3630);
    assert_eq!(wrong_chart(Skr03, "clarification", 3630).2, 1792);
    assert_eq!(wrong_chart(Skr03, "reserve", 1301).2, 1501);
    assert_eq!(wrong_chart(Skr04, "fee", 3123).2, 5923);
}

#[test]
fn a14_revenue_and_receivables_of_the_other_chart_are_refused_too() {
    for (chart, mode, account, wanted) in [
        (Skr04, BookingMode::Revenue, 8400, 4400),
        (Skr03, BookingMode::Revenue, 4400, 8400),
        (Skr03, BookingMode::Revenue, 4184, 8192),
        (Skr04, BookingMode::Receivables, 1410, 1210),
    ] {
        let remark = Case::of(chart).mode(mode).account("debtor", account).refused();
        assert!(
            matches!(remark, Remark::WrongChart { wanted: here, .. } if here.get() == wanted),
            "{remark}"
        );
    }
}

#[test]
fn the_whole_other_chart_is_refused_rule_by_rule() {
    let skr03 = [("provider", 1210), ("fee", 4970), ("transit", 1361), ("clarification", 1792)];
    let taken =
        skr03.into_iter().fold(Case::of(Skr04), |case, (scope, account)| case.account(scope, account));
    let places: Vec<_> = taken.review().into_iter().map(|problem| problem.rule).collect();
    assert_eq!(places, [Some(0), Some(1), Some(2), Some(3)]);
}

#[test]
fn the_checks_hold_at_every_account_length() {
    assert!(
        matches!(Case::of(Skr04).length(6).account("provider", 121_000).refused(), Remark::WrongChart { wanted, .. } if wanted.get() == 181_000)
    );
    assert!(matches!(
        Case::of(Skr04).length(6).account("provider", 121_007).refused(),
        Remark::WrongChart { .. }
    ));
    assert!(matches!(
        Case::of(Skr03).length(6).key("fee", 3123, 506).refused(),
        Remark::KeyOnAutomatic { .. }
    ));
    Case::of(Skr03).length(8).account("provider", 12_100_001).passes();
}

#[test]
fn the_provider_account_is_no_house_bank_receivable_revenue_or_expense() {
    for (chart, bank) in [(Skr03, 1200), (Skr04, 1800)] {
        assert!(matches!(Case::of(chart).account("provider", bank).warned(), Remark::HouseBank { .. }));
        assert!(matches!(Case::of(chart).account("transit", bank).warned(), Remark::HouseBank { .. }));
    }
    for (chart, account, area) in [
        (Skr03, 1410, Area::Receivables),
        (Skr03, 8700, Area::Income),
        (Skr03, 4970, Area::Expense),
        (Skr03, 1800, Area::Private),
        (Skr04, 1205, Area::Receivables),
        (Skr04, 4700, Area::Income),
        (Skr04, 6300, Area::Expense),
    ] {
        // Another account of the same sort: the proposals themselves may stand against it.
        let remark = Case::of(chart).account("provider", account).refused();
        assert!(matches!(remark, Remark::Misplaced { area: found, .. } if found == area), "{remark}");
    }
    for (chart, account) in [(Skr03, 8400), (Skr04, 5923), (Skr03, 1718)] {
        assert!(matches!(
            Case::of(chart).account("provider", account).refused(),
            Remark::AutomaticWithoutTax { .. }
        ));
    }
}

#[test]
fn fees_go_to_an_expense_and_payments_to_a_sale() {
    for (chart, income) in [(Skr03, 8700), (Skr04, 4839)] {
        assert!(matches!(
            Case::of(chart).account("fee", income).refused(),
            Remark::Misplaced { area: Area::Income, .. }
        ));
    }
    let revenue = |chart| Case::of(chart).mode(BookingMode::Revenue);
    assert!(matches!(
        revenue(Skr03).account("payment", 4970).refused(),
        Remark::Misplaced { area: Area::Expense, .. }
    ));
    assert!(matches!(
        revenue(Skr04).account("payment", 1400).refused(),
        Remark::Misplaced { area: Area::Tax, .. }
    ));
    revenue(Skr03).account("refund", 8720).passes();
}

#[test]
fn a_written_off_chargeback_goes_to_bad_debt() {
    for (chart, bad_debt) in [(Skr03, 2406), (Skr04, 6936)] {
        Case::of(chart).account("chargeback", bad_debt).passes();
    }
}

#[test]
fn a_payout_to_a_private_bank_account_is_worth_a_word() {
    for (chart, withdrawal) in [(Skr03, 1800), (Skr04, 2100)] {
        assert!(matches!(
            Case::of(chart).account("transit", withdrawal).warned(),
            Remark::PrivatePayout { .. }
        ));
    }
}

#[test]
fn a_key_stands_where_the_account_admits_it() {
    assert!(matches!(Case::of(Skr03).key("fee", 1590, 9).refused(), Remark::NoKeyPossible { .. }));
    assert!(matches!(Case::of(Skr04).key("fee", 1370, 9).refused(), Remark::NoKeyPossible { .. }));
    let remark = Case::of(Skr03).mode(BookingMode::Revenue).key("refund", 8700, 9).refused();
    assert!(matches!(remark, Remark::WrongDirection { wanted: KeyDirection::Output, .. }));
    Case::of(Skr03).mode(BookingMode::Revenue).key("refund", 8700, 3).passes();
}

#[test]
fn with_ist_versteuerung_the_debtor_carries_the_key_of_the_sale() {
    let case = || Case::of(Skr03).taxation(Taxation::Cash);
    case().key("debtor", 10_000, 3).passes();
    assert!(matches!(
        case().key("debtor", 10_000, 9).refused(),
        Remark::WrongDirection { wanted: KeyDirection::Output, .. }
    ));
}

#[test]
fn a_key_that_says_only_half_names_what_is_missing() {
    let sale =
        |change: fn(&mut Assignment)| Case::of(Skr04).taxation(Taxation::Cash).with("debtor", 10_000, change);
    for key in [10, 44, 240, 250] {
        let plain = Case::of(Skr04).taxation(Taxation::Cash).key("debtor", 10_000, key).refused();
        assert!(matches!(plain, Remark::KeyNeedsVatId { .. }), "{plain}");
    }
    let without_rate = |assignment: &mut Assignment| {
        assignment.tax_key = TaxKey::new(240);
        assignment.eu_vat_id = Some("AT".into());
    };
    assert!(matches!(sale(without_rate).refused(), Remark::KeyNeedsEuRate { .. }));
    sale(|assignment| {
        assignment.tax_key = TaxKey::new(240);
        assignment.eu_vat_id = Some("AT".into());
        assignment.eu_rate = Some(2_000);
    })
    .passes();
    sale(|assignment| {
        assignment.tax_key = TaxKey::new(11);
        assignment.eu_vat_id = Some("ATU12345678".into());
    })
    .passes();
}

#[test]
fn keys_that_need_more_than_kontor_writes_name_what_to_take_instead() {
    let remark = Case::of(Skr03).key("fee", 4970, 400).refused();
    assert!(matches!(remark, Remark::KeyNotOffered { instead: &[401, 402], .. }));
    let remark = Case::of(Skr03).taxation(Taxation::Cash).key("debtor", 10_000, 100).refused();
    assert!(matches!(remark, Remark::KeyNotOffered { instead: &[3, 2], .. }));
    assert!(matches!(
        Case::of(Skr04).key("fee", 6855, 49).refused(),
        Remark::KeyNotOffered { instead: &[], .. }
    ));
    for key in [40, 80] {
        assert!(
            matches!(Case::of(Skr04).key("fee", 6855, key).refused(), Remark::AutomaticOff { .. }),
            "{key}"
        );
    }
    let remark = Case::of(Skr03).key("fee", 4970, 29).refused();
    assert!(matches!(remark, Remark::ReversalKey { of: 9, .. }));
}

#[test]
fn a_key_that_is_not_known_is_worth_a_word() {
    assert!(matches!(Case::of(Skr03).key("fee", 4970, 501).warned(), Remark::UnknownKey { .. }));
    // The worse is said: the account takes input tax back.
    let case = Case::of(Skr03).taxation(Taxation::SmallBusiness).key("fee", 3123, 501);
    assert!(matches!(case.refused(), Remark::KeyOnAutomatic { .. }));
}

#[test]
fn a_chart_of_ones_own_is_asked_for_its_keys_alone() {
    let own = || {
        let accounts = [("provider", 1200), ("debtor", 10_000), ("transit", 8400), ("clarification", 1400)];
        accounts.into_iter().fold(Case::of(Own), |case, (scope, account)| case.account(scope, account))
    };
    own().key("fee", 3123, 506).passes();
    let problems = own().key("fee", 4970, 94).review();
    assert!(matches!(
        &problems[..],
        [ReviewProblem { rule: Some(4), remark: Remark::KeyNeedsFact { .. }, .. }]
    ));
}

#[test]
fn what_an_account_is_agrees_with_its_name() {
    for chart in datev::Chart::ALL {
        for printed in 1..=9999 {
            let number = datev::AccountNumber::new(u32::from(printed)).unwrap();
            let Some(name) = chart.name(datev::AccountLength::FOUR, number) else { continue };
            let is = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
            let wanted = if is(&["Erlöse", "Steuerfreie ", "Sonstige Erträge", "Erträge"]) {
                Area::Income
            } else if is(&["Fremdleistungen", "Aufwendungen", "Forderungsverluste", "Nebenkosten", "Werbe"]) {
                Area::Expense
            } else if is(&["Bank", "Kasse"]) {
                Area::Money
            } else if is(&["Abziehbare Vorsteuer", "Umsatzsteuer"]) {
                Area::Tax
            } else if is(&["Forderungen aus"]) {
                Area::Receivables
            } else if is(&["Verbindlichkeiten aus"]) {
                Area::Payables
            } else {
                continue;
            };
            assert_eq!(Area::of(chart, printed), Some(wanted), "{chart:?} {printed} {name}");
        }
    }
}

#[test]
fn remarks_speak_in_sentences() {
    let remark = Case::of(Skr04).account("provider", 1210).refused();
    assert_eq!(
        remark.to_string(),
        "account 1210 is «Forderungen aus Lieferungen und Leistungen ohne Kontokorrent» (receivables) in SKR04; in SKR03 \
         it would be «Bank 1». For «provider» take 1810"
    );
    let remark = Case::of(Skr03).key("fee", 4970, 400).refused();
    assert_eq!(
        remark.to_string(),
        "key 400 needs fields that Kontor does not write; take 401 (19 %) or 402 (7 %)"
    );
}
