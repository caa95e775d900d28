-- Connections to payment providers, jobs, what was fetched, and what people are told about it.
-- Instants are BIGINT microseconds UTC, ids UUIDv7 text.

CREATE TABLE connection (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    provider TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    -- the merchant at the provider; a report of another one never enters
    seller_id TEXT COLLATE "C" NOT NULL,
    public_key_id TEXT COLLATE "C" NOT NULL,
    region TEXT COLLATE "C" NOT NULL,
    environment TEXT COLLATE "C" NOT NULL,
    -- another host than the region's: the simulator of demo and tests
    endpoint TEXT COLLATE "C",
    -- sealed by the vault; none once the connection is removed
    key_sealed BYTEA,
    -- ISO date: nothing older is fetched
    start_date TEXT COLLATE "C",
    -- active; paused by a person; stopped because the key was refused
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'paused', 'stopped')),
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT,
    last_started_at BIGINT,
    last_success_at BIGINT,
    -- reports and payouts that were made until then are here
    fetched_until BIGINT,
    next_run_at BIGINT NOT NULL,
    -- the provider asked for patience until then
    waiting_until BIGINT,
    -- the last error, until a fetch goes well: a word for programs, and the sentences
    error_code TEXT COLLATE "C",
    error_german TEXT COLLATE "C",
    error_english TEXT COLLATE "C",
    error_at BIGINT,
    -- fetches in a row that failed
    failures BIGINT NOT NULL
);
CREATE INDEX connection_of_client ON connection (client, id);
CREATE UNIQUE INDEX connection_of_seller ON connection (client, provider, seller_id) WHERE removed_at IS NULL;
CREATE INDEX connection_due ON connection (next_run_at, id) WHERE removed_at IS NULL AND state = 'active';

CREATE TABLE job (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    client TEXT COLLATE "C" REFERENCES client (id),
    -- what it works on; of one subject at most one job runs at a time
    subject TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    -- greater goes first: what a person waits for
    urgency BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    attempts_most BIGINT NOT NULL,
    -- who runs it, by a word that is new with each attempt, and until when it is his
    holder TEXT COLLATE "C",
    lease_until BIGINT,
    cancel_asked BOOLEAN NOT NULL,
    progress_step TEXT COLLATE "C" NOT NULL,
    progress_done BIGINT NOT NULL,
    -- 0 while nobody knows
    progress_total BIGINT NOT NULL,
    -- how it ended or why it is tried again
    code TEXT COLLATE "C",
    german TEXT COLLATE "C",
    english TEXT COLLATE "C",
    asked_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX job_running ON job (subject) WHERE state = 'running';
CREATE INDEX job_waiting ON job (urgency, due_at) WHERE state = 'waiting';
CREATE INDEX job_of_subject ON job (subject, id);
CREATE INDEX job_of_client ON job (client, id);
CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL;

-- One row a fetch: when, how, what came.
CREATE TABLE retrieval (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    connection TEXT COLLATE "C" NOT NULL REFERENCES connection (id),
    asked_by TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    -- done; partly, where a report was refused; waiting, where the provider asked for patience; failed; cancelled
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('done', 'partly', 'waiting', 'failed', 'cancelled')),
    listed BIGINT NOT NULL,
    known BIGINT NOT NULL,
    imported BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    -- movements that are new
    movements BIGINT NOT NULL,
    payouts BIGINT NOT NULL,
    code TEXT COLLATE "C",
    german TEXT COLLATE "C",
    english TEXT COLLATE "C"
);
CREATE INDEX retrieval_of_connection ON retrieval (connection, id);

-- Each report of the provider, by the provider's own id, so that it is fetched once.
CREATE TABLE provider_report (
    connection TEXT COLLATE "C" NOT NULL REFERENCES connection (id),
    report TEXT COLLATE "C" NOT NULL,
    -- of the settlement, as the provider's list says
    starts_at BIGINT,
    ends_at BIGINT,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('imported', 'refused')),
    document TEXT COLLATE "C",
    settlement TEXT COLLATE "C",
    tries BIGINT NOT NULL,
    -- a refused one is fetched again then
    next_try_at BIGINT,
    seen_at BIGINT NOT NULL,
    code TEXT COLLATE "C",
    german TEXT COLLATE "C",
    english TEXT COLLATE "C",
    PRIMARY KEY (connection, report)
);

-- Payouts as the provider lists them, with the words of the bank statement.
CREATE TABLE payout (
    connection TEXT COLLATE "C" NOT NULL REFERENCES connection (id),
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    seller_id TEXT COLLATE "C" NOT NULL,
    settlement TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    -- 0 where the provider names no time
    paid_at BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    -- what the line on the bank statement says
    reference TEXT COLLATE "C",
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (connection, settlement, currency, paid_at)
);
CREATE INDEX payout_of_client ON payout (client, seller_id, settlement);

-- What happened and somebody should know. While it lasts it is one and told once.
CREATE TABLE notice (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    kind TEXT COLLATE "C" NOT NULL,
    -- what it is about: a connection, a settlement, a batch
    subject TEXT COLLATE "C" NOT NULL,
    german TEXT COLLATE "C" NOT NULL,
    english TEXT COLLATE "C" NOT NULL,
    -- the page that says more, beginning with /
    path TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    -- it is over
    settled_at BIGINT
);
CREATE UNIQUE INDEX notice_open ON notice (client, kind, subject) WHERE settled_at IS NULL;
CREATE INDEX notice_of_client ON notice (client, id);

-- A notice on its way to one user.
CREATE TABLE notice_mail (
    notice TEXT COLLATE "C" NOT NULL REFERENCES notice (id),
    user_account TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    due_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (notice, user_account)
);
CREATE INDEX notice_mail_due ON notice_mail (due_at, user_account) WHERE sent_at IS NULL;

CREATE TABLE notice_setting (
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    user_account TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    rhythm TEXT COLLATE "C" NOT NULL CHECK (rhythm IN ('at-once', 'daily', 'never')),
    PRIMARY KEY (client, user_account)
);

-- The export of the finished month on a day of the month, and where it goes.
CREATE TABLE automation (
    client TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES client (id),
    -- 1 to 28
    day BIGINT NOT NULL CHECK (day BETWEEN 1 AND 28),
    active BOOLEAN NOT NULL,
    folder TEXT COLLATE "C",
    webhook TEXT COLLATE "C",
    -- signs what goes to the webhook; sealed by the vault
    secret_sealed BYTEA,
    -- addresses separated by blanks
    mail TEXT COLLATE "C",
    next_run_at BIGINT NOT NULL
);
CREATE INDEX automation_due ON automation (next_run_at) WHERE active;

-- A batch on its way to one place, once.
CREATE TABLE delivery (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    batch TEXT COLLATE "C" NOT NULL,
    way TEXT COLLATE "C" NOT NULL CHECK (way IN ('folder', 'webhook', 'mail')),
    target TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    delivered_at BIGINT,
    tries BIGINT NOT NULL,
    code TEXT COLLATE "C",
    german TEXT COLLATE "C",
    english TEXT COLLATE "C",
    UNIQUE (batch, way, target)
);
CREATE INDEX delivery_of_client ON delivery (client, id);
