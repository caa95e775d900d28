//! From a movement to its entries: a pure function of the movement, its context and the rules.
//!
//! Gross amount and fee are separate entries, never netted. The side follows the sign of the amount, never the kind.
//! A zero makes no entry. Reserve and carry-over move no money off the provider account and make none either, unless
//! the reserve has an account of its own.

use jiff::civil::Date;

use crate::account::{AccountClass, AccountNumber};
use crate::calendar::{BookingZone, DateRange};
use crate::document_number::{Change, DocumentNumber};
use crate::entry::{BaseAmount, Details, Entry, EntryError, EntryKind};
use crate::kind::{FeeKind, MovementKind, Purpose, UsualSign};
use crate::money::{Currency, Money, MoneyError};
use crate::movement::{Context, Movement};
use crate::rules::{Assignment, Lookup, Rules, TextKey};
use crate::template::{Filling, Template};

/// Makes entries of movements, one after the other. What it remembers is only what makes it quick: the same movement,
/// context and rules give the same entries, whatever came before.
#[derive(Debug)]
pub struct Assigner<'r> {
    rules: &'r Rules,
    period: DateRange,
    lookup: Lookup<'r>,
    zone: BookingZone,
    text: String,
    order_number: String,
    number: String,
}

/// Why money of a row made no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotBooked {
    /// Kontorücklage without an account of its own.
    Reserve,
    /// Saldovortrag: the same money in the next settlement.
    CarryOver,
    /// Nullzeile: neither amount nor fee.
    Zero,
    /// Before the client's first day.
    BeforeStart,
    /// Outside the period that was asked for.
    OutsidePeriod,
}

/// Something about a row that a person should look at; it was booked all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remark {
    /// The kind of the row is not known; it stands on the clarification account.
    UnknownKind,
    /// The amount has a sign that is unusual for its kind.
    UnusualSign,
    /// A fee came back whose payment is not known, and the rules for fees have changed: the rule of its own day was taken.
    ReturnedFeeOfUnknownDay,
    /// Other shops have accounts of their own, this one has none.
    StoreWithoutRule,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The booking date in the client's zone.
    pub date: Date,
    /// How many entries it made.
    pub entries: u32,
    /// What those entries change on the provider account, with its sign.
    pub on_provider: Money,
    /// What made no entry, and why. With `on_provider` it is the net amount of the row.
    pub not_booked: Option<(NotBooked, Money)>,
    /// What a person should look at.
    pub remarks: Vec<Remark>,
    /// Belegfeld 1 of the order and what became of the order's own number; none where nothing was booked.
    pub document: Option<(DocumentNumber, Change)>,
    /// The contra account of the gross amount, where it was booked.
    pub contra_account: Option<AccountNumber>,
}

/// Why a row cannot be booked; nothing of the whole run is handed over then.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// No account for a purpose.
    #[error("line {line}: no account is set for «{purpose}» in {currency}; set one for this currency")]
    NoAccount {
        /// The line of the document.
        line: u64,
        /// What it is needed for.
        purpose: &'static str,
        /// The currency of the row.
        currency: Currency,
    },
    /// No exchange rate for a day.
    #[error("line {line}: there is no rate for {currency} on {day}; the month cannot be exported without it")]
    NoRate {
        /// The line of the document.
        line: u64,
        /// The currency of the row.
        currency: Currency,
        /// The booking date.
        day: Date,
    },
    /// The amount is nothing in the currency of the books, or does not fit.
    #[error("line {line}: {amount} cannot be expressed in {base}")]
    NoBaseAmount {
        /// The line of the document.
        line: u64,
        /// The amount.
        amount: Money,
        /// The currency of the books.
        base: Currency,
    },
    /// The row is no entry.
    #[error("line {line}: {source}")]
    Entry {
        /// The line of the document.
        line: u64,
        /// Why.
        source: EntryError,
    },
    /// Amounts that cannot be summed.
    #[error("line {line}: {source}")]
    Money {
        /// The line of the document.
        line: u64,
        /// Why.
        source: MoneyError,
    },
    /// The receiver of the entries failed.
    #[error(transparent)]
    Sink(Box<dyn std::error::Error + Send + Sync>),
}

