CREATE TABLE pay_run (
    id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    week DATE NOT NULL,
    pay_day DATE NOT NULL,
    started_by BINARY(16) NOT NULL,
    started_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    state VARCHAR(10) NOT NULL,
    finished_at BIGINT,
    after_case BINARY(16) NOT NULL,
    looked_at BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    gross_cents BIGINT NOT NULL,
    tax_cents BIGINT NOT NULL,
    claim_cents BIGINT NOT NULL,
    zvw_cents BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_pay_run PRIMARY KEY (id),
    CONSTRAINT uq_pay_run_number UNIQUE (number));
CREATE INDEX ix_pay_run_state ON pay_run (state, number);
CREATE TABLE pay_run_obstacle (
    run_id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    code VARCHAR(40) NOT NULL,
    CONSTRAINT pk_pay_run_obstacle PRIMARY KEY (run_id, case_id));
CREATE TABLE payable (
    id BINARY(16) NOT NULL,
    run_id BINARY(16) NOT NULL,
    case_id BINARY(16) NOT NULL,
    person_id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    content VARBINARY(6000) NOT NULL,
    tag BINARY(32) NOT NULL,
    state VARCHAR(10) NOT NULL,
    CONSTRAINT pk_payable PRIMARY KEY (id),
    CONSTRAINT uq_payable_number UNIQUE (case_id, number));
CREATE INDEX ix_payable_state ON payable (state, id);
CREATE INDEX ix_payable_run ON payable (run_id, id);
CREATE TABLE payment_batch (
    id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    execution_day DATE NOT NULL,
    made_by BINARY(16) NOT NULL,
    made_at BIGINT NOT NULL,
    state VARCHAR(10) NOT NULL,
    changed_at BIGINT NOT NULL,
    transfers BIGINT NOT NULL,
    sum_cents BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    after_payable BINARY(16) NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_payment_batch PRIMARY KEY (id),
    CONSTRAINT uq_payment_batch_number UNIQUE (number));
CREATE INDEX ix_payment_batch_state ON payment_batch (state, number);
CREATE TABLE payment_file (
    batch_id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    transfers BIGINT NOT NULL,
    sum_cents BIGINT NOT NULL,
    digest BINARY(32) NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_payment_file PRIMARY KEY (batch_id, number));
CREATE TABLE payment_transfer (
    id BINARY(16) NOT NULL,
    batch_id BINARY(16) NOT NULL,
    position BIGINT NOT NULL,
    payable_id BINARY(16) NOT NULL,
    attempt BIGINT NOT NULL,
    person_id BINARY(16) NOT NULL,
    content VARBINARY(600) NOT NULL,
    CONSTRAINT pk_payment_transfer PRIMARY KEY (id),
    CONSTRAINT uq_payment_transfer_attempt UNIQUE (payable_id, attempt),
    CONSTRAINT uq_payment_transfer_position UNIQUE (batch_id, position));
CREATE TABLE payment_release (
    batch_id BINARY(16) NOT NULL,
    number BIGINT NOT NULL,
    released_by BINARY(16) NOT NULL,
    released_at BIGINT NOT NULL,
    digest BINARY(32) NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_payment_release PRIMARY KEY (batch_id, number));
CREATE TABLE bank_file (
    id BINARY(16) NOT NULL,
    digest BINARY(32) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    read_by BINARY(16) NOT NULL,
    read_at BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    not_ours BIGINT NOT NULL,
    CONSTRAINT pk_bank_file PRIMARY KEY (id),
    CONSTRAINT uq_bank_file_digest UNIQUE (digest));
CREATE TABLE transfer_end (
    transfer_id BINARY(16) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    reason VARCHAR(10) NOT NULL,
    bank_file_id BINARY(16) NOT NULL,
    ended_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_transfer_end PRIMARY KEY (transfer_id));
CREATE TABLE ledger_entry (
    id BINARY(16) NOT NULL,
    posting_id BINARY(16) NOT NULL,
    account VARCHAR(20) NOT NULL,
    cents BIGINT NOT NULL,
    cause VARCHAR(20) NOT NULL,
    object_id BINARY(16) NOT NULL,
    posted_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_ledger_entry PRIMARY KEY (id));
CREATE INDEX ix_ledger_entry_object ON ledger_entry (object_id);
GRANT SELECT, INSERT, UPDATE ON pay_run TO {ACCOUNT};
GRANT SELECT, INSERT ON pay_run_obstacle TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON payable TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON payment_batch TO {ACCOUNT};
GRANT SELECT, INSERT ON payment_file TO {ACCOUNT};
GRANT SELECT, INSERT ON payment_transfer TO {ACCOUNT};
GRANT SELECT, INSERT ON payment_release TO {ACCOUNT};
GRANT SELECT, INSERT ON bank_file TO {ACCOUNT};
GRANT SELECT, INSERT ON transfer_end TO {ACCOUNT};
GRANT SELECT, INSERT ON ledger_entry TO {ACCOUNT};
