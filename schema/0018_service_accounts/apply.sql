CREATE TABLE service_account (
    id BINARY(16) NOT NULL,
    subject_index BINARY(16) NOT NULL,
    subject VARBINARY(1000) NOT NULL,
    employer_id BINARY(16) NOT NULL,
    networks VARCHAR(1000) NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_service_account PRIMARY KEY (id));
CREATE INDEX ix_service_account_subject ON service_account (subject_index);
GRANT SELECT, INSERT, UPDATE ON service_account TO {ACCOUNT};
