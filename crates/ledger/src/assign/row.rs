//! Booking one row: what stands against its amount, what against its fees, and which texts the entries carry.

use std::fmt::Write as _;

use crate::account::AccountClass;
use crate::document_number::{Change, DocumentNumber};
use crate::entry::{BaseAmount, Details, Entry, EntryKind};
use crate::kind::{FeeKind, MovementKind, Purpose, UsualSign};
use crate::money::{Money, MoneyError};
use crate::movement::{Context, Movement};
use crate::rules::{Assignment, Rules, ShopRules, TextKey};
use crate::template::{Filling, Template};

use super::{AssignError, EntrySink, Outcome, Remark};

/// The texts of an entry, in buffers that the next entry uses again.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    order_reference: String,
    number: String,
}

/// A row that is being booked.
pub(super) struct Row<'a, 'r, 'm> {
    rules: &'r Rules,
    shop: &'a ShopRules<'r>,
    movement: &'a Movement<'m>,
    context: &'a Context<'m>,
    provider: &'r Assignment,
    document: DocumentNumber,
    texts: &'a mut Texts,
    outcome: Outcome,
    in_base: bool,
}

/// A part of the row's fee and where it goes.
type Fee<'r> = (FeeKind, Money, &'r Assignment);

impl<'a, 'r, 'm> Row<'a, 'r, 'm> {
    pub(super) fn new(
        rules: &'r Rules,
        shop: &'a ShopRules<'r>,
        movement: &'a Movement<'m>,
        context: &'a Context<'m>,
        mut outcome: Outcome,
        texts: &'a mut Texts,
    ) -> Result<Self, AssignError> {
        let provider = assignment(shop, Purpose::Provider, movement, outcome.date)?;
        let (document, change) = match order(movement, context) {
            Some(order) => shop.numbers().number(order),
            None => (rules.numbers("").number(settlement(movement, context)).0, Change::None),
        };
        outcome.document = Some((document, change));
        Ok(Self { rules, shop, movement, context, provider, document, texts, outcome, in_base: true })
    }

    /// Are amounts expressed in the currency of the books as well?
    pub(super) fn in_base(self, in_base: bool) -> Self {
        Self { in_base, ..self }
    }

    pub(super) fn book(mut self, sink: &mut impl EntrySink) -> Result<Outcome, AssignError> {
        self.remark_kind();
        self.book_gross(sink)?;
        self.book_fees(sink)?;
        Ok(self.outcome)
    }

    fn remark_kind(&mut self) {
        let Movement { kind, gross, .. } = *self.movement;
        if kind == MovementKind::Unknown {
            self.outcome.remarks.push(Remark::UnknownKind);
        }
        let unusual = match kind.usual_sign() {
            UsualSign::Positive => gross.is_negative(),
            UsualSign::Negative => gross.minor() > 0,
            UsualSign::Either => false,
        };
        if unusual {
            self.outcome.remarks.push(Remark::UnusualSign);
        }
    }

    /// The gross amount: against the contra account of its kind, unless the row is a mere fee or nothing moved off.
    fn book_gross(&mut self, sink: &mut impl EntrySink) -> Result<(), AssignError> {
        let Movement { kind, gross, store, .. } = *self.movement;
        if gross.is_zero() || kind == MovementKind::Fee || self.outcome.not_booked.is_some() {
            return Ok(());
        }
        let purpose = Purpose::Contra(kind);
        let own_accounts =
            purpose.concerns_customer() && !store.is_empty() && self.rules.stores_have_accounts();
        if own_accounts && self.shop.rule(purpose, self.outcome.date).is_some_and(|rule| rule.store.is_none())
        {
            self.outcome.remarks.push(Remark::StoreWithoutRule);
        }
        let assignment = assignment(self.shop, purpose, self.movement, self.outcome.date)?;
        self.outcome.contra_account = Some(assignment.account);
        self.book_amount(EntryKind::Gross(kind), gross, assignment, sink)
    }

    /// The fee: one entry where both parts go to the same account in the same way, else one for each part.
    fn book_fees(&mut self, sink: &mut impl EntrySink) -> Result<(), AssignError> {
        let (mut variable, fixed) = (self.movement.fees.variable, self.movement.fees.fixed);
        if self.movement.kind == MovementKind::Fee {
            variable.1 = variable.1.checked_add(self.movement.gross).map_err(|source| self.money(source))?;
        }
        let fees = match (self.fee(variable)?, self.fee(fixed)?) {
            (Some(variable), Some(fixed)) if variable.2 == fixed.2 => {
                let together = variable.1.checked_add(fixed.1).map_err(|source| self.money(source))?;
                [Some((variable.0, together, variable.2)), None]
            }
            (variable, fixed) => [variable, fixed],
        };
        // Both parts can cancel each other out.
        for (kind, amount, assignment) in
            fees.into_iter().flatten().filter(|(_, amount, _)| !amount.is_zero())
        {
            self.book_amount(EntryKind::Fee(kind), amount, assignment, sink)?;
        }
        Ok(())
    }