/// Takes the entries one by one.
pub trait EntrySink {
    /// Takes one entry; an error ends the run.
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

impl<F> EntrySink for F
where
    F: FnMut(&Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>>,
{
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self(entry)
    }
}

/// What the entries of one row share.
struct Row<'a, 'm> {
    movement: &'a Movement<'m>,
    context: &'a Context<'m>,
    date: Date,
    provider: &'a Assignment,
    document: DocumentNumber,
}

impl<'r> Assigner<'r> {
    /// Books by these rules; rows outside the period are counted and not booked.
    pub fn new(rules: &'r Rules, period: DateRange) -> Self {
        Self {
            rules,
            period,
            lookup: Lookup::new(rules),
            zone: rules.client().zone.clone(),
            text: String::new(),
            order_number: String::new(),
            number: String::new(),
        }
    }

    /// The day on which an instant is booked.
    pub fn date(&mut self, instant: jiff::Timestamp) -> Date {
        self.zone.date(instant)
    }

    /// Makes the entries of one movement and says what became of it.
    pub fn assign(
        &mut self,
        movement: &Movement<'_>,
        context: &Context<'_>,
        sink: &mut impl EntrySink,
    ) -> Result<Outcome, AssignError> {
        let line = movement.line;
        let net = movement.net().map_err(|source| AssignError::Money { line, source })?;
        let date = self.zone.date(movement.instant);
        let mut outcome = Outcome {
            date,
            entries: 0,
            on_provider: Money::zero(movement.currency()),
            not_booked: None,
            remarks: Vec::new(),
            document: None,
            contra_account: None,
        };
        if let Some(reason) = self.left_out(movement, date) {
            outcome.not_booked = Some((reason, net));
            return Ok(outcome);
        }
        outcome.remarks.extend(kind_remarks(movement));
        let provider = self.assignment(Purpose::Provider, movement, date)?;
        let (document, change) = self.document(movement, context);
        outcome.document = Some((document, change));
        let row = Row { movement, context, date, provider, document };
        self.book_gross(&row, &mut outcome, sink)?;
        self.book_fees(&row, &mut outcome, sink)?;
        Ok(outcome)
    }

    fn left_out(&self, movement: &Movement<'_>, date: Date) -> Option<NotBooked> {
        let fees = [movement.fees.variable.1, movement.fees.fixed.1];
        if self.rules.client().start.is_some_and(|start| date < start) {
            Some(NotBooked::BeforeStart)
        } else if !self.period.contains(date) {
            Some(NotBooked::OutsidePeriod)
        } else if movement.gross.is_zero() && fees.iter().all(|fee| fee.is_zero()) {
            Some(NotBooked::Zero)
        } else {
            None
        }
    }

    /// The gross amount: against the contra account of its kind, as a fee where the row is a mere fee.
    fn book_gross(
        &mut self,
        row: &Row<'_, '_>,
        outcome: &mut Outcome,
        sink: &mut impl EntrySink,
    ) -> Result<(), AssignError> {
        let movement = row.movement;
        if movement.gross.is_zero() || movement.kind == MovementKind::Fee {
            return Ok(());
        }
        let purpose = Purpose::Contra(movement.kind);
        let left = match movement.kind {
            MovementKind::CarryOver => Some(NotBooked::CarryOver),
            MovementKind::Reserve if self.reserve_account(movement, row.date).is_none() => {
                Some(NotBooked::Reserve)
            }
            _ => None,
        };
        if let Some(reason) = left {
            outcome.not_booked = Some((reason, movement.gross));
            return Ok(());
        }
        if purpose.concerns_customer() && self.store_without_rule(movement, purpose, row.date) {
            outcome.remarks.push(Remark::StoreWithoutRule);
        }
        let assignment = self.assignment(purpose, movement, row.date)?;
        outcome.contra_account = Some(assignment.account);
        self.book(row, EntryKind::Gross(movement.kind), movement.gross, assignment, outcome, sink)
    }

