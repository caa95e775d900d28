//! Everything that is sealed: proved at the start, sealed anew when the master key is rotated, forgotten when it is lost.

use secrecy::ExposeSecret as _;

use super::{Place, Vault, VaultError};
use crate::id::ClientId;
use crate::{Database, Machine, Row, StoreError, Transaction, arguments, transact};

/// A column that holds sealed values.
#[derive(Clone, Copy, Debug)]
pub struct SealedColumn {
    /// Its name, as [`Place::column`] says it.
    pub column: &'static str,
    /// `SELECT id, client, sealed FROM … WHERE sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2`; the client is NULL
    /// where a row has none.
    pub select: &'static str,
    /// `UPDATE … SET sealed = $2 WHERE id = $1`.
    pub update: &'static str,
    /// `UPDATE … SET sealed = NULL`, for a house that has lost its master key.
    pub forget: &'static str,
}

/// All columns with sealed values. A new one gets its line here; a test compares them with the tables.
pub const SEALED_COLUMNS: &[SealedColumn] = &[
    SealedColumn {
        column: "user_account.totp_sealed",
        select: "SELECT id, CAST(NULL AS TEXT), totp_sealed FROM user_account
                 WHERE totp_sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
        update: "UPDATE user_account SET totp_sealed = $2 WHERE id = $1",
        forget: "UPDATE user_account SET totp_sealed = NULL",
    },
    SealedColumn {
        column: "user_account.totp_pending_sealed",
        select: "SELECT id, CAST(NULL AS TEXT), totp_pending_sealed FROM user_account
                 WHERE totp_pending_sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
        update: "UPDATE user_account SET totp_pending_sealed = $2 WHERE id = $1",
        forget: "UPDATE user_account SET totp_pending_sealed = NULL",
    },
    SealedColumn {
        column: "connection.key_sealed",
        select: "SELECT id, client, key_sealed FROM connection
                 WHERE key_sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
        update: "UPDATE connection SET key_sealed = $2 WHERE id = $1",
        forget: "UPDATE connection SET key_sealed = NULL",
    },
    SealedColumn {
        column: "automation.secret_sealed",
        select: "SELECT client, client, secret_sealed FROM automation
                 WHERE secret_sealed IS NOT NULL AND client > $1 ORDER BY client LIMIT $2",
        update: "UPDATE automation SET secret_sealed = $2 WHERE client = $1",
        forget: "UPDATE automation SET secret_sealed = NULL",
    },
];

/// What is sealed only to learn whether the key at hand is the database's.
const PROOF: Place<'static> = Place { column: "vault_proof.sealed", id: "", client: None };
const PROOF_TEXT: &[u8] = b"kontor";
const ROWS: u32 = 100;

/// Proves that the vault's key is the one under which this database is sealed; a new database remembers it.
pub async fn prove(database: &Database, vault: &Vault, machine: &dyn Machine) -> Result<(), VaultError> {
    transact!(database, transaction => match proof(transaction).await? {
        Some(sealed) => vault.open(PROOF, &sealed).map(drop),
        None => save_proof(transaction, vault, machine).await,
    })
}

/// Does the vault open what this database was sealed under? False where nothing was sealed yet. Writes nothing.
pub async fn fits(database: &Database, vault: &Vault) -> Result<bool, VaultError> {
    match proof(&mut database.read().await?).await? {
        Some(sealed) => vault.open(PROOF, &sealed).map(|_| true),
        None => Ok(false),
    }
}

/// Is the database sealed under some key already?
pub async fn is_sealed(database: &Database) -> Result<bool, StoreError> {
    Ok(proof(&mut database.read().await?).await?.is_some())
}

async fn proof(transaction: &mut Transaction) -> Result<Option<Vec<u8>>, StoreError> {
    let row = transaction.fetch_optional("SELECT sealed FROM vault_proof", arguments![]).await?;
    row.map(|row| row.get(0)).transpose()
}

async fn save_proof(
    transaction: &mut Transaction,
    vault: &Vault,
    machine: &dyn Machine,
) -> Result<(), VaultError> {
    let sealed = vault.seal(machine, PROOF, PROOF_TEXT)?;
    transaction
        .execute(
            "INSERT INTO vault_proof (number, sealed) VALUES (1, $1)
             ON CONFLICT (number) DO UPDATE SET sealed = excluded.sealed",
            arguments![sealed],
        )
        .await?;
    Ok(())
}

/// Seals everything anew that does not lie under the current key, in one transaction, and says how many values it were.
pub async fn reseal(database: &Database, vault: &Vault, machine: &dyn Machine) -> Result<u64, VaultError> {
    transact!(database, transaction => {
        let mut number = 0;
        for column in SEALED_COLUMNS {
            number += reseal_column(transaction, vault, machine, column).await?;
        }
        save_proof(transaction, vault, machine).await?;
        Ok(number)
    })
}

async fn reseal_column(
    transaction: &mut Transaction,
    vault: &Vault,
    machine: &dyn Machine,
    column: &SealedColumn,
) -> Result<u64, VaultError> {
    let (mut number, mut after) = (0, String::new());
    loop {
        let rows = transaction.fetch_all(column.select, arguments![&after, ROWS]).await?;
        let Some(last) = rows.last() else { return Ok(number) };
        after = last.get(0)?;
        for row in &rows {
            let (id, client, sealed) = read(row)?;
            if vault.is_current(&sealed) {
                continue;
            }
            let place = Place { column: column.column, id: &id, client: client.as_ref() };
            let secret = vault.open(place, &sealed)?;
            let sealed = vault.seal(machine, place, secret.expose_secret())?;
            transaction.execute(column.update, arguments![&id, sealed]).await?;
            number += 1;
        }
    }
}

fn read(row: &Row) -> Result<(String, Option<ClientId>, Vec<u8>), StoreError> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// Throws every sealed value away and begins with the vault's key: the way out for a house that has lost its master key.
pub async fn forget(database: &Database, vault: &Vault, machine: &dyn Machine) -> Result<(), VaultError> {
    transact!(database, transaction => {
        for column in SEALED_COLUMNS {
            transaction.execute(column.forget, arguments![]).await?;
        }
        save_proof(transaction, vault, machine).await
    })
}
