//! Secrets are sealed, open only in their place, and outlive a change of the master key.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use secrecy::ExposeSecret as _;
use store::id::{ClientId, UserId};
use store::vault::{self, MasterKey, Place, SEALED_COLUMNS, Source, Vault, VaultError};
use store::{Database, arguments, transact};
use testkit::both_databases;
use testkit::machine::TestMachine;

const COLUMN: &str = "user_account.totp_sealed";

fn machine() -> TestMachine {
    TestMachine::new("2026-11-25T08:00:00Z".parse().unwrap(), 7)
}

fn file_vault(folder: &Path, machine: &TestMachine) -> Vault {
    let path = folder.join("master.key");
    Source::make_file(&path, machine).unwrap();
    Vault::open_source(Source::File(path)).unwrap()
}

async fn user_with_secret(
    database: &Database,
    vault: &Vault,
    machine: &TestMachine,
    secret: &[u8],
) -> UserId {
    let id = UserId::new(machine);
    let place = Place { column: COLUMN, id: id.as_str(), client: None };
    let sealed = vault.seal(machine, place, secret).unwrap();
    let outcome: Result<u64, VaultError> = transact!(database, transaction => Ok(transaction.execute(
        "INSERT INTO user_account (id, email, name, language, theme, operator, created_at, totp_sealed)
         VALUES ($1, $1, 'Erika', 'de', 'auto', false, 1, $2)",
        arguments![&id, sealed.clone()],
    ).await?));
    outcome.unwrap();
    id
}

async fn sealed_of(database: &Database, id: &UserId) -> Option<Vec<u8>> {
    let mut transaction = database.read().await.unwrap();
    let row = transaction
        .fetch_one("SELECT totp_sealed FROM user_account WHERE id = $1", arguments![id])
        .await
        .unwrap();
    row.get(0).unwrap()
}

#[test]
fn a_secret_opens_in_its_place_and_nowhere_else() {
    let machine = machine();
    let vault = Vault::in_memory(&machine);
    let (client, other) = (ClientId::new(&machine), ClientId::new(&machine));
    let place = Place { column: "connection.private_key_sealed", id: "7", client: Some(&client) };
    let sealed = vault.seal(&machine, place, b"a private key").unwrap();
    assert_eq!(vault.open(place, &sealed).unwrap().expose_secret(), b"a private key");
    for elsewhere in [
        Place { column: COLUMN, ..place },
        Place { id: "8", ..place },
        Place { client: Some(&other), ..place },
        Place { client: None, ..place },
    ] {
        assert!(matches!(vault.open(elsewhere, &sealed), Err(VaultError::Damaged { .. })));
    }
}

#[test]
fn the_same_secret_never_looks_the_same_and_never_shows() {
    let machine = machine();
    let vault = Vault::in_memory(&machine);
    let place = Place { column: COLUMN, id: "7", client: None };
    let [one, two] = [(); 2].map(|()| vault.seal(&machine, place, b"a private key").unwrap());
    assert_ne!(one, two);
    assert!(!one.windows(9).any(|window| window == b"a private"));
    let opened = vault.open(place, &one).unwrap();
    let printed = format!("{vault:?} {opened:?} {:?}", vault.source());
    assert!(!printed.contains("private") && !printed.contains("97, 32, 112"), "{printed}");
}

#[test]
fn every_changed_bit_is_noticed() {
    let machine = machine();
    let vault = Vault::in_memory(&machine);
    let place = Place { column: COLUMN, id: "7", client: None };
    let sealed = vault.seal(&machine, place, b"secret").unwrap();
    for byte in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[byte] ^= 1;
        assert!(vault.open(place, &changed).is_err(), "byte {byte}");
    }
    for length in 0..sealed.len() {
        assert!(vault.open(place, &sealed[..length]).is_err(), "cut to {length}");
    }
}

