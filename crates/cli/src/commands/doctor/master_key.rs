//! Is the master key there, safe from others, and the one of this database?

use app::{Language, say};
use store::vault::{self, Source};
use store::{Database, Vault};

use super::line::{Line, Subject};
use crate::house::{HouseArguments, locked, lost};

const THIS: Subject = Subject::MasterKey;

/// Looks at the key, without making one.
pub(super) async fn look(house: &HouseArguments, database: Option<&Database>, language: Language) -> Line {
    let source = house.key_source();
    let place = source.to_string();
    if let Source::File(path) = &source
        && !path.exists()
    {
        let sealed = match database {
            Some(database) => vault::is_sealed(database).await.unwrap_or(false),
            None => false,
        };
        return if sealed {
            Line::wrong(THIS, lost(&place, language))
        } else {
            let text = say!(
                language,
                "noch keiner da; der erste Start legt ihn an: {place}",
                "none yet; the first start makes it: {place}"
            );
            Line::ok(THIS, text)
        };
    }
    let vault = match Vault::open_source(source) {
        Ok(vault) => vault,
        Err(error) => return Line::wrong(THIS, locked(&error, language).to_string()),
    };
    let fits = match database {
        Some(database) => vault::fits(database, &vault).await,
        None => Ok(false),
    };
    match fits {
        Ok(true) => Line::ok(
            THIS,
            say!(
                language,
                "{place}: nur für Kontor lesbar, öffnet diese Datenbank. Ist er getrennt gesichert?",
                "{place}: readable for Kontor alone, opens this database. Is there a copy of it elsewhere?"
            ),
        ),
        Ok(false) => Line::ok(THIS, say!(language, "{place}: ein Schlüssel", "{place}: a key")),
        Err(error) => Line::wrong(THIS, locked(&error, language).to_string()),
    }
}
