-- A client's settings in numbered versions, and the batches that were handed out.

CREATE TABLE settings (
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    -- counted from 1
    version BIGINT NOT NULL,
    -- a configuration file (TOML)
    content TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    -- what the author said about it, or from which client it was copied
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (client, version)
);

CREATE TABLE batch (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    -- '' is all connections of the client
    connection TEXT COLLATE "C" NOT NULL,
    -- 2026-10
    month TEXT COLLATE "C" NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    -- 0 the month itself, from 1 on its corrections
    correction BIGINT NOT NULL,
    -- writing: it is being made and seen by nobody; failed: it was given up
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('writing', 'exported', 'processed', 'withdrawn', 'failed')),
    -- the version of the settings by which it was made
    settings BIGINT NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    -- until then nobody may take what is being written for left behind
    lease_until BIGINT NOT NULL,
    posting_count BIGINT NOT NULL,
    -- of what its entries rest on: another one today means that the month has changed
    fingerprint TEXT COLLATE "C" NOT NULL,
    -- the hand-over sheet (JSON)
    sheet TEXT COLLATE "C" NOT NULL,
    -- SHA-256 of the hashes of its files, each followed by a line feed
    sha256 TEXT COLLATE "C" NOT NULL,
    -- who marked it as processed or withdrew it, and when
    changed_by TEXT COLLATE "C",
    changed_at BIGINT
);
-- one batch of a month, and one of each number of its corrections
CREATE UNIQUE INDEX batch_once ON batch (client, connection, month, format, correction)
    WHERE state IN ('writing', 'exported', 'processed');
CREATE INDEX batch_of_client ON batch (client, month, id);

CREATE TABLE batch_file (
    batch TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
    -- counted from 0
    number BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    -- postings, account-labels, debtors, single-fees
    kind TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    byte_count BIGINT NOT NULL,
    posting_count BIGINT NOT NULL,
    -- sums of Umsatz in hundredths
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    PRIMARY KEY (batch, number)
);

CREATE TABLE batch_piece (
    batch TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
    file BIGINT NOT NULL,
    -- counted from 0; each but the last holds 1 MiB
    number BIGINT NOT NULL,
    -- zstd
    content BYTEA NOT NULL,
    PRIMARY KEY (batch, file, number)
);

-- The settlements of which rows stand in a batch.
CREATE TABLE batch_settlement (
    batch TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
    settlement BIGINT NOT NULL REFERENCES settlement (number),
    identifier TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (batch, settlement)
);
