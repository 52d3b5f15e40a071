DELETE FROM user_session;
ALTER TABLE user_session ADD must_add_factor SMALLINT NOT NULL;
CREATE TABLE account_proposal (
    id BINARY(16) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    user_id BINARY(16) NOT NULL,
    content VARBINARY(2000) NOT NULL,
    secret VARBINARY(500),
    proposed_by BINARY(16) NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by BINARY(16),
    decided_at BIGINT,
    is_approved SMALLINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_account_proposal PRIMARY KEY (id));
CREATE INDEX ix_account_proposal_decided ON account_proposal (decided_at, proposed_at);
CREATE TABLE account_review (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    reviewed_by BINARY(16) NOT NULL,
    reviewed_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_account_review PRIMARY KEY (id));
CREATE INDEX ix_account_review_user ON account_review (user_id, reviewed_at);
CREATE INDEX ix_known_device_user ON known_device (user_id);
GRANT SELECT, INSERT, UPDATE ON account_proposal TO {ACCOUNT};
GRANT SELECT, INSERT ON account_review TO {ACCOUNT};