    /// The fee: one entry where both parts go to the same account in the same way, else one for each part.
    fn book_fees(
        &mut self,
        row: &Row<'_, '_>,
        outcome: &mut Outcome,
        sink: &mut impl EntrySink,
    ) -> Result<(), AssignError> {
        let movement = row.movement;
        let line = movement.line;
        let money = |source| AssignError::Money { line, source };
        let (mut variable, fixed) = (movement.fees.variable, movement.fees.fixed);
        if movement.kind == MovementKind::Fee {
            variable.1 = variable.1.checked_add(movement.gross).map_err(money)?;
        }
        let parts = match (variable.1.is_zero(), fixed.1.is_zero()) {
            (true, true) => return Ok(()),
            (false, true) => [Some(variable), None],
            (true, false) => [Some(fixed), None],
            (false, false) => [Some(variable), Some(fixed)],
        };
        let mut targets: [Option<((FeeKind, Money), &Assignment)>; 2] = [None, None];
        for (target, part) in targets.iter_mut().zip(parts) {
            let Some(part) = part else { continue };
            *target = Some((part, self.fee_assignment(row, part, outcome)?));
        }
        if let [Some((first, assignment)), Some((second, other))] = targets
            && assignment == other
        {
            let together = first.1.checked_add(second.1).map_err(money)?;
            targets = [Some(((first.0, together), assignment)), None];
        }
        for ((kind, amount), assignment) in
            targets.into_iter().flatten().filter(|((_, amount), _)| !amount.is_zero())
        {
            self.book(row, EntryKind::Fee(kind), amount, assignment, outcome, sink)?;
        }
        Ok(())
    }

    /// A returned fee goes by the rule of the day on which it was charged.
    fn fee_assignment(
        &mut self,
        row: &Row<'_, '_>,
        (kind, amount): (FeeKind, Money),
        outcome: &mut Outcome,
    ) -> Result<&'r Assignment, AssignError> {
        let returned = !amount.is_negative() && self.rules.fees_change();
        let unknown = returned && row.context.fee_charged_on.is_none();
        if unknown && !outcome.remarks.contains(&Remark::ReturnedFeeOfUnknownDay) {
            outcome.remarks.push(Remark::ReturnedFeeOfUnknownDay);
        }
        let charged_on = row.context.fee_charged_on.filter(|_| returned).unwrap_or(row.date);
        self.assignment(Purpose::Fee(kind), row.movement, charged_on)
    }

    fn book(
        &mut self,
        row: &Row<'_, '_>,
        kind: EntryKind,
        signed: Money,
        assignment: &Assignment,
        outcome: &mut Outcome,
        sink: &mut impl EntrySink,
    ) -> Result<(), AssignError> {
        let line = row.movement.line;
        let base = self.base_amount(row, signed)?;
        let details = self.details(row, kind, assignment);
        let entry = Entry::new(kind, row.date, signed, row.provider.account, assignment, details)
            .map_err(|source| AssignError::Entry { line, source })?
            .with_base(base);
        sink.take(&entry).map_err(AssignError::Sink)?;
        outcome.entries += 1;
        outcome.on_provider =
            outcome.on_provider.checked_add(signed).map_err(|source| AssignError::Money { line, source })?;
        Ok(())
    }

