-- How often a user hears of one kind of notice of a client, where it is not as often as of all others.
CREATE TABLE notice_choice (
    client TEXT COLLATE "C" NOT NULL REFERENCES client (id),
    user_account TEXT COLLATE "C" NOT NULL REFERENCES user_account (id),
    kind TEXT COLLATE "C" NOT NULL,
    rhythm TEXT COLLATE "C" NOT NULL CHECK (rhythm IN ('at-once', 'daily', 'never')),
    PRIMARY KEY (client, user_account, kind)
);
