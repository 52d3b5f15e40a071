CREATE TABLE document (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    document_version INTEGER NOT NULL,
    key_version INTEGER NOT NULL,
    details VARBINARY(2000) NOT NULL,
    created_at BIGINT NOT NULL,
    created_by BINARY(16) NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id));
CREATE INDEX ix_document_case ON document (case_id, id);
GRANT SELECT, INSERT ON document TO {ACCOUNT};