#[test]
fn a_key_is_64_hexadecimal_digits_and_prints_only_its_id() {
    let text = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
    let key = MasterKey::parse(text).unwrap();
    assert!(!format!("{key:?}").to_lowercase().contains("00112233"));
    for wrong in ["", &text[1..], &format!("{text}0"), &text.replace('0', "g"), &text.replace('0', "ä")] {
        assert!(MasterKey::parse(wrong).is_none(), "{wrong}");
    }
    let place = Place { column: COLUMN, id: "7", client: None };
    let [one, two] = [text.to_owned(), format!("{},{text}", "ab".repeat(32))]
        .map(|keys| Vault::open_source(Source::Environment(keys.into())).unwrap());
    let sealed = one.seal(&machine(), place, b"secret").unwrap();
    assert_eq!(two.open(place, &sealed).unwrap().expose_secret(), b"secret");
    assert!(one.is_current(&sealed) && !two.is_current(&sealed));
}

#[cfg(unix)]
#[test]
fn the_key_file_is_made_for_its_owner_only_and_refused_when_others_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::TempDir::new().unwrap();
    let vault = file_vault(folder.path(), &machine());
    let path = folder.path().join("master.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let refused = Vault::open_source(vault.source().clone()).unwrap_err();
    assert!(matches!(refused, VaultError::OpenToOthers { .. }));
}

#[test]
fn every_sealed_column_of_the_tables_is_known_to_the_rotation() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut columns = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut table = "";
        for line in text.lines() {
            let mut words = line.split([' ', ',']).filter(|word| !word.is_empty());
            match (words.next(), words.next(), words.next()) {
                (Some("CREATE"), Some("TABLE"), Some(name)) => table = name,
                (Some(column), Some("BLOB"), _) if column.ends_with("_sealed") => {
                    columns.insert(format!("{table}.{column}"));
                }
                _ => {}
            }
        }
    }
    let known: BTreeSet<String> = SEALED_COLUMNS.iter().map(|column| column.column.to_owned()).collect();
    assert_eq!(columns, known, "a column with secrets needs its line in SEALED_COLUMNS");
}

both_databases! {
    async fn rotating_seals_everything_anew_and_the_old_key_may_go(test) {
        let machine = machine();
        let folder = tempfile::TempDir::new().unwrap();
        let vault = file_vault(folder.path(), &machine);
        vault::prove(&test.database, &vault, &machine).await.unwrap();
        let old_file = fs::read(folder.path().join("master.key")).unwrap();
        let mut users = Vec::new();
        for number in 0..150_u8 {
            users.push(user_with_secret(&test.database, &vault, &machine, &[number]).await);
        }
        // Another process that opened its vault before goes on with the file as it is.
        let other_process = Vault::open_source(vault.source().clone()).unwrap();
        vault.add_key(&machine).unwrap();
        assert_eq!(vault::reseal(&test.database, &vault, &machine).await.unwrap(), 150);
        assert_eq!(vault::reseal(&test.database, &vault, &machine).await.unwrap(), 0);
        vault.drop_old_keys().unwrap();
        for (number, id) in (0..).zip(&users) {
            let sealed = sealed_of(&test.database, id).await.unwrap();
            let place = Place { column: COLUMN, id: id.as_str(), client: None };
            assert_eq!(other_process.open(place, &sealed).unwrap().expose_secret(), [number]);
        }
        vault::prove(&test.database, &vault, &machine).await.unwrap();
        fs::write(folder.path().join("master.key"), old_file).unwrap();
        let old = Vault::open_source(vault.source().clone()).unwrap();
        let refused = vault::prove(&test.database, &old, &machine).await;
        assert!(matches!(refused, Err(VaultError::OtherKey { .. })));
    }

    async fn a_lost_key_is_noticed_and_forgetting_begins_anew(test) {
        let machine = machine();
        let lost = Vault::in_memory(&machine);
        assert!(!vault::is_sealed(&test.database).await.unwrap());
        vault::prove(&test.database, &lost, &machine).await.unwrap();
        assert!(vault::is_sealed(&test.database).await.unwrap());
        let user = user_with_secret(&test.database, &lost, &machine, b"secret").await;
        let vault = Vault::in_memory(&machine);
        let refused = vault::prove(&test.database, &vault, &machine).await;
        assert!(matches!(refused, Err(VaultError::OtherKey { .. })));
        vault::forget(&test.database, &vault, &machine).await.unwrap();
        assert_eq!(sealed_of(&test.database, &user).await, None);
        vault::prove(&test.database, &vault, &machine).await.unwrap();
    }
}
