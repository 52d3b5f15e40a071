CREATE TABLE payee_account (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    content VARBINARY(600) NOT NULL,
    state VARCHAR(10) NOT NULL,
    proposed_by BINARY(16) NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by BINARY(16),
    decided_at BIGINT,
    usable_from DATE,
    payee_check VARCHAR(20) NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_payee_account PRIMARY KEY (id),
    CONSTRAINT uq_payee_account_number UNIQUE (person_id, number));
CREATE INDEX ix_payee_account_state ON payee_account (state, proposed_at);
CREATE INDEX ix_user_account_person ON user_account (person_id);
GRANT SELECT, INSERT, UPDATE ON payee_account TO {ACCOUNT};
