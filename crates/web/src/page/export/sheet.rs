//! The hand-over sheet: what the adviser compares with what DATEV shows after the import. It is made to be printed.

use app::books::batch::Found;
use app::books::sheet::{Balance, ProviderAccount, SettledPart, Sheet as Content};
use ledger::money::{Currency, Money};

use super::{Named, batch_name, scope_name};
use crate::address::Place;
use crate::component::{Cell, Column, Field, Finding, Findings, Form, Message, Part, Section, Table, Tone};
use crate::page::{Frame, Sheet};
use crate::text::Words;

/// What the adviser typed as DATEV's balance, and what it is.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// As it was typed.
    pub text: String,
    /// In minor units; none where it is no amount.
    pub minor: Option<i64>,
}

/// The page.
pub fn page(frame: &Frame, found: &Found, content: &Content, connections: &[Named], typed: &Typed) -> Sheet {
    let t = &frame.t;
    let begun = &found.batch.begun;
    let month = frame.below(Place::Export, &format!("/{}", begun.month));
    let client = frame.client.as_ref().map(|client| client.name.clone()).unwrap_or_default();
    let name = format!("{} · {}", batch_name(t, &found.batch), t.month(begun.month));
    let title = format!("{} · {name}", t.batch_sheet());
    let made = t.sheet_made(t.moment(begun.created_at), &begun.author, begun.settings);
    let facts = vec![
        (t.client().to_owned(), client),
        (t.export_scope().to_owned(), scope_name(t, begun.connection.as_ref(), connections)),
        (t.sheet_postings().to_owned(), t.number(content.postings)),
        (t.sheet_turnover().to_owned(), t.figure(Money::new(content.turnover, Currency::EUR))),
        (t.batch_hash().to_owned(), found.batch.content.sha256.clone()),
    ];
    let mut sheet = Sheet::new(frame.clone(), title, t.sheet_lead())
        .under(t.place_export(), frame.at(Place::Export))
        .under(t.month(begun.month), month.clone())
        .card(Section::new(t.sheet_control(), vec![Part::Facts(facts), Part::Text(made)]));
    if !content.accounts.is_empty() {
        let table = accounts(t, &content.accounts);
        sheet = sheet.card(Section::new(t.sheet_provider_accounts(), vec![Part::Table(table)]));
    }
    if !content.balances.is_empty() {
        let address = format!("{month}/{}/sheet", begun.id);
        sheet = sheet.card(balances(t, content, &address, typed));
    }
    let findings: Vec<Finding> = content
        .findings
        .iter()
        .map(|finding| {
            let tone = if finding.severity == "warning" { Tone::Warn } else { Tone::Quiet };
            Finding::new(tone, t.pick(&finding.german, &finding.english).clone())
        })
        .collect();
    let findings =
        if findings.is_empty() { vec![Finding::new(Tone::Good, t.sheet_no_findings())] } else { findings };
    sheet.card(Section::new(t.sheet_findings(), vec![Part::Findings(Findings(findings))]))
}

fn accounts(t: &Words, accounts: &[ProviderAccount]) -> Table {
    let columns = vec![
        Column::text(t.sheet_account()),
        Column::text(t.currency()),
        Column::number(t.batch_debit()),
        Column::number(t.batch_credit()),
    ];
    let rows = accounts.iter().map(|account| {
        let money = |minor| Cell::Money(Money::new(minor, account.currency));
        vec![
            Cell::Strong(account.account.clone()),
            Cell::Text(account.currency.to_string()),
            money(account.debit),
            money(account.credit),
        ]
    });
    Table::new(t, t.sheet_provider_accounts(), columns).rows(rows)
}

fn balances(t: &Words, content: &Content, address: &str, typed: &Typed) -> Section {
    let columns = vec![
        Column::text(t.sheet_seller()),
        Column::number(t.sheet_old_balance()),
        Column::number(t.sheet_new_balance()),
    ];
    let money = |balance: &Balance, minor: i64| Money::new(minor, currency_of(&balance.currency));
    let rows = content.balances.iter().map(|balance| {
        vec![
            Cell::Strong(balance.seller.clone()),
            Cell::Money(money(balance, balance.opening)),
            Cell::Money(money(balance, balance.closing)),
        ]
    });
    let mut parts = vec![Part::Table(Table::new(t, t.sheet_balances(), columns).rows(rows))];
    for balance in &content.balances {
        parts.push(Part::Table(explained(t, balance).captioned()));
    }
    let field = Field::text("datev", t.sheet_datev_balance())
        .hint(t.sheet_datev_hint())
        .value(&typed.text)
        .class("short");
    if let Some(message) = compared(t, content, typed) {
        parts.push(Part::Message(message));
    }
    parts.push(Part::Form(Box::new(Form::search(address, t.sheet_compare(), vec![field]))));
    Section::new(t.sheet_balances(), parts)
}

/// What is left between the new balance and what was typed; it is compared with the sum over merchants of one currency.
fn compared(t: &Words, content: &Content, typed: &Typed) -> Option<Message> {
    if typed.text.trim().is_empty() {
        return None;
    }
    let Some(minor) = typed.minor else { return Some(Message::new(Tone::Bad, t.sheet_no_amount())) };
    let currency = content.balances.first().map(|balance| balance.currency.as_str())?;
    let own = content.balances.iter().filter(|balance| balance.currency == currency);
    let closing = own.map(|balance| balance.closing).fold(0, i64::saturating_add);
    let difference = minor.saturating_sub(closing);
    Some(if difference == 0 {
        Message::new(Tone::Good, t.sheet_equal())
    } else {
        let amount = t.money(Money::new(difference, currency_of(currency)));
        Message::new(Tone::Warn, t.sheet_differs(amount))
    })
}

fn currency_of(code: &str) -> Currency {
    Currency::parse(code).unwrap_or(Currency::EUR)
}

/// What the closing balance of a merchant consists of.
pub(crate) fn explained(t: &Words, balance: &Balance) -> Table {
    let money = |minor| Cell::Money(Money::new(minor, currency_of(&balance.currency)));
    let mut rows: Vec<(String, i64)> = vec![
        (t.sheet_reserve().to_owned(), balance.reserve),
        (t.sheet_carried().to_owned(), balance.carried_over),
        (t.sheet_not_settled().to_owned(), balance.not_settled),
    ];
    let settled = |part: &SettledPart| {
        let settlement = part.settlement.clone().unwrap_or_else(|| t.sheet_before_first().to_owned());
        let text = if part.state == "unpaid" {
            t.sheet_settled_unpaid(settlement)
        } else {
            t.sheet_settled_difference(settlement)
        };
        (text, part.amount)
    };
    rows.extend(balance.settled.iter().map(settled));
    let columns = vec![Column::text(t.sheet_explained()), Column::number(t.amount_column())];
    let shown = rows.into_iter().filter(|(_, minor)| *minor != 0);
    let shown: Vec<Vec<Cell>> = shown.map(|(text, minor)| vec![Cell::Text(text), money(minor)]).collect();
    let caption = format!("{} · {}", t.sheet_explained(), balance.seller);
    let sums = vec![Cell::Text(t.sheet_new_balance().to_owned()), money(balance.closing)];
    Table::new(t, caption, columns).rows(shown).sums(sums)
}
