//! `Mandantendaten`: numbers, chart, ways of booking, closing; copying, and the versions.

use app::settings::names::name_of;
use ledger::account::AccountLength;
use ledger::chart::Chart;
use ledger::kind::{FeeKind, MovementKind, Purpose};
use ledger::rules::{BookingMode, Rules, Taxation};
use store::settings::Version;

use super::{Fields, SettingsView, may_assign};
use crate::address::Place;
use crate::component::{
    Action, Cell, Choice, Column, Entry, Field, Finding, Findings, Form, Part, Section, Table, Tone,
};
use crate::page::{Frame, Sheet};
use crate::text::Words;

/// What every client needs, each with its name among the rules.
const MAIN: [(&str, Purpose); 5] = [
    ("provider", Purpose::Provider),
    ("debtor", Purpose::Contra(MovementKind::Payment)),
    ("fee", Purpose::Fee(FeeKind::Processing)),
    ("transit", Purpose::Contra(MovementKind::Payout)),
    ("clarification", Purpose::Contra(MovementKind::Unknown)),
];

/// The page.
pub fn page(frame: &Frame, view: &SettingsView, versions: &[Version]) -> Sheet {
    let t = frame.t.clone();
    let lead = if view.version.is_some() || view.sent {
        view.lead(&t, t.client_settings_lead())
    } else {
        t.settings_none().to_owned()
    };
    let here = frame.at(Place::ClientSettings);
    let assigns = may_assign(frame);
    let elsewhere =
        view.elsewhere(&t, |place| matches!(place.section, "client" | "kontor") && place.key.is_some());
    let mut sheet = view.messages(Sheet::new(frame.clone(), t.place_client_settings(), lead), elsewhere);
    let accounts = accounts(frame, view);
    sheet = if assigns {
        let form = Section::new(t.numbers_at_adviser(), vec![Part::Form(Box::new(form(&t, view, &here)))]);
        sheet.part(Part::Beside(vec![form, accounts]))
    } else {
        sheet.card(accounts)
    };
    let others: Vec<Choice> = frame
        .clients
        .iter()
        .filter(|other| frame.client.as_ref().is_some_and(|own| own.id != other.id) && other.role.is_some())
        .map(|other| Choice::new(other.id.clone(), other.name.clone()))
        .collect();
    if assigns && !others.is_empty() {
        let entries = vec![Entry::from(Field::list("other", t.copy_from(), others))];
        let form = Form::new(format!("{here}/copy"), t.copy_button(), entries).second();
        let parts = vec![Part::Text(t.copy_text().to_owned()), Part::Form(Box::new(form))];
        sheet = sheet.card(Section::new(t.copy_title(), parts));
    }
    if !versions.is_empty() {
        sheet =
            sheet.card(Section::new(t.versions(), vec![Part::Table(table_of_versions(&t, &here, versions))]));
    }
    sheet
}

fn form(t: &Words, view: &SettingsView, here: &str) -> Form {
    let client = &view.settings.document.client;
    let kontor = &view.settings.document.kontor;
    let fields = Fields { t, view, section: "client", index: None };
    let handling = Fields { t, view, section: "kontor", index: None };
    let mut entries = vec![
        view.based_on(),
        Entry::Fields(vec![
            fields
                .digits("berater", t.adviser_number(), client.berater.as_ref())
                .hint(t.adviser_number_hint()),
            fields.digits("mandant", t.client_number(), client.mandant.as_ref()).hint(t.client_number_hint()),
        ]),
        Entry::Fields(vec![
            fields.list(
                "chart",
                t.chart(),
                &[("", t.chart_choose()), ("skr03", "SKR03"), ("skr04", "SKR04"), ("eigener", t.chart_own())],
                client.chart.as_ref(),
            ),
            fields.list(
                "account-length",
                t.account_length(),
                &[("", "4"), ("5", "5"), ("6", "6"), ("7", "7"), ("8", "8")],
                client.account_length.as_ref().filter(|length| *length != "4"),
            ),
        ]),
        Entry::Fields(vec![
            fields
                .text("fiscal-years", t.fiscal_years(), client.fiscal_years.as_ref())
                .hint(t.fiscal_years_hint()),
            fields.day("start", t.start_of_books(), client.start.as_ref()).hint(t.start_of_books_hint()),
        ]),
    ];
    if view.settings.version > 0 {
        let hint = t.propose_accounts_hint();
        entries.push(Fields::check("propose", t.propose_accounts(), None, hint));
    }
    entries.push(Fields::check(
        "accounts-confirmed",
        t.accounts_confirmed(),
        kontor.accounts_confirmed.as_ref(),
        t.accounts_confirmed_hint(),
    ));
    entries.extend(ways(t, &fields, view));
    entries.extend(closing(t, &fields, &handling, view));
    Form::new(here, t.settings_save(), entries)
}

