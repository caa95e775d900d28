//! What every use case needs: the database, and time and randomness from outside.

use std::sync::Arc;

use jiff::Timestamp;
use store::journal::{self, Event};
use store::{Database, Machine, Transaction, Vault};

use crate::access::Actor;
use crate::account::password::Passwords;
use crate::metrics::Metrics;
use crate::outside::Outside;
use crate::refusal::AppError;

/// The application: what is shared by all use cases of a process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub database: Database,
    /// Time and randomness.
    pub machine: Arc<dyn Machine>,
    /// Seals and opens secrets.
    pub vault: Vault,
    /// How passwords are hashed; tests take [`Passwords::cheap`].
    pub passwords: Passwords,
    /// How other machines are reached.
    pub outside: Outside,
    /// What is counted for the operator.
    pub metrics: Metrics,
}

impl App {
    /// On a database, with the time and randomness of a machine and a vault for secrets (in tests
    /// [`Vault::in_memory`]).
    pub fn new(database: Database, machine: Arc<dyn Machine>, vault: Vault) -> Self {
        let outside = Outside::of(Arc::clone(&machine));
        Self {
            database,
            machine,
            vault,
            passwords: Passwords::default(),
            outside,
            metrics: Metrics::default(),
        }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.machine.now()
    }

    /// Writes a line into the journal, in the transaction of what it tells.
    pub async fn journal(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        client: Option<&store::id::ClientId>,
        action: &str,
        subject: &str,
        content: &str,
    ) -> Result<(), AppError> {
        let event = Event { client, actor: actor.name(), action, subject, content };
        journal::append(transaction, self.now(), event).await?;
        Ok(())
    }
}
