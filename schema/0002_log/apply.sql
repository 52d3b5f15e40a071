CREATE TABLE audit_number (
    program VARCHAR(20) NOT NULL,
    last_number BIGINT NOT NULL,
    CONSTRAINT pk_audit_number PRIMARY KEY (program));
INSERT INTO audit_number (program, last_number) VALUES ('klout7', 0), ('klout7-office', 0), ('klout7-medical', 0);
CREATE TABLE audit_event (
    program VARCHAR(20) NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person_id BINARY(16),
    user_id BINARY(16),
    entry VARBINARY(1000) NOT NULL,
    tag BINARY(32) NOT NULL,
    detail VARBINARY(1200),
    CONSTRAINT pk_audit_event PRIMARY KEY (program, number));
CREATE INDEX ix_audit_event_at ON audit_event (at);
CREATE INDEX ix_audit_event_person ON audit_event (person_id, at);
GRANT SELECT, UPDATE ON audit_number TO {ACCOUNT};
GRANT INSERT ON audit_event TO {ACCOUNT};
GRANT SELECT ON audit_number TO {LOG_ACCOUNT};
GRANT SELECT ON audit_event TO {LOG_ACCOUNT};
