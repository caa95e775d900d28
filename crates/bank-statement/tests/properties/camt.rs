//! A writer of camt.053 for tests: what the schema asks for, and what the reader understands.

use std::fmt::Write as _;

use bank_statement::{Amount, Balance, Details, Entry, Statement};

struct Writer {
    out: String,
    prefix: String,
    version: u8,
}

/// A document with these statements; elements have the prefix of their namespace, or none.
pub(crate) fn write(statements: &[Statement], version: u8, prefix: &str) -> String {
    let namespace = format!("urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version:02}");
    let (colon, declaration) = match prefix {
        "" => (String::new(), format!("xmlns=\"{namespace}\"")),
        prefix => (format!("{prefix}:"), format!("xmlns:{prefix}=\"{namespace}\"")),
    };
    let mut writer = Writer { out: String::new(), prefix: colon, version };
    let colon = writer.prefix.clone();
    write!(writer.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{colon}Document {declaration}>")
        .unwrap();
    writer.element("BkToCstmrStmt", |writer| {
        writer.element("GrpHdr", |writer| {
            writer.text("MsgId", "MADE-BY-LOT");
            writer.text("CreDtTm", "2026-11-02T20:00:00");
        });
        for statement in statements {
            writer.element("Stmt", |writer| writer.statement(statement));
        }
    });
    write!(writer.out, "\n</{colon}Document>\n").unwrap();
    writer.out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&#62;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

fn figure(amount: Amount) -> String {
    let minor = amount.minor().unsigned_abs();
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn indicator(amount: Amount) -> &'static str {
    if amount.is_negative() { "DBIT" } else { "CRDT" }
}

impl Writer {
    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        let prefix = self.prefix.clone();
        write!(self.out, "\n<{prefix}{name}>").unwrap();
        content(self);
        write!(self.out, "</{prefix}{name}>").unwrap();
    }

    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.element(name, |writer| writer.out.push_str(&escaped(text)));
        }
    }

    /// Elements in one another around a text; nothing where the text is empty.
    fn deep(&mut self, way: &[&str], text: &str) {
        match way {
            [name] => self.text(name, text),
            [name, rest @ ..] if !text.is_empty() => self.element(name, |writer| writer.deep(rest, text)),
            _ => {}
        }
    }

    fn amount(&mut self, name: &str, amount: Amount) {
        let (prefix, currency) = (self.prefix.clone(), amount.currency());
        write!(self.out, "\n<{prefix}{name} Ccy=\"{currency}\">{}</{prefix}{name}>", figure(amount)).unwrap();
    }

    fn statement(&mut self, statement: &Statement) {
        self.text("Id", &statement.id);
        self.text("ElctrncSeqNb", &statement.number);
        self.text("CreDtTm", "2026-11-02T20:00:00");
        self.element("Acct", |writer| {
            writer.deep(&["Id", "IBAN"], &statement.account.to_string());
            writer.text("Ccy", statement.currency.code());
        });
        let opening = if self.version == 2 { "PRCD" } else { "OPBD" };
        self.balance(opening, &statement.opening);
        self.balance("CLBD", &statement.closing);
        let own = statement.account.to_string();
        for entry in &statement.entries {
            self.element("Ntry", |writer| writer.entry(entry, &own));
        }
    }

    fn balance(&mut self, code: &str, balance: &Balance) {
        self.element("Bal", |writer| {
            writer.deep(&["Tp", "CdOrPrtry", "Cd"], code);
            writer.amount("Amt", balance.amount);
            writer.text("CdtDbtInd", indicator(balance.amount));
            writer.deep(&["Dt", "Dt"], &balance.date.to_string());
        });
    }

    fn entry(&mut self, entry: &Entry, own: &str) {
        self.amount("Amt", entry.amount);
        self.text("CdtDbtInd", indicator(entry.amount));
        if entry.reversal {
            self.text("RvslInd", "true");
        }
        let status: &[&str] = if self.version == 2 { &["Sts"] } else { &["Sts", "Cd"] };
        self.deep(status, "BOOK");
        self.deep(&["BookgDt", "Dt"], &entry.booking_date.to_string());
        self.deep(&["ValDt", "Dt"], &entry.value_date.to_string());
        self.text("AcctSvcrRef", &entry.details.bank_reference);
        self.deep(&["BkTxCd", "Prtry", "Cd"], &entry.details.code);
        self.element("NtryDtls", |writer| {
            if entry.transactions.is_empty() {
                writer.element("TxDtls", |writer| writer.details(&entry.details, entry.amount, own));
            }
            for transaction in &entry.transactions {
                let amount = transaction.amount.unwrap();
                writer.element("TxDtls", |writer| writer.details(&transaction.details, amount, own));
            }
        });
        self.text("AddtlNtryInf", &entry.booking_text);
    }

    fn details(&mut self, details: &Details, amount: Amount, own: &str) {
        self.element("Refs", |writer| {
            writer.text("AcctSvcrRef", &details.bank_reference);
            writer.text("InstrId", &details.reference);
            let end_to_end =
                if details.end_to_end_id.is_empty() { "NOTPROVIDED" } else { &details.end_to_end_id };
            writer.text("EndToEndId", end_to_end);
            writer.text("MndtId", &details.mandate);
        });
        if self.version == 2 {
            self.element("AmtDtls", |writer| {
                writer.element("TxAmt", |writer| writer.amount("Amt", amount));
            });
        } else {
            self.amount("Amt", amount);
            self.text("CdtDbtInd", indicator(amount));
        }
        self.deep(&["BkTxCd", "Prtry", "Cd"], &details.code);
        self.element("RltdPties", |writer| writer.parties(details, amount.is_negative(), own));
        let agent = if amount.is_negative() { "CdtrAgt" } else { "DbtrAgt" };
        let bic = if self.version == 2 { "BIC" } else { "BICFI" };
        self.element("RltdAgts", |writer| {
            writer.deep(&[agent, "FinInstnId", bic], &details.counterparty.bank);
        });
        if !details.text.is_empty() {
            // Texts longer than a line of 140 characters come in several; the blank between them is the reader's.
            self.deep(&["RmtInf", "Ustrd"], &details.text);
        }
    }

    fn parties(&mut self, details: &Details, debit: bool, own: &str) {
        let other = &details.counterparty;
        let (debtor, creditor) =
            if debit { ("Unser Haus", other.name.as_str()) } else { (other.name.as_str(), "Unser Haus") };
        let (debtor_account, creditor_account) =
            if debit { (own, other.account.as_str()) } else { (other.account.as_str(), own) };
        let old = self.version == 2;
        self.deep(if old { &["Dbtr", "Nm"] } else { &["Dbtr", "Pty", "Nm"] }, debtor);
        self.deep(&["DbtrAcct", "Id", "IBAN"], debtor_account);
        self.element("Cdtr", |writer| {
            let content = |writer: &mut Self| {
                writer.text("Nm", creditor);
                writer.deep(&["Id", "PrvtId", "Othr", "Id"], &details.creditor_id);
            };
            if old { content(writer) } else { writer.element("Pty", content) }
        });
        self.deep(&["CdtrAcct", "Id", "IBAN"], creditor_account);
    }
}
