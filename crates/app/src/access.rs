//! Who may do what: the one table of rights. A use case asks here and nowhere else.

use jiff::civil::Date;
use store::id::{ApiKeyId, ClientId, LinkId, UserId};

use crate::refusal::{AppError, Refusal, RefusalKind};

/// What a user is to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Inhaber.
    Owner,
    /// Buchhaltung.
    Bookkeeper,
    /// Steuerberater.
    Adviser,
    /// Lesen.
    Reader,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Bookkeeper, Self::Adviser, Self::Reader];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Bookkeeper => "bookkeeper",
            Self::Adviser => "adviser",
            Self::Reader => "reader",
        }
    }

    /// The role of a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// What can be allowed, one for each row of the table of rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See dashboard, reports, entries, batches, proofs.
    See,
    /// Upload, fetch now, match, decide on findings.
    Work,
    /// Kontierung, Mandantendaten, copy settings.
    Assign,
    /// Export, withdraw, mark as processed, close a month.
    Export,
    /// Connections and their keys.
    Connect,
    /// Users, API keys, auditors' links, delete the client.
    Manage,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::See, Self::Work, Self::Assign, Self::Export, Self::Connect, Self::Manage];

    /// Does a role include it?
    pub fn of_role(self, role: Role) -> bool {
        match self {
            Self::See => true,
            Self::Work | Self::Assign | Self::Export => role != Role::Reader,
            Self::Connect => matches!(role, Role::Owner | Role::Bookkeeper),
            Self::Manage => role == Role::Owner,
        }
    }

    /// Does a scope of an API key include it? Users and keys are never managed by a key.
    pub fn of_scope(self, scope: Scope) -> bool {
        match self {
            Self::See => true,
            Self::Work => matches!(scope, Scope::Write | Scope::Export | Scope::Settings),
            Self::Assign | Self::Connect => scope == Scope::Settings,
            Self::Export => scope == Scope::Export,
            Self::Manage => false,
        }
    }
}

/// What an API key may do; every scope includes reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// See everything of the client.
    Read,
    /// Upload and fetch.
    Write,
    /// Export, withdraw, mark as processed.
    Export,
    /// Kontierung and connections.
    Settings,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Export, Self::Settings];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Export => "export",
            Self::Settings => "settings",
        }
    }

    /// The scope of a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// Who asks for something.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A user with the roles that he has now, read with his session.
    User {
        /// Who.
        id: UserId,
        /// The mail address, as the journal names him.
        email: String,
        /// Betreiber: may create clients and reset logins, but sees no data of clients.
        operator: bool,
        /// His role for each client.
        roles: Vec<(ClientId, Role)>,
    },
    /// An auditor, who reads one period of one client by a link that expires.
    Auditor {
        /// Which link.
        link: LinkId,
        /// His name, as the journal names him.
        name: String,
        /// Whose data he reads.
        client: ClientId,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    },
    /// A program with a key of one client.
    ApiKey {
        /// Which key.
        id: ApiKeyId,
        /// Its name, as the journal names it.
        name: String,
        /// Whose.
        client: ClientId,
        /// What it may do.
        scopes: Vec<Scope>,
    },
    /// Kontor itself, on a schedule.
    System,
    /// The operator at the machine's command line, who has its data folder and key in hand.
    CommandLine,
}

impl Actor {
    /// The name in the journal.
    pub fn name(&self) -> &str {
        match self {
            Self::User { email, .. } => email,
            Self::Auditor { name, .. } | Self::ApiKey { name, .. } => name,
            Self::System => "system",
            Self::CommandLine => "command line",
        }
    }

    /// The role of a user for a client.
    pub fn role(&self, client: &ClientId) -> Option<Role> {
        match self {
            Self::User { roles, .. } => roles.iter().find(|(of, _)| of == client).map(|(_, role)| *role),
            Self::Auditor { .. } | Self::ApiKey { .. } | Self::System | Self::CommandLine => None,
        }
    }

    /// The days that may be read, where not all may: an auditor's period. Whatever lists or opens something of a day
    /// asks here as well.
    pub fn period(&self) -> Option<(Date, Date)> {
        match self {
            Self::Auditor { from, until, .. } => Some((*from, *until)),
            Self::User { .. } | Self::ApiKey { .. } | Self::System | Self::CommandLine => None,
        }
    }

    /// Is it allowed? What belongs to a client whom the actor does not know is «not found», as if it were not there.
    pub fn may(&self, permission: Permission, client: &ClientId) -> Result<(), AppError> {
        let (knows, allowed) = match self {
            Self::User { .. } => {
                let role = self.role(client);
                (role.is_some(), role.is_some_and(|role| permission.of_role(role)))
            }
            Self::Auditor { client: own, .. } => (own == client, permission == Permission::See),
            Self::ApiKey { client: own, scopes, .. } => {
                (own == client, scopes.iter().any(|scope| permission.of_scope(*scope)))
            }
            Self::System | Self::CommandLine => (true, true),
        };
        match (knows, allowed) {
            (true, true) => Ok(()),
            (true, false) => Err(forbidden().into()),
            (false, _) => Err(Refusal::not_found().into()),
        }
    }

    /// Is it the operator, at the command line or with a login?
    pub fn may_operate(&self) -> Result<(), AppError> {
        match self {
            Self::CommandLine | Self::User { operator: true, .. } => Ok(()),
            Self::User { .. } | Self::Auditor { .. } | Self::ApiKey { .. } | Self::System => {
                Err(forbidden().into())
            }
        }
    }
}

fn forbidden() -> Refusal {
    Refusal::new(
        RefusalKind::Forbidden,
        "forbidden",
        "Dafür reichen die Rechte nicht. Der Inhaber des Mandanten kann sie unter «Benutzer und Rechte» ändern.",
        "Your rights do not allow this. The owner of the client can change them under «Users and rights».",
    )
}
