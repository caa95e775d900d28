-- Clients, users and their rights, sessions, keys of the API, the journal.
-- Instants are BIGINT microseconds UTC, ids UUIDv7 text.

CREATE TABLE client (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- rows in the millions carry this number instead of the id
    number BIGINT NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE user_account (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- lower case
    email TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    -- PHC string of Argon2id; none until an invitation is accepted
    password_hash TEXT COLLATE "C",
    language TEXT COLLATE "C" NOT NULL,
    theme TEXT COLLATE "C" NOT NULL,
    operator BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    -- the secret of the second factor, sealed by the vault
    totp_sealed BYTEA,
    -- one that waits for its first code
    totp_pending_sealed BYTEA,
    -- the last step whose code was taken: a code counts once
    totp_step BIGINT
);

CREATE TABLE recovery_code (
    user_account TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    code_hash TEXT COLLATE "C" NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_account, code_hash)
);

CREATE TABLE membership (
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    user_account TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    -- owner, bookkeeper, adviser, reader
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('owner', 'bookkeeper', 'adviser', 'reader')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (client, user_account)
);
CREATE INDEX membership_of_user ON membership (user_account);

-- Links that expire and (all but an auditor's) work once: the first set-up, invitations, new passwords, auditors' links.
CREATE TABLE link (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('setup', 'invitation', 'password', 'auditor')),
    client TEXT COLLATE "C" REFERENCES client (id),
    user_account TEXT COLLATE "C" REFERENCES user_account (id),
    email TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C",
    -- an auditor's period, ISO dates
    from_date TEXT COLLATE "C",
    until_date TEXT COLLATE "C",
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX link_of_client ON link (client);

CREATE TABLE session (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    -- a user who logged in, or an auditor with his link
    user_account TEXT COLLATE "C" REFERENCES user_account (id),
    link TEXT COLLATE "C" REFERENCES link (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- the browser, as it calls itself, cut
    agent TEXT COLLATE "C" NOT NULL,
    -- the second factor was given, where the user has one
    complete BOOLEAN NOT NULL,
    CHECK ((user_account IS NULL) <> (link IS NULL))
);
CREATE INDEX session_of_user ON session (user_account);
CREATE INDEX session_of_link ON session (link);

CREATE TABLE api_key (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    name TEXT COLLATE "C" NOT NULL,
    -- the first characters, to recognise it
    prefix TEXT COLLATE "C" NOT NULL,
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    -- words separated by blanks: read write export settings
    scopes TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    expires_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_key_of_client ON api_key (client);

-- Failed attempts at a login, by address and by account: what is throttled survives a restart and holds for all processes.
CREATE TABLE login_attempt (
    subject TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

-- One row: a known text, sealed, by which a start learns whether the master key at hand is this database's.
CREATE TABLE vault_proof (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number = 1),
    sealed BYTEA NOT NULL
);

CREATE TABLE journal (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    client TEXT COLLATE "C",
    actor TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL UNIQUE
);
CREATE INDEX journal_of_client ON journal (client, number);
