CREATE TABLE functional_abilities (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    version INT NOT NULL,
    content {BLOB} NOT NULL,
    signed_by BINARY(16) NOT NULL,
    signed_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_functional_abilities PRIMARY KEY (id),
    CONSTRAINT uq_functional_abilities_case UNIQUE (case_id, version));
GRANT SELECT, INSERT ON functional_abilities TO {ACCOUNT};
