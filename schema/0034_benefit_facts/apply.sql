CREATE TABLE benefit_facts (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    content VARBINARY(8000) NOT NULL,
    recorded_by BINARY(16) NOT NULL,
    recorded_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_benefit_facts PRIMARY KEY (id),
    CONSTRAINT uq_benefit_facts_number UNIQUE (case_id, number));
CREATE TABLE benefit_case (
    case_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    is_open SMALLINT NOT NULL,
    CONSTRAINT pk_benefit_case PRIMARY KEY (case_id));
CREATE INDEX ix_benefit_case_open ON benefit_case (is_open, case_id);
GRANT SELECT, INSERT ON benefit_facts TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON benefit_case TO {ACCOUNT};