fn ways(t: &Words, fields: &Fields<'_>, view: &SettingsView) -> Vec<Entry> {
    let client = &view.settings.document.client;
    let kontor = &view.settings.document.kontor;
    let default = |value: &Option<String>, default: &str| value.clone().filter(|value| value != default);
    vec![
        Entry::Heading(t.ways_of_booking().to_owned()),
        Entry::from(fields.list(
            "taxation",
            t.taxation(),
            &[("", t.taxation_soll()), ("ist", t.taxation_ist()), ("kleinunternehmer", t.taxation_small())],
            default(&client.taxation, "soll").as_ref(),
        )),
        Entry::from(fields.list(
            "booking",
            t.booking_mode(),
            &[
                ("", t.booking_debtor()),
                ("revenue", t.booking_revenue()),
                ("receivables", t.booking_receivables()),
            ],
            default(&client.booking, "debtor").as_ref(),
        )),
        Entry::from(fields.list(
            "fees",
            t.fee_summing(),
            &[("", t.fees_single()), ("day", t.fees_by_day()), ("settlement", t.fees_by_settlement())],
            default(&client.fees, "single").as_ref(),
        )),
        Fields::check(
            "reverse-charge-confirmed",
            t.reverse_charge_confirmed(),
            kontor.reverse_charge_confirmed.as_ref(),
            t.reverse_charge_hint(),
        ),
    ]
}

fn closing(t: &Words, fields: &Fields<'_>, handling: &Fields<'_>, view: &SettingsView) -> Vec<Entry> {
    let client = &view.settings.document.client;
    let kontor = &view.settings.document.kontor;
    vec![
        Entry::Heading(t.closing_and_export().to_owned()),
        Entry::Fields(vec![
            fields
                .day("closed-until", t.closed_until(), client.closed_until.as_ref())
                .hint(t.closed_until_hint()),
            handling
                .digits("export-day", t.export_day(), kontor.export_day.as_ref())
                .hint(t.export_day_hint()),
        ]),
        Fields::check("locked", t.lock_batches(), client.locked.as_ref(), t.lock_batches_hint()),
        Fields::check(
            "follow-document-numbers",
            t.follow_numbers(),
            kontor.follow_document_numbers.as_ref(),
            t.follow_numbers_hint(),
        ),
        Entry::Fields(vec![
            fields.list(
                "format",
                t.batch_version(),
                &[("", t.batch_version_newest()), ("12", "12"), ("9", "9")],
                client.format.as_ref().filter(|format| *format != "13"),
            ),
            fields
                .text("exported-by", t.exported_by(), client.exported_by.as_ref())
                .hint(t.exported_by_hint())
                .placeholder("Kontor"),
        ]),
        Entry::Fields(vec![
            fields.text("zone", t.booking_zone(), client.zone.as_ref()).placeholder("Europe/Berlin"),
            fields
                .text("currency", t.books_currency(), client.currency.as_ref())
                .placeholder("EUR")
                .class("short"),
        ]),
    ]
}

