//! What the ledger says about accounts, templates and rules: its own English, and the same in German.

use ledger::account::AccountError;
use ledger::rules::{ClassWanted, RuleProblem};
use ledger::template::TemplateError;

use crate::language::Language;

pub(super) fn account(error: &AccountError, language: Language) -> String {
    let german = match error {
        AccountError::NotDigits(_) => "eine Kontonummer besteht nur aus Ziffern".to_owned(),
        AccountError::Zero => "eine Kontonummer ist nicht null".to_owned(),
        AccountError::Length { found, length, personal, .. } => format!(
            "{found} Stellen; bei Sachkontenlänge {length} hat ein Sachkonto {length} Stellen (oder 4, dann wird es mit Nullen \
             verlängert) und ein Debitor oder Kreditor {personal}"
        ),
    };
    language.pick(german, error.to_string())
}

pub(super) fn template(error: &TemplateError, language: Language) -> String {
    let german = match error {
        TemplateError::Open(_) => "eine geschweifte Klammer ist nicht geschlossen".to_owned(),
        TemplateError::Unknown(name) => format!(
            "{{{name}}} gibt es nicht; es gibt {{order}}, {{reference}}, {{transaction}}, {{seller-reference}}, {{settlement}}, \
             {{store}}, {{type}}, {{Jahr}} und {{Monat}}"
        ),
    };
    language.pick(german, error.to_string())
}

pub(super) fn rule(problem: &RuleProblem, language: Language) -> String {
    language.pick(german(problem), problem.to_string())
}

fn german(problem: &RuleProblem) -> String {
    match problem {
        RuleProblem::Missing { purpose } => {
            format!("für «{purpose}» fehlt ein Konto; ein eigener Kontenrahmen schlägt keines vor")
        }
        RuleProblem::NotBooked { purpose, .. } => {
            format!(
                "«{purpose}» braucht ein Konto; nur die Kontorücklage (reserve) darf auf dem Providerkonto bleiben"
            )
        }
        RuleProblem::KeyNotAllowed { purpose, account, key, .. } => format!(
            "BU-Schlüssel {key} auf Konto {account}: für «{purpose}» ist keiner erlaubt, er wirkt nur auf Aufwand und Erlöse"
        ),
        RuleProblem::KeyOnDebtor { account, key, .. } => format!(
            "BU-Schlüssel {key} auf Konto {account}: nur bei Ist-Versteuerung (§ 20 UStG, taxation = \"ist\") trägt die Zahlung den \
             Schlüssel des Umsatzes"
        ),
        RuleProblem::KeyMissing { account, .. } => format!(
            "bei Ist-Versteuerung (§ 20 UStG) braucht der Debitor {account} den Schlüssel des Umsatzes: key = 3 für 19 %, key = 2 \
             für 7 % …"
        ),
        RuleProblem::WrongClass { purpose, account, wanted, .. } => {
            format!("Konto {account} passt nicht zu «{purpose}»: {}", class_wanted(*wanted))
        }
        RuleProblem::SharedProvider { account, first, second, .. } => format!(
            "Konto {account} ist Providerkonto für {first} und für {second}; jede Währung braucht ein eigenes"
        ),
        RuleProblem::ProviderAsContra { purpose, account, .. } => {
            format!(
                "Konto {account} ist das Providerkonto und kann nicht sein eigenes Gegenkonto sein («{purpose}»)"
            )
        }
        RuleProblem::Twice { .. } => {
            "diese Regel und eine frühere gelten für denselben Zweck, Shop, Tag und dieselbe Währung"
                .to_owned()
        }
    }
}

fn class_wanted(wanted: ClassWanted) -> &'static str {
    match wanted {
        ClassWanted::Debtor => {
            "bei der Buchungsweise Debitor ist es ein Debitor (eine Stelle mehr, die erste 1 bis 6)"
        }
        ClassWanted::GeneralLedger => "es muss ein Sachkonto sein",
        ClassWanted::ExpenseOrCreditor => {
            "es muss ein Aufwandskonto sein oder ein Kreditor (eine Stelle mehr, die erste 7 bis 9)"
        }
        ClassWanted::NoCreditor => "ein Kreditor kann nicht gegen die Zahlung eines Kunden stehen",
    }
}
