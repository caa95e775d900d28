-- Clients, users and their rights, sessions, keys of the API, the journal.
-- Instants are BIGINT microseconds UTC, ids UUIDv7 text.

CREATE TABLE client (
    id TEXT NOT NULL PRIMARY KEY,
    -- rows in the millions carry this number instead of the id
    number BIGINT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE user_account (
    id TEXT NOT NULL PRIMARY KEY,
    -- lower case
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- PHC string of Argon2id; none until an invitation is accepted
    password_hash TEXT,
    language TEXT NOT NULL,
    theme TEXT NOT NULL,
    operator BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    -- the secret of the second factor, sealed by the vault
    totp_sealed BLOB,
    -- one that waits for its first code
    totp_pending_sealed BLOB,
    -- the last step whose code was taken: a code counts once
    totp_step BIGINT
);

CREATE TABLE recovery_code (
    user_account TEXT NOT NULL REFERENCES user_account (id),
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_account, code_hash)
);

CREATE TABLE membership (
    client TEXT NOT NULL REFERENCES client (id),
    user_account TEXT NOT NULL REFERENCES user_account (id),
    -- owner, bookkeeper, adviser, reader
    role TEXT NOT NULL CHECK (role IN ('owner', 'bookkeeper', 'adviser', 'reader')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (client, user_account)
);
CREATE INDEX membership_of_user ON membership (user_account);

-- Links that expire and (all but an auditor's) work once: the first set-up, invitations, new passwords, auditors' links.
CREATE TABLE link (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'invitation', 'password', 'auditor')),
    client TEXT REFERENCES client (id),
    user_account TEXT REFERENCES user_account (id),
    email TEXT NOT NULL,
    role TEXT,
    -- an auditor's period, ISO dates
    from_date TEXT,
    until_date TEXT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX link_of_client ON link (client);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    -- a user who logged in, or an auditor with his link
    user_account TEXT REFERENCES user_account (id),
    link TEXT REFERENCES link (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- the browser, as it calls itself, cut
    agent TEXT NOT NULL,
    -- the second factor was given, where the user has one
    complete BOOLEAN NOT NULL,
    CHECK ((user_account IS NULL) <> (link IS NULL))
);
CREATE INDEX session_of_user ON session (user_account);
CREATE INDEX session_of_link ON session (link);

CREATE TABLE api_key (
    id TEXT NOT NULL PRIMARY KEY,
    client TEXT NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    -- the first characters, to recognise it
    prefix TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    -- words separated by blanks: read write export settings
    scopes TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    expires_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_key_of_client ON api_key (client);

-- Failed attempts at a login, by address and by account: what is throttled survives a restart and holds for all processes.
CREATE TABLE login_attempt (
    subject TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

-- One row: a known text, sealed, by which a start learns whether the master key at hand is this database's.
CREATE TABLE vault_proof (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number = 1),
    sealed BLOB NOT NULL
);

CREATE TABLE journal (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    client TEXT,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX journal_of_client ON journal (client, number);
