//! PostgreSQL undoes transactions as it likes, here at one statement in ten: everything comes exactly once all the same.

use std::sync::Arc;

use app::Actor;
use app::connections::Shown;
use app::documents::{Intake, library};
use app::jobs::{Worker, schedule};
use jiff::SignedDuration;
use store::{Database, arguments};
use testkit::database::postgres;

use crate::world::World;

/// Lets writing to a table fail now and then, as a serialisation failure does; seldom where one transaction writes a
/// hundred times.
async fn undo_now_and_then(database: &Database) {
    let mut transaction = database.begin().await.unwrap();
    let statements = [
        "CREATE FUNCTION undo() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF random() < (CASE TG_TABLE_NAME WHEN 'payout' THEN 0.01 ELSE 0.1 END) THEN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END IF;
            RETURN NULL; END $$",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON job FOR EACH STATEMENT EXECUTE FUNCTION undo()",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION undo()",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON document FOR EACH STATEMENT EXECUTE FUNCTION undo()",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON provider_report FOR EACH STATEMENT EXECUTE FUNCTION undo()",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON connection FOR EACH STATEMENT EXECUTE FUNCTION undo()",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON payout FOR EACH STATEMENT EXECUTE FUNCTION undo()",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON retrieval FOR EACH STATEMENT EXECUTE FUNCTION undo()",
        "CREATE TRIGGER undo AFTER INSERT OR UPDATE ON notice FOR EACH STATEMENT EXECUTE FUNCTION undo()",
    ];
    for statement in statements {
        transaction.execute(statement, arguments![]).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_database_undoes_every_report_comes_exactly_once() {
    let world = World::new(postgres().await).await;
    let id = world.connect().await.connection;
    undo_now_and_then(&world.app.database).await;
    let there = world.reports_at_amazon();
    for _ in 0..6 {
        let hands = (0..3).map(|_| {
            let app = world.app.clone();
            tokio::spawn(async move {
                schedule(&app).await.unwrap();
                Worker::new(app, Arc::new(Intake)).work_all().await.unwrap()
            })
        });
        for hand in hands.collect::<Vec<_>>() {
            hand.await.unwrap();
        }
        if world.overview(&id).await.shown == Shown::Ok {
            break;
        }
        world.advance(SignedDuration::from_hours(7));
    }
    let view = world.overview(&id).await;
    assert_eq!(view.shown, Shown::Ok, "{:?}", view.connection.trouble);
    let actor = &Actor::CommandLine;
    let listed = library::list(&world.app, actor, &world.client, Some(&id), None, 200).await;
    assert_eq!(listed.unwrap().len(), there);
}
