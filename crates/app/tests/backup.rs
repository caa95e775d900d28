//! A backup restores on either engine, opens with public tools, and never overwrites anything.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use app::backup::{BackupKey, backup, migrate_to, restore};
use app::clients::create::create;
use app::{Actor, App, AppError, Language};
use store::journal::{self, Line};
use store::{Database, Vault};
use testkit::both_databases;
use testkit::database::{self, TestDatabase};
use testkit::machine::TestMachine;

fn app_on(database: &Database) -> App {
    let machine = Arc::new(TestMachine::new("2026-11-25T08:00:00Z".parse().unwrap(), 11));
    let vault = Vault::in_memory(&*machine);
    App::new(database.clone(), machine, vault)
}

async fn filled(test: &TestDatabase) -> App {
    let app = app_on(&test.database);
    for name in ["Teehaus Demo GmbH", "Käsehandel «Süd» e. K."] {
        create(&app, &Actor::CommandLine, name, Some("inhaber@example.org")).await.unwrap();
    }
    app
}

async fn lines(database: &Database) -> Vec<Line> {
    journal::from(&mut database.read().await.unwrap(), 1, 1_000).await.unwrap()
}

fn refusal(error: &AppError) -> (&'static str, String) {
    let refusal = error.refusal().unwrap();
    (refusal.code, refusal.text(Language::De).to_owned())
}

both_databases! {
    async fn a_backup_comes_back_on_either_engine(test) {
        let app = filled(&test).await;
        let before = lines(&test.database).await;
        let folder = tempfile::tempdir().unwrap();
        let made = backup(&app, &Actor::CommandLine, folder.path(), None, |_, _| ()).await.unwrap();
        assert!(made.path.ends_with("kontor-2026-11-25T080000Z.sqlite.zst"));
        let last = lines(&test.database).await.pop().unwrap();
        assert_eq!((last.action.as_str(), &last.content), ("backup.made", &made.sha256));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the backup stays");

        let new_folder = folder.path().join("new").display().to_string();
        let embedded = restore(&made.path, None, &new_folder, |_, _| ()).await.unwrap();
        assert_eq!(lines(&embedded).await, before);
        let server = database::postgres().await;
        let restored = restore(&made.path, None, &server.address, |_, _| ()).await.unwrap();
        assert_eq!(lines(&restored).await, before);

        let again = backup(&app, &Actor::CommandLine, folder.path(), None, |_, _| ()).await.unwrap_err();
        assert_eq!(refusal(&again).0, "backup-exists");
        let full = restore(&made.path, None, &new_folder, |_, _| ()).await.unwrap_err();
        assert_eq!(refusal(&full).0, "folder-not-empty");
        let full = restore(&made.path, None, &server.address, |_, _| ()).await.unwrap_err();
        assert_eq!(refusal(&full).0, "not-empty");
    }

    async fn a_move_takes_everything_along(test) {
        let app = filled(&test).await;
        let before = lines(&test.database).await;
        let folder = tempfile::tempdir().unwrap();
        let new_folder = folder.path().join("new").display().to_string();
        migrate_to(&app, &Actor::CommandLine, &new_folder, |_, _| ()).await.unwrap();
        assert_eq!(lines(&Database::open(&new_folder).await.unwrap()).await, before);
        let full = migrate_to(&app, &Actor::CommandLine, &new_folder, |_, _| ()).await.unwrap_err();
        assert_eq!(refusal(&full).0, "folder-not-empty");
    }
}

fn key(digits: &str) -> BackupKey {
    BackupKey::parse(&digits.repeat(32)).unwrap()
}

#[tokio::test]
async fn a_sealed_backup_opens_with_its_key_only() {
    let test = database::sqlite().await;
    let app = filled(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let made = backup(&app, &Actor::CommandLine, folder.path(), Some(key("1e")), |_, _| ()).await.unwrap();
    assert!(made.path.to_str().unwrap().ends_with(".sqlite.zst.sealed"));
    assert!(std::fs::read(&made.path).unwrap().starts_with(b"kontor-sealed-1\n"));

    let place = |name: &str| folder.path().join(name).display().to_string();
    let closed = restore(&made.path, None, &place("a"), |_, _| ()).await.unwrap_err();
    assert_eq!(refusal(&closed).0, "backup-key-needed");
    let closed = restore(&made.path, Some(key("1f")), &place("c"), |_, _| ()).await.unwrap_err();
    assert_eq!(refusal(&closed).0, "wrong-backup-key");
    let opened = restore(&made.path, Some(key("1e")), &place("b"), |_, _| ()).await.unwrap();
    assert_eq!(lines(&opened).await.len(), lines(&test.database).await.len() - 1);
}

#[tokio::test]
async fn what_is_no_backup_or_half_of_one_is_refused_and_leaves_nothing() {
    let test = database::sqlite().await;
    let app = filled(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let made = backup(&app, &Actor::CommandLine, folder.path(), None, |_, _| ()).await.unwrap();
    let whole = std::fs::read(&made.path).unwrap();
    let broken = folder.path().join("broken");
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    for bytes in [&b""[..], b"no backup", &whole[..whole.len() / 2], &damaged] {
        std::fs::write(&broken, bytes).unwrap();
        let target = folder.path().join("target");
        let refused = restore(&broken, None, target.to_str().unwrap(), |_, _| ()).await.unwrap_err();
        assert!(matches!(refusal(&refused).0, "no-backup" | "damaged"), "{refused:?}");
        assert!(!target.join(Database::FILE).exists());
        let _ = std::fs::remove_dir_all(target);
    }
}

#[tokio::test]
async fn public_tools_open_a_backup() {
    let test = database::sqlite().await;
    let app = filled(&test).await;
    let folder = tempfile::tempdir().unwrap();
    let made = backup(&app, &Actor::CommandLine, folder.path(), None, |_, _| ()).await.unwrap();
    let plain = folder.path().join("plain.sqlite");
    let mut bytes = zstd::stream::Decoder::new(std::fs::File::open(&made.path).unwrap()).unwrap();
    std::io::copy(&mut bytes, &mut std::fs::File::create(&plain).unwrap()).unwrap();
    assert_eq!(sqlite3(&plain, "SELECT COUNT(*) FROM client"), "2");
}

fn sqlite3(file: &Path, statement: &str) -> String {
    let output = Command::new("sqlite3").arg(file).arg(statement).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
