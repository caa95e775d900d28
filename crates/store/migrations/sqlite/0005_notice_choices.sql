-- How often a user hears of one kind of notice of a client, where it is not as often as of all others.
CREATE TABLE notice_choice (
    client TEXT NOT NULL REFERENCES client (id),
    user_account TEXT NOT NULL REFERENCES user_account (id),
    kind TEXT NOT NULL,
    rhythm TEXT NOT NULL CHECK (rhythm IN ('at-once', 'daily', 'never')),
    PRIMARY KEY (client, user_account, kind)
);
