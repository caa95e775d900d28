//! Which BU-Schlüssel a rule may carry, and what else the row needs then.

use datev::{AccountLength, AccountNumber, Chart, KeyDirection, KeyFacts, KeyProblem, TaxKey, check_key};
use ledger::kind::Purpose;
use ledger::rules::Assignment;

use super::{Account, Remark};

/// Fields of the booking batch that a key can need (DATEV developer portal, booking-batch).
const EU_VAT_ID: u16 = 40;
const EU_RATE: u16 = 41;
const FACT_CODE: u16 = 43;

/// What is wrong with the key of an assignment, if it has one.
pub(super) fn remark(
    chart: Option<(Chart, Account)>,
    length: AccountLength,
    purpose: Purpose,
    assignment: &Assignment,
) -> Option<Remark> {
    let key = TaxKey::new(assignment.tax_key?.value()).ok()?;
    on_automatic(chart, length, key)
        .or_else(|| not_offered(key))
        .or_else(|| wrong_place(chart, length, key))
        .or_else(|| wrong_direction(purpose, assignment, key))
        .or_else(|| incomplete(assignment, key))
        .or_else(|| KeyFacts::of(key).is_none().then_some(Remark::UnknownKey { key }))
}

/// No key at all stands on an automatic account, not even the one that switches it off: the account without automatic
/// says the same more clearly.
fn on_automatic(chart: Option<(Chart, Account)>, length: AccountLength, key: TaxKey) -> Option<Remark> {
    let (chart, account) = chart?;
    let automatic = chart.is_automatic(length, account.number);
    automatic.then_some(Remark::KeyOnAutomatic { account: account.number, key })
}

/// Keys that need what Kontor does not write, and keys that only undo something.
fn not_offered(key: TaxKey) -> Option<Remark> {
    if key.switches_automatic_off() {
        return Some(Remark::AutomaticOff { key });
    }
    match key.get() {
        100 => Some(Remark::KeyNotOffered { key, instead: &[3, 2] }),
        400 => Some(Remark::KeyNotOffered { key, instead: &[401, 402] }),
        _ if key == TaxKey::INDIVIDUAL => Some(Remark::KeyNotOffered { key, instead: &[] }),
        number => {
            let undone = KeyFacts::of(key).filter(|facts| facts.key != number);
            undone.map(|facts| Remark::ReversalKey { key, of: facts.key })
        }
    }
}

/// The account admits no key, or only those of the other side of the VAT return.
fn wrong_place(chart: Option<(Chart, Account)>, length: AccountLength, key: TaxKey) -> Option<Remark> {
    let (chart, Account { number, .. }) = chart?;
    // The provider account is judged by itself: here only the account on which the key acts is asked.
    match check_key(chart, length, number, number, key).err()? {
        KeyProblem::OnAutomaticAccount { account, key } => Some(Remark::KeyOnAutomatic { account, key }),
        KeyProblem::NoKeyPossible { account, key } => Some(Remark::NoKeyPossible { account, key }),
        KeyProblem::OutputKeyOnInputAccount { account, key } => {
            Some(Remark::WrongDirection { account, key, wanted: KeyDirection::Input })
        }
        KeyProblem::InputKeyOnOutputAccount { account, key } => {
            Some(Remark::WrongDirection { account, key, wanted: KeyDirection::Output })
        }
    }
}

/// A payment carries the key of the sale, a fee one of input tax, whatever the account would admit.
fn wrong_direction(purpose: Purpose, assignment: &Assignment, key: TaxKey) -> Option<Remark> {
    let wanted = match purpose {
        Purpose::Fee(_) => KeyDirection::Input,
        _ if purpose.concerns_customer() => KeyDirection::Output,
        _ => return None,
    };
    let fits = match KeyFacts::of(key)?.direction {
        KeyDirection::Both => wanted == KeyDirection::Input,
        direction => direction == wanted,
    };
    let account = AccountNumber::new(assignment.account.value()).ok()?;
    (!fits).then_some(Remark::WrongDirection { account, key, wanted })
}

/// Some keys say only half: DATEV wants the country, the rate or the case of § 13b UStG beside them.
fn incomplete(assignment: &Assignment, key: TaxKey) -> Option<Remark> {
    let missing = |field: u16| match field {
        EU_VAT_ID => assignment.eu_vat_id.is_none(),
        EU_RATE => assignment.eu_rate.is_none(),
        FACT_CODE => assignment.fact_code.is_none(),
        _ => true,
    };
    let field = KeyFacts::of(key)?.needs.iter().copied().find(|field| missing(*field))?;
    Some(match field {
        EU_VAT_ID => Remark::KeyNeedsVatId { key },
        EU_RATE => Remark::KeyNeedsEuRate { key },
        FACT_CODE => Remark::KeyNeedsFact { key },
        _ => Remark::KeyNotOffered { key, instead: &[] },
    })
}
