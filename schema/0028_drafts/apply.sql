CREATE TABLE draft (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    form VARCHAR(40) NOT NULL,
    case_id BINARY(16) NOT NULL,
    content {BLOB} NOT NULL,
    saved_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_of UNIQUE (user_id, case_id, form));
CREATE INDEX ix_draft_saved ON draft (saved_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO {ACCOUNT};
