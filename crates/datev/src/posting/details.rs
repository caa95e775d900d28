//! The columns of a posting that few rows need.

use std::borrow::Cow;

use jiff::civil::Date;

use super::EuTax;
use crate::{AccountNumber, Country, Discount, DocumentLink, Percent, Quantity, ShortDocumentNumber, Weight};

/// The columns beside the common ones, in the order of the file. A number that does not fit its field, or a text of a
/// field with a restricted set of characters, is refused when the posting is written; free texts are cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details<'a> {
    /// Field 12, Belegfeld 2.
    pub document_number_2: ShortDocumentNumber<'a>,
    /// Field 13, Skonto, above zero.
    pub discount: Option<Discount>,
    /// Field 15, Postensperre.
    pub item_block: Option<bool>,
    /// Field 16, Diverse Adressnummer: at most 9 letters, digits or `_`.
    pub address_number: Cow<'a, str>,
    /// Field 17, Geschäftspartnerbank, three digits; needs `mandate`.
    pub partner_bank: Option<u16>,
    /// Field 18, Sachverhalt.
    pub dunning_case: Option<DunningCase>,
    /// Field 19, Zinssperre.
    pub interest_block: Option<bool>,
    /// Field 20, Beleglink.
    pub document_link: Option<DocumentLink>,
    /// Fields 21 to 36, Beleginfo: at most 8.
    pub document_info: Vec<Info<'a>>,
    /// Field 39, Kost-Menge.
    pub cost_quantity: Option<Quantity>,
    /// Field 42, Abw. Versteuerungsart.
    pub taxation: Option<Taxation>,
    /// Field 44, Funktionsergänzung L+L, three digits (Austria).
    pub reverse_charge_supplement: Option<u16>,
    /// Field 45, Hauptfunktionstyp, one digit; only with key 49.
    pub key_49_type: Option<u8>,
    /// Field 46, Hauptfunktionsnummer, two digits; only with key 49.
    pub key_49_number: Option<u8>,
    /// Field 47, Funktionsergänzung, three digits; only with key 49.
    pub key_49_supplement: Option<u16>,
    /// Fields 48 to 87, Zusatzinformation: at most 20.
    pub additional_info: Vec<Info<'a>>,
    /// Field 88, Stück, eight digits.
    pub pieces: Option<u32>,
    /// Field 89, Gewicht.
    pub weight: Option<Weight>,
    /// Field 90, Zahlweise, two digits.
    pub payment_method: Option<u8>,
    /// Field 91, Forderungsart: at most 10 letters, digits or `_`.
    pub receivable_kind: Cow<'a, str>,
    /// Field 92, Veranlagungsjahr, 2000 to 2099.
    pub assessment_year: Option<u16>,
    /// Field 93, Zugeordnete Fälligkeit.
    pub assigned_due_date: Option<Date>,
    /// Field 94, Skontotyp, one digit.
    pub discount_type: Option<u8>,
    /// Field 96, Buchungstyp of advance payments; a payment leaves it empty.
    pub advance_kind: Option<AdvanceKind>,
    /// Field 97, USt-Schlüssel of the final invoice, at most four digits.
    pub advance_key: Option<u16>,
    /// Field 98, EU country of the final invoice.
    pub advance_country: Option<Country>,
    /// Field 99, Sachverhalt L+L of the final invoice, three digits.
    pub advance_reverse_charge_case: Option<u16>,
    /// Field 100, EU tax rate of the final invoice.
    pub advance_rate: Option<Percent>,
    /// Field 101, revenue account of the final invoice.
    pub advance_account: Option<AccountNumber>,
    /// Field 102, Herkunft-Kz: two capital letters; DATEV replaces it.
    pub origin: Cow<'a, str>,
    /// Field 103, Buchungs GUID, used by DATEV.
    pub posting_guid: Cow<'a, str>,
    /// Field 104, KOST-Datum.
    pub cost_date: Option<Date>,
    /// Field 105, SEPA-Mandatsreferenz, cut at 35 characters.
    pub mandate: Cow<'a, str>,
    /// Field 106, Skontosperre.
    pub discount_block: Option<bool>,
    /// Field 107, Gesellschaftername.
    pub partner_name: Cow<'a, str>,
    /// Field 108, Beteiligtennummer, four digits.
    pub participant_number: Option<u16>,
    /// Field 109, Identifikationsnummer.
    pub identification_number: Cow<'a, str>,
    /// Field 110, Zeichnernummer.
    pub subscriber_number: Cow<'a, str>,
    /// Field 111, Postensperre bis.
    pub item_block_until: Option<Date>,
    /// Field 112, Bezeichnung SoBil-Sachverhalt.
    pub special_balance_label: Cow<'a, str>,
    /// Field 113, Kennzeichen SoBil-Buchung.
    pub special_balance: Option<bool>,
    /// Fields 115 and 116, Leistungsdatum and the date of its tax period.
    pub service: Option<ServiceDate>,
    /// Field 117, Fälligkeit; only with a personal account and without `document_number_2`.
    pub due_date: Option<Date>,
    /// Field 122, BVV-Position, 1 to 5.
    pub asset_comparison: Option<u8>,
    /// Fields 123 and 124, EU country with VAT id and tax rate of the origin.
    pub eu_origin: Option<EuTax<'a>>,
    /// Field 125, Abw. Skontokonto.
    pub discount_account: Option<AccountNumber>,
}

