CREATE TABLE mandate (
    id BINARY(16) NOT NULL,
    given_by BINARY(16) NOT NULL,
    given_to BINARY(16) NOT NULL,
    tasks VARCHAR(100) NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    given_at BIGINT NOT NULL,
    ended_at BIGINT,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_mandate PRIMARY KEY (id));
CREATE INDEX ix_mandate_to ON mandate (given_to, given_by);
CREATE INDEX ix_mandate_by ON mandate (given_by);
GRANT SELECT, INSERT, UPDATE ON mandate TO {ACCOUNT};
