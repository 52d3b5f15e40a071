CREATE TABLE medical_person (
    id BINARY(16) NOT NULL,
    bsn VARBINARY(60) NOT NULL,
    last_name VARBINARY(900) NOT NULL,
    prefix VARBINARY(120) NOT NULL,
    initials VARBINARY(120) NOT NULL,
    birth_date VARBINARY(60) NOT NULL,
    phone VARBINARY(160) NOT NULL,
    CONSTRAINT pk_medical_person PRIMARY KEY (id));
CREATE TABLE medical_case (
    id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    first_sick_day DATE NOT NULL,
    recovered_from DATE,
    doctor_id BINARY(16),
    CONSTRAINT pk_medical_case PRIMARY KEY (id));
CREATE INDEX ix_medical_case_doctor ON medical_case (doctor_id, first_sick_day, id);
CREATE INDEX ix_medical_case_person ON medical_case (person_id);
CREATE TABLE consult (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    note {BLOB} NOT NULL,
    cas_code VARBINARY(60) NOT NULL,
    created_by BINARY(16) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_consult PRIMARY KEY (id));
CREATE INDEX ix_consult_case ON consult (case_id, created_at);
CREATE TABLE signed_letter (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    content VARBINARY(2000) NOT NULL,
    signed_by BINARY(16) NOT NULL,
    signed_at BIGINT NOT NULL,
    CONSTRAINT pk_signed_letter PRIMARY KEY (id));
CREATE INDEX ix_signed_letter_case ON signed_letter (case_id, signed_at);
GRANT SELECT, INSERT, UPDATE ON medical_person TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON medical_case TO {ACCOUNT};
GRANT SELECT, INSERT ON consult TO {ACCOUNT};
GRANT SELECT, INSERT ON signed_letter TO {ACCOUNT};
