CREATE TABLE service_account_proposal (
    id BINARY(16) NOT NULL,
    subject VARBINARY(1000) NOT NULL,
    employer_id BINARY(16) NOT NULL,
    networks VARCHAR(1000) NOT NULL,
    proposed_by BINARY(16) NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by BINARY(16),
    decided_at BIGINT,
    is_approved SMALLINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_service_account_proposal PRIMARY KEY (id));
CREATE INDEX ix_service_account_proposal_decided ON service_account_proposal (decided_at, proposed_at);
GRANT SELECT, INSERT, UPDATE ON service_account_proposal TO {ACCOUNT};