    /// Where a part of the fee goes. A returned one goes by the rule of the day on which it was charged.
    fn fee(&mut self, (kind, amount): (FeeKind, Money)) -> Result<Option<Fee<'r>>, AssignError> {
        if amount.is_zero() {
            return Ok(None);
        }
        let mut day = self.outcome.date;
        if !amount.is_negative() && self.rules.fees_change() {
            match self.context.fee_charged_on {
                Some(charged_on) => day = charged_on,
                None if self.outcome.remarks.contains(&Remark::ReturnedFeeOfUnknownDay) => {}
                None => self.outcome.remarks.push(Remark::ReturnedFeeOfUnknownDay),
            }
        }
        let assignment = assignment(self.shop, Purpose::Fee(kind), self.movement, day)?;
        Ok(Some((kind, amount, assignment)))
    }

    fn book_amount(
        &mut self,
        kind: EntryKind,
        signed: Money,
        assignment: &Assignment,
        sink: &mut impl EntrySink,
    ) -> Result<(), AssignError> {
        let line = self.movement.line;
        let base = self.base_amount(signed)?;
        let (date, account) = (self.outcome.date, self.provider.account);
        let entry = Entry::new(kind, date, signed, account, assignment, self.details(kind, assignment))
            .map_err(|source| AssignError::Entry { line, source })?
            .with_base(base);
        sink.take(&entry).map_err(AssignError::Sink)?;
        self.outcome.entries += 1;
        let on_provider = self.outcome.on_provider.checked_add(signed);
        self.outcome.on_provider = on_provider.map_err(|source| self.money(source))?;
        Ok(())
    }

    fn base_amount(&self, signed: Money) -> Result<Option<BaseAmount<'r>>, AssignError> {
        let (line, day) = (self.movement.line, self.outcome.date);
        let (base, currency) = (self.rules.client().base_currency, signed.currency());
        if currency == base || !self.in_base {
            return Ok(None);
        }
        let rate = self.rules.rates().on(currency, day).ok_or(AssignError::NoRate { line, currency, day })?;
        let amount = signed.checked_abs().ok().and_then(|foreign| rate.rate.convert(foreign, base));
        let amount = amount.filter(|amount| !amount.is_zero());
        let amount = amount.ok_or(AssignError::NoBaseAmount { line, amount: signed, base })?;
        Ok(Some(BaseAmount { amount, rate }))
    }

    fn details(&mut self, kind: EntryKind, assignment: &Assignment) -> Details<'_> {
        let movement = self.movement;
        let settlement = settlement(movement, self.context);
        let filling = Filling {
            order: order(movement, self.context).unwrap_or(settlement),
            order_reference: movement.identifiers.order_reference,
            transaction: movement.identifiers.transaction,
            seller_reference: movement.identifiers.seller_reference,
            settlement,
            store: movement.store,
            kind_text: movement.kind_text,
            date: self.outcome.date,
        };
        self.texts.text.clear();
        if let Some(day) = self.outcome.carried_from {
            let _ = write!(self.texts.text, "Nachtrag {:02}.{:02}. ", day.day(), day.month());
        }
        let templates = self.rules.texts();
        add(templates.template(TextKey::Entry(kind)), &filling, &mut self.texts.text);
        let debtor = assignment.account.class(self.rules.client().account_length) == AccountClass::Debtor;
        let order_reference = templates.template(TextKey::OrderNumber).filter(|_| debtor);
        fill(order_reference, &filling, &mut self.texts.order_reference);
        let document_number = match &assignment.document {
            None => self.document,
            Some(template) => {
                fill(Some(template), &filling, &mut self.texts.number);
                self.shop.numbers().number(&self.texts.number).0
            }
        };
        Details {
            document_number,
            text: &self.texts.text,
            order_reference: &self.texts.order_reference,
            settlement,
            store: movement.store,
            line: movement.line,
        }
    }

    fn money(&self, source: MoneyError) -> AssignError {
        AssignError::Money { line: self.movement.line, source }
    }
}

fn assignment<'r>(
    shop: &ShopRules<'r>,
    purpose: Purpose,
    movement: &Movement<'_>,
    day: jiff::civil::Date,
) -> Result<&'r Assignment, AssignError> {
    let assignment = shop.rule(purpose, day).and_then(|rule| rule.assignment.as_ref());
    let (line, currency) = (movement.line, movement.currency());
    assignment.ok_or_else(|| match shop.begins(purpose) {
        Some(begins) => AssignError::NoAccountYet { line, purpose: purpose.name(), currency, day, begins },
        None => AssignError::NoAccount { line, purpose: purpose.name(), currency },
    })
}

/// The order's key; none for a row without an order.
fn order<'m>(movement: &Movement<'m>, context: &Context<'m>) -> Option<&'m str> {
    context.order.or(Some(movement.identifiers.order)).filter(|order| !order.is_empty())
}

/// The row's own settlement, for a payout the one that it pays.
fn settlement<'m>(movement: &Movement<'m>, context: &Context<'m>) -> &'m str {
    let paid = context.paid_settlement.filter(|_| movement.kind == MovementKind::Payout);
    paid.unwrap_or(movement.settlement)
}

fn fill(template: Option<&Template>, filling: &Filling<'_>, into: &mut String) {
    into.clear();
    add(template, filling, into);
}

fn add(template: Option<&Template>, filling: &Filling<'_>, into: &mut String) {
    if let Some(template) = template {
        template.fill(filling, into);
    }
}