/// A kind (at most 20 characters) and its content (at most 210): both or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info<'a> {
    /// Art.
    pub kind: Cow<'a, str>,
    /// Inhalt.
    pub content: Cow<'a, str>,
}

/// Sachverhalt, field 18.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DunningCase {
    /// 31, Mahnzins.
    Interest,
    /// 40, Mahngebühr.
    Fee,
}

/// Abweichende Versteuerungsart, field 42.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Taxation {
    /// `I`, on payment received.
    OnPayment,
    /// `K`, none.
    None,
    /// `P`, by average rates.
    AverageRates,
    /// `S`, on invoice.
    OnInvoice,
}

/// Buchungstyp, field 96.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AdvanceKind {
    /// `AA`, requested advance payment.
    Requested,
    /// `AG`, received advance payment.
    Received,
    /// `AV`, received advance payment that became a liability.
    Liability,
    /// `SR`, final invoice.
    FinalInvoice,
    /// `SU`, final invoice, transfer of the advance.
    FinalTransfer,
    /// `SG`, final invoice, payment received.
    FinalReceived,
    /// `SO`, final invoice, other.
    FinalOther,
}

/// When a service was rendered and in which tax period it falls: DATEV wants both or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceDate {
    /// Field 115.
    pub date: Date,
    /// Field 116.
    pub tax_period: Date,
}

impl DunningCase {
    /// The number in the file.
    pub const fn number(self) -> u8 {
        match self {
            Self::Interest => 31,
            Self::Fee => 40,
        }
    }

    pub(crate) const ALL: [Self; 2] = [Self::Interest, Self::Fee];
}

impl Taxation {
    /// The letter in the file.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::OnPayment => "I",
            Self::None => "K",
            Self::AverageRates => "P",
            Self::OnInvoice => "S",
        }
    }

    pub(crate) const ALL: [Self; 4] = [Self::OnPayment, Self::None, Self::AverageRates, Self::OnInvoice];
}

impl AdvanceKind {
    /// The letters in the file.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Requested => "AA",
            Self::Received => "AG",
            Self::Liability => "AV",
            Self::FinalInvoice => "SR",
            Self::FinalTransfer => "SU",
            Self::FinalReceived => "SG",
            Self::FinalOther => "SO",
        }
    }

    pub(crate) const ALL: [Self; 7] = [
        Self::Requested,
        Self::Received,
        Self::Liability,
        Self::FinalInvoice,
        Self::FinalTransfer,
        Self::FinalReceived,
        Self::FinalOther,
    ];
}
