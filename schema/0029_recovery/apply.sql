CREATE TABLE recovery (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    first_fit_day DATE,
    by_role VARCHAR(40) NOT NULL,
    by_user BINARY(16) NOT NULL,
    reported_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_recovery PRIMARY KEY (id),
    CONSTRAINT uq_recovery_number UNIQUE (case_id, number));
ALTER TABLE case_file ADD recovered_from DATE;
CREATE TABLE headcount (
    id BINARY(16) NOT NULL,
    employer_id BINARY(16) NOT NULL,
    first_of_month DATE NOT NULL,
    employees BIGINT NOT NULL,
    told_by BINARY(16) NOT NULL,
    told_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_headcount PRIMARY KEY (id),
    CONSTRAINT uq_headcount_month UNIQUE (employer_id, first_of_month));
GRANT SELECT, INSERT ON recovery TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON headcount TO {ACCOUNT};
