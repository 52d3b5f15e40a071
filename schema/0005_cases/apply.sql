CREATE TABLE employer (
    id BINARY(16) NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARBINARY(900) NOT NULL,
    case_manager_id BINARY(16),
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_employer PRIMARY KEY (id),
    CONSTRAINT uq_employer_code UNIQUE (code));
CREATE TABLE person (
    id BINARY(16) NOT NULL,
    employer_id BINARY(16) NOT NULL,
    bsn_index BINARY(16) NOT NULL,
    bsn VARBINARY(60) NOT NULL,
    staff_number VARBINARY(200) NOT NULL,
    last_name VARBINARY(900) NOT NULL,
    prefix VARBINARY(120) NOT NULL,
    initials VARBINARY(120) NOT NULL,
    birth_date VARBINARY(60) NOT NULL,
    phone VARBINARY(160) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_bsn UNIQUE (bsn_index, employer_id));
CREATE TABLE case_file (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    employer_id BINARY(16) NOT NULL,
    first_sick_day DATE NOT NULL,
    case_manager_id BINARY(16),
    doctor_id BINARY(16),
    received_at BIGINT NOT NULL,
    phone VARBINARY(160) NOT NULL,
    nursing_address VARBINARY(1300) NOT NULL,
    particulars VARBINARY(120) NOT NULL,
    CONSTRAINT pk_case_file PRIMARY KEY (id),
    CONSTRAINT uq_case_file_report UNIQUE (person_id, first_sick_day));
CREATE INDEX ix_case_file_manager ON case_file (case_manager_id, first_sick_day, id);
CREATE INDEX ix_case_file_employer ON case_file (employer_id, first_sick_day, id);
CREATE INDEX ix_case_file_day ON case_file (first_sick_day, id);
CREATE TABLE doctor (
    id BINARY(16) NOT NULL,
    name VARBINARY(500) NOT NULL,
    is_available SMALLINT NOT NULL,
    CONSTRAINT pk_doctor PRIMARY KEY (id));
CREATE TABLE letter (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    content VARBINARY(2000) NOT NULL,
    received_at BIGINT NOT NULL,
    CONSTRAINT pk_letter PRIMARY KEY (id));
CREATE INDEX ix_letter_case ON letter (case_id, received_at);
CREATE TABLE import_run (
    id BINARY(16) NOT NULL,
    rows_done BIGINT NOT NULL,
    added BIGINT NOT NULL,
    already_there BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    rejects_bytes BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    CONSTRAINT pk_import_run PRIMARY KEY (id));
GRANT SELECT, INSERT, UPDATE ON employer TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON person TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON case_file TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON doctor TO {ACCOUNT};
GRANT SELECT, INSERT ON letter TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON import_run TO {ACCOUNT};
