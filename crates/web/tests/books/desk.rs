//! A client with a chart and a month of settlements.

use std::sync::Arc;

use app::books::months;
use app::documents::{Receiver, Source, import};
use app::settings::{Document, stored};
use app::{Actor, Silent};
use ledger::calendar::Month;
use ledger::chart::Chart;
use testkit::reports;

use crate::world::World;

const ME: Actor = Actor::CommandLine;

/// Gives the world's client confirmed settings of SKR04 and settlements; says the months that they touch, oldest first.
pub(crate) async fn with_books(world: &World) -> Vec<Month> {
    with_chart(world).await;
    for (name, bytes) in reports::settlements(4) {
        let mut tray = Receiver::new().unwrap();
        tray.take_all(bytes.as_slice()).unwrap();
        let received = tray.finish(&name, Source::Upload).unwrap();
        import(&world.app, &ME, &world.client, received, Arc::new(Silent)).await.unwrap();
    }
    months::held(&world.app, &ME, &world.client).await.unwrap()
}

/// Gives the world's client confirmed settings of SKR04.
pub(crate) async fn with_chart(world: &World) {
    let mut document = Document::proposed(Chart::Skr04);
    document.kontor.accounts_confirmed = Some("true".to_owned());
    stored::save(&world.app, &ME, &world.client, &document, 0, "").await.unwrap();
}

/// What stands behind `before` up to the next quotation mark.
pub(crate) fn after<'a>(body: &'a str, before: &str) -> &'a str {
    let rest = body.split(before).nth(1).unwrap_or_else(|| panic!("{before} is missing in {body}"));
    rest.split('"').next().unwrap()
}
