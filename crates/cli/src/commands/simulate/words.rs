//! What is wrong with the arguments of a simulator, in both languages; the library speaks English.

use amazon_pay::simulator::{BuildError, RuleError};
use app::language::Language;

use crate::commands::generate;

/// Why a fault cannot be read.
pub(super) fn rule_error(error: &RuleError, language: Language) -> String {
    let german = || match error {
        RuleError::NoEquals { rule } => {
            format!("«{rule}» ist keine Störung: WO[:WANN]=WAS, etwa download:3=cut:50%")
        }
        RuleError::UnknownPlace { rule, found } => format!(
            "«{found}» in «{rule}» ist keine Stelle, an der etwas gestört werden kann; die Stellen nennt «kontor simulate amazon-pay --help»"
        ),
        RuleError::UnknownOccasion { rule, found } => format!(
            "«{found}» in «{rule}» nennt keinen Zeitpunkt: 3, 2-5, 4+ oder 10% für jede zehnte durch Los"
        ),
        RuleError::UnknownFault { rule, found } => format!(
            "«{found}» in «{rule}» ist keine Störung; die Störungen nennt «kontor simulate amazon-pay --help»"
        ),
        RuleError::WrongMeasure { rule, found, .. } => format!(
            "«{found}» in «{rule}» hat nicht das Maß, das dazu gehört; Beispiele nennt «kontor simulate amazon-pay --help»"
        ),
        RuleError::Unsuitable { rule, fault, possible } => {
            format!("«{fault}» in «{rule}» kann dort nicht geschehen, nur bei {possible}")
        }
    };
    match language {
        Language::De => german(),
        Language::En => error.to_string(),
    }
}

/// Why there can be no such simulator.
pub(super) fn build_error(error: &BuildError, language: Language) -> String {
    match (error, language) {
        (BuildError::World(error), _) => generate::settings_text(*error, language),
        (_, Language::En) => error.to_string(),
        (BuildError::Merchants { most }, Language::De) => format!("--merchants liegt zwischen 1 und {most}"),
        (BuildError::Key(_), Language::De) => "der Schlüssel des Händlers ließ sich nicht anlegen".to_owned(),
        (BuildError::Randomness, Language::De) => "dieser Rechner hat keine Zufallszahlen".to_owned(),
    }
}