    /// Fills the texts of an entry into buffers that the next entry uses again.
    fn details<'s>(&'s mut self, row: &Row<'s, '_>, kind: EntryKind, assignment: &Assignment) -> Details<'s> {
        let movement = row.movement;
        let settlement = settlement(row);
        let filling = Filling {
            order: order(movement, row.context).unwrap_or(settlement),
            order_reference: movement.identifiers.order_reference,
            transaction: movement.identifiers.transaction,
            seller_reference: movement.identifiers.seller_reference,
            settlement,
            store: movement.store,
            kind_text: movement.kind_text,
            date: row.date,
        };
        let texts = self.rules.texts();
        fill(texts.template(TextKey::Entry(kind)), &filling, &mut self.text);
        let debtor = assignment.account.class(self.rules.client().account_length) == AccountClass::Debtor;
        let order_number = texts.template(TextKey::OrderNumber).filter(|_| debtor);
        fill(order_number, &filling, &mut self.order_number);
        let document_number = match &assignment.document {
            None => row.document,
            Some(template) => {
                fill(Some(template), &filling, &mut self.number);
                self.rules.numbers(movement.store).number(&self.number).0
            }
        };
        Details {
            document_number,
            text: &self.text,
            order_reference: &self.order_number,
            settlement,
            store: movement.store,
            line: movement.line,
        }
    }

    fn base_amount(&self, row: &Row<'_, '_>, signed: Money) -> Result<Option<BaseAmount>, AssignError> {
        let (line, base, currency) =
            (row.movement.line, self.rules.client().base_currency, signed.currency());
        if currency == base {
            return Ok(None);
        }
        let rate = self.rules.rates().on(currency, row.date);
        let rate = rate.ok_or(AssignError::NoRate { line, currency, day: row.date })?.clone();
        let amount = signed.checked_abs().ok().and_then(|foreign| rate.rate.convert(foreign, base));
        let amount = amount.filter(|amount| !amount.is_zero());
        let amount = amount.ok_or(AssignError::NoBaseAmount { line, amount: signed, base })?;
        Ok(Some(BaseAmount { amount, rate }))
    }

    fn document(&self, movement: &Movement<'_>, context: &Context<'_>) -> (DocumentNumber, Change) {
        match order(movement, context) {
            Some(order) => self.rules.numbers(movement.store).number(order),
            None => (self.rules.numbers("").number(paid(movement, context)).0, Change::None),
        }
    }

    fn assignment(
        &mut self,
        purpose: Purpose,
        movement: &Movement<'_>,
        day: Date,
    ) -> Result<&'r Assignment, AssignError> {
        let currency = movement.currency();
        let rule = self.lookup.rule(purpose, movement.store, currency, day);
        rule.and_then(|rule| rule.assignment.as_ref()).ok_or_else(|| AssignError::NoAccount {
            line: movement.line,
            purpose: purpose.name(),
            currency,
        })
    }

    fn reserve_account(&mut self, movement: &Movement<'_>, day: Date) -> Option<&'r Assignment> {
        let purpose = Purpose::Contra(MovementKind::Reserve);
        self.lookup.rule(purpose, movement.store, movement.currency(), day)?.assignment.as_ref()
    }

    fn store_without_rule(&mut self, movement: &Movement<'_>, purpose: Purpose, day: Date) -> bool {
        if movement.store.is_empty() || !self.rules.stores_have_accounts() {
            return false;
        }
        let rule = self.lookup.rule(purpose, movement.store, movement.currency(), day);
        rule.is_some_and(|rule| rule.store.is_none())
    }
}

/// The order's key; none for a row without an order.
fn order<'m>(movement: &Movement<'m>, context: &Context<'m>) -> Option<&'m str> {
    context.order.or(Some(movement.identifiers.order)).filter(|order| !order.is_empty())
}

/// The settlement that a payout pays, else the row's own.
fn paid<'m>(movement: &Movement<'m>, context: &Context<'m>) -> &'m str {
    let paid = context.paid_settlement.filter(|_| movement.kind == MovementKind::Payout);
    paid.unwrap_or(movement.settlement)
}

fn settlement<'m>(row: &Row<'_, 'm>) -> &'m str {
    paid(row.movement, row.context)
}

fn fill(template: Option<&Template>, filling: &Filling<'_>, into: &mut String) {
    into.clear();
    if let Some(template) = template {
        template.fill(filling, into);
    }
}

fn kind_remarks(movement: &Movement<'_>) -> impl Iterator<Item = Remark> {
    let unusual = match movement.kind.usual_sign() {
        UsualSign::Positive => movement.gross.is_negative(),
        UsualSign::Negative => movement.gross.minor() > 0,
        UsualSign::Either => false,
    };
    let unknown = (movement.kind == MovementKind::Unknown).then_some(Remark::UnknownKind);
    unknown.into_iter().chain(unusual.then_some(Remark::UnusualSign))
}
