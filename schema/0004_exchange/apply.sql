CREATE TABLE outbox (
    number BIGINT NOT NULL,
    sealed VARBINARY(8000) NOT NULL,
    sent_at BIGINT NOT NULL,
    delivered SMALLINT NOT NULL,
    answered_at BIGINT,
    was_refused SMALLINT,
    CONSTRAINT pk_outbox PRIMARY KEY (number));
CREATE INDEX ix_outbox_delivered ON outbox (delivered, number);
CREATE TABLE inbox (
    number BIGINT NOT NULL,
    sealed VARBINARY(8000) NOT NULL,
    sent_at BIGINT NOT NULL,
    CONSTRAINT pk_inbox PRIMARY KEY (number));
CREATE TABLE exchange_counter (
    name VARCHAR(20) NOT NULL,
    last_number BIGINT NOT NULL,
    CONSTRAINT pk_exchange_counter PRIMARY KEY (name));
INSERT INTO exchange_counter (name, last_number) VALUES ('sent', 0), ('received', 0);
GRANT SELECT, INSERT, UPDATE ON outbox TO {ACCOUNT};
GRANT SELECT, DELETE ON inbox TO {ACCOUNT};
GRANT SELECT, UPDATE ON exchange_counter TO {ACCOUNT};
GRANT INSERT ON inbox TO {PEER_ACCOUNT};