/// The accounts that hold, or what each chart proposes.
fn accounts(frame: &Frame, view: &SettingsView) -> Section {
    let t = &frame.t;
    let Some(configuration) = view.configuration() else { return proposals(t) };
    let rules = &configuration.rules;
    let table = in_use(t, rules);
    let confirmed = configuration.handling.accounts_confirmed;
    let mut parts = vec![Part::Table(table)];
    let state = if confirmed {
        Finding::new(Tone::Good, t.accounts_confirmed())
    } else {
        Finding::new(Tone::Warn, t.settings_not_confirmed()).note(t.accounts_in_use_text())
    };
    let mut findings = vec![state];
    findings.extend(warnings(frame, view));
    parts.push(Part::Findings(Findings(findings)));
    let chart = match rules.client().chart {
        Chart::Own => t.chart_own(),
        chart => chart.name(),
    };
    Section::new(t.accounts_in_use(), parts).note(chart)
}

/// What can be booked but deserves a word, each with the way to its field.
pub(crate) fn warnings(frame: &Frame, view: &SettingsView) -> Vec<Finding> {
    let t = &frame.t;
    let doubtful = view.settings.review.problems.iter().filter(|problem| !problem.is_refused());
    doubtful
        .map(|problem| {
            let finding = Finding::new(Tone::Warn, super::sentence(problem.text(t.language())));
            let scope = problem.place.index.and_then(|index| view.settings.document.accounts.get(index));
            let scope = scope.and_then(|rule| rule.scope.as_deref());
            match (problem.place.section, scope, problem.place.index) {
                ("account", Some(scope), Some(index)) => {
                    let place = super::rules::place_of(scope);
                    finding.mend(t.rule_edit(), frame.below(place, &format!("/rule?row={index}")))
                }
                _ => finding,
            }
        })
        .collect()
}

fn in_use(t: &Words, rules: &Rules) -> Table {
    let (today, currency) = (t.today(), rules.client().base_currency);
    let columns = vec![Column::text(t.rule_scope()), Column::text(t.account_number())];
    let rows = MAIN.map(|(name, purpose)| {
        let rule = rules.rule(purpose, "", currency, today);
        let account =
            rule.and_then(|rule| rule.assignment.as_ref()).map(|assignment| assignment.account.to_string());
        let account = account.unwrap_or_default();
        let cell = match name_of(rules, &account).filter(|_| purpose != Purpose::Provider) {
            Some(name) => Cell::Noted(account, name.to_owned()),
            None => Cell::Text(account),
        };
        vec![Cell::Strong(t.scope(name).to_owned()), cell]
    });
    Table::new(t, t.accounts_in_use(), columns).rows(rows)
}

fn proposals(t: &Words) -> Section {
    let columns = vec![Column::text(t.rule_scope()), Column::number("SKR03"), Column::number("SKR04")];
    let rows = MAIN.map(|(name, purpose)| {
        let of = |chart: Chart| {
            let account =
                chart.proposal(purpose, BookingMode::default(), Taxation::default(), AccountLength::FOUR);
            account.map_or(Cell::Empty, |account| Cell::Text(account.to_string()))
        };
        vec![Cell::Strong(t.scope(name).to_owned()), of(Chart::Skr03), of(Chart::Skr04)]
    });
    let table = Table::new(t, t.proposals(), columns).rows(rows);
    Section::new(t.proposals(), vec![Part::Table(table), Part::Text(t.proposals_text().to_owned())])
}

fn table_of_versions(t: &Words, here: &str, versions: &[Version]) -> Table {
    let columns = vec![
        Column::number(t.version_column()),
        Column::text(t.version_when()),
        Column::text(t.log_who()),
        Column::text(t.version_note()),
        Column::text(t.hash_column()),
        Column::acts(),
    ];
    let rows = versions.iter().map(|version| {
        vec![
            Cell::Count(u64::try_from(version.version).unwrap_or_default()),
            Cell::Moment(version.at),
            Cell::Text(version.author.clone()),
            Cell::Quiet(version.note.clone()),
            Cell::Code(version.sha256.chars().take(12).collect()),
            Cell::Link(Action::new(t.version_file(), format!("{here}/versions/{}", version.version))),
        ]
    });
    Table::new(t, t.versions(), columns).rows(rows)
}
