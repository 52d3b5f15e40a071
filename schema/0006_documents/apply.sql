CREATE TABLE document (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    file_name VARBINARY(900) NOT NULL,
    size_bytes VARBINARY(60) NOT NULL,
    sealed_bytes BIGINT NOT NULL,
    created_by BINARY(16) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id));
CREATE INDEX ix_document_case ON document (case_id, created_at);
GRANT SELECT, INSERT ON document TO {ACCOUNT};
