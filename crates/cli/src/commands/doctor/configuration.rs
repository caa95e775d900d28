//! Do the settings fit together?

use app::{Language, say};
use web::server::Site;

use super::DoctorArguments;
use super::line::{Line, Subject};

const THIS: Subject = Subject::Configuration;

/// Looks at what is set by arguments and environment.
pub(super) fn look(arguments: &DoctorArguments, language: Language) -> Line {
    let house = &arguments.house;
    let place = match &house.database {
        // A password may stand before the host.
        Some(address) => address.rsplit_once('@').map_or("PostgreSQL", |(_, host)| host).to_owned(),
        None => house.data.display().to_string(),
    };
    let Some(url) = &arguments.public_url else {
        return Line::warning(
            THIS,
            say!(
                language,
                "Daten in {place}; keine öffentliche Adresse genannt",
                "data in {place}; no public address is named"
            ),
            language.pick(
                "Links in Mails und Einladungen brauchen sie: KONTOR_PUBLIC_URL=https://kontor.example.com",
                "Links in mails and invitations need it: KONTOR_PUBLIC_URL=https://kontor.example.com",
            ),
        );
    };
    let Ok(site) = Site::new(url, false) else {
        return Line::error(
            THIS,
            say!(language, "«{url}» ist keine öffentliche Adresse", "«{url}» is no public address"),
            language.pick(
                "So wird sie geschrieben: https://kontor.example.com, ohne Pfad (KONTOR_PUBLIC_URL)",
                "It is written like this: https://kontor.example.com, without a path (KONTOR_PUBLIC_URL)",
            ),
        );
    };
    let text = say!(language, "Daten in {place}, Adresse {}", "data in {place}, address {}", site.origin());
    let host = site.origin().split_once("://").map_or("", |(_, host)| host);
    let here = ["localhost", "127.", "[::1]"].iter().any(|start| host.starts_with(start));
    if site.is_secure() || here {
        return Line::ok(THIS, text);
    }
    Line::warning(
        THIS,
        text,
        language.pick(
            "Ohne TLS gehen Passwörter lesbar über das Netz. Stellen Sie nginx oder Caddy davor (docs/betrieb.md).",
            "Without TLS passwords cross the network in the clear. Put nginx or Caddy before it (docs/operating.md).",
        ),
    )
}
