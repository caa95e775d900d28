//! `:86:166?00GUTSCHRIFT?20EREF+…?30BIC?31IBAN?32name`: the text of a booking.
//!
//! The German form has a business code (GVC) of three digits and numbered sub-fields: 00 booking text, 20 to 29 and 60 to
//! 63 Verwendungszweck, 30 bank, 31 account, 32 and 33 name, 34 a code for returns. In the Verwendungszweck SEPA
//! words begin parts: `EREF+`, `KREF+`, `MREF+`, `CRED+`, `SVWZ+` … Other banks write free text, or SWIFT's `/EREF/…/`.

use super::booking::Booking;
use super::codewords::{self, Words};
use crate::reference::provided;
use crate::statement::{Details, Party};

/// A line of the Verwendungszweck has so many characters; a full one goes on in the next without a blank between.
const LINE: usize = 27;

/// Reads the text of a booking: the bank's words for it, and what stands behind it.
pub(super) fn read(lines: &[&str], booking: &Booking<'_>, supplement: &[&str]) -> (String, Details) {
    let own = Details {
        reference: provided(booking.reference.to_owned()),
        bank_reference: booking.bank_reference.to_owned(),
        code: booking.code.to_owned(),
        ..Details::default()
    };
    let whole: String = lines.concat();
    match sub_fields(&whole) {
        Some((code, fields)) => structured(code, &fields, own),
        None => free(lines, supplement, own),
    }
}

/// The business code and the sub-fields by number, in order. The sign between them is the bank's choice, mostly `?`.
fn sub_fields(text: &str) -> Option<(&str, Vec<(u8, &str)>)> {
    let (code, rest) = text.split_at_checked(3)?;
    let separator = rest.chars().next().filter(char::is_ascii_punctuation)?;
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut fields: Vec<(u8, &str)> = Vec::new();
    let mut begin = None;
    for (place, _) in rest.match_indices(separator) {
        let after = place + separator.len_utf8();
        let number = rest.get(after..after + 2).filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(number) = number.and_then(|number| number.parse::<u8>().ok()) else { continue };
        close(&mut fields, rest, begin, place);
        begin = Some((number, after + 2));
    }
    close(&mut fields, rest, begin, rest.len());
    (!fields.is_empty()).then_some((code, fields))
}

fn close<'t>(fields: &mut Vec<(u8, &'t str)>, text: &'t str, begin: Option<(u8, usize)>, end: usize) {
    if let Some((number, begin)) = begin {
        fields.push((number, text.get(begin..end).unwrap_or_default()));
    }
}

fn structured(code: &str, fields: &[(u8, &str)], own: Details) -> (String, Details) {
    let raw = |number: u8| -> String {
        fields.iter().filter(|(of, _)| *of == number).map(|(_, text)| *text).collect()
    };
    let one = |number: u8| raw(number).trim().to_owned();
    let lines: Vec<&str> = fields
        .iter()
        .filter(|(number, _)| matches!(number, 20..=29 | 60..=63))
        .map(|(_, text)| *text)
        .collect();
    let words = codewords::read(&lines, LINE);
    let name = joined(&raw(32), &raw(33));
    let mut details = with_words(words, own);
    details.code = format!("{}+{code}", details.code);
    let party = Party { name, account: one(31), bank: one(30) };
    details.counterparty = fill(party, std::mem::take(&mut details.counterparty));
    let returned = one(34);
    // 901 to 939 in field 34 are the reasons of returns (DFÜ-Abkommen, Anlage 3); 997 and the like say only what is usual.
    let is_reason = returned.parse::<u16>().is_ok_and(|code| (901..940).contains(&code));
    if details.return_reason.is_empty() && is_reason {
        details.return_reason = returned;
    }
    (one(0), details)
}

/// A name that fills its line goes on without a blank.
fn joined(first: &str, second: &str) -> String {
    let blank = if first.chars().count() < LINE && !second.is_empty() { " " } else { "" };
    format!("{first}{blank}{second}").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fill(party: Party, other: Party) -> Party {
    let or = |one: String, other: String| if one.is_empty() { other } else { one };
    Party {
        name: or(party.name, other.name),
        account: or(party.account, other.account),
        bank: or(party.bank, other.bank),
    }
}

fn with_words(words: Words, own: Details) -> Details {
    Details {
        counterparty: Party { name: words.name, account: words.account, bank: words.bank },
        end_to_end_id: provided(words.end_to_end),
        reference: if words.customer.is_empty() { own.reference } else { provided(words.customer) },
        mandate: words.mandate,
        creditor_id: words.creditor,
        text: words.text,
        return_reason: words.return_reason,
        ..own
    }
}

fn free(lines: &[&str], supplement: &[&str], own: Details) -> (String, Details) {
    let whole: String = lines.concat();
    if let Some(words) = codewords::slashed(&whole) {
        return (String::new(), with_words(words, own));
    }
    let used = if lines.is_empty() { supplement } else { lines };
    let text: Vec<&str> = used.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    (String::new(), Details { text: text.join(" "), ..own })
}
