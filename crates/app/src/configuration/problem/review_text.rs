//! What DATEV's charts and keys say about a rule: the English of the room that asks them, and the same in German.

use datev::{Chart, KeyDirection};
use exports::datev::review::{Area, Remark};
use ledger::kind::Purpose;

use crate::language::Language;

pub(super) fn say(remark: &Remark, language: Language) -> String {
    language.pick(german(remark), remark.to_string())
}

fn german(remark: &Remark) -> String {
    of_account(remark).unwrap_or_else(|| of_key(remark))
}

fn of_account(remark: &Remark) -> Option<String> {
    Some(match remark {
        Remark::WrongChart { account, purpose, chart, name, area, other, other_name, wanted } => format!(
            "Konto {account} ist im {} {}; {}. Für «{}» gilt hier {wanted}",
            chart_name(*chart),
            described(*name, *area),
            of_other_chart(*other, *other_name),
            spoken(*purpose)
        ),
        Remark::Collective { account, name, instead, .. } => format!(
            "Konto {account} ist ein Sammelkonto{}, das DATEV selbst füllt{}",
            name.map(|name| format!(" («{name}»)")).unwrap_or_default(),
            instead_account(*instead)
        ),
        Remark::Reserved { account, chart, instead } => format!(
            "Konto {account} ist im {} reserviert und darf nicht bebucht werden{}",
            chart_name(*chart),
            instead_account(*instead)
        ),
        Remark::AutomaticWithoutTax { account, purpose } => format!(
            "Konto {account} ist ein Automatikkonto und rechnet aus jedem Betrag Steuer heraus; «{}» trägt keine",
            spoken(*purpose)
        ),
        Remark::Misplaced { account, purpose, chart, area, name } => format!(
            "Konto {account} ist im {} {} und passt nicht zu «{}»",
            chart_name(*chart),
            described(*name, Some(*area)),
            spoken(*purpose)
        ),
        Remark::HouseBank { account, chart, purpose } => format!(
            "Konto {account} ist im {} meist die Hausbank; auch ihr Kontoauszug bucht dort, «{}» würde damit vermischt oder doppelt \
             gebucht",
            chart_name(*chart),
            spoken(*purpose)
        ),
        Remark::PrivatePayout { account } => format!(
            "Konto {account} ist ein Privatkonto: jede Auszahlung wird als Entnahme gebucht. Das stimmt nur, wenn das Geld auf ein \
             privates Bankkonto geht"
        ),
        Remark::DeductionByAccount { account, instead } => format!(
            "Konto {account} zieht Vorsteuer, die ein Kleinunternehmer (§ 19 UStG) nicht hat; statt dessen {instead}"
        ),
        Remark::TaxedSale { account, instead } => format!(
            "Konto {account} rechnet Umsatzsteuer heraus, die ein Kleinunternehmer (§ 19 UStG) nicht schuldet; statt dessen {instead}"
        ),
        _ => return None,
    })
}

fn of_key(remark: &Remark) -> String {
    match remark {
        Remark::KeyOnAutomatic { account, key } => format!(
            "Konto {account} ist ein Automatikkonto und trägt seine Steuer selbst; BU-Schlüssel {key} weglassen"
        ),
        Remark::NoKeyPossible { account, key } => {
            format!("Konto {account} lässt keinen BU-Schlüssel zu; {key} weglassen")
        }
        Remark::WrongDirection { account, key, wanted } => format!(
            "BU-Schlüssel {key} auf Konto {account}: hier sind nur Schlüssel der {} möglich",
            match wanted {
                KeyDirection::Output => "Umsatzsteuer (des Verkaufs)",
                _ => "Vorsteuer",
            }
        ),
        Remark::ReversalKey { key, of } => format!(
            "BU-Schlüssel {key} nimmt eine Buchung mit {of} zurück; hier {of} angeben, eine Korrektur schreibt Kontor als Generalumkehr"
        ),
        Remark::AutomaticOff { key } => format!(
            "BU-Schlüssel {key} hebt die Automatik eines Kontos auf; statt dessen ein Konto ohne Automatik nehmen"
        ),
        Remark::KeyNotOffered { key, instead } => format!(
            "BU-Schlüssel {key} braucht Felder, die Kontor nicht schreibt; {}",
            match instead {
                [first, second] => format!("statt dessen {first} (19 %) oder {second} (7 %)"),
                _ => "statt dessen einen anderen nehmen".to_owned(),
            }
        ),
        Remark::KeyNeedsVatId { key } => {
            format!("BU-Schlüssel {key} braucht Land und USt-IdNr. der Gegenseite (vat-id, Feld 40)")
        }
        Remark::KeyNeedsEuRate { key } => {
            format!("BU-Schlüssel {key} braucht den Steuersatz des anderen Landes (eu-rate, Feld 41)")
        }
        Remark::KeyNeedsFact { key } => format!(
            "BU-Schlüssel {key} braucht den Sachverhalt L+L (fact, Feld 43): 7 für die Leistung eines EU-Unternehmers; oder \
             Schlüssel 506"
        ),
        Remark::UnknownKey { key } => format!(
            "BU-Schlüssel {key} steht nicht in der Liste, die Kontor kennt; ob er zum Konto passt, wurde nicht geprüft (DATEV \
             Dok. 0907055)"
        ),
        Remark::DeductionByKey { key } => format!(
            "BU-Schlüssel {key} zieht Vorsteuer, die ein Kleinunternehmer (§ 19 UStG) nicht hat; für § 13b UStG 6506, sonst keiner"
        ),
        // The others are about the account and have been said above.
        _ => remark.to_string(),
    }
}

fn chart_name(chart: Chart) -> &'static str {
    match chart {
        Chart::Skr03 => "SKR03",
        Chart::Skr04 => "SKR04",
    }
}

/// The name with the sort of account, or whichever of them is known.
fn described(name: Option<&'static str>, area: Option<Area>) -> String {
    match (name, area.map(Area::german)) {
        (Some(name), Some(area)) => format!("«{name}» ({area})"),
        (Some(name), None) => format!("«{name}»"),
        (None, Some(area)) => format!("ein Konto der Gruppe {area}"),
        (None, None) => "nicht dafür da".to_owned(),
    }
}

fn of_other_chart(other: Chart, name: Option<&'static str>) -> String {
    let chart = chart_name(other);
    name.map_or_else(
        || format!("die Nummer ist eine des {chart}"),
        |name| format!("im {chart} wäre es «{name}»"),
    )
}

/// The kinds of fee share an account more often than not, so they go by one name.
fn spoken(purpose: Purpose) -> &'static str {
    if matches!(purpose, Purpose::Fee(_)) { "fee" } else { purpose.name() }
}

fn instead_account(instead: Option<u16>) -> String {
    instead.map(|account| format!("; statt dessen {account}")).unwrap_or_default()
}
