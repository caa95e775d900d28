-- Documents as they were received, the settlements in them, and their rows.
-- What is being imported has the state 'loading' and is seen by nobody; the last statement of an import makes it 'kept'.

CREATE TABLE document (
    id TEXT NOT NULL PRIMARY KEY,
    client TEXT NOT NULL REFERENCES client (id),
    -- none for an upload before there is a connection
    connection TEXT,
    provider TEXT NOT NULL,
    -- the merchant's number at the provider
    seller TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('api', 'upload')),
    -- the provider's number of the report; none for an upload
    provider_report TEXT,
    file_name TEXT NOT NULL,
    -- of the bytes as received, in hexadecimal
    sha256 TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    period_start BIGINT NOT NULL,
    period_end BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    received_by TEXT NOT NULL,
    -- proved: every row's figures agree; accepted: a person took it although some do not
    verdict TEXT NOT NULL CHECK (verdict IN ('proved', 'accepted')),
    -- why it was accepted
    reason TEXT,
    state TEXT NOT NULL CHECK (state IN ('loading', 'kept', 'discarded')),
    -- until then nobody may take what is loading for left behind
    lease_until BIGINT NOT NULL
);
-- a document is kept once
CREATE UNIQUE INDEX document_once ON document (client, sha256) WHERE state = 'kept';
CREATE INDEX document_of_client ON document (client, id) WHERE state = 'kept';
CREATE INDEX document_unfinished ON document (state, lease_until) WHERE state <> 'kept';

CREATE TABLE document_piece (
    document TEXT NOT NULL REFERENCES document (id),
    -- counted from 0; each but the last holds 1 MiB
    number BIGINT NOT NULL,
    -- zstd
    content BLOB NOT NULL,
    PRIMARY KEY (document, number)
);

CREATE TABLE settlement (
    number BIGINT NOT NULL PRIMARY KEY,
    -- client.number
    client BIGINT NOT NULL,
    connection TEXT,
    provider TEXT NOT NULL,
    seller TEXT NOT NULL,
    -- the provider's number of the settlement
    identifier TEXT NOT NULL,
    period_start BIGINT NOT NULL,
    period_end BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    document TEXT NOT NULL REFERENCES document (id),
    kept BOOLEAN NOT NULL,
    -- the zone in which the days of its sums lie
    zone TEXT NOT NULL,
    -- what it does in the chain of settlements, as the provider's room writes and reads it (JSON)
    chain TEXT NOT NULL
);
CREATE UNIQUE INDEX settlement_once ON settlement (client, seller, identifier) WHERE kept;
CREATE INDEX settlement_of_client ON settlement (client, period_start, number);
CREATE INDEX settlement_unfinished ON settlement (client, number) WHERE NOT kept;
CREATE INDEX settlement_of_document ON settlement (document);

-- The rows of a settlement by day, kind, currency, shop and signs: pages answer from these.
CREATE TABLE settlement_sum (
    settlement BIGINT NOT NULL REFERENCES settlement (number),
    -- counted from 0
    place BIGINT NOT NULL,
    client BIGINT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    kind_text TEXT NOT NULL,
    currency TEXT NOT NULL,
    store TEXT NOT NULL,
    signs TEXT NOT NULL,
    variable_kind TEXT NOT NULL,
    fixed_kind TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    first_line BIGINT NOT NULL,
    gross BIGINT NOT NULL,
    fee_variable BIGINT NOT NULL,
    fee_fixed BIGINT NOT NULL,
    PRIMARY KEY (settlement, place)
);
CREATE INDEX settlement_sum_by_day ON settlement_sum (client, day);

-- One row of a settlement. No references: they would be looked up a million times for nothing.
CREATE TABLE movement (
    settlement BIGINT NOT NULL,
    line BIGINT NOT NULL,
    client BIGINT NOT NULL,
    posted_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- the document's word, where nobody knows the kind; empty elsewhere
    kind_text TEXT NOT NULL,
    currency TEXT NOT NULL,
    gross BIGINT NOT NULL,
    fee_variable BIGINT NOT NULL,
    fee_fixed BIGINT NOT NULL,
    seller_order TEXT NOT NULL,
    order_reference TEXT NOT NULL,
    provider_transaction TEXT NOT NULL,
    seller_reference TEXT NOT NULL,
    store TEXT NOT NULL,
    PRIMARY KEY (settlement, line)
) WITHOUT ROWID;
CREATE INDEX movement_by_time ON movement (client, posted_at, settlement, line);
CREATE INDEX movement_by_kind ON movement (client, kind, posted_at, settlement, line);
CREATE INDEX movement_by_store ON movement (client, store, posted_at, settlement, line) WHERE store <> '';

-- Two tables for looking rows up. As indexes they would be filled in the order of the rows, which jumps through them; as
-- tables they are filled in their own order, several times as fast.
CREATE TABLE movement_identifier (
    client BIGINT NOT NULL,
    -- 1 the merchant's order, 2 the provider's order, 3 the provider's transaction, 4 the merchant's transaction
    name BIGINT NOT NULL,
    text TEXT NOT NULL,
    settlement BIGINT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (client, name, text, settlement, line)
) WITHOUT ROWID;

CREATE TABLE movement_amount (
    client BIGINT NOT NULL,
    -- the gross amount without its sign
    amount BIGINT NOT NULL,
    posted_at BIGINT NOT NULL,
    settlement BIGINT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (client, amount, posted_at, settlement, line)
) WITHOUT ROWID;
