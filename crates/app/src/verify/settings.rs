//! Each version of each client's settings by its hash.

use store::{Database, settings};

use super::mismatch::{Mismatch, Said, restore};
use super::{Counted, PAGE, Stopped};
use crate::convert::digest::sha256;

pub(super) async fn look(database: &Database, counted: &mut Counted) -> Result<(), Stopped> {
    let mut last = None;
    loop {
        let mut transaction = database.read().await?;
        let after = last.as_ref().map(|(client, version)| (client, *version));
        let page = settings::after(&mut transaction, after, PAGE).await?;
        drop(transaction);
        let Some((client, version)) = page.last() else { return Ok(()) };
        last = Some((client.clone(), version.version));
        for (client, version) in page {
            let found = sha256(version.content.as_bytes());
            if found != version.sha256 {
                let number = version.version;
                return Err(Mismatch {
                    code: "settings-bytes",
                    place: Said::new(
                        format!("Einstellungen des Mandanten {client}, Fassung {number}"),
                        format!("settings of client {client}, version {number}"),
                    ),
                    expected: Said::same(format!("SHA-256 {}", version.sha256)),
                    found: Said::same(format!("SHA-256 {found}")),
                    advice: restore(),
                }
                .into());
            }
            counted.settings += 1;
        }
    }
}
