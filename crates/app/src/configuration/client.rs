//! `[client]`: Mandantendaten.

use std::collections::BTreeMap;

use datev::{AdviserNumber, ClientNumber, FiscalYears, FormatVersion};
use exports::datev::DatevSettings;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::account::AccountLength;
use ledger::calendar::BookingZone;
use ledger::chart::Chart;
use ledger::money::Currency;
use ledger::rules::{BookingMode, Client, FeeSumming, Taxation};

use super::document::{Field, Problems, Section};
use super::nearest::nearest;
use super::position::Position;
use super::problem::{Need, Type, What};
use super::values;

pub(super) const NAME: &str = "[client]";

/// The keys of `[client]`.
pub(super) const KEYS: &[&str] = &[
    "berater",
    "mandant",
    "chart",
    "account-length",
    "fiscal-years",
    "zone",
    "currency",
    "booking",
    "taxation",
    "fees",
    "start",
    "closed-until",
    "locked",
    "format",
    "exported-by",
];

const CHARTS: [(&str, Chart); 3] =
    [("skr03", Chart::Skr03), ("skr04", Chart::Skr04), ("eigener", Chart::Own)];
const BOOKING_MODES: [(&str, BookingMode); 3] = [
    ("debtor", BookingMode::Debtor),
    ("revenue", BookingMode::Revenue),
    ("receivables", BookingMode::Receivables),
];
const TAXATIONS: [(&str, Taxation); 3] =
    [("soll", Taxation::Accrual), ("ist", Taxation::Cash), ("kleinunternehmer", Taxation::SmallBusiness)];
const FEES: [(&str, FeeSumming); 3] =
    [("single", FeeSumming::Single), ("day", FeeSumming::Day), ("settlement", FeeSumming::Settlement)];

/// A client has fewer fiscal years than this.
const MOST_FISCAL_YEARS: usize = 100;
/// The last year in which a fiscal year can begin: DATEV writes the years to 2099.
const LAST_BEGIN: i16 = 2098;

/// Where the client's days begin, unless the file says otherwise.
pub(super) const ZONE: &str = "Europe/Berlin";
/// Who writes the files, unless the file says otherwise.
pub(super) const EXPORTED_BY: &str = "Kontor";

/// What the section says, as far as it can be understood.
#[derive(Debug, Default)]
pub(super) struct ClientSettings {
    /// The client and what DATEV wants to know; none if anything in the section is wrong.
    pub(super) whole: Option<(Client, DatevSettings)>,
    /// The account tables need it even if something else is wrong.
    pub(super) account_length: Option<AccountLength>,
}

/// Reads the section and notes what is wrong in it.
pub(super) fn read(root: &Section<'_>, problems: &mut Problems<'_>) -> ClientSettings {
    let before = problems.count();
    if root.field("client").is_none() {
        problems.add_at(Position::START, NAME, What::Missing { need: Need::Client });
    }
    let Some(section) = root.section("client", NAME, problems) else { return ClientSettings::default() };
    section.refuse_unknown(KEYS, problems);
    let account_length = account_length(&section, problems);
    let client = client(&section, account_length, problems);
    let whole = client.zip(datev_settings(&section, problems)).filter(|_| problems.count() == before);
    ClientSettings { whole, account_length }
}

fn client(
    section: &Section<'_>,
    account_length: Option<AccountLength>,
    problems: &mut Problems<'_>,
) -> Option<Client> {
    let chart = section.need("chart", Need::Chart, problems, |field| values::one_of(field, &CHARTS));
    let booking_mode = section.take("booking", problems, |field| values::one_of(field, &BOOKING_MODES));
    let taxation = section.take("taxation", problems, |field| values::one_of(field, &TAXATIONS));
    let fee_summing = section.take("fees", problems, |field| values::one_of(field, &FEES));
    let base_currency = section.take("currency", problems, values::currency);
    let start = section.take("start", problems, values::day);
    let closed_until = section.take("closed-until", problems, values::day);
    let zone = zone(section, problems);
    Some(Client {
        chart: chart?,
        account_length: account_length?,
        zone: zone?,
        base_currency: base_currency.unwrap_or(Currency::EUR),
        booking_mode: booking_mode.unwrap_or_default(),
        taxation: taxation.unwrap_or_default(),
        fee_summing: fee_summing.unwrap_or_default(),
        start,
        closed_until,
    })
}

