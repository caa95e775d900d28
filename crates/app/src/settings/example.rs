//! How the entries of one example order look by a client's rules, for the forms of texts and accounts.

use jiff::Timestamp;
use ledger::assign::{AssignError, Assigner};
use ledger::calendar::DateRange;
use ledger::entry::Entry;
use ledger::kind::{FeeKind, MovementKind};
use ledger::money::Money;
use ledger::movement::{Context, Fees, Identifiers, Movement};
use ledger::rules::Rules;

/// How many characters DATEV's Buchungstext holds (booking batch, field 14).
const TEXT_MAX: usize = 60;

/// The settlement of the example, and the one before it, which its payout pays.
const SETTLEMENT: &str = "24571234562";
const PAID: &str = "24571234561";

/// An entry of the example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it books, by its name: `payment`, `fee-processing` …
    pub kind: &'static str,
    /// Belegfeld 1.
    pub document_number: String,
    /// Buchungstext, as much of it as DATEV takes.
    pub text: String,
    /// Was it longer?
    pub cut: bool,
    /// Auftragsnummer.
    pub order_number: String,
    /// Konto.
    pub account: String,
    /// Gegenkonto.
    pub contra_account: String,
}

/// A fee of the example, in cents.
type Fee = Option<(FeeKind, i64)>;

/// One row of each kind in cents: gross amount, and its two fees.
const ROWS: [(MovementKind, i64, Fee, Fee); 9] = [
    (MovementKind::Payment, 11_900, Some((FeeKind::Processing, -226)), Some((FeeKind::Fixed, -35))),
    (MovementKind::Refund, -5_950, None, None),
    (MovementKind::Chargeback, -8_400, Some((FeeKind::Chargeback, -1_400)), None),
    (MovementKind::GuaranteeClaim, -2_500, None, None),
    (MovementKind::Dispute, -3_000, None, None),
    (MovementKind::Fee, 0, Some((FeeKind::Authorisation, -10)), None),
    (MovementKind::Adjustment, 150, None, None),
    (MovementKind::Unknown, -75, Some((FeeKind::Other, -5)), None),
    (MovementKind::Payout, -194_410, None, None),
];

/// The entries of an example of each kind, posted at an instant, in a shop (which may be empty).
pub fn examples(rules: &Rules, instant: Timestamp, store: &str) -> Result<Vec<Example>, AssignError> {
    let mut examples = Vec::new();
    let mut assigner = Assigner::new(rules, DateRange::default());
    let currency = rules.client().base_currency;
    for (line, (kind, gross, variable, fixed)) in (1..).zip(ROWS) {
        let money = |minor| Money::new(minor, currency);
        let fee =
            |fee: Fee| fee.map_or((FeeKind::Processing, money(0)), |(kind, minor)| (kind, money(minor)));
        let is_payout = kind == MovementKind::Payout;
        let movement = Movement {
            line,
            settlement: SETTLEMENT,
            kind,
            kind_text: if kind == MovementKind::Unknown { "Loyalty Bonus" } else { "" },
            instant,
            gross: money(gross),
            fees: Fees { variable: fee(variable), fixed: fee(fixed) },
            identifiers: if is_payout { Identifiers::default() } else { ORDER },
            store,
        };
        let context = Context { paid_settlement: is_payout.then_some(PAID), ..Context::default() };
        assigner.assign(&movement, &context, &mut |entry: &Entry<'_>| {
            examples.push(example(entry));
            Ok(())
        })?;
    }
    Ok(examples)
}

const ORDER: Identifiers<'static> = Identifiers {
    order: "TH-20418",
    order_reference: "S02-1234567-7654321",
    transaction: "S02-1234567-7654321-C012345",
    seller_reference: "RE-2026-0815",
};

fn example(entry: &Entry<'_>) -> Example {
    let details = entry.details();
    Example {
        kind: entry.kind().name(),
        document_number: details.document_number.to_string(),
        text: details.text.chars().take(TEXT_MAX).collect(),
        cut: details.text.chars().count() > TEXT_MAX,
        order_number: details.order_reference.to_owned(),
        account: entry.account().to_string(),
        contra_account: entry.contra_account().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Document;
    use ledger::chart::Chart;

    #[test]
    fn an_example_shows_each_kind_with_its_text_and_accounts() {
        let mut document = Document::proposed(Chart::Skr04);
        document.texts.insert("payment".to_owned(), format!("Zahlung {{order}} {}", "x".repeat(60)));
        let rules = document.review().configuration.unwrap().rules;
        let all = examples(&rules, "2026-10-31T23:30:00Z".parse().unwrap(), "").unwrap();
        let kinds: Vec<&str> = all.iter().map(|example| example.kind).collect();
        assert!(kinds.starts_with(&["payment", "fee-processing"]), "{kinds:?}");
        assert!(kinds.ends_with(&["payout"]), "{kinds:?}");
        assert_eq!((all[0].text.chars().count(), all[0].cut), (60, true));
        assert_eq!(all[0].document_number, "TH-20418");
        assert_eq!((all[0].account.as_str(), all[0].contra_account.as_str()), ("1810", "10000"));
        assert_eq!(all.last().unwrap().text, "Amazon Pay Auszahlung 24571234561");
    }
}
