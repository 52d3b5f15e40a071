ALTER TABLE case_file ADD number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD next_due DATE NOT NULL DEFAULT '2199-12-31';
ALTER TABLE case_file ADD next_task VARCHAR(40) NOT NULL DEFAULT '';
ALTER TABLE case_file ADD next_waits SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX ix_case_file_number ON case_file (number);
CREATE INDEX ix_case_file_due ON case_file (case_manager_id, next_due, id, next_waits, doctor_id);
CREATE TABLE case_counter (
    id SMALLINT NOT NULL,
    last_number BIGINT NOT NULL,
    CONSTRAINT pk_case_counter PRIMARY KEY (id));
INSERT INTO case_counter (id, last_number) VALUES (1, 0);
CREATE TABLE case_task (
    case_id BINARY(16) NOT NULL,
    task VARCHAR(40) NOT NULL,
    done_on DATE,
    done_by BINARY(16) NOT NULL,
    marked_at BIGINT NOT NULL,
    CONSTRAINT pk_case_task PRIMARY KEY (case_id, task));
GRANT SELECT, UPDATE ON case_counter TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON case_task TO {ACCOUNT};
