-- A client's settings in numbered versions, and the batches that were handed out.

CREATE TABLE settings (
    client TEXT NOT NULL REFERENCES client (id),
    -- counted from 1
    version BIGINT NOT NULL,
    -- a configuration file (TOML)
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    author TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- what the author said about it, or from which client it was copied
    note TEXT NOT NULL,
    PRIMARY KEY (client, version)
);

CREATE TABLE batch (
    id TEXT NOT NULL PRIMARY KEY,
    client TEXT NOT NULL REFERENCES client (id),
    -- '' is all connections of the client
    connection TEXT NOT NULL,
    -- 2026-10
    month TEXT NOT NULL,
    format TEXT NOT NULL,
    -- 0 the month itself, from 1 on its corrections
    correction BIGINT NOT NULL,
    -- writing: it is being made and seen by nobody; failed: it was given up
    state TEXT NOT NULL CHECK (state IN ('writing', 'exported', 'processed', 'withdrawn', 'failed')),
    -- the version of the settings by which it was made
    settings BIGINT NOT NULL,
    author TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- until then nobody may take what is being written for left behind
    lease_until BIGINT NOT NULL,
    posting_count BIGINT NOT NULL,
    -- of what its entries rest on: another one today means that the month has changed
    fingerprint TEXT NOT NULL,
    -- the hand-over sheet (JSON)
    sheet TEXT NOT NULL,
    -- SHA-256 of the hashes of its files, each followed by a line feed
    sha256 TEXT NOT NULL,
    -- who marked it as processed or withdrew it, and when
    changed_by TEXT,
    changed_at BIGINT
);
-- one batch of a month, and one of each number of its corrections
CREATE UNIQUE INDEX batch_once ON batch (client, connection, month, format, correction)
    WHERE state IN ('writing', 'exported', 'processed');
CREATE INDEX batch_of_client ON batch (client, month, id);

CREATE TABLE batch_file (
    batch TEXT NOT NULL REFERENCES batch (id),
    -- counted from 0
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- postings, account-labels, debtors, single-fees
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    posting_count BIGINT NOT NULL,
    -- sums of Umsatz in hundredths
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    PRIMARY KEY (batch, number)
);

CREATE TABLE batch_piece (
    batch TEXT NOT NULL REFERENCES batch (id),
    file BIGINT NOT NULL,
    -- counted from 0; each but the last holds 1 MiB
    number BIGINT NOT NULL,
    -- zstd
    content BLOB NOT NULL,
    PRIMARY KEY (batch, file, number)
);

-- The settlements of which rows stand in a batch.
CREATE TABLE batch_settlement (
    batch TEXT NOT NULL REFERENCES batch (id),
    settlement BIGINT NOT NULL REFERENCES settlement (number),
    identifier TEXT NOT NULL,
    PRIMARY KEY (batch, settlement)
);
