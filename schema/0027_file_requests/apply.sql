CREATE TABLE file_request (
    id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    decided_by BINARY(16),
    decided_at BIGINT,
    decision VARCHAR(10),
    reason VARBINARY(4500),
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_file_request PRIMARY KEY (id),
    CONSTRAINT uq_file_request_number UNIQUE (case_id, number));
GRANT SELECT, INSERT, UPDATE ON file_request TO {ACCOUNT};
