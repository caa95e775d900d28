//! Keys and databases that are broken.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::PermissionsExt as _;

use jiff::SignedDuration;
use store::journal::{self, Event};
use store::{Database, Machine as _, arguments};

use kontor::machine::SystemMachine;

use crate::house::{House, told};

#[test]
fn another_master_key_opens_nothing_and_changes_nothing() {
    let house = House::new();
    fs::write(house.key(), format!("{}\n", "ab".repeat(32))).unwrap();
    let before = house.contents();
    let (grade, text) = house.says("master-key");
    assert_eq!(grade, "error");
    assert!(
        text.contains("The master key of this database is missing") && text.contains("vault forget"),
        "{text}"
    );
    assert!(house.refuses_to_serve().contains("The master key of this database is missing"));
    assert_eq!(house.contents(), before);
}

#[test]
fn a_master_key_that_others_may_read_is_refused() {
    let house = House::new();
    fs::set_permissions(house.key(), Permissions::from_mode(0o644)).unwrap();
    let (grade, text) = house.says("master-key");
    assert_eq!(grade, "error");
    assert!(text.contains("chmod 600"), "{text}");
    assert!(house.refuses_to_serve().contains("chmod 600"));
}

#[test]
fn a_lost_master_key_is_not_replaced() {
    let house = House::new();
    fs::remove_file(house.key()).unwrap();
    assert_eq!(house.says("master-key").0, "error");
    assert!(house.refuses_to_serve().contains("kontor vault forget"));
    assert!(!house.key().exists());
}

/// Writes over the middle of the database, as a dying disk does.
fn damage(house: &House, from: u64, bytes: usize) {
    let file = OpenOptions::new().write(true).open(house.data().join(Database::FILE));
    let mut file = file.unwrap();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(&vec![0x5a; bytes]).unwrap();
}

#[test]
fn a_damaged_page_is_found_by_the_doctor() {
    let house = House::new();
    damage(&house, 4096 * 20, 4096);
    let before = house.contents();
    let (grade, text) = house.says("database");
    assert_eq!(grade, "error");
    assert!(text.contains("damaged") && text.contains("kontor restore"), "{text}");
    assert_eq!(house.contents(), before);
}

#[test]
fn a_server_does_not_start_on_damaged_tables() {
    let house = House::new();
    let bytes = fs::metadata(house.data().join(Database::FILE)).unwrap().len();
    damage(&house, 4096, usize::try_from(bytes).unwrap() - 4096);
    let before = house.contents();
    let text = house.refuses_to_serve();
    assert!(text.contains("The database is damaged") && text.contains("kontor restore"), "{text}");
    assert_eq!(house.says("database").0, "error");
    assert_eq!(house.contents(), before);
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let house = House::new();
    fs::write(
        house.data().join(Database::FILE),
        "an old letter, which is longer than the head of a database\n",
    )
    .unwrap();
    let before = house.contents();
    assert!(house.says("database").1.contains("is no database"));
    assert!(house.refuses_to_serve().contains("is no database"));
    assert_eq!(house.contents(), before);
}

#[test]
fn the_tables_of_a_newer_kontor_are_left_alone() {
    let house = House::new();
    house.change(async |database| {
        let mut transaction = database.begin().await.unwrap();
        let added = transaction
            .execute(
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9000, 'of the future', true, $1, 0)",
                arguments![vec![0_u8; 48]],
            )
            .await;
        added.unwrap();
        transaction.commit().await.unwrap();
    });
    let (grade, text) = house.says("database");
    assert_eq!(grade, "error");
    assert!(text.contains("version 9000, this program knows only"), "{text}");
    assert!(house.refuses_to_serve().contains("made by a newer Kontor"));
}

#[test]
fn a_clock_that_was_put_back_is_noticed() {
    let house = House::new();
    house.change(async |database| {
        let mut transaction = database.begin().await.unwrap();
        let at = SystemMachine.now() + SignedDuration::from_hours(26);
        let event = Event { client: None, actor: "test", action: "test", subject: "", content: "" };
        journal::append(&mut transaction, at, event).await.unwrap();
        transaction.commit().await.unwrap();
    });
    let (grade, text) = house.says("clock");
    assert_eq!(grade, "error");
    assert!(text.contains("minutes before the last line of the journal"), "{text}");
}

#[test]
fn a_folder_that_is_none_is_told() {
    let house = House::empty();
    fs::write(house.data(), "").unwrap();
    let (grade, text) = house.says("disk");
    assert_eq!(grade, "error");
    assert!(text.contains("cannot be written"), "{text}");
    assert!(house.refuses_to_serve().contains("is no folder"));
}

#[test]
fn a_database_server_that_is_away_is_told() {
    let house = House::empty();
    let output = house.kontor(&["user", "--database", "mysql://example.org/kontor", "list"]).output();
    let text = told(&output.unwrap());
    assert!(text.contains("no address of a database") && !text.contains("example.org"), "{text}");
}