/// Sachkontenlänge, four unless the file says otherwise.
fn account_length(section: &Section<'_>, problems: &mut Problems<'_>) -> Option<AccountLength> {
    if section.field("account-length").is_none() {
        return Some(AccountLength::FOUR);
    }
    let digits = section.take("account-length", problems, |field| values::number(field, 4, 8))?;
    AccountLength::new(digits)
}

fn zone(section: &Section<'_>, problems: &mut Problems<'_>) -> Option<BookingZone> {
    let zone = match section.field("zone") {
        Some(_) => section.take("zone", problems, |field| {
            let name = values::text(field)?;
            TimeZone::get(name).map_err(|_| What::Zone { nearest: nearest_zone(name) })
        }),
        None => TimeZone::get(ZONE).ok(),
    };
    zone.map(BookingZone::new)
}

fn nearest_zone(name: &str) -> Option<String> {
    let known: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    nearest(name, known.iter().map(String::as_str)).map(ToOwned::to_owned)
}

fn datev_settings(section: &Section<'_>, problems: &mut Problems<'_>) -> Option<DatevSettings> {
    let adviser = section.take("berater", problems, |field| values::number(field, 1001, 9_999_999));
    let client = section.take("mandant", problems, |field| values::number(field, 1, 99_999));
    let format_version = section.take("format", problems, format_version);
    let locked = section.take("locked", problems, values::boolean);
    let exported_by = section.take("exported-by", problems, values::exported_by);
    let fiscal_years = fiscal_years(section, problems);
    Some(DatevSettings {
        adviser: AdviserNumber::new(adviser.unwrap_or(1001)).ok()?,
        client: ClientNumber::new(client.unwrap_or(1)).ok()?,
        fiscal_years: fiscal_years?,
        locked: locked.unwrap_or(false),
        format_version: format_version.unwrap_or_default(),
        exported_by: exported_by.unwrap_or_else(|| EXPORTED_BY.to_owned()),
    })
}

fn format_version(field: &Field<'_>) -> Result<FormatVersion, What> {
    let number = values::number(field, 0, u32::MAX)?;
    let version = u8::try_from(number).ok().and_then(FormatVersion::from_number);
    version.ok_or_else(|| values::not_one_of("", ["13", "12", "9"].into_iter()))
}

/// The first days of fiscal years; without a list every fiscal year is the calendar year.
fn fiscal_years(section: &Section<'_>, problems: &mut Problems<'_>) -> Option<FiscalYears> {
    let Some(field) = section.field("fiscal-years") else { return Some(FiscalYears::calendar()) };
    let Some(array) = field.value.as_array().filter(|array| !array.is_empty()) else {
        problems.add(field.span, field.setting, What::WrongType { wanted: Type::Dates });
        return None;
    };
    if let Some(excess) = array.get(MOST_FISCAL_YEARS) {
        problems.add(excess.span(), &field.setting, What::TooMany { most: MOST_FISCAL_YEARS });
    }
    let mut begins: BTreeMap<Date, usize> = BTreeMap::new();
    for value in array.iter().take(MOST_FISCAL_YEARS) {
        let line = problems.position(value.span().start).line;
        let day = values::day_of(value.get_ref()).ok_or(What::WrongType { wanted: Type::Date });
        match day.and_then(|day| values::within(day, LAST_BEGIN)) {
            Err(what) => problems.add(value.span(), &field.setting, what),
            Ok(day) => {
                if let Some(first_line) = begins.insert(day, line) {
                    problems.add(value.span(), &field.setting, What::Twice { first_line });
                }
            }
        }
    }
    FiscalYears::from_begins(begins.into_keys()).ok()
}
