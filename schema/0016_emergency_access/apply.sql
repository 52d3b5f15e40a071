CREATE TABLE emergency_access (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    reason VARBINARY(4500) NOT NULL,
    opened_at BIGINT NOT NULL,
    reviewed_by BINARY(16),
    reviewed_at BIGINT,
    is_justified SMALLINT,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_emergency_access PRIMARY KEY (id));
CREATE INDEX ix_emergency_access_user ON emergency_access (user_id, opened_at);
CREATE INDEX ix_emergency_access_opened ON emergency_access (reviewed_at, opened_at);
GRANT SELECT, INSERT, UPDATE ON emergency_access TO {ACCOUNT};
